import { pairCount, pairIndex } from "./annotator-pairs";
import { intAt, realAt } from "./columns";
import { type CorpusTotals, corpusSlot } from "./corpus-totals";
import type { DocumentFigures } from "./document-figures";
import { labelSum, type Matching } from "./pair-measures";

/** Which F1: exact or overlap, in one label slot, in the last slot (any label), or summed over the labels. */
export type F1Choice = { readonly matching: Matching; readonly slot: number | "labels" };

/** Mean pairwise F1 with each document left out in turn, for every choice; NaN where there is none. */
export type F1LeavingOut = (choice: F1Choice) => Float64Array;

/**
 * Leaves out every document once, for all label slots and both ways to match in the same walk: only the pairs of a document
 * change, so one document costs its pairs times its labels.
 */
export function meanF1LeavingOut(
  totals: CorpusTotals,
  documents: readonly DocumentFigures[],
): F1LeavingOut {
  const walks = { exact: createWalk(totals, "exact"), overlap: createWalk(totals, "overlap") };
  const size = documents.length;
  for (const walk of [walks.exact, walks.overlap]) {
    walk.values = new Float64Array(size * (totals.slots + 1));
    documents.forEach((figures, index) => {
      leaveOut(walk, figures, totals);
      for (let slot = 0; slot <= totals.slots; slot++) {
        walk.values[slot * size + index] = meanWithout(walk, slot);
      }
    });
  }
  return ({ matching, slot }) => {
    const column = slot === "labels" ? totals.slots : slot;
    return walks[matching].values.subarray(column * size, (column + 1) * size);
  };
}

/** Sums by pair and slot, with one more slot for all labels; and the changes that leaving out a document makes. */
type Walk = {
  readonly matching: Matching;
  readonly slots: number;
  readonly matched: Float64Array;
  readonly units: Float64Array;
  readonly sums: Float64Array;
  readonly counts: Float64Array;
  readonly change: Float64Array;
  readonly lost: Float64Array;
  values: Float64Array;
};

function createWalk(totals: CorpusTotals, matching: Matching): Walk {
  const slots = totals.slots + 1;
  const pairs = pairCount(totals.annotatorCount);
  const walk: Walk = {
    matching,
    slots,
    matched: new Float64Array(pairs * slots),
    units: new Float64Array(pairs * slots),
    sums: new Float64Array(slots),
    counts: new Float64Array(slots),
    change: new Float64Array(slots),
    lost: new Float64Array(slots),
    values: new Float64Array(0),
  };
  totals.pairs.forEach((pair, place) => {
    if (!pair) return;
    const from = place * slots;
    const units = pair.unitsOfFirst.map((count, slot) => count + realAt(pair.unitsOfSecond, slot));
    walk.matched.set(pair[matching], from);
    walk.units.set(units, from);
    walk.matched[from + totals.slots] = labelSum(pair[matching]);
    walk.units[from + totals.slots] = labelSum(units);
    for (let slot = 0; slot < slots; slot++) {
      const own = realAt(walk.units, from + slot);
      if (own === 0) continue;
      walk.sums[slot] = realAt(walk.sums, slot) + (2 * realAt(walk.matched, from + slot)) / own;
      walk.counts[slot] = realAt(walk.counts, slot) + 1;
    }
  });
  return walk;
}

function meanWithout(walk: Walk, slot: number): number {
  const count = realAt(walk.counts, slot) - realAt(walk.lost, slot);
  return count === 0 ? Number.NaN : (realAt(walk.sums, slot) + realAt(walk.change, slot)) / count;
}

function leaveOut(walk: Walk, figures: DocumentFigures, totals: CorpusTotals): void {
  walk.change.fill(0);
  walk.lost.fill(0);
  const { submitters, units } = figures;
  const width = figures.labels.length + 1;
  const matched = figures[walk.matching];
  let pair = 0;
  for (let first = 0; first < submitters.length; first++) {
    for (let second = first + 1; second < submitters.length; second++) {
      const a = intAt(submitters, first);
      const from = pairIndex(a, intAt(submitters, second), totals.annotatorCount) * walk.slots;
      let allMatched = 0;
      let allUnits = 0;
      for (let slot = 0; slot < width; slot++) {
        const ownMatched = intAt(matched, pair * width + slot);
        const ownUnits = intAt(units, first * width + slot) + intAt(units, second * width + slot);
        changeSlot(walk, from, corpusSlot(figures, slot, totals.slots), ownMatched, ownUnits);
        if (slot + 1 === width) continue;
        allMatched += ownMatched;
        allUnits += ownUnits;
      }
      changeSlot(walk, from, totals.slots, allMatched, allUnits);
      pair++;
    }
  }
}

function changeSlot(walk: Walk, from: number, slot: number, matched: number, units: number): void {
  const all = realAt(walk.units, from + slot);
  if (units === 0 || all === 0) return;
  const before = (2 * realAt(walk.matched, from + slot)) / all;
  const left = all - units;
  if (left === 0) walk.lost[slot] = realAt(walk.lost, slot) + 1;
  const after = left === 0 ? 0 : (2 * (realAt(walk.matched, from + slot) - matched)) / left;
  walk.change[slot] = realAt(walk.change, slot) + after - before;
}
