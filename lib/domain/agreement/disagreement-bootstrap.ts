import { intAt, realAt } from "./columns";
import { coincidences, krippendorffAlpha, scaleValues } from "./krippendorff-alpha";
import { type Level, squaredDistances } from "./krippendorff-distances";
import type { Random } from "./random";
import { countRatings, type RatingCounts } from "./rating-counts";
import type { RatingTable } from "./ratings";

/**
 * Krippendorff's own bootstrap for alpha (Hayes and Krippendorff 2007; Krippendorff 2016): every observed pair of ratings of
 * an item gets the disagreement of a pair drawn from all items, while expected disagreement is held fixed. It leaves out
 * the variation between items, so its intervals are too narrow; kept to replicate published intervals. Answers sorted
 * replicates, or null where alpha has no value.
 */
export function bootstrapDisagreements(
  table: RatingTable,
  level: Level,
  options: { readonly replicates: number; readonly random: Random },
): Float64Array | null {
  const alpha = krippendorffAlpha(table, level);
  const values = scaleValues(table.categories, level);
  if (alpha.value === null || values === null) return null;
  const { sums, total } = coincidences(table);
  const counts = countRatings(table);
  const kinds = kindsOfPairs(counts, squaredDistances(level, { values, counts: sums }));
  const scale = 2 / (total * alpha.expectedDisagreement);
  const replicates = new Float64Array(options.replicates);
  for (let replicate = 0; replicate < replicates.length; replicate++) {
    const disagreement = drawDisagreement(counts, kinds, options.random);
    replicates[replicate] = Math.max(-1, 1 - scale * disagreement);
  }
  return replicates.sort();
}

/** Sum over items of drawn squared distances, one per pair of ratings of the item, over r_u - 1. */
function drawDisagreement(
  counts: RatingCounts,
  kinds: readonly PairKind[],
  random: Random,
): number {
  let sum = 0;
  for (let item = 0; item < counts.items; item++) {
    const ratings = intAt(counts.ratings, item);
    for (let pair = 0; pair < (ratings * (ratings - 1)) / 2; pair++) {
      sum += drawDistance(kinds, random()) / (ratings - 1);
    }
  }
  return sum;
}

/** One kind of pair, c with k: the share of pairs up to and including it, and its squared distance. */
type PairKind = { readonly upTo: number; readonly distance: number };

function kindsOfPairs(counts: RatingCounts, squared: Float64Array): PairKind[] {
  const size = counts.categories;
  const pairs = new Float64Array(size * size);
  let total = 0;
  for (let item = 0; item < counts.items; item++) {
    for (let c = 0; c < size; c++) {
      const count = intAt(counts.counts, item * size + c);
      if (count === 0) continue;
      for (let k = 0; k <= c; k++) {
        const others = intAt(counts.counts, item * size + k);
        const own = c === k ? (count * (count - 1)) / 2 : count * others;
        pairs[c * size + k] = realAt(pairs, c * size + k) + own;
        total += own;
      }
    }
  }
  let upTo = 0;
  return [...pairs].flatMap((share, cell) => {
    upTo += share / total;
    return share === 0 ? [] : [{ upTo, distance: realAt(squared, cell) }];
  });
}

function drawDistance(kinds: readonly PairKind[], point: number): number {
  for (const kind of kinds) if (point < kind.upTo) return kind.distance;
  return kinds.at(-1)?.distance ?? 0;
}
