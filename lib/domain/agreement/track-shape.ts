import { intAt } from "./columns";
import type { LabelSets } from "./label-sets";
import { orderRows, reorder } from "./row-order";
import { mergeOverlaps, type Track } from "./track";

/** The length of the stretch in a row of a track. */
export function rowLength(track: Track): (row: number) => number {
  return (row) => intAt(track.end, row) - intAt(track.start, row);
}

/** How many positions two sorted lists of stretches without overlaps of their own have in common. */
export function sharedLength(track: Track) {
  const { start, end } = track;
  return (aFirst: number, aEnd: number, bFirst: number, bEnd: number): number => {
    let a = aFirst;
    let b = bFirst;
    let shared = 0;
    while (a < aEnd && b < bEnd) {
      const from = Math.max(intAt(start, a), intAt(start, b));
      const to = Math.min(intAt(end, a), intAt(end, b));
      if (to > from) shared += to - from;
      if (intAt(end, a) < intAt(end, b)) a++;
      else b++;
    }
    return shared;
  };
}

/** The track with all labels taken for one (number 0): where a submitter marked anything at all. */
export function anyLabelTrack(track: Track): Track {
  const { start, end } = track;
  const order = orderRows(
    track.offsets,
    (a, b) => intAt(start, a) - intAt(start, b) || intAt(end, a) - intAt(end, b),
  );
  return mergeOverlaps({
    length: track.length,
    offsets: track.offsets,
    label: new Int32Array(order.length),
    start: reorder(start, order),
    end: reorder(end, order),
  });
}

/**
 * The track with the set of labels at each position as its label (numbers of `sets`): stretches of one submitter never
 * overlap in it. Positions without a label have no stretch.
 */
export function labelSetTrack(track: Track, sets: LabelSets): Track {
  const label: number[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const offsets = new Int32Array(track.offsets.length);
  for (let submitter = 0; submitter + 1 < track.offsets.length; submitter++) {
    const runs = setRuns(track, submitter, sets);
    runs.sort((a, b) => a.set - b.set || a.start - b.start);
    for (const run of runs) {
      label.push(run.set);
      start.push(run.start);
      end.push(run.end);
    }
    offsets[submitter + 1] = label.length;
  }
  return {
    length: track.length,
    offsets,
    label: Int32Array.from(label),
    start: Int32Array.from(start),
    end: Int32Array.from(end),
  };
}

type Run = { set: number; start: number; end: number };

function setRuns(track: Track, submitter: number, sets: LabelSets): Run[] {
  const boundaries: { position: number; label: number }[] = [];
  for (const row of rowsOf(track, submitter)) {
    boundaries.push({ position: intAt(track.start, row), label: intAt(track.label, row) });
    boundaries.push({ position: intAt(track.end, row), label: intAt(track.label, row) });
  }
  boundaries.sort((a, b) => a.position - b.position);
  const runs: Run[] = [];
  let set = 0;
  let since = 0;
  for (const { position, label } of boundaries) {
    if (set !== 0 && position > since) runs.push({ set, start: since, end: position });
    set = sets.toggle(set, label);
    since = position;
  }
  return runs;
}

function rowsOf(track: Track, submitter: number): number[] {
  const rows: number[] = [];
  for (let row = intAt(track.offsets, submitter); row < intAt(track.offsets, submitter + 1); row++)
    rows.push(row);
  return rows;
}
