import { intAt, realAt } from "./columns";
import type { LabelSets } from "./label-sets";
import type { Track } from "./track";

/**
 * What each submitter gives to the positions of a document, from the first to the last: runs of one set of labels. Those of
 * submitter s are rows `offsets[s]` up to `offsets[s + 1]`; between two of them lies unmarked text.
 */
export type SetRuns = {
  readonly length: number;
  readonly offsets: Int32Array;
  readonly set: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
};

/** The runs of a track; touching runs of one set stay apart. */
export function setRuns(track: Track, sets: LabelSets): SetRuns {
  const submitters = track.offsets.length - 1;
  // Every boundary ends a run at most once.
  const most = 2 * track.label.length;
  const runs = {
    offsets: new Int32Array(submitters + 1),
    set: new Int32Array(most),
    start: new Int32Array(most),
    end: new Int32Array(most),
  };
  let next = 0;
  for (let submitter = 0; submitter < submitters; submitter++) {
    let set = 0;
    let since = 0;
    for (const key of boundariesOf(track, submitter)) {
      const position = Math.floor(key / most);
      const row = (key - position * most) >> 1;
      if (set !== 0 && position > since) {
        runs.set[next] = set;
        runs.start[next] = since;
        runs.end[next] = position;
        next++;
      }
      set = sets.toggle(set, intAt(track.label, row));
      since = position;
    }
    runs.offsets[submitter + 1] = next;
  }
  return {
    length: track.length,
    offsets: runs.offsets,
    set: runs.set.subarray(0, next),
    start: runs.start.subarray(0, next),
    end: runs.end.subarray(0, next),
  };
}

/** The boundaries of one submitter in text order, as `position * 2 S + 2 row + (1 for a start)` for S rows. */
function boundariesOf(track: Track, submitter: number): Float64Array {
  const first = intAt(track.offsets, submitter);
  const rows = intAt(track.offsets, submitter + 1) - first;
  const most = 2 * track.label.length;
  const keys = new Float64Array(2 * rows);
  for (let at = 0; at < rows; at++) {
    const row = first + at;
    insert(keys, 2 * at, intAt(track.end, row) * most + 2 * row);
    insert(keys, 2 * at + 1, intAt(track.start, row) * most + 2 * row + 1);
  }
  return rows > MANY ? keys.sort() : keys;
}

/** From so many rows on the engine's sort is faster than insertion. */
const MANY = 64;

function insert(keys: Float64Array, count: number, key: number): void {
  let place = count;
  // Long lists are only written down here, and sorted afterwards.
  while (keys.length <= 2 * MANY && place > 0 && realAt(keys, place - 1) > key) {
    keys[place] = realAt(keys, place - 1);
    place--;
  }
  keys[place] = key;
}
