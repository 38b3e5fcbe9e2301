import type { AlignmentCosts } from "./alignment-costs";
import { intAt } from "./columns";
import type { Neighbours } from "./gamma-continuum";
import { assignSparsely } from "./sparse-assignment";

/** Gains that differ by less count as the same. */
const SLACK = 1e-12;

/**
 * A good alignment for three and more annotators: all groups are cut between a part of the annotators and the rest, and the
 * two sides are put together again by the best assignment; single annotators first, then pairs and larger parts, until
 * no cut gains anything. Repeated from different first orders; the best is kept.
 */
export function improveAlignment(
  costs: AlignmentCosts,
  near: Neighbours,
  starts: { readonly first: number; readonly end: number },
): number[][] {
  const { annotators } = costs.continuum;
  let best: { groups: number[][]; saved: number } | null = null;
  for (let start = starts.first; start < Math.min(starts.end, annotators); start++) {
    const search = createSearch(costs, near);
    const order = Array.from({ length: annotators }, (_, index) => (index + start) % annotators);
    for (const annotator of order) search.recombine(1 << annotator);
    climb(search, cutsOf(annotators));
    if (best === null || search.saved() > best.saved + SLACK) {
      best = { groups: search.groups(), saved: search.saved() };
    }
  }
  return best?.groups ?? [];
}

type Search = ReturnType<typeof createSearch>;

function climb(search: Search, cuts: readonly number[]): void {
  let idle = 0;
  for (let turn = 0; idle < cuts.length; turn = (turn + 1) % cuts.length) {
    const before = search.saved();
    search.recombine(cuts[turn] ?? 1);
    idle = search.saved() > before + SLACK ? 0 : idle + 1;
  }
}

/** Parts of the annotators to cut off, as bit masks: small ones first, each cut once, at most 300. */
function cutsOf(annotators: number): number[] {
  if (annotators > 30) throw new RangeError("Gamma is computed for up to 30 annotators.");
  const cuts: number[] = [];
  for (let size = 1; size <= annotators >> 1 && size <= 4; size++) {
    for (const mask of masksOf(annotators, size)) {
      const halves = 2 * size === annotators && (mask & 1) === 0;
      if (!halves && cuts.length < 300) cuts.push(mask);
    }
  }
  return cuts;
}

function masksOf(annotators: number, size: number, from = 0): number[] {
  if (size === 0) return [0];
  const masks: number[] = [];
  for (let first = from; first <= annotators - size; first++) {
    for (const rest of masksOf(annotators, size - 1, first + 1)) masks.push((1 << first) | rest);
  }
  return masks;
}

/** State of one search: groups as lists of units, starting with every unit alone. */
function createSearch(costs: AlignmentCosts, near: Neighbours) {
  const { owner, start } = costs.continuum;
  const units = start.length;
  let groups: number[][] = Array.from({ length: units }, (_, unit) => [unit]);
  let saved = 0;
  const sideOf = new Int32Array(units);
  const rightOf = new Int32Array(units);

  /** Cuts every group at the annotators of a mask and puts the sides together anew where that gains something. */
  function recombine(mask: number): void {
    const lefts: number[][] = [];
    const rights: number[][] = [];
    let kept = 0;
    for (const group of groups) {
      const left = group.filter((unit) => ((mask >> intAt(owner, unit)) & 1) === 1);
      const right = group.filter((unit) => ((mask >> intAt(owner, unit)) & 1) === 0);
      if (left.length > 0) lefts.push(left);
      if (right.length > 0) rights.push(right);
      if (left.length > 0 && right.length > 0) kept += joinGain(costs, left, right);
    }
    const task = pairsToWeigh(lefts, rights);
    const partner = assignSparsely(task);
    let gained = 0;
    lefts.forEach((left, place) => {
      const other = rights[intAt(partner, place)];
      if (intAt(partner, place) >= 0 && other) gained += joinGain(costs, left, other);
    });
    if (gained <= kept + SLACK) return;
    saved += gained - kept;
    groups = joined(lefts, rights, partner);
  }

  /** For each left part the right parts that hold a unit near one of its own, with the gain of joining them. */
  function pairsToWeigh(lefts: readonly number[][], rights: readonly number[][]) {
    rightOf.fill(-1);
    rights.forEach((right, place) => {
      for (const unit of right) rightOf[unit] = place;
    });
    sideOf.fill(-1);
    const offsets = new Int32Array(lefts.length + 1);
    const right: number[] = [];
    const gain: number[] = [];
    lefts.forEach((left, place) => {
      for (const other of nearRights(left, place)) {
        const value = joinGain(costs, left, rights[other] ?? []);
        if (value <= SLACK) continue;
        right.push(other);
        gain.push(value);
      }
      offsets[place + 1] = right.length;
    });
    return {
      offsets,
      right: Int32Array.from(right),
      gain: Float64Array.from(gain),
      rights: rights.length,
    };
  }
  function nearRights(left: readonly number[], place: number): number[] {
    const found: number[] = [];
    for (const unit of left) {
      for (let at = intAt(near.offsets, unit); at < intAt(near.offsets, unit + 1); at++) {
        const other = intAt(rightOf, intAt(near.rows, at));
        if (other < 0 || sideOf[other] === place) continue;
        sideOf[other] = place;
        found.push(other);
      }
    }
    return found;
  }
  return {
    recombine,
    saved: () => saved,
    groups: () => groups.filter((group) => group.length > 1),
  };
}

function joined(
  lefts: readonly number[][],
  rights: readonly number[][],
  partner: Int32Array,
): number[][] {
  const taken = new Uint8Array(rights.length);
  const groups = lefts.map((left, place) => {
    const other = intAt(partner, place);
    const right = other < 0 ? undefined : rights[other];
    if (!right) return left;
    taken[other] = 1;
    return [...left, ...right];
  });
  return [...groups, ...rights.filter((_, place) => taken[place] === 0)];
}

/** What joining two parts saves: deltaEmpty + (deltaEmpty a b - sum of d across) / C(n, 2). */
function joinGain(
  costs: AlignmentCosts,
  left: readonly number[],
  right: readonly number[],
): number {
  let apart = 0;
  for (const a of left) for (const b of right) apart += costs.distance(a, b);
  const pairs = left.length * right.length;
  return costs.join + (costs.deltaEmpty * pairs - apart) / costs.pairs;
}
