import { intAt } from "./columns";
import type { UnitList, UnitParts } from "./unit-list";

/**
 * Stretches covered by a label, sorted like a {@link UnitList}. Overlapping stretches of one submitter and label are
 * merged; touching ones stay apart. Positions are characters or tokens and run from 0 to `length`.
 */
export type Track = {
  readonly length: number;
  readonly offsets: Int32Array;
  readonly label: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
};

/** The covered stretches of a unit list: every range a stretch, overlaps of one submitter and label merged. */
export function trackOf(units: UnitList, length: number): Track {
  const rows = units.parts === null ? units : spreadParts(units, units.parts);
  return mergeOverlaps({ length, ...rows });
}

function spreadParts(units: UnitList, parts: UnitParts): Omit<Track, "length"> {
  const submitters = units.offsets.length - 1;
  const order: number[] = [];
  const labels = new Int32Array(parts.start.length);
  const offsets = new Int32Array(submitters + 1);
  for (let submitter = 0; submitter < submitters; submitter++) {
    const first = intAt(units.offsets, submitter);
    const last = intAt(units.offsets, submitter + 1);
    const rows: number[] = [];
    for (let unit = first; unit < last; unit++) {
      for (let row = intAt(parts.offsets, unit); row < intAt(parts.offsets, unit + 1); row++) {
        labels[row] = intAt(units.label, unit);
        rows.push(row);
      }
    }
    rows.sort(
      (a, b) =>
        intAt(labels, a) - intAt(labels, b) || intAt(parts.start, a) - intAt(parts.start, b),
    );
    order.push(...rows);
    offsets[submitter + 1] = order.length;
  }
  return {
    offsets,
    label: Int32Array.from(order, (row) => intAt(labels, row)),
    start: Int32Array.from(order, (row) => intAt(parts.start, row)),
    end: Int32Array.from(order, (row) => intAt(parts.end, row)),
  };
}

/**
 * Merges overlapping stretches of one submitter and label; touching stretches stay apart. The input is sorted by label
 * and start inside each submitter; without overlaps it is answered as it is.
 */
export function mergeOverlaps(track: Track): Track {
  const { offsets, label, start, end } = track;
  const merged = {
    label: new Int32Array(label.length),
    start: new Int32Array(label.length),
    end: new Int32Array(label.length),
  };
  const mergedOffsets = new Int32Array(offsets.length);
  let kept = 0;
  for (let submitter = 0; submitter + 1 < offsets.length; submitter++) {
    const first = kept;
    for (let row = intAt(offsets, submitter); row < intAt(offsets, submitter + 1); row++) {
      const joins =
        kept > first &&
        intAt(merged.label, kept - 1) === intAt(label, row) &&
        intAt(start, row) < intAt(merged.end, kept - 1);
      if (joins) {
        merged.end[kept - 1] = Math.max(intAt(merged.end, kept - 1), intAt(end, row));
        continue;
      }
      merged.label[kept] = intAt(label, row);
      merged.start[kept] = intAt(start, row);
      merged.end[kept] = intAt(end, row);
      kept++;
    }
    mergedOffsets[submitter + 1] = kept;
  }
  if (kept === label.length) return track;
  return {
    length: track.length,
    offsets: mergedOffsets,
    label: merged.label.slice(0, kept),
    start: merged.start.slice(0, kept),
    end: merged.end.slice(0, kept),
  };
}
