import { realAt } from "./columns";

/** Sums under whole numbers from 0, in a column that grows with the largest number met. */
export type CountsByNumber = { values: Float64Array };

/** No sums. */
export function emptyCounts(): CountsByNumber {
  return { values: new Float64Array(0) };
}

/** Adds to the sum under a number. */
export function addCount(counts: CountsByNumber, number: number, by: number): void {
  if (number >= counts.values.length) {
    const grown = new Float64Array(Math.max(16, 2 * number));
    grown.set(counts.values);
    counts.values = grown;
  }
  counts.values[number] = realAt(counts.values, number) + by;
}

/** The sum of all sums. */
export function totalCount({ values }: CountsByNumber): number {
  let total = 0;
  for (let number = 0; number < values.length; number++) total += realAt(values, number);
  return total;
}
