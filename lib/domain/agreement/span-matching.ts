import type { CompareRows } from "./annotator-pairs";
import { intAt } from "./columns";
import type { UnitList, UnitParts } from "./unit-list";

/** Whether two units of a list may be matched. */
export type UnitsMatch = (a: number, b: number) => boolean;

/** Counts units of two annotators with the same ranges (rows sorted by start and end, each once). */
export function exactMatches(units: UnitList): CompareRows {
  return (aFirst, aEnd, bFirst, bEnd) => {
    let a = aFirst;
    let b = bFirst;
    let matches = 0;
    while (a < aEnd && b < bEnd) {
      const order = compareUnitRows(units, a, b);
      if (order === 0) matches++;
      if (order <= 0) a++;
      if (order >= 0) b++;
    }
    return matches;
  };
}

/** Orders two units by start, end and ranges; 0 when they cover exactly the same ranges. */
export function compareUnitRows(units: UnitList, a: number, b: number): number {
  const hull =
    intAt(units.start, a) - intAt(units.start, b) || intAt(units.end, a) - intAt(units.end, b);
  if (hull !== 0 || units.parts === null) return hull;
  return compareUnitParts(units.parts, a, b);
}

function compareUnitParts(parts: UnitParts, a: number, b: number): number {
  const aParts = intAt(parts.offsets, a + 1) - intAt(parts.offsets, a);
  const bParts = intAt(parts.offsets, b + 1) - intAt(parts.offsets, b);
  if (aParts !== bParts && Math.min(aParts, bParts) === 1) return aParts - bParts;
  for (let part = 0; part < Math.min(aParts, bParts); part++) {
    const aRow = intAt(parts.offsets, a) + part;
    const bRow = intAt(parts.offsets, b) + part;
    const order =
      intAt(parts.start, aRow) - intAt(parts.start, bRow) ||
      intAt(parts.end, aRow) - intAt(parts.end, bRow);
    if (order !== 0) return order;
  }
  return aParts - bParts;
}

/** How many positions two units have in common; of discontinuous units, those inside their ranges. */
export function unitOverlap(units: UnitList, a: number, b: number): number {
  const hull =
    Math.min(intAt(units.end, a), intAt(units.end, b)) -
    Math.max(intAt(units.start, a), intAt(units.start, b));
  if (hull <= 0 || units.parts === null) return Math.max(0, hull);
  const { parts } = units;
  let shared = 0;
  for (let aRow = intAt(parts.offsets, a); aRow < intAt(parts.offsets, a + 1); aRow++) {
    for (let bRow = intAt(parts.offsets, b); bRow < intAt(parts.offsets, b + 1); bRow++) {
      const from = Math.max(intAt(parts.start, aRow), intAt(parts.start, bRow));
      shared += Math.max(0, Math.min(intAt(parts.end, aRow), intAt(parts.end, bRow)) - from);
    }
  }
  return shared;
}

/** How many positions a unit covers; of a discontinuous unit, those inside its ranges. */
export function unitLength(units: UnitList, unit: number): number {
  if (units.parts === null) return intAt(units.end, unit) - intAt(units.start, unit);
  const { parts } = units;
  let length = 0;
  for (let row = intAt(parts.offsets, unit); row < intAt(parts.offsets, unit + 1); row++) {
    length += intAt(parts.end, row) - intAt(parts.start, row);
  }
  return length;
}

/**
 * Counts the pairs of a maximum one-to-one matching in which matched units overlap by at least one character. Two lists
 * without overlaps of their own are matched from left to right, which is optimal for intervals; others by augmenting
 * paths.
 */
export function overlapMatches(units: UnitList): CompareRows {
  const general = maximumMatches(units, (a, b) => unitOverlap(units, a, b) > 0);
  return (aFirst, aEnd, bFirst, bEnd) => {
    const simple =
      units.parts === null && isApart(units, aFirst, aEnd) && isApart(units, bFirst, bEnd);
    return simple
      ? matchFromLeft(units, aFirst, aEnd, bFirst, bEnd)
      : general(aFirst, aEnd, bFirst, bEnd);
  };
}

