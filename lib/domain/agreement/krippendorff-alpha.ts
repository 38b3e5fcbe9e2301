import { intAt, realAt } from "./columns";
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

/** Counts coincidences: each pair of ratings of an item with r ratings adds 1 / (r - 1). */
export function coincidences(table: RatingTable): Coincidences {
  const size = table.categories.length;
  const cells = new Float64Array(size * size);
  const counts = new Int32Array(size);
  const present = new Int32Array(size);
  let items = 0;
  for (let item = 0; item < table.items; item++) {
    const kinds = countItem(table, item, counts, present);
    let rated = 0;
    for (let at = 0; at < kinds; at++) rated += intAt(counts, intAt(present, at));
    if (rated >= 2) {
      addItem({ size, cells }, counts, present.subarray(0, kinds), 1 / (rated - 1));
      items++;
    }
    for (let at = 0; at < kinds; at++) counts[intAt(present, at)] = 0;
  }
  return { size, cells, ...marginsOf(size, cells), items };
}

/** Counts one item into `counts`; answers how many categories it has and lists them in `present`. */
function countItem(
  table: RatingTable,
  item: number,
  counts: Int32Array,
  present: Int32Array,
): number {
  let kinds = 0;
  for (let cell = item * table.annotators; cell < (item + 1) * table.annotators; cell++) {
    const code = intAt(table.codes, cell);
    if (code < 0) continue;
    if (intAt(counts, code) === 0) {
      present[kinds] = code;
      kinds++;
    }
    counts[code] = intAt(counts, code) + 1;
  }
  return kinds;
}

function addItem(
  into: { readonly size: number; readonly cells: Float64Array },
  counts: Int32Array,
  present: Int32Array,
  weight: number,
): void {
  const { size, cells } = into;
  for (let first = 0; first < present.length; first++) {
    const c = intAt(present, first);
    const count = intAt(counts, c);
    cells[c * size + c] = realAt(cells, c * size + c) + count * (count - 1) * weight;
    for (let second = 0; second < first; second++) {
      const k = intAt(present, second);
      const pairs = count * intAt(counts, k) * weight;
      cells[c * size + k] = realAt(cells, c * size + k) + pairs;
      cells[k * size + c] = realAt(cells, k * size + c) + pairs;
    }
  }
}

function marginsOf(size: number, cells: Float64Array): { sums: Float64Array; total: number } {
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
