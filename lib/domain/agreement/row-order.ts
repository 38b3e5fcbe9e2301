import { intAt } from "./columns";

/** Up to so many rows insertion is faster than the engine's sort, which calls back for every comparison. */
const INSERTION_LIMIT = 48;

/** The rows of every submitter in the order of a comparison; submitters stay where they are. */
export function orderRows(
  offsets: Int32Array,
  compare: (a: number, b: number) => number,
): Int32Array {
  const rows = intAt(offsets, offsets.length - 1);
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  for (let submitter = 0; submitter + 1 < offsets.length; submitter++) {
    const first = intAt(offsets, submitter);
    const end = intAt(offsets, submitter + 1);
    if (end - first > INSERTION_LIMIT) order.subarray(first, end).sort(compare);
    else insert(order, first, end, compare);
  }
  return order;
}

function insert(
  order: Int32Array,
  first: number,
  end: number,
  compare: (a: number, b: number) => number,
): void {
  for (let next = first + 1; next < end; next++) {
    const row = intAt(order, next);
    let place = next;
    while (place > first && compare(intAt(order, place - 1), row) > 0) {
      order[place] = intAt(order, place - 1);
      place--;
    }
    order[place] = row;
  }
}

/** A column with its rows in another order. */
export function reorder(column: Int32Array, order: Int32Array): Int32Array {
  const moved = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++)
    moved[place] = intAt(column, intAt(order, place));
  return moved;
}
