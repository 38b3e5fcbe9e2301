import { intAt, realAt } from "./columns";

/** Pairs that may be assigned: those of left l are `right[offsets[l]]` up to `right[offsets[l + 1]]`, with their gain. */
export type AssignmentTask = {
  readonly offsets: Int32Array;
  readonly right: Int32Array;
  /** Above 0; a pair without gain is left out. */
  readonly gain: Float64Array;
  readonly rights: number;
};

/**
 * A one-to-one assignment with the largest total gain; both sides may stay unassigned. Shortest augmenting paths with
 * potentials (Kuhn 1955; Jonker and Volgenant 1987) on the given pairs only, so that the work stays local. Answers the
 * right partner of every left, -1 for none.
 */
export function assignSparsely(task: AssignmentTask): Int32Array {
  const lefts = task.offsets.length - 1;
  const state: State = {
    task,
    ofLeft: new Int32Array(lefts).fill(-1),
    ofRight: new Int32Array(task.rights).fill(-1),
    leftPotential: new Float64Array(lefts),
    rightPotential: new Float64Array(task.rights),
    distance: new Float64Array(task.rights).fill(Number.POSITIVE_INFINITY),
    previous: new Int32Array(task.rights),
    settled: new Uint8Array(task.rights),
    touched: [],
  };
  for (let left = 0; left < lefts; left++) insert(state, left);
  return state.ofLeft;
}

type State = {
  readonly task: AssignmentTask;
  readonly ofLeft: Int32Array;
  readonly ofRight: Int32Array;
  readonly leftPotential: Float64Array;
  readonly rightPotential: Float64Array;
  readonly distance: Float64Array;
  readonly previous: Int32Array;
  readonly settled: Uint8Array;
  readonly touched: number[];
};

/** Where a search ended: at a free right, or at a left that is better left unassigned. */
type End = { readonly length: number; readonly right: number; readonly idleLeft: number };

function insert(state: State, root: number): void {
  state.leftPotential[root] = startPotential(state, root);
  const end = search(state, root);
  updatePotentials(state, root, end.length);
  if (end.right >= 0) augment(state, root, end.right);
  else if (end.idleLeft !== root) {
    const freed = intAt(state.ofLeft, end.idleLeft);
    state.ofLeft[end.idleLeft] = -1;
    augment(state, root, freed);
  }
  for (const right of state.touched) {
    state.distance[right] = Number.POSITIVE_INFINITY;
    state.settled[right] = 0;
  }
  state.touched.length = 0;
}

function startPotential(state: State, left: number): number {
  const { offsets, right, gain } = state.task;
  let lowest = 0;
  for (let edge = intAt(offsets, left); edge < intAt(offsets, left + 1); edge++) {
    lowest = Math.min(
      lowest,
      -realAt(gain, edge) - realAt(state.rightPotential, intAt(right, edge)),
    );
  }
  return lowest;
}

function search(state: State, root: number): End {
  let left = root;
  let length = 0;
  let idle = Number.POSITIVE_INFINITY;
  let idleLeft = root;
  for (;;) {
    const staying = length - realAt(state.leftPotential, left);
    if (staying < idle) {
      idle = staying;
      idleLeft = left;
    }
    relax(state, left, length);
    const right = nearest(state);
    if (right < 0 || realAt(state.distance, right) >= idle)
      return { length: idle, right: -1, idleLeft };
    state.settled[right] = 1;
    length = realAt(state.distance, right);
    if (intAt(state.ofRight, right) < 0) return { length, right, idleLeft };
    left = intAt(state.ofRight, right);
  }
}

function relax(state: State, left: number, length: number): void {
  const { offsets, right, gain } = state.task;
  const base = length - realAt(state.leftPotential, left);
  for (let edge = intAt(offsets, left); edge < intAt(offsets, left + 1); edge++) {
    const to = intAt(right, edge);
    if (state.settled[to] === 1) continue;
    const reached = base - realAt(gain, edge) - realAt(state.rightPotential, to);
    if (reached >= realAt(state.distance, to)) continue;
    if (state.distance[to] === Number.POSITIVE_INFINITY) state.touched.push(to);
    state.distance[to] = reached;
    state.previous[to] = left;
  }
}

function nearest(state: State): number {
  let best = -1;
  let shortest = Number.POSITIVE_INFINITY;
  for (const right of state.touched) {
    if (state.settled[right] === 1 || realAt(state.distance, right) >= shortest) continue;
    best = right;
    shortest = realAt(state.distance, right);
  }
  return best;
}

/** Keeps reduced costs at or above 0: lefts that were searched through rise, their rights sink. */
function updatePotentials(state: State, root: number, length: number): void {
  state.leftPotential[root] = realAt(state.leftPotential, root) + length;
  for (const right of state.touched) {
    if (state.settled[right] !== 1) continue;
    const slack = length - realAt(state.distance, right);
    if (slack <= 0) continue;
    state.rightPotential[right] = realAt(state.rightPotential, right) - slack;
    const left = intAt(state.ofRight, right);
    if (left >= 0) state.leftPotential[left] = realAt(state.leftPotential, left) + slack;
  }
}

function augment(state: State, root: number, end: number): void {
  let right = end;
  for (;;) {
    const left = intAt(state.previous, right);
    const next = intAt(state.ofLeft, left);
    state.ofLeft[left] = right;
    state.ofRight[right] = left;
    if (left === root) return;
    right = next;
  }
}
