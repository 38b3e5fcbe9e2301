/** A category as entered: a word or a number. */
export type Category = string | number;

/**
 * Ratings of items by annotators in columns. `codes` holds, at `item * annotators + annotator`, the place of the rating
 * in `categories`, or -1 where there is none. The order of the categories is the order of the scale where it has one.
 */
export type RatingTable = {
  readonly items: number;
  readonly annotators: number;
  readonly codes: Int32Array;
  readonly categories: readonly Category[];
};

/**
 * Puts ratings (one row per item, one column per annotator, null = no rating) into columns. Pass the categories of the
 * scheme where they are known: their order is that of the scale, and those never used still count for measures that
 * divide by the number of categories. Otherwise the categories are those that occur, numbers ascending.
 */
export function compileRatings(
  rows: readonly (readonly (Category | null)[])[],
  declared: readonly Category[] = [],
): RatingTable {
  const annotators = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const place = new Map(declared.map((category, index) => [category, index]));
  const found = new Set<Category>();
  for (const row of rows) {
    for (const value of row) if (value !== null && !place.has(value)) found.add(value);
  }
  const categories = [...declared, ...sortCategories([...found])];
  categories.forEach((category, index) => {
    place.set(category, index);
  });
  const codes = new Int32Array(rows.length * annotators).fill(-1);
  rows.forEach((row, item) => {
    row.forEach((value, annotator) => {
      if (value !== null) codes[item * annotators + annotator] = place.get(value) ?? -1;
    });
  });
  return { items: rows.length, annotators, codes, categories };
}

/** Categories in the order of a scale: by number where all are numbers or read as numbers, by code unit otherwise. */
export function sortCategories(categories: readonly Category[]): Category[] {
  const numeric = categories.every((category) => numberOf(category) !== null);
  return [...categories].sort((a, b) => {
    if (numeric) return (numberOf(a) ?? 0) - (numberOf(b) ?? 0);
    return String(a) < String(b) ? -1 : Number(String(a) > String(b));
  });
}

/** The number that a category is or reads as; null for a word. */
export function numberOf(category: Category): number | null {
  if (typeof category === "number") return Number.isFinite(category) ? category : null;
  if (category.trim() === "") return null;
  const value = Number(category);
  return Number.isFinite(value) ? value : null;
}

/** The categories as numbers; null when one of them is a word. */
export function numericCategories(categories: readonly Category[]): Float64Array | null {
  const values = categories.map(numberOf);
  return values.some((value) => value === null)
    ? null
    : Float64Array.from(values, (value) => value ?? 0);
}

/** The items of a table at the given places, in that order; a place may come several times. */
export function pickItems(table: RatingTable, items: ArrayLike<number>): RatingTable {
  const codes = new Int32Array(items.length * table.annotators);
  for (let row = 0; row < items.length; row++) {
    const from = (items[row] ?? 0) * table.annotators;
    codes.set(table.codes.subarray(from, from + table.annotators), row * table.annotators);
  }
  return { ...table, items: items.length, codes };
}

/** The table with some annotators only, in the order given. */
export function pickAnnotators(table: RatingTable, annotators: readonly number[]): RatingTable {
  const codes = new Int32Array(table.items * annotators.length);
  for (let item = 0; item < table.items; item++) {
    annotators.forEach((annotator, column) => {
      codes[item * annotators.length + column] =
        table.codes[item * table.annotators + annotator] ?? -1;
    });
  }
  return { ...table, annotators: annotators.length, codes };
}

/** The table with one category kept and all others taken together; missing ratings stay missing. */
export function oneAgainstOthers(table: RatingTable, category: number): RatingTable {
  const codes = table.codes.map((code) => (code < 0 ? -1 : Number(code === category)));
  return { ...table, codes, categories: ["others", "this"] };
}
