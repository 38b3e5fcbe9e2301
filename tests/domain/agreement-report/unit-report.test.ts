import { describe, expect, test } from "vitest";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { reportUnitLayer } from "@/lib/domain/agreement-report/unit-report";
import type { Layer } from "@/lib/domain/codebook/language";
import { makeDocument, makeLayer, makeSet, makeWork } from "./shared-data";

type Cell = readonly string[] | null;

/** One document per row; a cell holds the labels of one annotator, null where nothing was submitted. */
function report(
  choice: Layer["choice"],
  rows: readonly (readonly Cell[])[],
  settings: Partial<typeof USUAL_CHOICE> = {},
) {
  const documents = rows.map((_, index) => makeDocument(`document ${index}`, 10));
  const sets = rows.flatMap((row, index) =>
    row.flatMap((labels, annotator) =>
      labels === null
        ? []
        : [
            makeSet(`document ${index}`, `annotator ${annotator}`, {
              answers: labels.map((each) => {
                const [key = "", value = null] = each.split("=");
                return [key, value] as const;
              }),
            }),
          ],
    ),
  );
  return reportUnitLayer(
    makeLayer("document", ["a0", "a1", "a2", "a3"], choice),
    makeWork(documents, sets),
    { ...USUAL_CHOICE, ...settings },
  );
}

describe("agreement on documents", () => {
  const alphaOf = (made: ReturnType<typeof report>) => made.headline.figure.value;

  test("takes the order of a scale into account, unless it is asked not to", () => {
    const rows = (second: string): Cell[][] => [
      [["a0"], [second]],
      [["a3"], ["a3"]],
      [["a0"], ["a0"]],
    ];
    const near = report("scale", rows("a1"));
    expect(alphaOf(near)).toBeGreaterThan(alphaOf(report("scale", rows("a3"))) ?? 1);
    expect(near.headline.measure).toBe("alpha.ordinal");
    expect(report("scale", rows("a1"), { level: "nominal" }).headline.measure).toBe(
      "alpha.nominal",
    );
  });

  test("is nominal where one label is chosen: Hayes & Krippendorff's formula by hand", () => {
    // Two of three documents alike. Values: 0, 0, 1, 1, 0, 1. D_o = 2/6, D_e = 2·3·3/(6·5).
    const made = report("one", [
      [["a0"], ["a0"]],
      [["a1"], ["a1"]],
      [["a0"], ["a1"]],
    ]);
    expect(alphaOf(made)).toBeCloseTo(1 - 2 / 6 / (18 / 30), 12);
    expect(made.confusion).toEqual([
      { a: "a0", b: "a0", count: 1 },
      { a: "a0", b: "a1", count: 1 },
      { a: "a1", b: "a1", count: 1 },
    ]);
    expect(made.documents.map(({ specific }) => specific.value)).toEqual([1, 1, 0]);
  });

  test("leaves an answer out that was not given, or counts it where that is chosen", () => {
    const rows: Cell[][] = [
      [[], ["a0"]],
      [["a1"], ["a1"]],
      [["a0"], ["a0"]],
    ];
    expect(report("many", rows).headline.units).toBe(3);
    expect(report("one", rows).headline.units).toBe(2);
    expect(alphaOf(report("one", rows))).toBe(1);
    const counted = report("one", rows, { missing: "category" });
    expect(counted.headline.units).toBe(3);
    expect(alphaOf(counted)).toBeLessThan(1);
    expect(counted.confusion).toContainEqual({ a: "a0", b: null, count: 1 });
  });

  test("compares sets by Jaccard or by MASI", () => {
    const rows: Cell[][] = [
      [["a0", "a1"], ["a0"]],
      [["a2"], ["a2"]],
    ];
    expect(alphaOf(report("many", rows))).toBeGreaterThan(
      alphaOf(report("many", rows, { distance: "masi" })) ?? 1,
    );
  });

  test("leaves out documents with one submission", () => {
    const { headline } = report("many", [
      [["a0"], null],
      [["a1"], ["a1"]],
    ]);
    expect([headline.documents, headline.units]).toEqual([1, 1]);
  });

  test("is by question for a questionnaire", () => {
    const { headline, labels } = report("each", [
      [
        ["a0=yes", "a1=no"],
        ["a0=yes", "a1=yes"],
      ],
      [
        ["a0=no", "a1=no"],
        ["a0=no", "a1=yes"],
      ],
    ]);
    expect(headline.measure).toBe("alpha.questions");
    expect(labels[0]?.alpha.value).toBe(1);
    expect(labels[1]?.alpha.value).toBeLessThan(0);
    expect(labels[2]?.alpha).toMatchObject({ value: null });
  });

  test("has an interval from ten documents on", () => {
    const rows = Array.from({ length: 10 }, (_, index): Cell[] => [
      [`a${index % 3}`],
      [`a${index % 4}`],
    ]);
    expect(report("one", rows.slice(1)).headline.figure.interval).toMatchObject({
      low: null,
      reason: "too_few_documents",
    });
    const { figure } = report("one", rows).headline;
    expect(figure.interval.low).toBeLessThan(figure.value ?? -1);
  });

  test("says who lowers it", () => {
    const { annotators, pairs } = report(
      "one",
      ["a0", "a1", "a2", "a0", "a1"].map((label): Cell[] => [[label], [label], ["a3"]]),
    );
    expect(pairs).toHaveLength(3);
    expect(annotators.map(({ change }) => Math.sign(change.value ?? 0))).toEqual([-1, -1, 1]);
    expect(annotators[2]?.withOthers.value).toBe(0);
  });
});
