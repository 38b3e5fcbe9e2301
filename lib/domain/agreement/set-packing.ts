import { intAt, realAt } from "./columns";
import { packingPrices } from "./packing-prices";
import type { PackingTask } from "./packing-task";

/** Chosen sets and their total gain; `optimal` says that no choice has more. */
export type Packing = {
  readonly chosen: readonly number[];
  readonly gain: number;
  readonly optimal: boolean;
};

/** Gains that differ by less count as the same. */
const SLACK = 1e-11;

/** Search steps after which a packing is given up as not proven. */
const STEP_LIMIT = 2_000_000;

/**
 * The best packing: prices from the linear relaxation bound what the elements still open can bring; a search from the first
 * open element tries the sets that the bound does not rule out. Starts from a known packing, which it only improves.
 */
export function packSets(task: PackingTask, known: Packing): Packing {
  const prices = packingPrices(task);
  const bound = prices.reduce((sum, price) => sum + price, 0);
  if (bound <= known.gain + SLACK) return { ...known, optimal: true };
  const search = createSearch(task, prices, { bound, known });
  search.from(0, 0);
  return search.result();
}

function createSearch(
  task: PackingTask,
  prices: Float64Array,
  start: { readonly bound: number; readonly known: Packing },
) {
  const setsOf = setsByFirstChoice(task, prices);
  const used = new Uint8Array(task.elements);
  const chosen: number[] = [];
  let best = start.known;
  let steps = 0;

  /** `lost` is how far the choices so far fall short of the prices of the elements they settle. */
  function from(element: number, lost: number): void {
    if (start.bound - lost <= best.gain + SLACK || steps > STEP_LIMIT) return;
    const open = used.indexOf(0, element);
    if (open < 0) {
      keepIfBetter();
      return;
    }
    steps++;
    for (const set of setsOf[open] ?? []) {
      if (isFree(set)) take(set, open, lost);
    }
    used[open] = 1;
    from(open + 1, lost + realAt(prices, open));
    used[open] = 0;
  }
  function keepIfBetter(): void {
    const gain = chosen.reduce((sum, set) => sum + realAt(task.gain, set), 0);
    if (gain > best.gain + SLACK) best = { chosen: [...chosen], gain, optimal: false };
  }
  function isFree(set: number): boolean {
    for (let at = intAt(task.offsets, set); at < intAt(task.offsets, set + 1); at++) {
      if (used[intAt(task.members, at)] === 1) return false;
    }
    return true;
  }
  function take(set: number, open: number, lost: number): void {
    mark(set, 1);
    chosen.push(set);
    from(open + 1, lost + reducedCost(task, prices, set));
    chosen.pop();
    mark(set, 0);
  }
  function mark(set: number, value: number): void {
    for (let at = intAt(task.offsets, set); at < intAt(task.offsets, set + 1); at++) {
      used[intAt(task.members, at)] = value;
    }
  }
  return { from, result: (): Packing => ({ ...best, optimal: steps <= STEP_LIMIT }) };
}

/** What the elements of a set cost above its gain; 0 or more. */
function reducedCost(task: PackingTask, prices: Float64Array, set: number): number {
  let cost = -realAt(task.gain, set);
  for (let at = intAt(task.offsets, set); at < intAt(task.offsets, set + 1); at++) {
    cost += realAt(prices, intAt(task.members, at));
  }
  return Math.max(0, cost);
}

/** The sets of every element, those with the smallest reduced cost first. */
function setsByFirstChoice(task: PackingTask, prices: Float64Array): number[][] {
  const lists: number[][] = Array.from({ length: task.elements }, () => []);
  const costs = task.gain.map((_, set) => reducedCost(task, prices, set));
  for (let set = 0; set < task.gain.length; set++) {
    for (let at = intAt(task.offsets, set); at < intAt(task.offsets, set + 1); at++) {
      lists[intAt(task.members, at)]?.push(set);
    }
  }
  for (const list of lists) list.sort((a, b) => realAt(costs, a) - realAt(costs, b));
  return lists;
}
