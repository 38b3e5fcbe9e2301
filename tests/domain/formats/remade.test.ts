import { describe, expect, test } from "vitest";
import { findFormat } from "@/lib/domain/formats/catalogue";
import { type CorpusDocument, createFormatReport, spanHull } from "@/lib/domain/formats/corpus";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { collect, toFiles } from "./expected-corpus";
import { generatedCorpus } from "./generated-corpus";

/** Formats that make another text, or hold only labels: what they hold must still say the same. */
const documents = Array.from({ length: 40 }, (_, seed) => generatedCorpus(seed)).flat();

async function throughFormat(name: string) {
  const format = findFormat(name);
  if (!format?.read || !format.write) throw new Error(`${name} is not read and written.`);
  const report = createFormatReport();
  const writer = format.write({ report });
  const pieces = [...documents.flatMap((document) => [...writer.write(document)]), ...writer.end()];
  const found = await collect(format.read(toFiles(pieces), {}));
  expect(found.problems).toEqual([]);
  return { ...found, losses: report.losses() };
}

function wordsOf(document: CorpusDocument): string[] {
  const index = indexText(document.text);
  return document.sets.flatMap((set) =>
    set.spans.map((span) => {
      const { start, end } = spanHull(span);
      return JSON.stringify([set.name, span.label, index.slice(codePoint(start), codePoint(end))]);
    }),
  );
}

function answersOf(document: CorpusDocument): string[] {
  return document.sets
    .flatMap((set) =>
      set.unitLabels
        .filter(({ unit }) => unit === "document")
        .map(({ label, value }) => JSON.stringify([set.name, label, value])),
    )
    .sort();
}

describe("semeval2023", { timeout: 30_000 }, () => {
  test("keeps spans, genre and frames", async () => {
    const found = await throughFormat("semeval2023");
    expect(found.documents).toHaveLength(documents.length);
    for (const document of documents) {
      const read = found.documents.find(({ id }) => id === document.id);
      if (!read) throw new Error();
      expect(read.text).toBe(document.text);
      expect(wordsOf(read).sort()).toEqual(wordsOf(document).sort());
      const labels = (from: CorpusDocument) =>
        answersOf(from).map((each) => JSON.parse(each).slice(0, 2));
      expect(labels(read)).toEqual(labels(document));
    }
  });

  test("reads genre, frames and labels of paragraphs as they were published", async () => {
    const read = findFormat("semeval2023")?.read;
    if (!read) throw new Error();
    const files = toFiles([
      {
        path: "en/train-articles-subtask-3/article111.txt",
        content: "Title 🕊\n\nFirst.\nSecond.\n",
      },
      { path: "en/train-labels-subtask-1.txt", content: "111\treporting\n" },
      {
        path: "en/train-labels-subtask-2.txt",
        content: "111\tPolitical,Economic\n112\tMorality\n",
      },
      {
        path: "en/train-labels-subtask-3.txt",
        content: "111\t1\t\n111\t3\tDoubt,Slogans\n111\t9\tDoubt\n",
      },
    ]);
    const found = await collect(read(files, {}));
    const [document] = found.documents;
    expect(document?.sets[0]?.unitLabels).toMatchObject([
      { unit: "document", layer: "genre", label: "reporting" },
      { unit: "document", layer: "frame", label: "Political" },
      { unit: "document", layer: "frame", label: "Economic" },
      { unit: "block", label: "Doubt", start: 16, end: 23 },
      { unit: "block", label: "Slogans", start: 16, end: 23 },
    ]);
    expect(found.problems.map(({ line }) => line)).toEqual([2, 3]);
  });
});

describe("basil", { timeout: 30_000 }, () => {
  test("keeps the words, label and attributes of every span in one sentence, and every answer", async () => {
    const found = await throughFormat("basil");
    for (const document of documents) {
      const read = found.documents.find(({ id }) => id === document.id);
      if (!read) throw new Error();
      expect(answersOf(read)).toEqual([...new Set(answersOf(document))]);
      // Every phrase is part of a span of the document.
      const all = wordsOf(document).map((each) => JSON.parse(each));
      for (const [set, label, words] of wordsOf(read).map((each) => JSON.parse(each))) {
        const isThere = all.some(
          (each) => each[0] === set && each[1] === label && each[2].includes(words),
        );
        expect(isThere, words).toBe(true);
      }
    }
  });

  test("reads a phrase where its sentence is, and refuses other words", async () => {
    const read = findFormat("basil")?.read;
    if (!read) throw new Error();
    const article = {
      title: "Budget falls",
      source: "hpo",
      "main-event": "budget",
      "body-paragraphs": [["🕊 One.", "He slithered out."], ["Last."]],
    };
    const phrase = { target: "Senator", polarity: "neg", aim: "dir", quote: "no" };
    const annotations = {
      "article-level-annotations": { relative_stance: "left" },
      "phrase-level-annotations": [
        { id: "p1", txt: "slithered", start: 3, end: 12, bias: "lex", ...phrase },
        { id: "p1", txt: "crawled", start: 3, end: 10, bias: "lex", ...phrase },
      ],
    };
    const found = await collect(
      read(
        toFiles([
          { path: "articles/a_1.json", content: JSON.stringify(article) },
          { path: "annotations/a_1_ann.json", content: JSON.stringify(annotations) },
        ]),
        {},
      ),
    );
    const [document] = found.documents;
    expect(document?.text).toBe("Budget falls\n🕊 One. He slithered out.\nLast.");
    expect(document?.source).toMatchObject({ outlet: "hpo", event: "budget" });
    expect(document?.sets[0]?.spans).toMatchObject([
      { label: "lex", ranges: [{ start: 23, end: 32 }], attributes: phrase },
    ]);
    expect(found.problems).toHaveLength(1);
  });
});

describe("lewidi", { timeout: 30_000 }, () => {
  test("keeps what every annotator said of every document", async () => {
    const found = await throughFormat("lewidi");
    for (const document of documents) {
      const read = found.documents.find(({ id }) => id === document.id);
      expect(read ? answersOf(read) : []).toEqual(answersOf(document));
    }
  });

  test("reads the editions of 2023 and 2025", async () => {
    const read = findFormat("lewidi")?.read;
    if (!read) throw new Error();
    const task = { text: "A text.", "annotation task": "bias", lang: "en" };
    const items = {
      1: { ...task, annotations: "1,0", annotators: "Ann1,Ann2", soft_label: { 0: 0.5, 1: 0.5 } },
      2: { ...task, annotations: { Ann3: "1" } },
    };
    const found = await collect(
      read(toFiles([{ path: "dev.json", content: JSON.stringify(items) }]), {}),
    );
    expect(found.documents.flatMap(answersOf)).toEqual([
      JSON.stringify(["Ann1", "1", null]),
      JSON.stringify(["Ann2", "0", null]),
      JSON.stringify(["Ann3", "1", null]),
    ]);
  });
});
