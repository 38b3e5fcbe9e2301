import { intAt, realAt } from "./columns";
import type { CrossTable } from "./cross-table";
import { type DistanceContext, type Level, squaredDistances } from "./krippendorff-distances";
import { type Measured, measured, undefinedBecause } from "./measured";
import { type Category, numericCategories, oneAgainstOthers, type RatingTable } from "./ratings";

/** Alpha with its two parts and the size of what it rests on. */
export type Alpha = Measured<{
  readonly observedDisagreement: number;
  readonly expectedDisagreement: number;
  /** Items with two or more ratings, and the ratings in them. */
  readonly pairableItems: number;
  readonly pairableValues: number;
}>;

/** Krippendorff's coincidence matrix over q categories: o_ck at `c * q + k`, its row sums n_c and their sum n. */
export type Coincidences = {
  readonly size: number;
  readonly cells: Float64Array;
  readonly sums: Float64Array;
  readonly total: number;
  readonly items: number;
};

/**
 * Krippendorff's alpha, 1 - D_o / D_e (Krippendorff 2004, ch. 11; 2011), with missing ratings. At most 1. Undefined when
 * no item has two ratings, when one category is in use only, and when the level needs numbers and gets words.
 */
export function krippendorffAlpha(table: RatingTable, level: Level = "nominal"): Alpha {
  const values = scaleValues(table.categories, level);
  if (values === null) return undefinedBecause("not_numeric");
  return alphaOf(coincidences(table), (counts) => squaredDistances(level, { values, counts }));
}

/** Alpha with squared distances of one's own between the categories, at `c * categories + k`. */
export function krippendorffAlphaWith(table: RatingTable, squared: Float64Array): Alpha {
  return alphaOf(coincidences(table), () => squared);
}

/** The categories as the numbers that a level works on; ranks where it needs none, null where it needs numbers. */
export function scaleValues(
  categories: readonly Category[],
  level: Level,
): DistanceContext["values"] | null {
  const ranks = Float64Array.from(categories, (_, index) => index + 1);
  if (level === "nominal" || level === "ordinal") return ranks;
  return numericCategories(categories);
}

/** Alpha of a coincidence matrix. */
export function alphaOf(
  coincidence: Coincidences,
  distancesFor: (counts: Float64Array) => Float64Array,
): Alpha {
  const { size, cells, sums, total } = coincidence;
  if (total === 0) return undefinedBecause("no_pairable");
  const squared = distancesFor(sums);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const distance = realAt(squared, c * size + k);
      observed += realAt(cells, c * size + k) * distance;
      expected += realAt(sums, c) * realAt(sums, k) * distance;
    }
  }
  if (expected === 0) return undefinedBecause("no_variation");
  return measured(1 - ((total - 1) * observed) / expected, {
    observedDisagreement: observed / total,
    expectedDisagreement: expected / (total * (total - 1)),
    pairableItems: coincidence.items,
    pairableValues: Math.round(total),
  });
}

/** Some items of a table, from the first up to the one before `to`. */
export type ItemRange = { readonly from: number; readonly to: number };

/** Counts coincidences: each pair of ratings of an item with r ratings adds 1 / (r - 1). */
export function coincidences(
  table: RatingTable,
  { from, to }: ItemRange = { from: 0, to: table.items },
): Coincidences {
  const size = table.categories.length;
  const cells = new Float64Array(size * size);
  const { annotators, codes } = table;
  // Missing ratings are counted too, in front, so that counting needs no question per rating.
  const counts = new Int32Array(size + 1);
  const present = new Int32Array(size);
  let items = 0;
  for (let item = from; item < to; item++) {
    counts.fill(0);
    const end = (item + 1) * annotators;
    for (let cell = item * annotators; cell < end; cell++) {
      const code = intAt(codes, cell) + 1;
      counts[code] = intAt(counts, code) + 1;
    }
    const rated = annotators - intAt(counts, 0);
    if (rated < 2) continue;
    items++;
    addItem({ size, cells }, counts, present, 1 / (rated - 1));
  }
  return { size, cells, ...marginsOf(size, cells), items };
}

/** The coincidences of two annotators from their cross table: each item both rated gives two. */
export function coincidencesOfTwo({ size, cells: met }: CrossTable): Coincidences {
  const cells = new Float64Array(size * size);
  const sums = new Float64Array(size);
  let items = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const count = realAt(met, c * size + k);
      items += count;
      cells[c * size + k] = count + realAt(met, k * size + c);
      sums[c] = realAt(sums, c) + realAt(cells, c * size + k);
    }
  }
  return { size, cells, sums, total: 2 * items, items };
}

/** Adds one item: the count of category c is `counts[c + 1]`. */
function addItem(
  into: { readonly size: number; readonly cells: Float64Array },
  counts: Int32Array,
  present: Int32Array,
  weight: number,
): void {
  const { size, cells } = into;
  let kinds = 0;
  for (let c = 0; c < size; c++) {
    const count = intAt(counts, c + 1);
    if (count === 0) continue;
    cells[c * size + c] = realAt(cells, c * size + c) + count * (count - 1) * weight;
    for (let kind = 0; kind < kinds; kind++) {
      const k = intAt(present, kind);
      // Half of the matrix; the other half is its mirror image.
      cells[c * size + k] = realAt(cells, c * size + k) + count * intAt(counts, k + 1) * weight;
    }
    present[kinds] = c;
    kinds++;
  }
}

/** Mirrors the lower half of the matrix and sums its rows. */
function marginsOf(size: number, cells: Float64Array): { sums: Float64Array; total: number } {
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < c; k++) cells[k * size + c] = realAt(cells, c * size + k);
  }
  const sums = new Float64Array(size);
  let total = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) sums[c] = realAt(sums, c) + realAt(cells, c * size + k);
    total += realAt(sums, c);
  }
  return { sums, total };
}

/**
 * Nominal alpha of each category against all others (missing ratings stay missing), keyed by the category as text. A
 * category that nobody used in pairable items is undefined.
 */
export function alphaPerCategory(table: RatingTable): Map<string, Alpha> {
  return new Map(
    table.categories.map((category, index) => [
      String(category),
      krippendorffAlpha(oneAgainstOthers(table, index)),
    ]),
  );
}