function isApart(units: UnitList, first: number, end: number): boolean {
  for (let row = first + 1; row < end; row++) {
    if (intAt(units.start, row) < intAt(units.end, row - 1)) return false;
  }
  return true;
}

function matchFromLeft(
  units: UnitList,
  aFirst: number,
  aEnd: number,
  bFirst: number,
  bEnd: number,
): number {
  let a = aFirst;
  let b = bFirst;
  let matches = 0;
  while (a < aEnd && b < bEnd) {
    if (intAt(units.end, a) <= intAt(units.start, b)) a++;
    else if (intAt(units.end, b) <= intAt(units.start, a)) b++;
    else {
      matches++;
      a++;
      b++;
    }
  }
  return matches;
}

/**
 * Size of a maximum one-to-one matching under any rule that only lets units match whose hulls are at most `reach`
 * characters apart (0: they must overlap or touch). Augmenting paths, breadth first (Berge 1957).
 */
export function maximumMatches(units: UnitList, mayMatch: UnitsMatch, reach = 0): CompareRows {
  return (aFirst, aEnd, bFirst, bEnd) =>
    matchRows(units, { mayMatch, reach, aFirst, aEnd, bFirst, bEnd }).size;
}

/** The stretch of rows to match and the rule. */
export type MatchTask = {
  readonly mayMatch: UnitsMatch;
  readonly reach: number;
  readonly aFirst: number;
  readonly aEnd: number;
  readonly bFirst: number;
  readonly bEnd: number;
};

/** A maximum one-to-one matching: for every matched row of a, its row of b. */
export function matchRows(units: UnitList, task: MatchTask): Map<number, number> {
  const partnersOf = candidateRows(units, task);
  const matching: Matching = { ofA: new Map(), ofB: new Map() };
  for (let a = task.aFirst; a < task.aEnd; a++) augment(a, partnersOf, matching);
  return matching.ofA;
}

type Matching = { readonly ofA: Map<number, number>; readonly ofB: Map<number, number> };

/** Looks for a path from `root` to an unmatched b, breadth first, and swaps the matches along it. */
function augment(
  root: number,
  partnersOf: (a: number) => readonly number[],
  matching: Matching,
): void {
  const reachedFrom = new Map<number, number>();
  const queue = [root];
  for (let next = 0; next < queue.length; next++) {
    const a = queue[next] ?? root;
    for (const b of partnersOf(a)) {
      if (reachedFrom.has(b)) continue;
      reachedFrom.set(b, a);
      const owner = matching.ofB.get(b);
      if (owner === undefined) {
        swapAlong(b, root, { reachedFrom, matching });
        return;
      }
      queue.push(owner);
    }
  }
}

function swapAlong(
  free: number,
  root: number,
  path: { readonly reachedFrom: ReadonlyMap<number, number>; readonly matching: Matching },
): void {
  let b: number | undefined = free;
  while (b !== undefined) {
    const a: number = path.reachedFrom.get(b) ?? root;
    const before = path.matching.ofA.get(a);
    path.matching.ofB.set(b, a);
    path.matching.ofA.set(a, b);
    b = a === root ? undefined : before;
  }
}

/** The rows of b that each row of a may match, found through the starts of b and the running maximum of its ends. */
function candidateRows(units: UnitList, task: MatchTask): (a: number) => readonly number[] {
  const { bFirst, bEnd, reach, mayMatch } = task;
  const furthest = new Int32Array(bEnd - bFirst);
  let end = 0;
  for (let b = bFirst; b < bEnd; b++) {
    end = Math.max(end, intAt(units.end, b));
    furthest[b - bFirst] = end;
  }
  const known = new Map<number, readonly number[]>();
  return (a) => {
    const cached = known.get(a);
    if (cached) return cached;
    const rows: number[] = [];
    const last = firstStartAfter(units, bFirst, bEnd, intAt(units.end, a) + reach);
    for (let b = last - 1; b >= bFirst; b--) {
      if (intAt(furthest, b - bFirst) < intAt(units.start, a) - reach) break;
      if (mayMatch(a, b)) rows.push(b);
    }
    rows.reverse();
    known.set(a, rows);
    return rows;
  };
}

function firstStartAfter(units: UnitList, first: number, end: number, position: number): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intAt(units.start, middle) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
