import { describe, expect, test } from "vitest";
import { USUAL_CHOICE } from "@/lib/domain/agreement-report/choice";
import { noWork, reportLayers } from "@/lib/domain/agreement-report/layers";
import { planResampling } from "@/lib/domain/agreement-report/resampled";
import { reportSpanLayer } from "@/lib/domain/agreement-report/span-report";
import { randomMarks } from "../agreement/support";
import { makeDocument, makeLayer, makeSet, makeWork } from "./shared-data";

const layer = makeLayer("span", ["x", "y", "z"]);
const PEOPLE = ["A", "B", "C", "D"];

/** Twelve documents by two to four annotators; spans overlap, of one label and of several. */
function work(people: readonly string[] = PEOPLE) {
  const tokens = Array.from({ length: 40 }, (_, at) => 6 * (at >> 1) + 5 * (at & 1));
  const documents = Array.from({ length: 12 }, (_, at) => makeDocument(`d${at}`, 120, tokens));
  const sets = documents.flatMap(({ versionId }, at) => {
    const marks = randomMarks({
      seed: at + 1,
      annotators: 2 + (at % 3),
      length: 120,
      labels: ["x", "y", "z"],
      layout: "any",
    });
    return Object.values(marks).flatMap((own, place) => {
      const name = PEOPLE[(place + at) % PEOPLE.length] ?? "";
      const spans = own.map(([start, end, label]) => [label, start, end] as const);
      return people.includes(name) ? [makeSet(versionId, name, { spans })] : [];
    });
  });
  return makeWork(documents, sets);
}

const CHOICES = (["characters", "tokens"] as const).flatMap((unit) =>
  (["labels", "any"] as const).flatMap((compare) =>
    (["jaccard", "masi"] as const).map((distance) => ({
      ...USUAL_CHOICE,
      unit,
      compare,
      distance,
    })),
  ),
);

describe.each(CHOICES)("with $unit, $compare, $distance", (choice) => {
  const report = reportSpanLayer(layer, work(), choice);

  test("each pair's alpha is that of the two alone", () => {
    expect(report.pairs).toHaveLength(6);
    for (const { first, second, alpha } of report.pairs) {
      const alone = reportSpanLayer(layer, work([first, second]), choice).headline.figure;
      expect(alpha.value).toBeCloseTo(alone.value ?? Number.NaN, 10);
    }
  });

  test("the figure without an annotator is that of the others", () => {
    for (const { annotator, without } of report.annotators) {
      const others = PEOPLE.filter((name) => name !== annotator);
      const alone = reportSpanLayer(layer, work(others), choice).headline.figure;
      expect(without.value).toBeCloseTo(alone.value ?? Number.NaN, 10);
    }
  });
});

test("figures that are known already give the same report, and its intervals", () => {
  const known = noWork(USUAL_CHOICE);
  const given = work();
  const first = reportLayers({ layers: [layer] }, given, USUAL_CHOICE, known);
  expect(reportLayers({ layers: [layer] }, given, USUAL_CHOICE, known)).toEqual(first);
  expect(reportLayers({ layers: [layer] }, given, USUAL_CHOICE)).toEqual(first);
  const intervals = [known, noWork(USUAL_CHOICE)].map((figures) => {
    const [plan] = planResampling({ layers: [layer] }, given, USUAL_CHOICE, figures);
    plan?.intervalSteps[0]?.();
    return plan?.finish().intervals ?? [];
  });
  expect(intervals[0]).toEqual(intervals[1]);
  expect(intervals[0]?.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(["headline", { label: "x" }, { beside: "f1.overlap" }]),
  );
});
