import { describe, expect, test } from "vitest";
import { safeCell, writeCsv } from "@/lib/domain/formats/csv";
import type { Dataset } from "@/lib/domain/formats/records";
import { generatedDataset } from "./generated-dataset";

const FORMULAS = [
  "=1+1",
  '=HYPERLINK("http://example.org","x")',
  "+1",
  "-1",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "\0=1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(1)",
];
const HARMLESS = ["liberated", "", "1", "'=1", " =1", "“=”", "−5", "تحرير", "a=b", "5-3"];

describe("a cell", () => {
  test.each(FORMULAS)("that begins like a formula gets an apostrophe: %j", (cell) => {
    expect(safeCell(cell)).toBe(`'${cell}`);
  });

  test.each(HARMLESS)("that does not stays as it is: %j", (cell) => {
    expect(safeCell(cell)).toBe(cell);
  });

  test("with a number or nothing stays as it is", () => {
    expect(safeCell(-1)).toBe(-1);
    expect(safeCell(null)).toBeNull();
  });
});

describe("a dataset as CSV", () => {
  test("has a row for each annotation and a column for each name", () => {
    for (let seed = 0; seed < 100; seed++) {
      const dataset = generatedDataset(seed);
      const [names = [], ...rows] = parse([...writeCsv(dataset, "raw")].join(""));
      expect(rows).toHaveLength(dataset.annotations.length);
      expect(new Set(names).size).toBe(names.length);
      for (const row of rows) expect(row).toHaveLength(names.length);
    }
  });

  test("raw, says what the records say", () => {
    for (let seed = 0; seed < 100; seed++) {
      const dataset = generatedDataset(seed);
      const rows = rowsOf([...writeCsv(dataset, "raw")].join(""));
      dataset.annotations.forEach((record, index) => {
        const row = rows[index] ?? {};
        expect(row.quote).toBe(record.quote);
        expect(row.title).toBe(record.title);
        expect(JSON.parse(row.ranges ?? "")).toEqual(record.ranges);
        expect(JSON.parse(row.attributes ?? "")).toEqual(record.attributes);
        expect([row.start, row.end]).toEqual([String(record.start), String(record.end)]);
      });
    }
  });

  test("safe, has no cell that a spreadsheet computes", () => {
    const dataset = withQuotes([...FORMULAS, ...HARMLESS]);
    const file = [...writeCsv(dataset, "safe")].join("");
    expect(file.startsWith("\uFEFF")).toBe(true);
    const rows = parse(file.slice(1));
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
    const quotes = rowsOf(file.slice(1)).map((row) => row.quote);
    expect(quotes).toEqual([...FORMULAS.map((each) => `'${each}`), ...HARMLESS]);
  });

  test("quotes all text, so that no other separator can open a new cell in it", () => {
    const dataset = withQuotes(["harmless;=1+1", "harmless\t=1+1"]);
    const file = [...writeCsv(dataset, "safe")].join("");
    expect(file).toContain('"harmless;=1+1"');
    expect(file).toContain('"harmless\t=1+1"');
  });
});

function withQuotes(quotes: string[]): Dataset {
  const dataset = generatedDataset(1);
  const record = dataset.annotations[0] ?? generatedDataset(2).annotations[0];
  if (record === undefined) throw new Error("These seeds give no annotation.");
  return { ...dataset, annotations: quotes.map((quote) => ({ ...record, quote })) };
}

function rowsOf(file: string): Record<string, string>[] {
  const [names = [], ...rows] = parse(file);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""])));
}

/** A parser of its own (RFC 4180), so that the writer's library does not judge itself. */
function parse(file: string): string[][] {
  const cells = /(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  while (cells.lastIndex < file.length) {
    const cell = cells.exec(file);
    if (cell === null) throw new Error("This is no CSV.");
    rows.at(-1)?.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? "");
    if (cell[3] === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}
