import { codePointLength } from "../text/offsets";

/** [from, from + length) of the old text reads the same as [to, to + length) of the new one; code points. */
export type SameRun = { from: number; to: number; length: number };

/** A piece of a text that is compared whole: a line, a word, a sign. `start` in code points. */
type Piece = { text: string; start: number };

/** Most edits that are looked for in one place; beyond it the place counts as written anew. */
const MOST_EDITS = 1_500;

/**
 * What two texts have in common, in order: first line by line, then word by word where lines differ
 * (Myers 1986). Every run reads the same in both; runs do not cross, and none can be joined to the next.
 */
export function compareTexts(before: string, after: string): SameRun[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const runs: SameRun[] = [];
  for (const part of alignPieces(old, young)) {
    if (part.kind === "same") pushPairs(runs, old, young, part.pairs);
    else compareWords(runs, old.slice(...part.old), young.slice(...part.young));
  }
  return runs;
}

function compareWords(runs: SameRun[], oldLines: readonly Piece[], youngLines: readonly Piece[]) {
  const [old, young] = [wordsOf(oldLines), wordsOf(youngLines)];
  for (const part of alignPieces(old, young)) {
    if (part.kind === "same") pushPairs(runs, old, young, part.pairs);
  }
}

function pushPairs(
  runs: SameRun[],
  old: readonly Piece[],
  young: readonly Piece[],
  pairs: readonly [number, number][],
): void {
  for (const [a, b] of pairs) {
    const [from, to] = [old[a], young[b]];
    if (from !== undefined && to !== undefined) push(runs, from, to);
  }
}

function push(runs: SameRun[], from: Piece, to: Piece): void {
  const length = codePointLength(from.text);
  const last = runs.at(-1);
  const goesOn =
    last !== undefined &&
    last.from + last.length === from.start &&
    last.to + last.length === to.start;
  if (goesOn) last.length += length;
  else runs.push({ from: from.start, to: to.start, length });
}

function linesOf(text: string): Piece[] {
  return cut(text.match(/[^\n]*\n|[^\n]+$/g) ?? [], 0);
}

/** Words, blanks and single signs of some lines. */
function wordsOf(lines: readonly Piece[]): Piece[] {
  return lines.flatMap(({ text, start }) =>
    cut(text.match(/[\p{L}\p{N}\p{M}_]+|[^\S\n]+|[\s\S]/gu) ?? [], start),
  );
}

function cut(texts: readonly string[], start: number): Piece[] {
  let at = start;
  return texts.map((text) => {
    const piece = { text, start: at };
    at += codePointLength(text);
    return piece;
  });
}

type Part =
  | { kind: "same"; pairs: [number, number][] }
  | { kind: "changed"; old: [number, number]; young: [number, number] };

/** Divides two lists into what is the same and what is not, in order. */
function alignPieces(old: readonly Piece[], young: readonly Piece[]): Part[] {
  const ids = new Map<string, number>();
  const idOf = ({ text }: Piece) => {
    const known = ids.get(text) ?? ids.size;
    ids.set(text, known);
    return known;
  };
  const [a, b] = [old.map(idOf), young.map(idOf)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  ) {
    tail++;
  }
  const inner = shortestEdit(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  const pairs: [number, number][] = [
    ...Array.from({ length: head }, (_, at): [number, number] => [at, at]),
    ...inner.map(([x, y]): [number, number] => [x + head, y + head]),
    ...Array.from({ length: tail }, (_, at): [number, number] => [
      a.length - tail + at,
      b.length - tail + at,
    ]),
  ];
  return partsOf(pairs, a.length, b.length);
}

function partsOf(pairs: readonly [number, number][], old: number, young: number): Part[] {
  const parts: Part[] = [];
  let [x, y] = [0, 0];
  for (const [nextX, nextY] of [...pairs, [old, young] as [number, number]]) {
    if (nextX > x || nextY > y) parts.push({ kind: "changed", old: [x, nextX], young: [y, nextY] });
    if (nextX === old && nextY === young) break;
    const last = parts.at(-1);
    if (last?.kind === "same") last.pairs.push([nextX, nextY]);
    else parts.push({ kind: "same", pairs: [[nextX, nextY]] });
    [x, y] = [nextX + 1, nextY + 1];
  }
  return parts;
}

/** Pairs of equal entries in a shortest edit of one list into the other (Myers 1986, greedy). */
function shortestEdit(a: readonly number[], b: readonly number[]): [number, number][] {
  if (a.length === 0 || b.length === 0) return [];
  const most = Math.min(a.length + b.length, MOST_EDITS);
  const reach = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    if (step(a, b, { reach, middle, edits })) return walkBack(a, b, trace, edits);
    trace.push(reach.slice(middle - edits - 1, middle + edits + 2));
  }
  return [];
}

/** Goes one edit further on every diagonal; true where the ends of both lists are reached. */
function step(
  a: readonly number[],
  b: readonly number[],
  { reach, middle, edits }: { reach: Int32Array; middle: number; edits: number },
): boolean {
  for (let k = -edits; k <= edits; k += 2) {
    const [down, right] = [reach[middle + k + 1] ?? 0, reach[middle + k - 1] ?? 0];
    const isDown = k === -edits || (k !== edits && right < down);
    const x = slide(a, b, isDown ? down : right + 1, k);
    reach[middle + k] = x;
    if (x >= a.length && x - k >= b.length) return true;
  }
  return false;
}

function slide(a: readonly number[], b: readonly number[], start: number, k: number): number {
  let x = start;
  while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
  return x;
}

function walkBack(
  a: readonly number[],
  b: readonly number[],
  trace: readonly Int32Array[],
  edits: number,
): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [a.length, b.length];
  for (let step = edits; step > 0; step--) {
    const reach = trace[step - 1];
    if (reach === undefined) break;
    const at = (k: number) => reach[k + step] ?? 0;
    const k = x - y;
    const isDown = k === -step || (k !== step && at(k - 1) < at(k + 1));
    const previous = isDown ? k + 1 : k - 1;
    const fromX = at(previous);
    const fromY = fromX - previous;
    const [stopX, stopY] = isDown ? [fromX, fromY + 1] : [fromX + 1, fromY];
    while (x > stopX && y > stopY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  while (x > 0 && y > 0) pairs.push([--x, --y]);
  return pairs.reverse();
}
