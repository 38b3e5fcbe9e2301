import { eachPair } from "./annotator-pairs";
import { intAt } from "./columns";
import { orderRows } from "./row-order";
import { unitLength, unitOverlap } from "./span-matching";
import { assignSparsely } from "./sparse-assignment";
import type { UnitList } from "./unit-list";

/** From how many tokens on, and up to how many, ends of spans count as equally far apart; the last bin is open. */
export const DISTANCE_BINS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 4],
  [5, 9],
  [10, null],
] as const;

/**
 * What became of the spans of every two annotators in one document, matched one to one by greatest overlap, whatever the
 * label. Slots are the document's labels in order and, last, "not marked".
 */
export type Meetings = {
  /** How often the labels of slots a and b met, at `a * (labels + 1) + b` with a at most b. */
  readonly confusion: Int32Array;
  /** Matched spans of one label by how many tokens lie between their starts, and between their ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

/** Matches the units of every two submitters and counts. `labels` are those of the units, ascending. */
export function meetingsOf(
  units: UnitList,
  labels: Int32Array,
  tokens: Int32Array | null,
): Meetings {
  const width = labels.length + 1;
  const meetings = {
    confusion: new Int32Array(width * width),
    starts: new Int32Array(DISTANCE_BINS.length),
    ends: new Int32Array(DISTANCE_BINS.length),
  };
  const slots = units.label.map((label) => labels.indexOf(label));
  const order = orderRows(
    units.offsets,
    (a, b) => intAt(units.start, a) - intAt(units.start, b) || a - b,
  );
  const places = tokens === null ? null : tokenPlaces(units, tokens);
  const partner = new Int32Array(units.label.length);
  const edges: Edges = { a: [], b: [], shared: [] };
  eachPair(units.offsets.length - 1, (first, second) => {
    matchPair({ units, order, partner, edges }, first, second);
    for (let a = intAt(units.offsets, first); a < intAt(units.offsets, first + 1); a++) {
      const b = intAt(partner, a);
      const own = intAt(slots, a);
      const other = b < 0 ? labels.length : intAt(slots, b);
      const cell = Math.min(own, other) * width + Math.max(own, other);
      meetings.confusion[cell] = intAt(meetings.confusion, cell) + 1;
      if (own !== other || places === null) continue;
      count(meetings.starts, intAt(places, 2 * a) - intAt(places, 2 * b));
      count(meetings.ends, intAt(places, 2 * a + 1) - intAt(places, 2 * b + 1));
    }
    for (let b = intAt(units.offsets, second); b < intAt(units.offsets, second + 1); b++) {
      if (intAt(partner, b) >= 0) continue;
      const cell = intAt(slots, b) * width + labels.length;
      meetings.confusion[cell] = intAt(meetings.confusion, cell) + 1;
    }
  });
  return meetings;
}

/** Number of the tokens before the first, and before the last character of each unit. */
function tokenPlaces(units: UnitList, tokens: Int32Array): Int32Array {
  const places = new Int32Array(2 * units.label.length);
  for (let row = 0; row < units.label.length; row++) {
    places[2 * row] = tokensBefore(tokens, intAt(units.start, row));
    places[2 * row + 1] = tokensBefore(tokens, intAt(units.end, row) - 1);
  }
  return places;
}

function tokensBefore(tokens: Int32Array, position: number): number {
  let low = 0;
  let high = tokens.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (intAt(tokens, 2 * middle + 1) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

function count(bins: Int32Array, difference: number): void {
  const distance = Math.abs(difference);
  let bin = 0;
  while (bin + 1 < bins.length && distance >= (DISTANCE_BINS[bin + 1]?.[0] ?? 0)) bin++;
  bins[bin] = intAt(bins, bin) + 1;
}

type MatchPlace = {
  readonly units: UnitList;
  /** Rows of each submitter in text order. */
  readonly order: Int32Array;
  /** Filled: the partner of each row of the two submitters, -1 for none. */
  readonly partner: Int32Array;
  /** Used again for every two submitters, so that nothing is made anew. */
  readonly edges: Edges;
};

/** Pairs of rows that overlap, by the row of the first submitter, and how many positions they have in common. */
type Edges = { readonly a: number[]; readonly b: number[]; readonly shared: number[] };

function matchPair(place: MatchPlace, first: number, second: number): void {
  const { units, partner } = place;
  partner.fill(-1, intAt(units.offsets, first), intAt(units.offsets, first + 1));
  partner.fill(-1, intAt(units.offsets, second), intAt(units.offsets, second + 1));
  const isClear = findEdges(place, first, second);
  if (isClear) return;
  // Some row overlaps several of the other's: the best assignment of them all.
  partner.fill(-1, intAt(units.offsets, first), intAt(units.offsets, first + 1));
  partner.fill(-1, intAt(units.offsets, second), intAt(units.offsets, second + 1));
  assignEdges(place, second);
}

/** Notes which rows overlap and matches them as they come; answers whether no row has two to choose from. */
function findEdges(place: MatchPlace, first: number, second: number): boolean {
  const { units, order, partner, edges } = place;
  const { start, end, offsets } = units;
  edges.a.length = 0;
  edges.b.length = 0;
  edges.shared.length = 0;
  let isClear = true;
  let from = intAt(offsets, second);
  const bEnd = intAt(offsets, second + 1);
  for (let at = intAt(offsets, first); at < intAt(offsets, first + 1); at++) {
    const a = intAt(order, at);
    // What ends before this row starts ends before all later rows start.
    while (from < bEnd && intAt(end, intAt(order, from)) <= intAt(start, a)) from++;
    for (let other = from; other < bEnd; other++) {
      const b = intAt(order, other);
      if (intAt(start, b) >= intAt(end, a)) break;
      if (!addEdge(place, a, b)) continue;
      isClear &&= intAt(partner, a) < 0 && intAt(partner, b) < 0;
      partner[a] = b;
      partner[b] = a;
    }
  }
  return isClear;
}

function addEdge({ units, edges }: MatchPlace, a: number, b: number): boolean {
  const shared = unitOverlap(units, a, b);
  if (shared === 0) return false;
  edges.a.push(a);
  edges.b.push(b);
  edges.shared.push(shared);
  return true;
}

/** The assignment with the largest sum of common over all characters. */
function assignEdges({ units, partner, edges }: MatchPlace, second: number): void {
  const bFirst = intAt(units.offsets, second);
  const lefts: number[] = [];
  const offsets: number[] = [0];
  const gain = new Float64Array(edges.a.length);
  edges.a.forEach((a, edge) => {
    const b = edges.b[edge] ?? 0;
    const shared = edges.shared[edge] ?? 0;
    gain[edge] = shared / (unitLength(units, a) + unitLength(units, b) - shared);
    if (lefts.at(-1) !== a) {
      lefts.push(a);
      offsets.push(edge);
    }
    offsets[offsets.length - 1] = edge + 1;
  });
  const assigned = assignSparsely({
    offsets: Int32Array.from(offsets),
    right: Int32Array.from(edges.b, (b) => b - bFirst),
    gain,
    rights: intAt(units.offsets, second + 1) - bFirst,
  });
  lefts.forEach((a, left) => {
    const right = intAt(assigned, left);
    if (right < 0) return;
    partner[a] = bFirst + right;
    partner[bFirst + right] = a;
  });
}
