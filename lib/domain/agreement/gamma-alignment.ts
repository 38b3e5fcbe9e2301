import {
  type AlignedGroups,
  type AlignmentCosts,
  alignmentCosts,
  savingOf,
} from "./alignment-costs";
import { intAt } from "./columns";
import { type Continuum, type GammaRule, neighboursOf } from "./gamma-continuum";
import { alignExactly, groupBound } from "./gamma-exact";
import { improveAlignment } from "./gamma-heuristic";
import { assignSparsely } from "./sparse-assignment";

/** An alignment of a continuum and its disorder. */
export type Alignment = {
  /** Every unit in exactly one group; a group may hold one unit. */
  readonly groups: AlignedGroups;
  /** Sum of the costs of the groups over the mean number of units per annotator. */
  readonly disorder: number;
  /** No alignment has a smaller disorder (proven), or this is the best one found. */
  readonly optimal: boolean;
  /** No alignment has a disorder below this; the disorder itself where it is optimal. */
  readonly atLeast: number;
};

/** How hard to look: `exact` proves the optimum where `setLimit` allows it, `heuristic` never tries. */
export type AlignmentEffort = {
  readonly method: "exact" | "heuristic";
  /** Most groups that an exact search may weigh against each other; 20,000 when left out. */
  readonly setLimit?: number;
  /** Starts of the heuristic in different orders; 2 when left out. */
  readonly starts?: number;
};

/**
 * The alignment with the smallest disorder (Mathet et al. 2015, section 4). The cost of a group is the mean dissimilarity over
 * all pairs of annotators, with `deltaEmpty` for every pair in which one or both have no unit. Two annotators: an
 * assignment, exact. More: repeated assignment between parts of the annotators, then, where the number of possible
 * groups allows it, a search that proves or improves the result.
 */
export function bestAlignment(
  continuum: Continuum,
  rule: GammaRule,
  effort: AlignmentEffort = { method: "exact" },
): Alignment {
  const costs = alignmentCosts(continuum, rule);
  if (continuum.annotators <= 2) {
    return finish(costs, alignTwo(costs, rule), true);
  }
  const near = neighboursOf(continuum, rule, costs.distance, groupBound(costs));
  const starts = effort.starts ?? 2;
  if (effort.method === "heuristic") {
    return finish(costs, improveAlignment(costs, near, { first: 0, end: starts }), false);
  }
  const exact = alignExactly(costs, near, {
    known: improveAlignment(costs, near, { first: 0, end: 1 }),
    setLimit: effort.setLimit ?? 20_000,
  });
  const proven = finish(costs, exact.groups, exact.optimal);
  if (exact.optimal || starts < 2) return proven;
  const other = finish(costs, improveAlignment(costs, near, { first: 1, end: starts }), false);
  return other.disorder < proven.disorder ? other : proven;
}

/** The disorder of any alignment of a continuum. */
export function disorderOf(continuum: Continuum, rule: GammaRule, groups: AlignedGroups): number {
  return finish(alignmentCosts(continuum, rule), groups, false).disorder;
}

function finish(costs: AlignmentCosts, groups: AlignedGroups, optimal: boolean): Alignment {
  const { continuum, deltaEmpty } = costs;
  const units = continuum.start.length;
  const placed = new Uint8Array(units);
  for (const group of groups) for (const unit of group) placed[unit] = 1;
  const alone = [...placed.keys()].filter((unit) => placed[unit] === 0).map((unit) => [unit]);
  const exact = { ...costs, join: deltaEmpty };
  const saved = groups.reduce((sum, group) => sum + savingOf(exact, group), 0);
  const disorder = units === 0 ? 0 : (continuum.annotators * (deltaEmpty * units - saved)) / units;
  const atLeast = optimal ? disorder : Math.min(disorder, lowestDisorder(costs));
  return { groups: [...groups, ...alone], disorder, optimal, atLeast };
}

/**
 * A bound that no alignment can fall below: seen by any two annotators alone, an alignment costs at least as much as their own
 * best one; and pairs without any unit cost least when all groups are equally large and as few as the busiest annotator
 * has units.
 */
function lowestDisorder(costs: AlignmentCosts): number {
  const { continuum, deltaEmpty, pairs } = costs;
  const n = continuum.annotators;
  const units = continuum.start.length;
  let sum = 0;
  let busiest = 0;
  for (let first = 0; first < n; first++) {
    const own = intAt(continuum.offsets, first + 1) - intAt(continuum.offsets, first);
    busiest = Math.max(busiest, own);
    for (let second = first + 1; second < n; second++) {
      const others = intAt(continuum.offsets, second + 1) - intAt(continuum.offsets, second);
      sum += deltaEmpty * (own + others) - pairSaving(costs, first, second);
    }
  }
  const absent = busiest === 0 ? 0 : n - units / busiest;
  const empty = busiest * Math.max(0, (absent * (absent - 1)) / 2) * deltaEmpty;
  return units === 0 ? 0 : ((sum + empty) / pairs) * (n / units);
}

/** What the best assignment of two annotators' units saves over aligning none: 2 deltaEmpty - d for each pair. */
function pairSaving(costs: AlignmentCosts, first: number, second: number): number {
  const { continuum, distance, deltaEmpty } = costs;
  const offsets: number[] = [0];
  const right: number[] = [];
  const gain: number[] = [];
  const start = intAt(continuum.offsets, second);
  const end = intAt(continuum.offsets, second + 1);
  for (let a = intAt(continuum.offsets, first); a < intAt(continuum.offsets, first + 1); a++) {
    for (let b = start; b < end; b++) {
      const saving = 2 * deltaEmpty - distance(a, b);
      if (saving <= 0) continue;
      right.push(b - start);
      gain.push(saving);
    }
    offsets.push(right.length);
  }
  const task = {
    offsets: Int32Array.from(offsets),
    right: Int32Array.from(right),
    gain: Float64Array.from(gain),
    rights: end - start,
  };
  const partner = assignSparsely(task);
  return partner.reduce((sum, other, left) => {
    const edges = task.right.subarray(offsets[left] ?? 0, offsets[left + 1] ?? 0);
    const edge = other < 0 ? -1 : (offsets[left] ?? 0) + edges.indexOf(other);
    return sum + (edge < 0 ? 0 : (task.gain[edge] ?? 0));
  }, 0);
}

function alignTwo(costs: AlignmentCosts, rule: GammaRule): number[][] {
  const { continuum, distance, deltaEmpty } = costs;
  const bound = costs.join + deltaEmpty;
  const near = neighboursOf(continuum, rule, distance, bound);
  const lefts = intAt(continuum.offsets, 1);
  const offsets = near.offsets.subarray(0, lefts + 1);
  const rows = near.rows.subarray(0, intAt(offsets, lefts));
  const gain = new Float64Array(rows.length);
  for (let left = 0; left < lefts; left++) {
    for (let edge = intAt(offsets, left); edge < intAt(offsets, left + 1); edge++) {
      gain[edge] = bound - distance(left, intAt(rows, edge));
    }
  }
  const right = rows.map((row) => row - lefts);
  const partner = assignSparsely({ offsets, right, gain, rights: continuum.start.length - lefts });
  return [...partner].flatMap((other, left) => (other < 0 ? [] : [[left, other + lefts]]));
}
