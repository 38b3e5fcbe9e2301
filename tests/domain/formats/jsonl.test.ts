import { describe, expect, test } from "vitest";
import { readJsonl, writeJsonl } from "@/lib/domain/formats/jsonl";
import { generatedDataset } from "./generated-dataset";

const seeds = Array.from({ length: 100 }, (_, seed) => seed);
/** Where Python's `splitlines` cuts, beside the line feed. */
const OTHER_LINE_ENDS = [..."\r\v\f\x1c\x1d\x1e\u0085\u2028\u2029"];
const fileOf = (seed: number) => [...writeJsonl(generatedDataset(seed))].join("");

describe("a dataset as JSON Lines", () => {
  test("reads as it was written", () => {
    for (const seed of seeds) {
      expect(readJsonl(fileOf(seed))).toEqual({ ok: true, value: generatedDataset(seed) });
    }
  });

  test("has one record a line, also for readers that end lines at other signs", () => {
    for (const seed of seeds) {
      const file = fileOf(seed);
      const { counts } = generatedDataset(seed).header;
      const records = 1 + Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(file.split("\n")).toHaveLength(records + 1);
      for (const sign of OTHER_LINE_ENDS) expect(file).not.toContain(sign);
    }
  });

  test("has the words of every annotation at its ranges, counted in code points", () => {
    for (const seed of seeds) {
      const { documents, annotations } = generatedDataset(seed);
      for (const { document, ranges, quote } of annotations) {
        const signs = [...(documents.find(({ id }) => id === document)?.text ?? "")];
        const parts = ranges.map(([start, end]) => signs.slice(start, end).join(""));
        expect(parts.join(" … ")).toBe(quote);
      }
    }
  });

  test("is refused when cut short, at its end or before", () => {
    const file = fileOf(3);
    const lines = file.split("\n");
    expect(readJsonl(lines.slice(0, -2).join("\n"))).toMatchObject({ ok: false });
    expect(readJsonl(lines.slice(1).join("\n"))).toMatchObject({ ok: false });
    expect(readJsonl("")).toMatchObject({ ok: false });
  });

  test("is refused with the line that is broken", () => {
    const lines = fileOf(3).split("\n");
    const broken = (line: string) => lines.with(2, line).join("\n");
    for (const line of ["{", "[]", '{"record":"poem"}', '{"record":"document","id":"1"}']) {
      expect(readJsonl(broken(line))).toMatchObject({ ok: false, failure: { place: "line 3" } });
    }
  });

  test("refuses a record with a field that it does not know", () => {
    const [header = "", ...rest] = fileOf(3).split("\n");
    const file = [header.replace('"offsets"', '"email":"a@example.org","offsets"'), ...rest];
    expect(readJsonl(file.join("\n"))).toMatchObject({ ok: false, failure: { place: "line 1" } });
  });
});
