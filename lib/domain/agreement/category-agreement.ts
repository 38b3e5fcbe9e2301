import { intAt } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import { countRatings } from "./rating-counts";
import type { RatingTable } from "./ratings";
import { kappaOfTwo, percentOfTwo, type TwoByTwo } from "./two-by-two";

/**
 * Fleiss' kappa of each category against the others (Fleiss 1971, eq. 18 to 20), keyed by the category as text:
 * 1 - sum_u r_uk (m - r_uk) / (N m (m - 1) p_k (1 - p_k)). Needs complete ratings.
 */
export function fleissPerCategory(table: RatingTable): Map<string, Measured> {
  const counts = countRatings(table);
  const complete = counts.ratings.every((ratings) => ratings === table.annotators);
  return new Map(
    table.categories.map((category, index) => {
      if (table.items === 0) return [String(category), undefinedBecause("no_data")];
      if (!complete) return [String(category), undefinedBecause("incomplete_ratings")];
      return [String(category), fleissOfCategory(table, counts.counts, index)];
    }),
  );
}

function fleissOfCategory(table: RatingTable, counts: Int32Array, category: number): Measured {
  const m = table.annotators;
  if (m < 2) return undefinedBecause("too_few_annotators");
  let given = 0;
  let disagreeing = 0;
  for (let item = 0; item < table.items; item++) {
    const count = intAt(counts, item * table.categories.length + category);
    given += count;
    disagreeing += count * (m - count);
  }
  const share = given / (table.items * m);
  const expected = table.items * m * (m - 1) * share * (1 - share);
  return expected === 0 ? undefinedBecause("no_variation") : measured(1 - disagreeing / expected);
}

/** What two annotators share on one yes-or-no question, and what kappa hides when the answers are lopsided. */
export type SpecificAgreement = {
  /** 2a / (2a + b + c): agreement on yes, which is F1. */
  readonly positive: Measured;
  /** 2d / (2d + b + c): agreement on no. */
  readonly negative: Measured;
  readonly percent: Measured;
  /** 2 percent - 1, kappa adjusted for prevalence and bias. */
  readonly pabak: Measured;
  /** (a - d) / N, -1 to 1. */
  readonly prevalenceIndex: Measured;
  /** (b - c) / N, -1 to 1. */
  readonly biasIndex: Measured;
  readonly kappa: Measured;
};

/** Specific agreement (Cicchetti and Feinstein 1990) and the indices of Byrt, Bishop and Carlin (1993). */
export function specificAgreement(table: TwoByTwo): SpecificAgreement {
  const { both, first, second, neither } = table;
  const total = both + first + second + neither;
  const share = (part: number, whole: number) =>
    whole === 0 ? undefinedBecause("no_data") : measured(part / whole);
  const percent = percentOfTwo(table);
  return {
    positive: share(2 * both, 2 * both + first + second),
    negative: share(2 * neither, 2 * neither + first + second),
    percent,
    pabak: percent.value === null ? percent : measured(2 * percent.value - 1),
    prevalenceIndex: share(both - neither, total),
    biasIndex: share(first - second, total),
    kappa: kappaOfTwo(table),
  };
}
