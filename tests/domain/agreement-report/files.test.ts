import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { choiceQuery, USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { csvCell } from "@/lib/domain/agreement-report/export-files";
import { drawChart } from "@/lib/domain/agreement-report/layer-charts";
import { MEASURES, SOURCES } from "@/lib/domain/agreement-report/measures";
import { reportSpanLayer } from "@/lib/domain/agreement-report/span-report";
import { writeSvg } from "@/lib/domain/charts/write-svg";
import { SOFTWARE } from "@/lib/domain/software";
import { makeDocument, makeLayer, makeSet, makeWork } from "./shared-data";

test("files name the version of the package", () => {
  expect(SOFTWARE.version).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
});

test("every measure names its sources, and every source is BibTeX under its own key", () => {
  for (const { sources } of Object.values(MEASURES)) expect(sources.length).toBeGreaterThan(0);
  for (const [key, { bibtex }] of Object.entries(SOURCES)) {
    expect(bibtex).toMatch(new RegExp(`^@[a-z]+\\{${key},`));
    expect(bibtex.split("{").length).toBe(bibtex.split("}").length);
  }
});

test("equal settings have equal addresses, and usual ones have none", () => {
  expect(choiceQuery(USUAL_CHOICE).toString()).toBe("");
  const one = choiceQuery({ ...USUAL_CHOICE, rounds: [2, 1], without: ["b", "a"] });
  const other = choiceQuery({ ...USUAL_CHOICE, rounds: [1, 2], without: ["a", "b"] });
  expect(one.toString()).toBe(other.toString());
});

test("a cell of a table is no formula in a spreadsheet", () => {
  expect(csvCell("=1+1")).toBe("'=1+1");
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
  expect(csvCell(-0.25)).toBe("-0.25");
});

test("a chart holds the numbers of its report, as shapes and as a table, and no name as markup", () => {
  const sets = ["x", "y"].map((annotator, shift) =>
    makeSet("d", annotator, { spans: [["bias", 2 + shift, 8 + shift]] }),
  );
  const layer = { ...makeLayer("span", ["bias"]), name: "<Bias & framing>" };
  const report = reportSpanLayer(layer, makeWork([makeDocument("d", 40)], sets), USUAL_CHOICE);
  const words = {
    annotator: (id: string) => id,
    document: (id: string) => id,
    look: () => undefined,
  };
  const drawing = drawChart("labels", { report, resampled: null }, { words, room: "wide" });
  expect(drawing?.table.rows).toEqual([["bias", report.labels[0]?.alpha.value, null, null, 1]]);
  const svg = writeSvg(drawing ?? expect.fail());
  expect(svg).toContain("&lt;Bias &amp; framing&gt;");
  expect(svg).not.toContain("<Bias");
  expect(drawChart("rounds", { report, resampled: null }, { words, room: "wide" })).toBeNull();
});
