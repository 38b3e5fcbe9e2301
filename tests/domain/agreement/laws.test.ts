import { describe, expect, it } from "vitest";
import { binaryAlpha } from "@/lib/domain/agreement/binary-alpha";
import {
  brennanPrediger,
  congerKappa,
  fleissKappa,
  gwetAc,
} from "@/lib/domain/agreement/chance-corrected";
import { cohenKappa } from "@/lib/domain/agreement/cohen-kappa";
import { crossTable } from "@/lib/domain/agreement/cross-table";
import { krippendorffAlpha } from "@/lib/domain/agreement/krippendorff-alpha";
import { coverLabels } from "@/lib/domain/agreement/label-coverage";
import { positionAgreement } from "@/lib/domain/agreement/position-agreement";
import { compileRatings, type RatingTable } from "@/lib/domain/agreement/ratings";
import { countMatches, pairwiseF1 } from "@/lib/domain/agreement/span-f1";
import { unitOverlap } from "@/lib/domain/agreement/span-matching";
import { unitizingFamily } from "@/lib/domain/agreement/unitizing-alpha-2016";
import { plainAlpha, plainJaccard, plainMatching, setsByPosition } from "./brute-force";
import { documentFrom, randomMarks, randomOf, SEEDS, valueIn } from "./support";

const LABELS = ["x", "y", "z"];

function randomRatings(seed: number, categories = 4): RatingTable {
  const random = randomOf(seed);
  const rows = Array.from({ length: 30 }, () =>
    Array.from({ length: 4 }, () =>
      random() < 0.2 ? null : Math.floor(random() * categories) + 1,
    ),
  );
  return compileRatings(rows);
}

function relabelled(table: RatingTable): RatingTable {
  const size = table.categories.length;
  return { ...table, codes: table.codes.map((code) => (code < 0 ? -1 : (code + 1) % size)) };
}

const MEASURES = {
  krippendorffAlpha: (table: RatingTable) => krippendorffAlpha(table),
  fleissKappa: (table: RatingTable) => fleissKappa(table),
  gwetAc: (table: RatingTable) => gwetAc(table),
  brennanPrediger: (table: RatingTable) => brennanPrediger(table),
  congerKappa: (table: RatingTable) => congerKappa(table),
};

describe.each(Object.entries(MEASURES))("%s", (_name, measure) => {
  it.each(SEEDS.slice(0, 8))("does not change when categories are renamed (%i)", (seed) => {
    const table = randomRatings(seed);
    expect(valueIn(measure(relabelled(table)))).toBeCloseTo(valueIn(measure(table)), 12);
  });

  it("is 1 when all agree and more than one category is used", () => {
    const table = compileRatings([
      ["a", "a", "a"],
      ["b", "b", "b"],
      ["a", "a", null],
    ]);
    expect(valueIn(measure(table))).toBeCloseTo(1, 12);
  });

  it("is undefined without items and without pairs", () => {
    expect(measure(compileRatings([])).value).toBeNull();
    expect(
      measure(
        compileRatings([
          ["a", null],
          [null, "b"],
        ]),
      ).value,
    ).toBeNull();
  });
});

describe("Cohen's kappa", () => {
  it.each(SEEDS.slice(0, 8))("is the same from either side (%i)", (seed) => {
    const table = randomRatings(seed);
    const there = cohenKappa(crossTable(table, 0, 1));
    expect(valueIn(cohenKappa(crossTable(table, 1, 0)))).toBeCloseTo(valueIn(there), 12);
  });
});

describe("the sweep over boundaries", () => {
  it.each(SEEDS)("gives the alpha of a count position by position (%i)", (seed) => {
    const marks = randomMarks({ seed, annotators: 3, length: 80, labels: LABELS, layout: "any" });
    const { track, submitters } = documentFrom(80, marks);
    const slow = plainAlpha(setsByPosition(marks, 80), plainJaccard);
    const fast = positionAgreement([{ track, submitters }]).alpha.value;
    if (Number.isNaN(slow)) expect(fast).toBeNull();
    else expect(fast).toBeCloseTo(slow, 10);
  });

  it.each(SEEDS)("gives the binary alpha of every label (%i)", (seed) => {
    const marks = randomMarks({ seed, annotators: 4, length: 60, labels: LABELS, layout: "any" });
    const coverage = coverLabels(documentFrom(60, marks).track);
    const names = [
      ...new Set(Object.values(marks).flatMap((list) => list.map((mark) => mark[2]))),
    ].sort();
    coverage.byLabel.forEach((entry, slot) => {
      const name = names[coverage.labels[slot] ?? 0] ?? "";
      const columns = setsByPosition(marks, 60).map((sets) =>
        sets.map((set) => String(set.split(",").includes(name))),
      );
      const slow = plainAlpha(columns, (a, b) => Number(a !== b));
      expect(valueIn(binaryAlpha({ ...entry, total: coverage.total }))).toBeCloseTo(slow, 10);
    });
  });
});

