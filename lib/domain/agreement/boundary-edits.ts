/** The types of boundaries at every potential position; an empty list is no boundary. Types are whole numbers. */
export type BoundaryString = readonly (readonly number[])[];

/** The edits that turn one boundary string into another. */
export type BoundaryEdits = {
  readonly additions: number;
  /** Distances between the two types of each substitution. */
  readonly substitutions: readonly number[];
  /** How far apart the two positions of each transposition are, 1 for neighbours. */
  readonly transpositions: readonly number[];
};

/** Boundaries of one type after every segment but the last; masses are the lengths of the segments. */
export function boundariesOfMasses(masses: readonly number[]): BoundaryString {
  const boundaries: number[][] = [];
  masses.forEach((mass, index) => {
    for (let unit = 1; unit < mass; unit++) boundaries.push([]);
    if (index + 1 < masses.length) boundaries.push([1]);
  });
  return boundaries;
}

/**
 * Boundary edit distance (Fournier 2013, section 4.1): boundaries of one type moved by fewer than `reach` positions are
 * transpositions (found shortest first, then from left to right, no position twice per type, and not where both ends
 * could be substituted); what is left at one position is paired as substitutions of the nearest types; the rest is added.
 */
export function boundaryEdits(a: BoundaryString, b: BoundaryString, reach = 2): BoundaryEdits {
  if (a.length !== b.length) throw new RangeError("The segmentations differ in length.");
  const onlyA = a.map((types, at) => new Set(types.filter((type) => !b[at]?.includes(type))));
  const onlyB = b.map((types, at) => new Set(types.filter((type) => !a[at]?.includes(type))));
  const transpositions = findTranspositions(onlyA, onlyB, reach);
  let additions = 0;
  const substitutions: number[] = [];
  onlyA.forEach((left, at) => {
    const right = onlyB[at] ?? new Set<number>();
    additions += Math.abs(left.size - right.size);
    substitutions.push(...nearestPairs([...left], [...right]));
  });
  return { additions, substitutions, transpositions };
}

type Differences = readonly Set<number>[];

function findTranspositions(onlyA: Differences, onlyB: Differences, reach: number): number[] {
  const found: number[] = [];
  for (let distance = 1; distance < reach; distance++) {
    for (let at = 0; at + distance < onlyA.length; at++) {
      const ends = { from: at, to: at + distance };
      const types = [...(onlyA[at] ?? []), ...(onlyB[at] ?? [])].sort((x, y) => x - y);
      for (const type of types) {
        if (takeTransposition(type, ends, onlyA, onlyB)) found.push(distance);
      }
    }
  }
  return found;
}

/** Uses up a boundary at both ends where it is a transposition; answers whether it is one. */
function takeTransposition(
  type: number,
  ends: Ends,
  onlyA: Differences,
  onlyB: Differences,
): boolean {
  if (!isTransposed(type, ends, onlyA, onlyB) || bothSubstituted(ends, onlyA, onlyB)) return false;
  for (const differences of [onlyA, onlyB]) {
    differences[ends.from]?.delete(type);
    differences[ends.to]?.delete(type);
  }
  return true;
}

type Ends = { readonly from: number; readonly to: number };

/** The type stands at one end in a and at the other end in b, and neither end is used for it yet. */
function isTransposed(type: number, ends: Ends, onlyA: Differences, onlyB: Differences): boolean {
  const rightwards = onlyA[ends.from]?.has(type) && onlyB[ends.to]?.has(type);
  const leftwards = onlyB[ends.from]?.has(type) && onlyA[ends.to]?.has(type);
  return Boolean(rightwards || leftwards);
}

function bothSubstituted(ends: Ends, onlyA: Differences, onlyB: Differences): boolean {
  return [ends.from, ends.to].every(
    (at) => Math.min(onlyA[at]?.size ?? 0, onlyB[at]?.size ?? 0) > 0,
  );
}

/** Distances of a pairing of all of the shorter list with the smallest sum (both on one line, so order is kept). */
function nearestPairs(first: readonly number[], second: readonly number[]): number[] {
  const [few, many] = first.length <= second.length ? [first, second] : [second, first];
  const short = [...few].sort((x, y) => x - y);
  const long = [...many].sort((x, y) => x - y);
  const best = (at: number, from: number): number[] => {
    const type = short[at];
    if (type === undefined) return [];
    let chosen: number[] | null = null;
    for (let place = from; place <= long.length - (short.length - at); place++) {
      const rest = [Math.abs(type - (long[place] ?? 0)), ...best(at + 1, place + 1)];
      if (chosen === null || total(rest) < total(chosen)) chosen = rest;
    }
    return chosen ?? [];
  };
  return best(0, 0);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
