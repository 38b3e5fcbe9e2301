import { meanOf } from "./columns";
import { studentQuantile } from "./distributions";
import { type Measured, type Undefined, undefinedBecause } from "./measured";

/** A confidence interval, or the reason for having none. */
export type Interval =
  | {
      readonly low: number;
      readonly high: number;
      readonly standardError: number;
      /** Share of intervals made this way that cover the true value, such as 0.95. */
      readonly level: number;
      /** How many documents it rests on. */
      readonly documents: number;
    }
  | Undefined;

/**
 * Standard error from the values with one document left out: sqrt((n - 1) / n sum (v_i - mean)^2) (Efron and Tibshirani
 * 1993, eq. 11.5). Null with fewer than two values.
 */
export function jackknifeError(leftOut: ArrayLike<number>): number | null {
  const mean = meanOf(leftOut);
  if (mean === null || leftOut.length < 2) return null;
  let squares = 0;
  for (let index = 0; index < leftOut.length; index++)
    squares += ((leftOut[index] ?? 0) - mean) ** 2;
  return Math.sqrt(((leftOut.length - 1) / leftOut.length) * squares);
}

/** How an interval is made. */
export type IntervalRule = { readonly level: number; readonly minimumDocuments: number };

/** 95 %, and none below ten documents (agreement.md 1c). */
export const LIVE_INTERVAL: IntervalRule = { level: 0.95, minimumDocuments: 10 };

/**
 * Interval around a value from the values with one document left out (NaN where there is none): value +- t SE with n - 1
 * degrees of freedom. It never reaches above 1, which no measure of agreement can.
 */
export function jackknifeInterval(
  value: Measured,
  left: Float64Array | readonly Measured[],
  rule: IntervalRule,
): Interval {
  if (value.value === null) return value;
  const leftOut = left instanceof Float64Array ? left : bareNumbers(left);
  if (leftOut.length < rule.minimumDocuments) return undefinedBecause("too_few_documents");
  const standardError = jackknifeError(leftOut);
  // One value that is not there makes the sum not a number.
  if (Number.isNaN(standardError)) return undefinedBecause("one_document_decides");
  if (standardError === null) return undefinedBecause("too_few_documents");
  const reach = studentQuantile(1 - (1 - rule.level) / 2, leftOut.length - 1) * standardError;
  return {
    low: value.value - reach,
    high: Math.min(1, value.value + reach),
    standardError,
    level: rule.level,
    documents: leftOut.length,
  };
}

/** Measures as numbers, NaN where one has no value. */
export function bareNumbers(measures: readonly Measured[]): Float64Array {
  return Float64Array.from(measures, (measure) => measure.value ?? Number.NaN);
}
