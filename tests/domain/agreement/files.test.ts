import { describe, expect, it } from "vitest";
import { FileProblem } from "@/lib/domain/agreement/files/agreement-file";
import { readBratFiles } from "@/lib/domain/agreement/files/brat-file";
import { readCsvFile } from "@/lib/domain/agreement/files/csv-file";
import { readJsonlFile } from "@/lib/domain/agreement/files/jsonl-file";
import {
  measureRatings,
  measureRequestSchema,
  ratingMeasureNames,
} from "@/lib/domain/agreement/files/measure-file";
import { measureSpans, spanMeasureNames } from "@/lib/domain/agreement/files/measure-spans";
import { readWebannoFiles } from "@/lib/domain/agreement/files/webanno-file";

const csv = (...lines: string[]) => readCsvFile({ path: "ratings.csv", content: lines.join("\n") });
const jsonl = (...rows: unknown[]) =>
  readJsonlFile({ path: "a.jsonl", content: rows.map((row) => JSON.stringify(row)).join("\n") });
const request = (measure: string, more = {}) => measureRequestSchema.parse({ measure, ...more });

describe("delimited files", () => {
  it("one column per annotator", () => {
    const data = csv("item,Ada,Ben", '1,"loaded, twice",x', "2,,y");
    expect(data).toMatchObject({
      kind: "ratings",
      annotators: ["Ada", "Ben"],
      rows: [
        ["loaded, twice", "x"],
        [null, "y"],
      ],
    });
  });

  it("one row per rating, with documents for the interval", () => {
    const data = csv(
      "document;item;annotator;value",
      "d1;1;a;3",
      "d1;1;b;4",
      "d1;2;a;3",
      "d1;2;b;3",
    );
    if (data.kind !== "ratings") throw new Error(data.kind);
    const result = measureRatings(
      data,
      request("krippendorff_alpha", { level: "interval", replicates: 20 }),
    );
    expect(result).toMatchObject({
      items: 2,
      documents: 1,
      annotators: 2,
      settings: { level: "interval" },
    });
    expect(result.bootstrap).toMatchObject({ replicates: 20, seed: 1 });
  });

  it("spans, and annotators who found nothing", () => {
    const data = csv("document\tannotator\tstart\tend\tlabel", "d\ta\t0\t5\tx", "d\tb\t\t\t");
    if (data.kind !== "spans") throw new Error(data.kind);
    expect(measureSpans(data, request("f1_exact"))).toMatchObject({ value: 0, annotators: 2 });
  });

  it("say where they are wrong", () => {
    expect(() => csv("document,annotator,start,end,label", "d,a,5,5,x")).toThrow(/row 2/);
    expect(() => csv("item,a")).toThrow(FileProblem);
  });
});

describe("JSON Lines", () => {
  it("spans in several forms", () => {
    const data = jsonl(
      { document: "d", annotator: "a", spans: [[0, 9, "x"]], length: 50 },
      {
        document: "d",
        annotator: "b",
        spans: [
          {
            ranges: [
              [0, 4],
              [6, 9],
            ],
            label: "x",
          },
        ],
      },
    );
    if (data.kind !== "spans") throw new Error(data.kind);
    expect(data.input.documents).toEqual([{ id: "d", length: 50 }]);
    for (const measure of [
      "report",
      "f1_overlap",
      "f1_character",
      "alpha_characters",
      "alpha_u_1995",
      "u_alpha",
      "gamma",
    ]) {
      expect(measureSpans(data, request(measure, { samples: 5 }))).toMatchObject({ measure });
    }
  });

  it("ratings and sets of labels", () => {
    expect(
      jsonl({ item: 1, annotator: "a", value: 2 }, { item: 1, annotator: "b", value: 3 }),
    ).toMatchObject({
      kind: "ratings",
      rows: [[2, 3]],
    });
    expect(
      jsonl({ item: 1, annotator: "a", value: ["x"] }, { item: 1, annotator: "b", value: [] }),
    ).toEqual({
      kind: "sets",
      rows: [[["x"], []]],
    });
  });

  it("say which line is wrong", () => {
    expect(() => readJsonlFile({ path: "a.jsonl", content: '{"item":1}\n{' })).toThrow(
      /line 2 is not JSON/,
    );
    expect(() => jsonl({ item: 1, annotator: 5, value: 1 })).toThrow(/line 1/);
  });
});

