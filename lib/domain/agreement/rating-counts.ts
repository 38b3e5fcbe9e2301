import { intAt, realAt } from "./columns";
import type { RatingTable } from "./ratings";

/** How many annotators gave each category to each item: r_uk at `item * categories + category`, and r_u per item. */
export type RatingCounts = {
  readonly items: number;
  readonly categories: number;
  readonly counts: Int32Array;
  readonly ratings: Int32Array;
};

/** Counts the ratings of every item. */
export function countRatings(table: RatingTable): RatingCounts {
  const categories = table.categories.length;
  const counts = new Int32Array(table.items * categories);
  const ratings = new Int32Array(table.items);
  const { codes, annotators } = table;
  for (let item = 0; item < table.items; item++) {
    let rated = 0;
    for (let cell = item * annotators; cell < (item + 1) * annotators; cell++) {
      const code = intAt(codes, cell);
      if (code < 0) continue;
      counts[item * categories + code] = intAt(counts, item * categories + code) + 1;
      rated++;
    }
    ratings[item] = rated;
  }
  return { items: table.items, categories, counts, ratings };
}

/** Items with at least so many ratings. */
export function itemsWith(counts: RatingCounts, ratings: number): number {
  let items = 0;
  for (let item = 0; item < counts.items; item++) {
    if (intAt(counts.ratings, item) >= ratings) items++;
  }
  return items;
}

/** pi_k: mean over the items with a rating of r_uk / r_u (Gwet 2014, eq. 2.9). */
export function meanShares(counts: RatingCounts): Float64Array {
  const shares = new Float64Array(counts.categories);
  const items = itemsWith(counts, 1);
  for (let item = 0; item < counts.items; item++) {
    const ratings = intAt(counts.ratings, item);
    if (ratings === 0) continue;
    for (let category = 0; category < counts.categories; category++) {
      const count = intAt(counts.counts, item * counts.categories + category);
      shares[category] = realAt(shares, category) + count / ratings / items;
    }
  }
  return shares;
}

/**
 * Observed agreement of every item: sum_k r_uk (r*_uk - 1) / (r_u (r_u - 1)) with r*_uk = sum_l w_kl r_ul, and 0 for items
 * with fewer than two ratings. `weights` is null for plain equality.
 */
export function itemAgreement(counts: RatingCounts, weights: Float64Array | null): Float64Array {
  const agreement = new Float64Array(counts.items);
  for (let item = 0; item < counts.items; item++) {
    const ratings = intAt(counts.ratings, item);
    if (ratings < 2) continue;
    agreement[item] = agreeingPairs(counts, item, weights) / (ratings * (ratings - 1));
  }
  return agreement;
}

/** Ordered pairs of ratings of one item that agree, weighted where weights are given. */
export function agreeingPairs(
  counts: RatingCounts,
  item: number,
  weights: Float64Array | null,
): number {
  const { categories } = counts;
  const from = item * categories;
  let pairs = 0;
  for (let category = 0; category < categories; category++) {
    const count = intAt(counts.counts, from + category);
    if (count === 0) continue;
    let alike = count;
    if (weights) {
      alike = 0;
      for (let other = 0; other < categories; other++) {
        alike +=
          realAt(weights, category * categories + other) * intAt(counts.counts, from + other);
      }
    }
    pairs += count * (alike - 1);
  }
  return pairs;
}
