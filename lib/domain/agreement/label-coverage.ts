import { intAt, realAt } from "./columns";
import type { Track } from "./track";

/**
 * What one document contributes to the measures of a binary question "covered or not", asked at every position. With m
 * submitters and n(x) of them covering position x:
 */
export type Coverage = {
  /** Sum of n(x): positions covered, counted once per submitter. */
  covered: number;
  /** Sum of n(x) (n(x) - 1) / (m - 1): pairs of covered positions, o_11 of the coincidence matrix. */
  coincident: number;
  /** Sum of the squared lengths of the stretches, Z_c of Krippendorff et al. 2016. */
  squares: number;
};

/** The coverage of a document, label by label and for "any label". Undefined pairs (m < 2) contribute nothing. */
export type LabelCoverage = {
  /** Positions times submitters: m L. */
  readonly total: number;
  /** Labels used in the document, ascending. */
  readonly labels: Int32Array;
  /** One entry per label of `labels`. */
  readonly byLabel: readonly Coverage[];
  readonly any: Coverage;
  /** Positions to which a submitter gave two or more labels, counted once per submitter. */
  readonly overlapping: number;
};

/**
 * Sweeps once over the sorted boundaries of a document: O(S log S) for S stretches, whatever the length of the text
 * (agreement.md section 4).
 */
export function coverLabels(track: Track): LabelCoverage {
  const submitters = track.offsets.length - 1;
  const labels = labelsIn(track);
  const byLabel = Array.from(labels, () => ({ covered: 0, coincident: 0, squares: 0 }));
  const sweep = createSweep(track, labels);
  for (const key of sortedBoundaries(track)) sweep.move(key);
  labels.forEach((_, slot) => {
    const entry = byLabel[slot];
    if (entry) readCounter(sweep.labelCounters, slot, entry);
  });
  addSquares(track, labels, byLabel);
  const any = { covered: 0, coincident: 0, squares: sweep.anySquares() };
  readCounter(sweep.anyCounter, 0, any);
  const pairs = Math.max(1, submitters - 1);
  for (const entry of [...byLabel, any]) entry.coincident /= pairs;
  return {
    total: submitters * track.length,
    labels,
    byLabel,
    any,
    overlapping: sweep.overlapping(),
  };
}

/** The labels used in a track or unit list, ascending. */
export function labelsIn(rows: { readonly label: Int32Array }): Int32Array {
  return Int32Array.from(new Set(rows.label)).sort();
}

/**
 * The boundaries of a track in text order, as `position * 2 S + (S when it is a start) + row` for S rows: at one position
 * ends come before starts, so that touching stretches stay apart.
 */
export function sortedBoundaries(track: Track): Float64Array {
  const rows = track.label.length;
  const keys = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    keys[row] = intAt(track.end, row) * 2 * rows + row;
    keys[rows + row] = intAt(track.start, row) * 2 * rows + rows + row;
  }
  return keys.sort();
}

/** The submitter of every row of a track. */
export function submitterOfRows(track: Track): Int32Array {
  const owner = new Int32Array(track.label.length);
  for (let submitter = 0; submitter + 1 < track.offsets.length; submitter++) {
    owner.fill(submitter, intAt(track.offsets, submitter), intAt(track.offsets, submitter + 1));
  }
  return owner;
}

/** Running counts: how many cover the position now, since when, and the sums up to there. */
type Counter = {
  readonly now: Int32Array;
  readonly since: Int32Array;
  readonly covered: Float64Array;
  readonly coincident: Float64Array;
};

function createCounter(slots: number): Counter {
  return {
    now: new Int32Array(slots),
    since: new Int32Array(slots),
    covered: new Float64Array(slots),
    coincident: new Float64Array(slots),
  };
}

function step(counter: Counter, slot: number, position: number, change: number): void {
  const count = intAt(counter.now, slot);
  const length = position - intAt(counter.since, slot);
  counter.covered[slot] = realAt(counter.covered, slot) + count * length;
  counter.coincident[slot] = realAt(counter.coincident, slot) + count * (count - 1) * length;
  counter.now[slot] = count + change;
  counter.since[slot] = position;
}

function readCounter(counter: Counter, slot: number, into: Coverage): void {
  into.covered = realAt(counter.covered, slot);
  into.coincident = realAt(counter.coincident, slot);
}

function createSweep(track: Track, labels: Int32Array) {
  const rows = track.label.length;
  const submitters = track.offsets.length - 1;
  const owner = submitterOfRows(track);
  const slots = slotOfRows(track, labels);
  const labelCounters = createCounter(labels.length);
  const anyCounter = createCounter(1);
  const depth = new Int32Array(submitters);
  const since = new Int32Array(submitters);
  let anySquares = 0;
  let overlapping = 0;
  const overlapSince = new Int32Array(submitters);

  function move(key: number): void {
    const position = Math.floor(key / (2 * rows));
    const code = key - position * 2 * rows;
    const starts = code >= rows;
    const row = starts ? code - rows : code;
    const submitter = intAt(owner, row);
    step(labelCounters, intAt(slots, row), position, starts ? 1 : -1);
    const before = intAt(depth, submitter);
    depth[submitter] = before + (starts ? 1 : -1);
    if (starts) open(submitter, position, before);
    else close(submitter, position, before);
  }
  function open(submitter: number, position: number, before: number): void {
    if (before === 1) overlapSince[submitter] = position;
    if (before !== 0) return;
    step(anyCounter, 0, position, 1);
    since[submitter] = position;
  }
  function close(submitter: number, position: number, before: number): void {
    if (before === 2) overlapping += position - intAt(overlapSince, submitter);
    if (before !== 1) return;
    step(anyCounter, 0, position, -1);
    anySquares += (position - intAt(since, submitter)) ** 2;
  }
  return {
    labelCounters,
    anyCounter,
    move,
    anySquares: () => anySquares,
    overlapping: () => overlapping,
  };
}

/** The place of every row's label in the sorted list of labels. */
export function slotOfRows(track: Track, labels: Int32Array): Int32Array {
  const slotOf = new Map<number, number>();
  labels.forEach((label, slot) => {
    slotOf.set(label, slot);
  });
  return track.label.map((label) => slotOf.get(label) ?? 0);
}

function addSquares(track: Track, labels: Int32Array, byLabel: readonly Coverage[]): void {
  const slots = slotOfRows(track, labels);
  slots.forEach((slot, row) => {
    const entry = byLabel[slot];
    if (entry) entry.squares += (intAt(track.end, row) - intAt(track.start, row)) ** 2;
  });
}
