import { intAt } from "./columns";

/** Number of pairs among so many annotators. */
export function pairCount(annotators: number): number {
  return (annotators * (annotators - 1)) / 2;
}

/** Place of the pair (first < second) in the list 0-1, 0-2, ..., 1-2, ... */
export function pairIndex(first: number, second: number, annotators: number): number {
  return first * annotators - (first * (first + 1)) / 2 + second - first - 1;
}

/** Calls back for every pair, first < second, in the order of {@link pairIndex}. */
export function eachPair(
  annotators: number,
  visit: (first: number, second: number, pair: number) => void,
): void {
  let pair = 0;
  for (let first = 0; first < annotators; first++) {
    for (let second = first + 1; second < annotators; second++) {
      visit(first, second, pair);
      pair++;
    }
  }
}

/** Rows sorted by label inside each submitter: a unit list or a track. */
export type LabelledRows = { readonly offsets: Int32Array; readonly label: Int32Array };

/** Compares two stretches of rows and answers a count. */
export type CompareRows = (aFirst: number, aEnd: number, bFirst: number, bEnd: number) => number;

/**
 * Compares the rows of every pair of submitters label by label. Answers one count per pair and label, at
 * `pair * labels.length + slot`.
 */
export function comparePairs(
  rows: LabelledRows,
  labels: Int32Array,
  compare: CompareRows,
): Int32Array {
  const submitters = rows.offsets.length - 1;
  const bounds = labelBounds(rows, labels);
  const counts = new Int32Array(pairCount(submitters) * labels.length);
  eachPair(submitters, (first, second, pair) => {
    for (let slot = 0; slot < labels.length; slot++) {
      const a = 2 * (first * labels.length + slot);
      const b = 2 * (second * labels.length + slot);
      const aFirst = intAt(bounds, a);
      const aEnd = intAt(bounds, a + 1);
      const bFirst = intAt(bounds, b);
      const bEnd = intAt(bounds, b + 1);
      if (aFirst === aEnd || bFirst === bEnd) continue;
      counts[pair * labels.length + slot] = compare(aFirst, aEnd, bFirst, bEnd);
    }
  });
  return counts;
}

/** First and past-the-last row of every submitter and label, at `2 * (submitter * labels.length + slot)`. */
export function labelBounds(rows: LabelledRows, labels: Int32Array): Int32Array {
  const submitters = rows.offsets.length - 1;
  const bounds = new Int32Array(2 * submitters * labels.length);
  for (let submitter = 0; submitter < submitters; submitter++) {
    let row = intAt(rows.offsets, submitter);
    const end = intAt(rows.offsets, submitter + 1);
    for (let slot = 0; slot < labels.length; slot++) {
      const label = intAt(labels, slot);
      while (row < end && intAt(rows.label, row) < label) row++;
      const at = 2 * (submitter * labels.length + slot);
      bounds[at] = row;
      while (row < end && intAt(rows.label, row) === label) row++;
      bounds[at + 1] = row;
    }
  }
  return bounds;
}

/** Sums a figure of the rows of every submitter and label, at `submitter * labels.length + slot`. */
export function sumRows(
  rows: LabelledRows,
  labels: Int32Array,
  figure: (row: number) => number,
): Int32Array {
  const bounds = labelBounds(rows, labels);
  const sums = new Int32Array(bounds.length >> 1);
  for (let entry = 0; entry < sums.length; entry++) {
    let sum = 0;
    for (let row = intAt(bounds, 2 * entry); row < intAt(bounds, 2 * entry + 1); row++)
      sum += figure(row);
    sums[entry] = sum;
  }
  return sums;
}
