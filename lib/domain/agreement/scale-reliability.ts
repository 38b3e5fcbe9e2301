import { intAt, realAt } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import { numericCategories, type RatingTable } from "./ratings";

/** The six intraclass correlations of Shrout and Fleiss (1979): one rating, and the mean of all k annotators. */
export type IntraclassCorrelations = {
  readonly oneWay: Measured;
  readonly twoWayRandom: Measured;
  readonly twoWayMixed: Measured;
  readonly oneWayMean: Measured;
  readonly twoWayRandomMean: Measured;
  readonly twoWayMixedMean: Measured;
};

/**
 * ICC(1,1), (2,1), (3,1) and (1,k), (2,k), (3,k) (Shrout and Fleiss 1979, p. 423). Needs numbers and complete ratings; with
 * gaps use Krippendorff's alpha for intervals. Undefined when items do not vary or nothing varies.
 */
export function intraclassCorrelations(table: RatingTable): IntraclassCorrelations {
  const squares = meanSquares(table);
  if ("reason" in squares) return everyForm(() => squares);
  const { between: b, within: w, annotators: j, residual: e, items: n, raters: k } = squares;
  const ratio = (top: number, bottom: number) =>
    bottom === 0 ? undefinedBecause("no_variation") : measured(top / bottom);
  return {
    oneWay: ratio(b - w, b + (k - 1) * w),
    twoWayRandom: ratio(b - e, b + (k - 1) * e + (k * (j - e)) / n),
    twoWayMixed: ratio(b - e, b + (k - 1) * e),
    oneWayMean: ratio(b - w, b),
    twoWayRandomMean: ratio(b - e, b + (j - e) / n),
    twoWayMixedMean: ratio(b - e, b),
  };
}

/**
 * Kendall's coefficient of concordance W with correction for ties (Kendall and Babington Smith 1939; Siegel and Castellan
 * 1988, eq. 9.18), 0 to 1: how alike the annotators rank the items. Needs numbers and complete ratings.
 */
export function kendallW(table: RatingTable): Measured {
  const complete = completeNumbers(table);
  if ("reason" in complete) return complete;
  const { numbers, items, raters } = complete;
  const rankSums = new Float64Array(items);
  let ties = 0;
  for (let annotator = 0; annotator < raters; annotator++) {
    const column = Float64Array.from({ length: items }, (_, item) =>
      realAt(numbers, item * raters + annotator),
    );
    const ranked = midRanks(column);
    ties += ranked.ties;
    ranked.ranks.forEach((rank, item) => {
      rankSums[item] = realAt(rankSums, item) + rank;
    });
  }
  const squares = rankSums.reduce((sum, rank) => sum + rank ** 2, 0);
  const top = 12 * squares - 3 * raters ** 2 * items * (items + 1) ** 2;
  const bottom = raters ** 2 * items * (items ** 2 - 1) - raters * ties;
  return bottom === 0 ? undefinedBecause("no_variation") : measured(top / bottom);
}

type MeanSquares = {
  readonly between: number;
  readonly within: number;
  readonly annotators: number;
  readonly residual: number;
  readonly items: number;
  readonly raters: number;
};

type Refused = Extract<Measured, { readonly value: null }>;

function everyForm(answer: () => Measured): IntraclassCorrelations {
  return {
    oneWay: answer(),
    twoWayRandom: answer(),
    twoWayMixed: answer(),
    oneWayMean: answer(),
    twoWayRandomMean: answer(),
    twoWayMixedMean: answer(),
  };
}

function completeNumbers(
  table: RatingTable,
): { numbers: Float64Array; items: number; raters: number } | Refused {
  const values = numericCategories(table.categories);
  if (table.items === 0) return undefinedBecause("no_data");
  if (values === null) return undefinedBecause("not_numeric");
  if (table.annotators < 2) return undefinedBecause("too_few_annotators");
  if (table.codes.some((code) => code < 0)) return undefinedBecause("incomplete_ratings");
  if (table.items < 2) return undefinedBecause("too_few_ratings");
  const numbers = Float64Array.from(table.codes, (code) => realAt(values, code));
  return { numbers, items: table.items, raters: table.annotators };
}

function meanSquares(table: RatingTable): MeanSquares | Refused {
  const complete = completeNumbers(table);
  if ("reason" in complete) return complete;
  const { numbers, items, raters } = complete;
  const itemMeans = new Float64Array(items);
  const raterMeans = new Float64Array(raters);
  numbers.forEach((value, cell) => {
    const item = Math.floor(cell / raters);
    itemMeans[item] = realAt(itemMeans, item) + value / raters;
    raterMeans[cell % raters] = realAt(raterMeans, cell % raters) + value / items;
  });
  const grand = itemMeans.reduce((sum, mean) => sum + mean, 0) / items;
  const squaresOf = (means: Float64Array) =>
    means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0);
  const total = numbers.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const between = raters * squaresOf(itemMeans);
  const annotators = items * squaresOf(raterMeans);
  return {
    between: between / (items - 1),
    within: (total - between) / (items * (raters - 1)),
    annotators: annotators / (raters - 1),
    residual: (total - between - annotators) / ((items - 1) * (raters - 1)),
    items,
    raters,
  };
}

/** Ranks from 1, ties at their mean rank, and the sum of t^3 - t over the groups of ties. */
function midRanks(column: Float64Array): { ranks: Float64Array; ties: number } {
  const order = Int32Array.from(column.keys()).sort(
    (a, b) => realAt(column, a) - realAt(column, b),
  );
  const ranks = new Float64Array(column.length);
  let ties = 0;
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    const value = realAt(column, intAt(order, first));
    while (end < order.length && realAt(column, intAt(order, end)) === value) end++;
    for (let place = first; place < end; place++)
      ranks[intAt(order, place)] = (first + end + 1) / 2;
    ties += (end - first) ** 3 - (end - first);
    first = end;
  }
  return { ranks, ties };
}