describe("matching", () => {
  it.each(SEEDS)("finds as many pairs as trying everything (%i)", (seed) => {
    const layout = seed % 2 === 0 ? "apart" : "any";
    const marks = randomMarks({ seed, annotators: 2, length: 60, labels: ["x"], layout });
    const document = documentFrom(60, marks);
    const { units } = document;
    const split = units.offsets[1] ?? 0;
    const rows = [...units.start.keys()];
    const slow = plainMatching(
      rows.slice(0, split),
      rows.slice(split),
      (a, b) => unitOverlap(units, a, b) > 0,
    );
    expect(countMatches(document, { kind: "overlap" }).matched[0] ?? 0).toBe(slow);
  });

  it.each(SEEDS)("with any overlap is the loosest rule (%i)", (seed) => {
    const marks = randomMarks({ seed, annotators: 2, length: 100, labels: LABELS, layout: "any" });
    const document = documentFrom(100, marks);
    const matched = (rule: Parameters<typeof countMatches>[1]) =>
      countMatches(document, rule).matched.reduce((sum, count) => sum + count, 0);
    const overlap = matched({ kind: "overlap" });
    expect(matched({ kind: "exact" })).toBeLessThanOrEqual(
      matched({ kind: "boundary", within: 2 }),
    );
    expect(matched({ kind: "iou", atLeast: 0.5 })).toBeLessThanOrEqual(overlap);
    expect(matched({ kind: "share_of_longer", atLeast: 0.5 })).toBeLessThanOrEqual(overlap);
    expect(matched({ kind: "exact" })).toBe(matched({ kind: "iou", atLeast: 1 }));
  });

  it("gives 1 for equal marks and nothing for none", () => {
    const marks = {
      A: [
        [0, 5, "x"],
        [7, 9, "y"],
      ],
      B: [
        [0, 5, "x"],
        [7, 9, "y"],
      ],
    } as const;
    for (const kind of ["exact", "overlap", "character"] as const) {
      expect(valueIn(pairwiseF1([countMatches(documentFrom(20, marks), { kind })], 2).total)).toBe(
        1,
      );
    }
    const none = countMatches(documentFrom(20, { A: [], B: [] }), { kind: "exact" });
    expect(pairwiseF1([none], 2).total.value).toBeNull();
  });
});

describe("u-alpha", () => {
  it.each(SEEDS.slice(0, 10))("is close to character alpha and at most 1 (%i)", (seed) => {
    const marks = randomMarks({
      seed,
      annotators: 3,
      length: 200,
      labels: LABELS,
      layout: "apart",
    });
    const document = documentFrom(200, marks);
    const family = unitizingFamily([document]);
    const alpha = positionAgreement([document]).alpha;
    expect(valueIn(family.u)).toBeLessThanOrEqual(1);
    expect(Math.abs(valueIn(family.u) - valueIn(alpha))).toBeLessThan(0.05);
  });

  it("refuses labels of one annotator that overlap", () => {
    const family = unitizingFamily([
      documentFrom(30, {
        A: [
          [0, 9, "x"],
          [5, 12, "y"],
        ],
        B: [[0, 9, "x"]],
      }),
    ]);
    expect(family.u).toEqual({ value: null, reason: "overlapping_labels" });
    expect(family.marked.value).not.toBeNull();
  });

  it("reads the self-pairs of two annotators in one way only", () => {
    const document = documentFrom(60, {
      A: [
        [0, 9, "x"],
        [20, 30, "y"],
      ],
      B: [
        [2, 9, "x"],
        [20, 27, "x"],
      ],
    });
    expect(unitizingFamily([document], "union")).toEqual(unitizingFamily([document], "pairwise"));
  });
});
