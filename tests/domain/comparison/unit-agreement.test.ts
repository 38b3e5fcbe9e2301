import { describe, expect, test } from "vitest";
import type { UnitLabel } from "@/lib/domain/annotation/state";
import { codebookSchema, type Layer } from "@/lib/domain/codebook/language";
import { reportUnitLayer } from "@/lib/domain/comparison/unit-agreement";
import { codePoint } from "@/lib/domain/text/offsets";

const unit = { start: codePoint(0), end: codePoint(9) };

function layer(choice: Layer["choice"]): Layer {
  const answers =
    choice === "each"
      ? [
          { key: "yes", name: "Yes" },
          { key: "no", name: "No" },
        ]
      : undefined;
  const labels = ["0", "1", "2", "3"].map((key) => ({ key, name: `Label ${key}` }));
  const [made] = codebookSchema.parse({
    framemark: "codebook/1",
    key: "test",
    name: "Test",
    layers: [{ key: "layer", name: "Layer", level: "document", choice, answers, labels }],
  }).layers;
  if (made === undefined) throw new Error("The codebook has a layer.");
  return made;
}

/** One document per row; a cell holds the labels of one annotator, null where nothing was submitted. */
function report(choice: Layer["choice"], rows: (string[] | null)[][]) {
  return reportUnitLayer(
    layer(choice),
    rows.map((row) => ({
      units: [unit],
      submissions: row.map((labels) => labels?.map((each) => label(each)) ?? null),
    })),
  );
}

function label(answer: string): UnitLabel {
  const [key = "", value = null] = answer.split("=");
  return { layer: "layer", label: key, unit: "document", ...unit, value, evidence: [] };
}

describe("agreement on documents", () => {
  test("takes the order of a scale into account", () => {
    const near = report("scale", [
      [["0"], ["1"]],
      [["3"], ["3"]],
      [["0"], ["0"]],
    ]);
    const far = report("scale", [
      [["0"], ["3"]],
      [["3"], ["3"]],
      [["0"], ["0"]],
    ]);
    expect(near.alpha?.value).toBeGreaterThan(far.alpha?.value ?? 1);
  });

  test("is nominal where one label is chosen: Hayes & Krippendorff's formula by hand", () => {
    // Two of three documents alike. Values: 0, 0, 1, 1, 0, 1. D_o = 2/6, D_e = 2·3·3/(6·5).
    const { alpha } = report("one", [
      [["0"], ["0"]],
      [["1"], ["1"]],
      [["0"], ["1"]],
    ]);
    expect(alpha?.value).toBeCloseTo(1 - 2 / 6 / (18 / 30), 12);
  });

  test("counts no label as an answer only where several may be chosen", () => {
    expect(
      report("many", [
        [[], ["0"]],
        [["1"], ["1"]],
      ]).units,
    ).toBe(2);
    expect(
      report("one", [
        [[], ["0"]],
        [["1"], ["1"]],
      ]).units,
    ).toBe(1);
  });

  test("leaves out documents with one submission", () => {
    const { documents, units } = report("many", [
      [["0"], null],
      [["1"], ["1"]],
    ]);
    expect([documents, units]).toEqual([1, 1]);
  });

  test("is by question for a questionnaire", () => {
    const { alpha, labels } = report("each", [
      [
        ["0=yes", "1=no"],
        ["0=yes", "1=yes"],
      ],
      [
        ["0=no", "1=no"],
        ["0=no", "1=yes"],
      ],
    ]);
    expect(alpha).toBeNull();
    expect(labels[0]?.alpha.value).toBe(1);
    expect(labels[1]?.alpha.value).toBeLessThan(0);
    expect(labels[2]?.alpha).toMatchObject({ value: null });
  });

  test("has an interval from ten documents on", () => {
    const rows = Array.from({ length: 10 }, (_, index) => [[`${index % 3}`], [`${index % 4}`]]);
    expect(report("one", rows.slice(1)).alpha?.interval).toMatchObject({
      low: null,
      reason: "too_few_documents",
    });
    const { alpha } = report("one", rows);
    expect(alpha?.interval.low).toBeLessThan(alpha?.value ?? -1);
  });
});
