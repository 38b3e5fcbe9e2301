import type { Coverage } from "./label-coverage";
import { type Measured, measured, undefinedBecause } from "./measured";

/**
 * The summed coverage of documents for one question "covered or not". `total` counts positions times submitters; only
 * documents with two or more submissions belong in it.
 */
export type CoverageTotals = Coverage & { total: number };

/** Totals of no document. */
export function emptyCoverage(): CoverageTotals {
  return { covered: 0, coincident: 0, squares: 0, total: 0 };
}

/**
 * Krippendorff's nominal alpha of "covered or not" at every position: 1 - (n - 1) o_10 / (n_1 n_0) (Krippendorff 2004,
 * ch. 11, binary case). Range below 0 to 1; undefined when nobody or everybody covers everything.
 */
export function binaryAlpha(totals: CoverageTotals): Measured {
  const gaps = totals.total - totals.covered;
  if (totals.total === 0) return undefinedBecause("no_pairable");
  if (totals.covered === 0 || gaps === 0) return undefinedBecause("no_variation");
  const disagreeing = totals.covered - totals.coincident;
  return measured(1 - ((totals.total - 1) * disagreeing) / (totals.covered * gaps));
}

/**
 * |u|alpha: agreement on which stretches are marked at all, against the gaps between them (Krippendorff, Mathet, Bouvry
 * and Widlocher 2016, eq. 8 and 9 for valued against irrelevant matter):
 * 1 - l_10 (l.. - Z. / l..) / (l_1. l_0.). The self-pairs Z. count each stretch squared and each gap once per position.
 */
export function binaryUnitizingAlpha(totals: CoverageTotals): Measured {
  const gaps = totals.total - totals.covered;
  if (totals.total === 0) return undefinedBecause("no_pairable");
  if (totals.covered === 0 || gaps === 0) return undefinedBecause("no_variation");
  const disagreeing = totals.covered - totals.coincident;
  const selfPairs = totals.squares + gaps;
  const pairable = totals.total - selfPairs / totals.total;
  return measured(1 - (disagreeing * pairable) / (totals.covered * gaps));
}
