import type { Range } from "./offsets";

/** What an adjusted selection lost and gained at its edges. */
export type Adjustment = { dropped: readonly Range[]; added: readonly Range[] };

/** Compares a selection as it was made with what the boundary policy made of it; null if it is the same. */
export function adjustmentOf(made: Range, kept: Range): Adjustment | null {
  const dropped = without(made, kept);
  const added = without(kept, made);
  return dropped.length + added.length === 0 ? null : { dropped, added };
}

/** The parts of a range that another does not cover. */
function without(range: Range, other: Range): Range[] {
  if (other.end <= range.start || other.start >= range.end) return [range];
  return [
    { start: range.start, end: other.start },
    { start: other.end, end: range.end },
  ].filter(({ start, end }) => start < end);
}
