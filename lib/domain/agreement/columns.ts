/** Reads a column of whole numbers. Past the end it answers 0, so callers keep to the column's length. */
export function intAt(column: Int32Array, index: number): number {
  return column[index] ?? 0;
}

/** Reads a column of real numbers. Past the end it answers 0, so callers keep to the column's length. */
export function realAt(column: Float64Array, index: number): number {
  return column[index] ?? 0;
}

/** Reads a list. Past the end it throws, because that is a bug in the caller. */
export function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`No item at ${index} in a list of ${list.length}.`);
  return item;
}

/** Adds up a column of real numbers. */
export function sumOf(column: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < column.length; index++) sum += column[index] ?? 0;
  return sum;
}

/** Arithmetic mean; null of an empty list. */
export function meanOf(values: ArrayLike<number>): number | null {
  return values.length === 0 ? null : sumOf(values) / values.length;
}

/** Population standard deviation (divides by n); null of an empty list. */
export function deviationOf(values: ArrayLike<number>): number | null {
  const mean = meanOf(values);
  if (mean === null) return null;
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += ((values[index] ?? 0) - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
