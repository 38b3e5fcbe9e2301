import type { GammaUnit } from "./gamma-continuum";
import { drawIndex, type Random } from "./random";

/** A continuum as lists of units, one per annotator. */
export type UnitLists = readonly (readonly GammaUnit[])[];

/**
 * A chance continuum by shuffling (Mathet et al. 2015, section 5.2): every annotator gets the units of a randomly drawn real
 * annotator, cut at a random pivot with the parts swapped, which keeps lengths, gaps and categories. Pivots of one sample
 * lie at least a mean unit length apart where the text has room for that.
 */
export function shuffledContinuum(lists: UnitLists, length: number, random: Random): GammaUnit[][] {
  const pivots = drawPivots(lists.length, length, { apart: meanLength(lists), random });
  return pivots.map((pivot) => {
    const source = lists[drawIndex(random, lists.length)] ?? [];
    return source.map((unit) => {
      const moved = unit.start >= pivot ? unit.start - pivot : unit.start - pivot + length;
      return { ...unit, start: moved, end: moved + unit.end - unit.start };
    });
  });
}

function meanLength(lists: UnitLists): number {
  const units = lists.flat();
  if (units.length === 0) return 0;
  return units.reduce((sum, unit) => sum + unit.end - unit.start, 0) / units.length;
}

/** Pivots on a circle; after 1,000 refused draws the text has no room left and a pivot is taken as drawn. */
function drawPivots(
  count: number,
  length: number,
  rule: { readonly apart: number; readonly random: Random },
): number[] {
  const pivots: number[] = [];
  for (let refused = 0; pivots.length < count; ) {
    const pivot = drawIndex(rule.random, Math.max(1, Math.floor(length)));
    const clear = pivots.every((other) => {
      const gap = Math.abs(pivot - other);
      return Math.min(gap, length - gap) >= rule.apart;
    });
    if (clear || refused > 1_000) pivots.push(pivot);
    else refused++;
  }
  return pivots;
}
