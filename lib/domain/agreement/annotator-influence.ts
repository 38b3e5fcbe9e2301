import { type Measured, measured } from "./measured";
import { pickAnnotators, type RatingTable } from "./ratings";

/** A measure without one annotator, and how much the annotator lowers (negative) or raises it. */
export type Influence = {
  readonly annotator: number;
  readonly without: Measured;
  /** The measure with everybody minus the measure without this annotator. */
  readonly change: Measured;
};

/** Computes a measure without each annotator in turn. Few shared items make the changes noisy: show how many there are. */
export function leaveAnnotatorsOut(
  annotators: number,
  measureOf: (kept: readonly number[]) => Measured,
): { readonly full: Measured; readonly influences: readonly Influence[] } {
  const everybody = Array.from({ length: annotators }, (_, index) => index);
  const full = measureOf(everybody);
  const influences = everybody.map((annotator) => {
    const without = measureOf(everybody.filter((other) => other !== annotator));
    return { annotator, without, change: differenceOf(full, without) };
  });
  return { full, influences };
}

/** The same for a table of ratings. */
export function leaveRatersOut(table: RatingTable, measureOf: (table: RatingTable) => Measured) {
  return leaveAnnotatorsOut(table.annotators, (kept) => measureOf(pickAnnotators(table, kept)));
}

/** The first minus the second; undefined where either is. */
export function differenceOf(first: Measured, second: Measured): Measured {
  if (first.value === null) return first;
  return second.value === null ? second : measured(first.value - second.value);
}
