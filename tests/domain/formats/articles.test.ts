import { describe, expect, test } from "vitest";
import { readArticleLines } from "@/lib/domain/formats/articles";
import { writeJsonl } from "@/lib/domain/formats/jsonl";
import { generatedDataset } from "./generated-dataset";

describe("articles as JSON Lines", () => {
  test("bring their text and what is known of their source, under several names", () => {
    const line = {
      headline: "A headline",
      text: "Words",
      source: "Straits Wire",
      date: "2025-03-14T08:00:00Z",
      license: "CC BY 4.0",
      words: 1,
    };
    expect(readArticleLines(JSON.stringify(line))).toEqual([
      {
        line: 1,
        article: {
          title: "A headline",
          text: "Words",
          outlet: "Straits Wire",
          publishedOn: "2025-03-14",
          licence: "CC BY 4.0",
        },
      },
    ]);
  });

  test("are told apart by line, and a bad one does not stop the rest", () => {
    const content =
      '\uFEFF{"text":"one"}\r\n\n{"text":3}\nnonsense\n[]\n{"text":"x","url":4}\n{"text":"two"}';
    expect(readArticleLines(content)).toEqual([
      { line: 1, article: { text: "one" } },
      { line: 3, problem: "There is no field “text”." },
      { line: 4, problem: "This line is not a JSON object." },
      { line: 5, problem: "This line is not a JSON object." },
      { line: 6, problem: "The field “url” is not text." },
      { line: 7, article: { text: "two" } },
    ]);
  });

  test("are the documents of our own dataset files", () => {
    const dataset = generatedDataset(5);
    const read = readArticleLines([...writeJsonl(dataset)].join(""));
    const texts = read.map((each) => ("article" in each ? each.article.text : each.problem));
    expect(texts).toEqual(dataset.documents.map(({ text }) => text));
  });
});
