import { intAt } from "./columns";
import { orderRows, reorder } from "./row-order";
import { compareUnitRows } from "./span-matching";
import type { UnitList, UnitParts } from "./unit-list";

/** The unit list without labels (all number 0): the same stretch under two labels of one submitter counts once. */
export function withoutLabels(units: UnitList): UnitList {
  const sorted = orderRows(units.offsets, (a, b) => compareUnitRows(units, a, b));
  const order = new Int32Array(sorted.length);
  const offsets = new Int32Array(units.offsets.length);
  let kept = 0;
  for (let submitter = 0; submitter + 1 < units.offsets.length; submitter++) {
    const first = intAt(units.offsets, submitter);
    for (let place = first; place < intAt(units.offsets, submitter + 1); place++) {
      const row = intAt(sorted, place);
      if (place > first && compareUnitRows(units, intAt(sorted, place - 1), row) === 0) continue;
      order[kept] = row;
      kept++;
    }
    offsets[submitter + 1] = kept;
  }
  return { ...pickUnits(units, order.subarray(0, kept)), offsets, label: new Int32Array(kept) };
}

/** The columns of a unit list for some of its rows, in the order given. */
export function pickUnits(units: UnitList, rows: Int32Array): Omit<UnitList, "offsets"> {
  return {
    label: reorder(units.label, rows),
    start: reorder(units.start, rows),
    end: reorder(units.end, rows),
    parts: units.parts === null ? null : pickParts(units.parts, rows),
  };
}

function pickParts(parts: UnitParts, rows: Int32Array): UnitParts {
  const offsets = new Int32Array(rows.length + 1);
  const start: number[] = [];
  const end: number[] = [];
  rows.forEach((row, index) => {
    for (let part = intAt(parts.offsets, row); part < intAt(parts.offsets, row + 1); part++) {
      start.push(intAt(parts.start, part));
      end.push(intAt(parts.end, part));
    }
    offsets[index + 1] = start.length;
  });
  return { offsets, start: Int32Array.from(start), end: Int32Array.from(end) };
}