describe("other programs' files", () => {
  it("brat: a folder per annotator, spans in parts, an empty file", () => {
    const data = readBratFiles([
      {
        path: "data/ann1/d.ann",
        content: "T1\tx 0 5\tHello\nT2\ty 6 8;9 11\two ld\nR1\tz Arg1:T1 Arg2:T2\n",
      },
      { path: "data/ann2/d.ann", content: "" },
      { path: "data/d.txt", content: "Hello 🙂 world" },
    ]);
    if (data.kind !== "spans") throw new Error(data.kind);
    expect(data.input.documents[0]).toMatchObject({ id: "d", length: 13 });
    expect(
      data.input.submissions.map(({ annotatorId, spans }) => [annotatorId, spans.length]),
    ).toEqual([
      ["ann1", 2],
      ["ann2", 0],
    ]);
    expect(() => readBratFiles([{ path: "a/d.ann", content: "T1\tx 9 5\tno" }])).toThrow(/line 1/);
  });

  it("WebAnno TSV: a folder per document, spans over several tokens", () => {
    const sheet = [
      "#FORMAT=WebAnno TSV 3.3",
      "#T_SP=webanno.custom.Bias|kind|strength",
      "#T_SP=webanno.custom.Other|",
      "",
      "#Text=One two three",
      "1-1\t0-3\tOne\tloaded[1]\t*[1]\t_\t",
      "1-2\t4-7\ttwo\tloaded[1]|spin\t*[1]|*\t*\t",
      "1-3\t8-13\tthree\t_\t_\t_\t",
    ].join("\n");
    const files = [{ path: "annotation/doc/ada.tsv", content: sheet }];
    const data = readWebannoFiles(files, "Bias");
    if (data.kind !== "spans") throw new Error(data.kind);
    expect(data.input.submissions[0]).toEqual({
      documentId: "doc",
      annotatorId: "ada",
      spans: [
        { start: 0, end: 7, label: "loaded" },
        { start: 4, end: 7, label: "spin" },
      ],
    });
    expect(data.input.documents[0]?.tokens).toEqual([0, 3, 4, 7, 8, 13]);
    expect(() => readWebannoFiles([{ path: "d/a.tsv", content: "no" }])).toThrow(FileProblem);
  });
});

/** All numbers of an answer, wherever they stand. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

/** A value, or the reason for having none in words: never neither. */
function expectAnswer(answer: Record<string, unknown>): void {
  expect(numbersIn(answer).every(Number.isFinite)).toBe(true);
  if ("value" in answer && answer.value === null) expect(answer.because).toMatch(/^[A-Z].*\.$/);
  JSON.parse(JSON.stringify(answer));
}

const MARKS = [
  ["d1", "a", 0, 9, "x"],
  ["d1", "a", 12, 20, "y"],
  ["d1", "b", 2, 9, "x"],
  ["d2", "a", 0, 4, "x"],
  ["d2", "b", 0, 4, "y"],
] as const;

const SPAN_FILES = {
  csv: () => csv("document,annotator,start,end,label", ...MARKS.map((row) => row.join(","))),
  jsonl: () =>
    jsonl(
      ...MARKS.map(([document, annotator, start, end, label]) => ({
        document,
        annotator,
        spans: [{ start, end, label }],
      })),
    ),
  brat: () =>
    readBratFiles([
      { path: "x/a/d.txt", content: "Ana saw the bold army today" },
      { path: "x/a/d.ann", content: "T1\tx 0 3\tAna\nT2\ty 8 16\tthe bold\n" },
      { path: "x/b/d.txt", content: "Ana saw the bold army today" },
      { path: "x/b/d.ann", content: "T1\tx 0 3\tAna\nT2\ty 12 16\tbold\n" },
    ]),
} as const;

describe("every measure", () => {
  it.each(
    (Object.keys(SPAN_FILES) as (keyof typeof SPAN_FILES)[]).flatMap((format) =>
      spanMeasureNames().map((measure) => ({ format, measure })),
    ),
  )("$measure of spans as $format has a value or says why not", ({ format, measure }) => {
    const data = SPAN_FILES[format]();
    if (data.kind !== "spans") throw new Error(data.kind);
    expectAnswer(measureSpans(data, request(measure, { samples: 3 })));
  });

  it.each(ratingMeasureNames())("%s of ratings has a value or says why not", (measure) => {
    for (const rows of [
      ["1,1,2", "2,2,2", "3,1,1"],
      ["1,1,", "2,,2"],
      ["1,1,1", "2,1,1"],
    ]) {
      const data = csv("item,a,b", ...rows);
      if (data.kind !== "ratings") throw new Error(data.kind);
      expectAnswer(measureRatings(data, request(measure)));
    }
  });

  it("S of Bennett and the scorers of SemEval-2020 are computed as by hand", () => {
    const ratings = csv("item,a,b", "1,x,x", "2,x,y", "3,y,y", "4,x,x");
    const spans = SPAN_FILES.csv();
    if (ratings.kind !== "ratings" || spans.kind !== "spans") throw new Error("wrong kind");
    expect(measureRatings(ratings, request("bennett_s")).value).toBeCloseTo(2 * 0.75 - 1, 12);
    // a predicted 9, 8 and 4 characters, b 7 and 4: of a's 7/9, 0 and all, of b's all and all.
    const [precision, recall] = [(7 / 9 + 0 + 1) / 3, 1];
    expect(measureSpans(spans, request("semeval_identification")).value).toBeCloseTo(
      (2 * precision * recall) / (precision + recall),
      12,
    );
    const directed = measureSpans(spans, request("directed"));
    expect(directed.pairs).toMatchObject([
      { from: "a", to: "b", value: 2 / 3, same_label: { value: 1 / 3 } },
      { from: "b", to: "a", value: 1, same_label: { value: 1 / 2 } },
    ]);
  });
});
