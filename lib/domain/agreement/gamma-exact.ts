import { type AlignedGroups, type AlignmentCosts, savingOf } from "./alignment-costs";
import { intAt } from "./columns";
import type { Neighbours } from "./gamma-continuum";
import { type Packing, packSets } from "./set-packing";

/** Units that a component may have before its linear relaxation takes too long. */
const COMPONENT_UNITS = 400;

/** How many groups are looked at per group that may be kept, before a component counts as too large. */
const VISITS_PER_GROUP = 10;

/**
 * Proves a known alignment best or finds a better one. Only groups that no part of could leave with a gain are weighed, and
 * components of units that can never meet are solved apart. A component with too many groups keeps the known alignment
 * and makes the answer not optimal.
 */
export function alignExactly(
  costs: AlignmentCosts,
  near: Neighbours,
  limits: { readonly known: AlignedGroups; readonly setLimit: number },
): { readonly groups: AlignedGroups; readonly optimal: boolean } {
  const bound = groupBound(costs);
  let optimal = true;
  let left = limits.setLimit;
  const groups = componentsOf(near).flatMap((component) => {
    const own = limits.known.filter((group) => component.has(group[0] ?? -1));
    const sets =
      component.size > COMPONENT_UNITS
        ? null
        : possibleGroups(costs, near, { component, bound, limit: left });
    if (sets === null) {
      optimal = false;
      return own;
    }
    left -= sets.length;
    const packing = packComponent(costs, [...component], sets, own);
    if (!packing.optimal) optimal = false;
    return packing.chosen.map((set) => [...sets, ...own][set] ?? []);
  });
  return { groups, optimal };
}

/** Two units further apart than this are never in one group, however many units it has. */
export function groupBound(costs: AlignmentCosts): number {
  return costs.join * costs.pairs + costs.deltaEmpty * (costs.continuum.annotators - 1);
}

function componentsOf(near: Neighbours): Set<number>[] {
  const units = near.offsets.length - 1;
  const seen = new Uint8Array(units);
  const components: Set<number>[] = [];
  for (let unit = 0; unit < units; unit++) {
    if (seen[unit] === 1 || intAt(near.offsets, unit) === intAt(near.offsets, unit + 1)) continue;
    const component = new Set([unit]);
    seen[unit] = 1;
    for (const member of component) {
      for (let at = intAt(near.offsets, member); at < intAt(near.offsets, member + 1); at++) {
        const other = intAt(near.rows, at);
        seen[other] = 1;
        component.add(other);
      }
    }
    components.push(component);
  }
  return components;
}

type Enumeration = {
  readonly component: ReadonlySet<number>;
  readonly bound: number;
  readonly limit: number;
};

/**
 * All groups worth weighing: every unit in them is nearer to the others together than it would cost to stand alone. Null when
 * there are more than the limit.
 */
function possibleGroups(
  costs: AlignmentCosts,
  near: Neighbours,
  task: Enumeration,
): number[][] | null {
  const { owner } = costs.continuum;
  if (looseCount(costs, near, task.component) > LOOSE_SHARE * task.limit) return null;
  const found: number[][] = [];
  let visits = VISITS_PER_GROUP * task.limit;

  /** Grows a group by every candidate of a later annotator; false when there is too much of it. */
  function extend(grown: Grown, candidates: readonly number[]): boolean {
    return candidates.every((unit, place) => {
      const next = withUnit(costs, grown, unit);
      visits--;
      if (visits < 0 || found.length > task.limit) return false;
      if (next.apart.some((sum) => sum >= task.bound)) return true;
      if (isWorthwhile(costs, next.apart)) found.push(next.group);
      return extend(
        next,
        candidates.slice(place + 1).filter((other) => owner[other] !== owner[unit]),
      );
    });
  }
  const complete = [...task.component].every((unit) => {
    const around = near.rows.subarray(intAt(near.offsets, unit), intAt(near.offsets, unit + 1));
    const later = [...around].filter((other) => intAt(owner, other) > intAt(owner, unit));
    return extend({ group: [unit], apart: [0] }, later);
  });
  return complete && found.length <= task.limit ? found : null;
}

/**
 * Above this many times the limit counted loosely, counting properly is not worth beginning: about one in a few hundred of
 * the loosely counted groups is worthwhile in text of ordinary density.
 */
const LOOSE_SHARE = 500;

/** How many groups there would be if all neighbours of a unit could be in a group with each other. */
function looseCount(
  costs: AlignmentCosts,
  near: Neighbours,
  component: ReadonlySet<number>,
): number {
  const { owner, annotators } = costs.continuum;
  const perAnnotator = new Float64Array(annotators);
  let count = 0;
  for (const unit of component) {
    perAnnotator.fill(1);
    for (let at = intAt(near.offsets, unit); at < intAt(near.offsets, unit + 1); at++) {
      const other = intAt(owner, intAt(near.rows, at));
      if (other > intAt(owner, unit)) perAnnotator[other] = (perAnnotator[other] ?? 1) + 1;
    }
    count += perAnnotator.reduce((product, choices) => product * choices, 1);
  }
  return count;
}

/** A group and, for each of its units, the sum of the distances to the others. */
type Grown = { readonly group: number[]; readonly apart: readonly number[] };

function withUnit(costs: AlignmentCosts, grown: Grown, unit: number): Grown {
  let own = 0;
  const apart = grown.group.map((member, place) => {
    const distance = costs.distance(member, unit);
    own += distance;
    return (grown.apart[place] ?? 0) + distance;
  });
  return { group: [...grown.group, unit], apart: [...apart, own] };
}

/** No unit of the group would gain by leaving it. */
function isWorthwhile(costs: AlignmentCosts, apart: readonly number[]): boolean {
  const bound = costs.join * costs.pairs + costs.deltaEmpty * (apart.length - 1);
  return apart.every((sum) => sum < bound);
}

function packComponent(
  costs: AlignmentCosts,
  units: readonly number[],
  sets: readonly (readonly number[])[],
  own: AlignedGroups,
): Packing {
  const sorted = [...units].sort((a, b) => position(costs, a) - position(costs, b));
  const place = new Map(sorted.map((unit, index) => [unit, index]));
  const all = [...sets, ...own];
  const offsets = new Int32Array(all.length + 1);
  const members: number[] = [];
  all.forEach((set, index) => {
    members.push(...set.map((unit) => place.get(unit) ?? 0).sort((a, b) => a - b));
    offsets[index + 1] = members.length;
  });
  const gain = Float64Array.from(all, (set) => savingOf(costs, set));
  const chosen = own.map((_, index) => sets.length + index);
  const known = chosen.reduce((sum, set) => sum + (gain[set] ?? 0), 0);
  return packSets(
    { elements: sorted.length, offsets, members: Int32Array.from(members), gain },
    { chosen, gain: known, optimal: false },
  );
}

function position(costs: AlignmentCosts, unit: number): number {
  return costs.continuum.start[unit] ?? 0;
}
