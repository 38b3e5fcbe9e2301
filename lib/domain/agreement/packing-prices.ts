import { intAt, realAt } from "./columns";
import type { PackingTask } from "./packing-task";

const TINY = 1e-12;

/**
 * Prices of the elements from the linear relaxation of set packing: each at least 0, no set gains more than its elements cost,
 * and their sum is (nearly) as small as can be. Revised simplex from the empty packing; right-hand sides are nudged so
 * that no pivot stalls. Prices are repaired at the end, so they bound the packing even where the simplex stopped early.
 */
export function packingPrices(task: PackingTask): Float64Array {
  const size = task.elements;
  const inverse = new Float64Array(size * size);
  const level = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    inverse[row * size + row] = 1;
    level[row] = 1 + 1e-7 * (((row + 1) * 0.6180339887498949) % 1);
  }
  const prices = new Float64Array(size);
  const column = new Float64Array(size);
  for (let pivot = 0; pivot < 40 * size + 200; pivot++) {
    const entering = bestEntering(task, prices);
    if (entering === null) break;
    fillColumn(task, inverse, entering.set, column);
    const row = leavingRow(level, column);
    if (row < 0) break;
    exchange({ inverse, level, prices, column }, row, entering.profit);
  }
  return repaired(task, prices);
}

/** An element's slack can enter too (price below 0); as a set with one member it is written as -1 - element. */
type Entering = { readonly set: number; readonly profit: number };

function bestEntering(task: PackingTask, prices: Float64Array): Entering | null {
  let set = 0;
  let profit = TINY;
  let found = false;
  for (let candidate = 0; candidate < task.gain.length; candidate++) {
    let own = realAt(task.gain, candidate);
    for (let at = intAt(task.offsets, candidate); at < intAt(task.offsets, candidate + 1); at++) {
      own -= realAt(prices, intAt(task.members, at));
    }
    if (own > profit) {
      profit = own;
      set = candidate;
      found = true;
    }
  }
  for (let element = 0; element < prices.length; element++) {
    if (-realAt(prices, element) > profit) {
      profit = -realAt(prices, element);
      set = -1 - element;
      found = true;
    }
  }
  return found ? { set, profit } : null;
}

function fillColumn(
  task: PackingTask,
  inverse: Float64Array,
  set: number,
  column: Float64Array,
): void {
  const size = column.length;
  column.fill(0);
  const add = (element: number) => {
    for (let row = 0; row < size; row++) {
      column[row] = realAt(column, row) + realAt(inverse, row * size + element);
    }
  };
  if (set < 0) {
    add(-1 - set);
    return;
  }
  for (let at = intAt(task.offsets, set); at < intAt(task.offsets, set + 1); at++)
    add(intAt(task.members, at));
}

function leavingRow(level: Float64Array, column: Float64Array): number {
  let leaving = -1;
  let lowest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < level.length; row++) {
    const step = realAt(column, row);
    if (step <= 1e-9) continue;
    const ratio = realAt(level, row) / step;
    if (ratio < lowest) {
      lowest = ratio;
      leaving = row;
    }
  }
  return leaving;
}

type Tableau = {
  readonly inverse: Float64Array;
  readonly level: Float64Array;
  readonly prices: Float64Array;
  readonly column: Float64Array;
};

/** Pivots on a row: eliminates the entering column from the others and moves the prices by the profit. */
function exchange(tableau: Tableau, row: number, profit: number): void {
  const { inverse, level, prices, column } = tableau;
  const size = level.length;
  const pivot = realAt(column, row);
  const from = row * size;
  for (let at = from; at < from + size; at++) inverse[at] = realAt(inverse, at) / pivot;
  level[row] = realAt(level, row) / pivot;
  for (let other = 0; other < size; other++) {
    const factor = realAt(column, other);
    if (other === row || Math.abs(factor) < TINY) continue;
    for (let at = 0; at < size; at++) {
      const cell = other * size + at;
      inverse[cell] = realAt(inverse, cell) - factor * realAt(inverse, from + at);
    }
    level[other] = Math.max(0, realAt(level, other) - factor * realAt(level, row));
  }
  for (let at = 0; at < size; at++)
    prices[at] = realAt(prices, at) + profit * realAt(inverse, from + at);
}

/** Lifts prices to 0 and raises those of sets that still gain more than they cost. */
function repaired(task: PackingTask, prices: Float64Array): Float64Array {
  const lifted = prices.map((price) => Math.max(0, price));
  for (let set = 0; set < task.gain.length; set++) {
    let missing = realAt(task.gain, set);
    const first = intAt(task.offsets, set);
    for (let at = first; at < intAt(task.offsets, set + 1); at++) {
      missing -= realAt(lifted, intAt(task.members, at));
    }
    const element = intAt(task.members, first);
    if (missing > 0) lifted[element] = realAt(lifted, element) + missing;
  }
  return lifted;
}
