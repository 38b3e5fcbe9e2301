import type { CoverageTotals } from "./binary-alpha";
import { type Measured, measured, undefinedBecause } from "./measured";

/**
 * u-alpha, nominal: 1 - (l.. - sum l_cc) / (e.. - sum e_cc) over the labels and the gap (Krippendorff et al. 2016, eq. 8
 * and 9), from coverages by label and, last, of any label. Needs one label per character and annotator.
 */
export function unitizingAlpha(coverages: readonly CoverageTotals[]): Measured {
  const any = coverages.at(-1);
  if (!any || any.total === 0) return undefinedBecause("no_pairable");
  const gaps = any.total - any.covered;
  let agreeing = any.total - 2 * any.covered + any.coincident;
  let squares = gaps ** 2;
  let selfPairs = gaps;
  for (const label of coverages.slice(0, -1)) {
    agreeing += label.coincident;
    squares += label.covered ** 2;
    selfPairs += label.squares;
  }
  const expected = any.total ** 2 - squares;
  if (expected < 1e-6) return undefinedBecause("no_variation");
  return measured(1 - ((any.total - agreeing) * (any.total - selfPairs / any.total)) / expected);
}
