import type { Marks } from "./support";

/** Slow and plain versions of measures, position by position, to check the fast ones. */

/** The labels that an annotator gave to every position, as a sorted list joined by commas. */
export function setsByPosition(marks: Marks, length: number): string[][] {
  return Object.keys(marks)
    .sort()
    .map((name) =>
      Array.from({ length }, (_, position) => {
        const own = (marks[name] ?? []).filter(
          ([start, end]) => start <= position && position < end,
        );
        return [...new Set(own.map((mark) => mark[2]))].sort().join(",");
      }),
    );
}

type Distance = (a: string, b: string) => number;

/** Krippendorff's alpha of columns of categories with any distance; NaN where it is undefined. */
export function plainAlpha(columns: readonly (readonly string[])[], distance: Distance): number {
  const all = columns.flat();
  const positions = columns[0]?.length ?? 0;
  let observed = 0;
  for (let at = 0; at < positions; at++) {
    const values = columns.map((column) => column[at] ?? "");
    observed += pairDistances(values, distance) / (columns.length - 1);
  }
  return 1 - ((all.length - 1) * observed) / pairDistances(all, distance);
}

/** Sum of the distances over all ordered pairs. */
function pairDistances(values: readonly string[], distance: Distance): number {
  let sum = 0;
  values.forEach((a, first) => {
    for (const b of values.slice(first + 1)) sum += distance(a, b) + distance(b, a);
  });
  return sum;
}

/** Jaccard distance of two comma lists. */
export function plainJaccard(a: string, b: string): number {
  const first = a === "" ? [] : a.split(",");
  const second = b === "" ? [] : b.split(",");
  const either = new Set([...first, ...second]);
  const both = first.filter((label) => second.includes(label));
  return either.size === 0 ? 0 : 1 - both.length / either.size;
}

/** Size of the largest one-to-one matching, by trying everything. */
export function plainMatching(
  rows: readonly number[],
  columns: readonly number[],
  mayMatch: (row: number, column: number) => boolean,
): number {
  const [row, ...rest] = rows;
  if (row === undefined) return 0;
  let best = plainMatching(rest, columns, mayMatch);
  for (const column of columns) {
    if (!mayMatch(row, column)) continue;
    const others = columns.filter((other) => other !== column);
    best = Math.max(best, 1 + plainMatching(rest, others, mayMatch));
  }
  return best;
}

/** The smallest cost over all ways to split units into groups with at most one unit per owner. */
export function plainPartition(
  units: readonly number[],
  ownerOf: (unit: number) => number,
  costOf: (group: readonly number[]) => number,
): number {
  const [first, ...rest] = units;
  if (first === undefined) return 0;
  let best = Number.POSITIVE_INFINITY;
  const extend = (group: number[], candidates: readonly number[]): void => {
    const left = rest.filter((unit) => !group.includes(unit));
    best = Math.min(best, costOf(group) + plainPartition(left, ownerOf, costOf));
    candidates.forEach((unit, place) => {
      const others = candidates
        .slice(place + 1)
        .filter((other) => ownerOf(other) !== ownerOf(unit));
      extend([...group, unit], others);
    });
  };
  extend(
    [first],
    rest.filter((unit) => ownerOf(unit) !== ownerOf(first)),
  );
  return best;
}
