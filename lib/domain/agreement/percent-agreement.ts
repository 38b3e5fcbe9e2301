import { intAt, sumOf } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import { agreeingPairs, countRatings, itemAgreement, itemsWith } from "./rating-counts";
import type { RatingTable } from "./ratings";

/** Percent agreement by its three common rules; `value` is the mean over items. */
export type PercentAgreement = Measured<{
  /** Mean over items of the share of agreeing pairs (Fleiss 1971; Gwet 2014). */
  readonly itemMean: number;
  /** Each item weighted by its number of ratings: 1 - D_o of Krippendorff. */
  readonly pairableWeighted: number;
  /** Agreeing pairs over all pairs. */
  readonly pairPooled: number;
}>;

/**
 * Share of pairs of ratings that agree, 0 to 1, by three rules that differ only when items have different numbers of
 * ratings. Undefined when no item has two ratings.
 */
export function percentAgreement(table: RatingTable): PercentAgreement {
  const counts = countRatings(table);
  if (itemsWith(counts, 1) === 0) return undefinedBecause("no_data");
  const pairable = itemsWith(counts, 2);
  if (pairable === 0) return undefinedBecause("no_pairable");
  const byItem = itemAgreement(counts, null);
  let agreeing = 0;
  let pairs = 0;
  let weighted = 0;
  let ratings = 0;
  for (let item = 0; item < counts.items; item++) {
    const rated = intAt(counts.ratings, item);
    if (rated < 2) continue;
    agreeing += agreeingPairs(counts, item, null);
    pairs += rated * (rated - 1);
    weighted += rated * (byItem[item] ?? 0);
    ratings += rated;
  }
  const itemMean = sumOf(byItem) / pairable;
  return measured(itemMean, {
    itemMean,
    pairableWeighted: weighted / ratings,
    pairPooled: agreeing / pairs,
  });
}
