import {
  type AlignedGroups,
  type AlignmentCosts,
  alignmentCosts,
  savingOf,
} from "./alignment-costs";
import { intAt, realAt } from "./columns";
import { type Continuum, type GammaRule, neighboursOf } from "./gamma-continuum";
import { alignExactly } from "./gamma-exact";
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
  const near = neighboursOf(
    continuum,
    rule,
    costs.distance,
    costs.join * costs.pairs + rule.deltaEmpty,
  );
  const groups = improveAlignment(costs, near, effort.starts ?? 2);
  if (effort.method === "heuristic") return finish(costs, groups, false);
  const exact = alignExactly(costs, rule, { known: groups, setLimit: effort.setLimit ?? 20_000 });
  return finish(costs, exact.groups, exact.optimal);
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
  return { groups: [...groups, ...alone], disorder, optimal };
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

/** The units of a group by annotator, null where an annotator has none in it. */
export function tupleOf(continuum: Continuum, group: readonly number[]): (number | null)[] {
  const tuple: (number | null)[] = Array.from({ length: continuum.annotators }, () => null);
  for (const unit of group) tuple[intAt(continuum.owner, unit)] = unit;
  return tuple;
}

/** Start and end of a unit of a continuum. */
export function stretchOf(continuum: Continuum, unit: number): { start: number; end: number } {
  return { start: realAt(continuum.start, unit), end: realAt(continuum.end, unit) };
}
