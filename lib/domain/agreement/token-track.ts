import { intAt } from "./columns";
import { mergeOverlaps, type Track } from "./track";

/**
 * Projects covered stretches onto tokens: a token carries a label when the label covers at least one of its characters.
 * Positions of the answer count tokens. `tokens` is start, end, start, end ... in text order, without overlaps.
 */
export function tokenTrack(track: Track, tokens: Int32Array): Track {
  const count = tokens.length >> 1;
  const rows = track.label.length;
  const kept = {
    label: new Int32Array(rows),
    start: new Int32Array(rows),
    end: new Int32Array(rows),
  };
  const offsets = new Int32Array(track.offsets.length);
  let next = 0;
  for (let submitter = 0; submitter + 1 < track.offsets.length; submitter++) {
    for (
      let row = intAt(track.offsets, submitter);
      row < intAt(track.offsets, submitter + 1);
      row++
    ) {
      const first = firstTokenEndingAfter(tokens, count, intAt(track.start, row));
      const last = firstTokenStartingFrom(tokens, count, intAt(track.end, row));
      if (last <= first) continue;
      kept.label[next] = intAt(track.label, row);
      kept.start[next] = first;
      kept.end[next] = last;
      next++;
    }
    offsets[submitter + 1] = next;
  }
  return mergeOverlaps({
    length: count,
    offsets,
    label: kept.label.subarray(0, next),
    start: kept.start.subarray(0, next),
    end: kept.end.subarray(0, next),
  });
}

function firstTokenEndingAfter(tokens: Int32Array, count: number, position: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intAt(tokens, 2 * middle + 1) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstTokenStartingFrom(tokens: Int32Array, count: number, position: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intAt(tokens, 2 * middle) >= position) high = middle;
    else low = middle + 1;
  }
  return low;
}
