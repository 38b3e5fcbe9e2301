import { intAt, realAt } from "./columns";
import type { SpanDocument } from "./span-document";

/** A unit of a continuum: a half-open stretch with a category. Positions may be any numbers. */
export type GammaUnit = { readonly start: number; readonly end: number; readonly category: string };

/**
 * How far apart two units are (Mathet, Widlocher and Metivier 2015): `alpha` times the positional plus `beta` times the
 * categorical dissimilarity, in units of `deltaEmpty`, the cost of a unit that is aligned with nothing. Always print them.
 */
export type GammaRule = {
  readonly alpha: number;
  readonly beta: number;
  readonly deltaEmpty: number;
  /** Distance of two categories, 0 to 1; left out: 0 for the same, 1 for different ones. */
  readonly categoryDistance?: (a: string, b: string) => number;
};

/** alpha = beta = deltaEmpty = 1, categories the same or not. */
export const USUAL_GAMMA: GammaRule = { alpha: 1, beta: 1, deltaEmpty: 1 };

/** The units of several annotators in columns; those of annotator a from `offsets[a]`, sorted by start and end. */
export type Continuum = {
  readonly annotators: number;
  readonly offsets: Int32Array;
  readonly owner: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly category: Int32Array;
  readonly categories: readonly string[];
};

/** Puts lists of units, one per annotator, into columns. An annotator without units still counts. */
export function compileContinuum(lists: readonly (readonly GammaUnit[])[]): Continuum {
  const categories = [...new Set(lists.flat().map((unit) => unit.category))].sort();
  const place = new Map(categories.map((category, index) => [category, index]));
  const sorted = lists.map((list) => [...list].sort((a, b) => a.start - b.start || a.end - b.end));
  const units = sorted.flat();
  const offsets = new Int32Array(lists.length + 1);
  sorted.forEach((list, annotator) => {
    offsets[annotator + 1] = intAt(offsets, annotator) + list.length;
  });
  return {
    annotators: lists.length,
    offsets,
    owner: Int32Array.from(sorted.flatMap((list, annotator) => list.map(() => annotator))),
    start: Float64Array.from(units, (unit) => unit.start),
    end: Float64Array.from(units, (unit) => unit.end),
    category: Int32Array.from(units, (unit) => place.get(unit.category) ?? 0),
    categories,
  };
}

/** The units of a document, one list per submitter; discontinuous spans count with their hull. */
export function unitsOfDocument(document: SpanDocument, labels: readonly string[]): GammaUnit[][] {
  const { units } = document;
  return Array.from(document.submitters, (_, submitter) => {
    const own: GammaUnit[] = [];
    for (
      let row = intAt(units.offsets, submitter);
      row < intAt(units.offsets, submitter + 1);
      row++
    ) {
      own.push({
        start: intAt(units.start, row),
        end: intAt(units.end, row),
        category: labels[intAt(units.label, row)] ?? String(intAt(units.label, row)),
      });
    }
    return own;
  });
}

/** Positional dissimilarity ((|s - s'| + |e - e'|) / (l + l'))^2 deltaEmpty (Mathet et al. 2015, eq. 1). */
export function positionalDissimilarity(
  a: { readonly start: number; readonly end: number },
  b: { readonly start: number; readonly end: number },
  deltaEmpty: number,
): number {
  const apart = Math.abs(a.start - b.start) + Math.abs(a.end - b.end);
  return (apart / (a.end - a.start + (b.end - b.start))) ** 2 * deltaEmpty;
}

/** Dissimilarity of two units, alpha d_pos + beta d_cat. */
export function combinedDissimilarity(a: GammaUnit, b: GammaUnit, rule: GammaRule): number {
  const category = rule.categoryDistance ?? sameOrNot;
  return (
    rule.alpha * positionalDissimilarity(a, b, rule.deltaEmpty) +
    rule.beta * category(a.category, b.category) * rule.deltaEmpty
  );
}

function sameOrNot(a: string, b: string): number {
  return Number(a !== b);
}

/** Dissimilarity of two units by number. */
export type UnitDistance = (a: number, b: number) => number;

/** Up to so many units, and from four annotators on, all distances are computed once and kept. */
const DENSE_LIMIT = 1_000;

/** The dissimilarity of the units of a continuum. */
export function unitDistance(continuum: Continuum, rule: GammaRule): UnitDistance {
  const { start, end, category, categories } = continuum;
  const size = categories.length;
  const categoryDistance = rule.categoryDistance ?? sameOrNot;
  const byCategory = new Float64Array(size * size);
  categories.forEach((a, first) => {
    categories.forEach((b, second) => {
      byCategory[first * size + second] = categoryDistance(a, b) * rule.beta * rule.deltaEmpty;
    });
  });
  const scale = rule.alpha * rule.deltaEmpty;
  const distance = (a: number, b: number) => {
    const from = realAt(start, a);
    const to = realAt(end, a);
    const otherFrom = realAt(start, b);
    const otherTo = realAt(end, b);
    const share =
      (Math.abs(from - otherFrom) + Math.abs(to - otherTo)) / (to - from + (otherTo - otherFrom));
    return (
      share * share * scale + realAt(byCategory, intAt(category, a) * size + intAt(category, b))
    );
  };
  const isWorthKeeping = continuum.annotators > 3 && start.length <= DENSE_LIMIT;
  return isWorthKeeping ? keptDistance(start.length, distance) : distance;
}

function keptDistance(units: number, distance: UnitDistance): UnitDistance {
  const kept = new Float64Array(units * units);
  for (let a = 0; a < units; a++) {
    for (let b = 0; b < a; b++) {
      const value = distance(a, b);
      kept[a * units + b] = value;
      kept[b * units + a] = value;
    }
  }
  return (a, b) => realAt(kept, a * units + b);
}

/** Units of other annotators that are near: those of unit u are `rows[offsets[u]]` up to `rows[offsets[u + 1]]`. */
export type Neighbours = { readonly offsets: Int32Array; readonly rows: Int32Array };

/**
 * The pairs of units of different annotators whose dissimilarity is below a bound. Units are looked up by start, as far as
 * the positional part alone allows.
 */
export function neighboursOf(
  continuum: Continuum,
  rule: GammaRule,
  distance: UnitDistance,
  bound: number,
): Neighbours {
  const { start, end, owner } = continuum;
  const order = Int32Array.from(start.keys()).sort((a, b) => realAt(start, a) - realAt(start, b));
  const longest = start.reduce((most, from, unit) => Math.max(most, realAt(end, unit) - from), 0);
  const reach =
    rule.alpha > 0 ? Math.sqrt(bound / (rule.alpha * rule.deltaEmpty)) : Number.POSITIVE_INFINITY;
  const lists: number[][] = Array.from({ length: start.length }, () => []);
  order.forEach((a, place) => {
    const length = realAt(end, a) - realAt(start, a);
    for (let next = place + 1; next < order.length; next++) {
      const b = intAt(order, next);
      if (realAt(start, b) - realAt(start, a) > reach * (length + longest)) break;
      if (owner[a] === owner[b] || distance(a, b) >= bound) continue;
      lists[a]?.push(b);
      lists[b]?.push(a);
    }
  });
  const offsets = new Int32Array(start.length + 1);
  lists.forEach((list, unit) => {
    offsets[unit + 1] = intAt(offsets, unit) + list.length;
  });
  return { offsets, rows: Int32Array.from(lists.flatMap((list) => list.sort((a, b) => a - b))) };
}
