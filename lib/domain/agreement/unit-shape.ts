import { intAt } from "./columns";
import type { UnitList, UnitParts } from "./span-document";
import { compareUnitRows } from "./span-matching";

/** The unit list without labels (all number 0): the same stretch under two labels of one submitter counts once. */
export function withoutLabels(units: UnitList): UnitList {
  const order: number[] = [];
  const offsets = new Int32Array(units.offsets.length);
  for (let submitter = 0; submitter + 1 < units.offsets.length; submitter++) {
    const rows: number[] = [];
    const end = intAt(units.offsets, submitter + 1);
    for (let row = intAt(units.offsets, submitter); row < end; row++) rows.push(row);
    rows.sort((a, b) => compareUnitRows(units, a, b));
    rows.forEach((row, place) => {
      const before = rows[place - 1];
      if (before === undefined || compareUnitRows(units, before, row) !== 0) order.push(row);
    });
    offsets[submitter + 1] = order.length;
  }
  return { ...pickUnits(units, order), offsets, label: new Int32Array(order.length) };
}

/** The columns of a unit list for some of its rows, in the order given. */
export function pickUnits(units: UnitList, rows: readonly number[]): Omit<UnitList, "offsets"> {
  return {
    label: Int32Array.from(rows, (row) => intAt(units.label, row)),
    start: Int32Array.from(rows, (row) => intAt(units.start, row)),
    end: Int32Array.from(rows, (row) => intAt(units.end, row)),
    parts: units.parts === null ? null : pickParts(units.parts, rows),
  };
}

function pickParts(parts: UnitParts, rows: readonly number[]): UnitParts {
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
