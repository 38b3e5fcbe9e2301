import { strFromU8, unzipSync } from "fflate";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { findFormat } from "@/lib/domain/formats/catalogue";
import { createFormatReport, createSurvey, type OutputPiece } from "@/lib/domain/formats/corpus";
import { readXml } from "@/lib/domain/formats/xml";
import { generatedCorpus } from "./generated-corpus";

const documents = [1, 2, 3, 4, 5, 6].flatMap((seed) => generatedCorpus(seed));
const spans = documents.flatMap(({ id, sets }) =>
  sets.flatMap((set) => set.spans.map((span) => [id, set.name, span.id, span.label])),
);

function write(name: string): Map<string, Uint8Array> {
  const survey = createSurvey();
  for (const document of documents) survey.add(document);
  const writer = findFormat(name)?.write?.({
    report: createFormatReport(),
    survey: survey.survey(),
  });
  if (!writer) throw new Error(`${name} is not written.`);
  const files = new Map<string, number[]>();
  const take = ({ path, content }: OutputPiece) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    files.set(path, [...(files.get(path) ?? []), ...bytes]);
  };
  for (const document of documents) for (const piece of writer.write(document)) take(piece);
  for (const piece of writer.end()) take(piece);
  return new Map([...files].map(([path, bytes]) => [path, new Uint8Array(bytes)]));
}

describe("tables", { timeout: 30_000 }, () => {
  test("as Parquet have every document and every span", async () => {
    const files = write("parquet");
    const read = async (path: string) => {
      const bytes = files.get(path) ?? new Uint8Array();
      return parquetReadObjects({ file: bytes.buffer as ArrayBuffer });
    };
    const texts = await read("documents.parquet");
    expect(texts.map(({ document, text }) => [document, text])).toEqual(
      documents.map(({ id, text }) => [id, text]),
    );
    const rows = (await read("annotations.parquet")).filter(({ unit }) => unit === "span");
    expect(rows.map((row) => [row.document, row.annotator, row.id, row.label])).toEqual(spans);
  });

  test("as a workbook are well-formed XML without a formula", () => {
    const parts = unzipSync(write("xlsx").get("corpus.xlsx") ?? new Uint8Array());
    for (const [name, bytes] of Object.entries(parts)) {
      expect(readXml(strFromU8(bytes)), name).toMatchObject({ ok: true });
    }
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
    expect(sheet).not.toContain("<f>");
    // The fourth column says what a row is.
    expect(sheet.match(/r="D\d+" t="inlineStr"><is><t xml:space="preserve">span</g)).toHaveLength(
      spans.length,
    );
  });

  test("of ratings have a column for each annotator, and NA where one did not have the document", () => {
    const files = [...write("ratings")].map(([path, bytes]) => [path, strFromU8(bytes)] as const);
    const survey = createSurvey();
    for (const document of documents) survey.add(document);
    expect(files.length).toBeGreaterThan(1);
    for (const [, content] of files) {
      expect(content.split("\r\n")[0]?.split(",").length).toBe(
        4 + survey.survey().annotators.length,
      );
      expect(content).toContain("NA");
    }
  });

  test("refuse to begin without a survey where their header needs one", () => {
    expect(() => findFormat("ratings")?.write?.({ report: createFormatReport() })).toThrow();
  });
});
