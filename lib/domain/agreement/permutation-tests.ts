import { cohenKappa } from "./cohen-kappa";
import { meanOf } from "./columns";
import { crossTable } from "./cross-table";
import { type Measured, measured, undefinedBecause } from "./measured";
import { type Random, shuffleInPlace } from "./random";
import type { RatingTable } from "./ratings";

/** A test: the statistic as value, and the share of rearrangements that are at least as extreme. */
export type PermutationTest = Measured<{
  readonly p: number;
  /** All rearrangements were counted, or so many were drawn. */
  readonly rearrangements: number;
  readonly method: "exact" | "sampled";
}>;

/** How many rearrangements are counted one by one, and how many are drawn beyond that. */
export type PermutationOptions = {
  readonly random: Random;
  readonly exactUpTo?: number;
  readonly samples?: number;
};

const SLACK = 1e-12;

/**
 * Is Cohen's kappa of two annotators better than chance? One-sided: the share of ways to deal the second annotator's ratings
 * to the items that reach the observed kappa. Counted exactly where there are few different ways (equal ratings are
 * interchangeable), else from shuffles with p = (b + 1) / (B + 1) (Phipson and Smyth 2010).
 */
export function permutationTestOfKappa(
  table: RatingTable,
  options: PermutationOptions,
): PermutationTest {
  const kappa = cohenKappa(crossTable(table, 0, 1));
  if (kappa.value === null) return kappa;
  const { first, second } = ratedByBoth(table);
  const needed = agreements(first, second);
  const ways = arrangementCount(second, options.exactUpTo ?? 200_000);
  if (ways !== null) {
    const reached = countArrangements(first, second, needed);
    return measured(kappa.value, { p: reached / ways, rearrangements: ways, method: "exact" });
  }
  const samples = options.samples ?? 9_999;
  const shuffled = Int32Array.from(second);
  let reached = 0;
  for (let sample = 0; sample < samples; sample++) {
    shuffleInPlace(shuffled, options.random);
    if (agreements(first, shuffled) >= needed) reached++;
  }
  return measured(kappa.value, {
    p: (reached + 1) / (samples + 1),
    rearrangements: samples,
    method: "sampled",
  });
}

/** The margins do not change when ratings are dealt anew, so kappa grows with the number of agreements alone. */
function agreements(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let count = 0;
  for (let item = 0; item < first.length; item++) if (first[item] === second[item]) count++;
  return count;
}

function ratedByBoth(table: RatingTable): { first: number[]; second: number[] } {
  const first: number[] = [];
  const second: number[] = [];
  for (let item = 0; item < table.items; item++) {
    const a = table.codes[item * table.annotators] ?? -1;
    const b = table.codes[item * table.annotators + 1] ?? -1;
    if (a < 0 || b < 0) continue;
    first.push(a);
    second.push(b);
  }
  return { first, second };
}

/** Number of different orders of a list with repeated entries; null when above the limit. */
function arrangementCount(ratings: readonly number[], limit: number): number | null {
  const counts = new Map<number, number>();
  let ways = 1;
  ratings.forEach((rating, index) => {
    const count = (counts.get(rating) ?? 0) + 1;
    counts.set(rating, count);
    ways = (ways * (index + 1)) / count;
  });
  return ways <= limit ? Math.round(ways) : null;
}

/** Orders of the second list with at least so many agreements with the first. */
function countArrangements(
  first: readonly number[],
  second: readonly number[],
  needed: number,
): number {
  const left = new Map<number, number>();
  for (const rating of second) left.set(rating, (left.get(rating) ?? 0) + 1);
  const walk = (item: number, agreeing: number): number => {
    if (agreeing + first.length - item < needed) return 0;
    if (item === first.length) return 1;
    let reached = 0;
    for (const [rating, count] of left) {
      if (count === 0) continue;
      left.set(rating, count - 1);
      reached += walk(item + 1, agreeing + Number(rating === first[item]));
      left.set(rating, count);
    }
    return reached;
  };
  return walk(0, 0);
}

/**
 * Did the same documents score differently in two rounds? Two-sided sign-flip test on the differences (Fisher 1935, section
 * 21): the share of ways to swap the rounds per document whose mean difference is at least as large. Value: mean of
 * a - b.
 */
export function signFlipTest(
  a: readonly number[],
  b: readonly number[],
  options: PermutationOptions,
): PermutationTest {
  const differences = a.map((value, index) => value - (b[index] ?? value));
  const mean = meanOf(differences);
  if (mean === null) return undefinedBecause("no_data");
  const needed = Math.abs(mean) * differences.length - SLACK;
  const ways = 2 ** differences.length;
  if (ways <= (options.exactUpTo ?? 2 ** 20)) {
    const reached = countSigns(differences, needed);
    return measured(mean, { p: reached / ways, rearrangements: ways, method: "exact" });
  }
  const samples = options.samples ?? 9_999;
  let reached = 0;
  for (let sample = 0; sample < samples; sample++) {
    let sum = 0;
    for (const difference of differences) sum += options.random() < 0.5 ? difference : -difference;
    if (Math.abs(sum) >= needed) reached++;
  }
  return measured(mean, {
    p: (reached + 1) / (samples + 1),
    rearrangements: samples,
    method: "sampled",
  });
}

function countSigns(differences: readonly number[], needed: number): number {
  let sums = Float64Array.of(0);
  for (const difference of differences) {
    const next = new Float64Array(2 * sums.length);
    sums.forEach((sum, index) => {
      next[2 * index] = sum + difference;
      next[2 * index + 1] = sum - difference;
    });
    sums = next;
  }
  return sums.reduce((count, sum) => count + Number(Math.abs(sum) >= needed), 0);
}

/**
 * Do two groups of documents (rounds, codebook versions, annotator groups with their own documents) differ in a measure?
 * Two-sided: deals the documents anew to groups of the same sizes and counts differences at least as large. Value:
 * the measure of the first group minus that of the second.
 */
export function groupDifferenceTest(
  sizes: { readonly first: number; readonly second: number },
  measure: (documents: Int32Array) => Measured,
  options: PermutationOptions,
): PermutationTest {
  const total = sizes.first + sizes.second;
  const order = Int32Array.from({ length: total }, (_, index) => index);
  const difference = () => {
    const first = measure(order.slice(0, sizes.first));
    const second = measure(order.slice(sizes.first));
    if (first.value === null) return first;
    return second.value === null ? second : measured(first.value - second.value);
  };
  const observed = difference();
  if (observed.value === null) return observed;
  const samples = options.samples ?? 999;
  let reached = 0;
  for (let sample = 0; sample < samples; sample++) {
    shuffleInPlace(order, options.random);
    const drawn = difference();
    if (drawn.value === null || Math.abs(drawn.value) >= Math.abs(observed.value) - SLACK)
      reached++;
  }
  return measured(observed.value, {
    p: (reached + 1) / (samples + 1),
    rearrangements: samples,
    method: "sampled",
  });
}

/** Holm's adjustment (1979) of p values of several tests, in the order given. */
export function holmAdjusted(ps: readonly number[]): number[] {
  const order = [...ps.keys()].sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const adjusted = ps.map(() => 1);
  let highest = 0;
  order.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, (ps.length - rank) * (ps[index] ?? 1)));
    adjusted[index] = highest;
  });
  return adjusted;
}
