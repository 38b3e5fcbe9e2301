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
  const walk = createWalk(totals);
  const size = documents.length;
  const values = {
    exact: new Float64Array(size * walk.slots),
    overlap: new Float64Array(size * walk.slots),
  };
  documents.forEach((figures, index) => {
    leaveOut(walk, figures, totals);
    for (let slot = 0; slot < walk.slots; slot++) {
      const count = realAt(walk.counts, slot) - realAt(walk.lost, slot);
      values.exact[slot * size + index] = meanWithout(walk.exact, slot, count);
      values.overlap[slot * size + index] = meanWithout(walk.overlap, slot, count);
    }
  });
  return ({ matching, slot }) => {
    const column = slot === "labels" ? totals.slots : slot;
    return values[matching].subarray(column * size, (column + 1) * size);
  };
}

/** Sums by pair and slot, with one more slot for all labels; and the changes that leaving out a document makes. */
type Walk = {
  readonly slots: number;
  readonly units: Float64Array;
  /** Pairs that marked anything, and those that marked nothing but in the document. */
  readonly counts: Float64Array;
  readonly lost: Float64Array;
  readonly exact: MatchingWalk;
  readonly overlap: MatchingWalk;
};

/** Matches by pair and slot, the sum of F1 over pairs, and its change. */
type MatchingWalk = {
  readonly matched: Float64Array;
  readonly sums: Float64Array;
  readonly change: Float64Array;
};

function createWalk(totals: CorpusTotals): Walk {
  const slots = totals.slots + 1;
  const cells = pairCount(totals.annotatorCount) * slots;
  const matching = (): MatchingWalk => ({
    matched: new Float64Array(cells),
    sums: new Float64Array(slots),
    change: new Float64Array(slots),
  });
  const walk: Walk = {
    slots,
    units: new Float64Array(cells),
    counts: new Float64Array(slots),
    lost: new Float64Array(slots),
    exact: matching(),
    overlap: matching(),
  };
  totals.pairs.forEach((pair, place) => {
    if (!pair) return;
    const from = place * slots;
    const units = pair.unitsOfFirst.map((count, slot) => count + realAt(pair.unitsOfSecond, slot));
    walk.units.set(units, from);
    walk.units[from + totals.slots] = labelSum(units);
    for (let slot = 0; slot < slots; slot++) {
      walk.counts[slot] = realAt(walk.counts, slot) + Number(realAt(walk.units, from + slot) !== 0);
    }
    for (const which of ["exact", "overlap"] as const) {
      const { matched, sums } = walk[which];
      matched.set(pair[which], from);
      matched[from + totals.slots] = labelSum(pair[which]);
      for (let slot = 0; slot < slots; slot++) {
        const own = realAt(walk.units, from + slot);
        if (own === 0) continue;
        sums[slot] = realAt(sums, slot) + (2 * realAt(matched, from + slot)) / own;
      }
    }
  });
  return walk;
}

function meanWithout({ sums, change }: MatchingWalk, slot: number, count: number): number {
  return count === 0 ? Number.NaN : (realAt(sums, slot) + realAt(change, slot)) / count;
}

function leaveOut(walk: Walk, figures: DocumentFigures, totals: CorpusTotals): void {
  walk.exact.change.fill(0);
  walk.overlap.change.fill(0);
  walk.lost.fill(0);
  const { submitters, units, exact, overlap } = figures;
  const width = figures.labels.length + 1;
  let row = 0;
  for (let first = 0; first < submitters.length; first++) {
    for (let second = first + 1; second < submitters.length; second++) {
      const a = intAt(submitters, first);
      const from = pairIndex(a, intAt(submitters, second), totals.annotatorCount) * walk.slots;
      const all = { units: 0, exact: 0, overlap: 0 };
      for (let slot = 0; slot < width; slot++) {
        const own = intAt(units, first * width + slot) + intAt(units, second * width + slot);
        if (own === 0) continue;
        const place = row + slot;
        const target = corpusSlot(figures, slot, totals.slots);
        changeSlot(walk, from, target, {
          units: own,
          exact: intAt(exact, place),
          overlap: intAt(overlap, place),
        });
        if (slot + 1 === width) continue;
        all.units += own;
        all.exact += intAt(exact, place);
        all.overlap += intAt(overlap, place);
      }
      changeSlot(walk, from, totals.slots, all);
      row += width;
    }
  }
}

function changeSlot(
  walk: Walk,
  from: number,
  slot: number,
  own: { readonly units: number; readonly exact: number; readonly overlap: number },
): void {
  const all = realAt(walk.units, from + slot);
  if (own.units === 0 || all === 0) return;
  const before = 2 / all;
  const left = all - own.units;
  const after = left === 0 ? 0 : 2 / left;
  if (left === 0) walk.lost[slot] = realAt(walk.lost, slot) + 1;
  changeMatches(walk.exact, from + slot, slot, { own: own.exact, before, after });
  changeMatches(walk.overlap, from + slot, slot, { own: own.overlap, before, after });
}

function changeMatches(
  { matched, change }: MatchingWalk,
  cell: number,
  slot: number,
  { own, before, after }: { own: number; before: number; after: number },
): void {
  const all = realAt(matched, cell);
  change[slot] = realAt(change, slot) + (all - own) * after - all * before;
}
