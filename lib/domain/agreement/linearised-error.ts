import {
  brennanPrediger,
  congerKappa,
  fleissKappa,
  gwetAc,
  totalWeight,
  type Weights,
  weightOf,
} from "./chance-corrected";
import { intAt, realAt, sumOf } from "./columns";
import { congerItemChance } from "./conger-items";
import { studentQuantile } from "./distributions";
import { type Measured, measured, undefinedBecause } from "./measured";
import {
  agreeingPairs,
  countRatings,
  itemsWith,
  meanShares,
  type RatingCounts,
} from "./rating-counts";
import { pickItems, type RatingTable } from "./ratings";

/** A coefficient with its analytic standard error and interval; `freedom` = degrees of freedom of the t quantile. */
export type WithError = Measured<{
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly freedom: number;
}>;

/** Coefficients for any number of annotators whose error is linearised. */
export type LinearisedCoefficient = "fleiss" | "ac" | "bp" | "conger" | "alpha";

/**
 * Standard error by linearisation (Gwet 2008; 2014, ch. 5 and 6): the square root of sum_u (k_u - k)^2 / (n (n - 1)) with
 * k_u the coefficient's linear part for item u, over the n items with a rating. The interval uses Student's t with n - 1
 * degrees of freedom and is cut at 1. Items are taken as independent; where items share documents use the bootstrap.
 */
export function linearisedError(
  table: RatingTable,
  coefficient: LinearisedCoefficient,
  options: { readonly weights?: Weights; readonly level?: number } = {},
): WithError {
  const weights = options.weights ?? null;
  const rated = ratedItems(table, coefficient === "alpha" ? 2 : 1);
  const parts =
    coefficient === "alpha" ? alphaParts(rated, weights) : familyParts(rated, coefficient, weights);
  if (parts === null) return undefinedBecause("no_variation");
  if ("reason" in parts) return parts;
  const { value, centre, items } = parts;
  if (items.length < 2) return undefinedBecause("too_few_ratings");
  const squares = items.reduce((sum, item) => sum + (item - centre) ** 2, 0);
  const standardError = Math.sqrt(squares / (items.length * (items.length - 1)));
  return withInterval(value, standardError, {
    freedom: ratedItems(table, 1).items - 1,
    level: options.level ?? 0.95,
  });
}

/** Puts the t interval, cut at 1, beside a value and its standard error. */
export function withInterval(
  value: number,
  standardError: number,
  rule: { readonly freedom: number; readonly level: number },
): WithError {
  const reach = studentQuantile(1 - (1 - rule.level) / 2, rule.freedom) * standardError;
  return measured(value, {
    standardError,
    low: value - reach,
    high: Math.min(1, value + reach),
    freedom: rule.freedom,
  });
}

type Parts = { readonly value: number; readonly centre: number; readonly items: Float64Array };
type Refused = Extract<Measured, { readonly value: null }>;

function ratedItems(table: RatingTable, ratings: number): RatingTable {
  const counts = countRatings(table);
  const items = [...counts.ratings.keys()].filter((item) => intAt(counts.ratings, item) >= ratings);
  return pickItems(table, items);
}

const FAMILY = { fleiss: fleissKappa, ac: gwetAc, bp: brennanPrediger, conger: congerKappa };

function familyParts(
  table: RatingTable,
  coefficient: keyof typeof FAMILY,
  weights: Weights,
): Parts | Refused {
  const result = FAMILY[coefficient](table, weights);
  if (result.value === null) return result;
  const counts = countRatings(table);
  const chances = itemChances(table, counts, coefficient, weights);
  const { value, chance } = result;
  const scale = counts.items / itemsWith(counts, 2);
  const items = new Float64Array(counts.items);
  for (let item = 0; item < counts.items; item++) {
    const ratings = intAt(counts.ratings, item);
    const observed =
      ratings < 2 ? 0 : agreeingPairs(counts, item, weights) / (ratings * (ratings - 1)) - chance;
    const ownChance = chances ? realAt(chances, item) - chance : 0;
    items[item] = (scale * observed - 2 * (1 - value) * ownChance) / (1 - chance);
  }
  return { value, centre: value, items };
}

/** The chance agreement of every item, pe_u; null when it does not depend on the item. */
function itemChances(
  table: RatingTable,
  counts: RatingCounts,
  coefficient: keyof typeof FAMILY,
  weights: Weights,
): Float64Array | null {
  if (coefficient === "bp") return null;
  if (coefficient === "conger") return congerItemChance(table, weights);
  const shares = meanShares(counts);
  const q = counts.categories;
  if (coefficient === "fleiss") return sharesDot(counts, symmetricProduct(shares, weights));
  const factor = totalWeight(q, weights) / (q * (q - 1));
  return sharesDot(
    counts,
    shares.map((share) => factor * (1 - share)),
  );
}

/** sum_k r_uk x_k / r_u for every item. */
function sharesDot(counts: RatingCounts, x: Float64Array): Float64Array {
  return Float64Array.from({ length: counts.items }, (_, item) => {
    let sum = 0;
    for (let k = 0; k < counts.categories; k++) {
      sum += intAt(counts.counts, item * counts.categories + k) * realAt(x, k);
    }
    return sum / intAt(counts.ratings, item);
  });
}

/** (W + W') x / 2. */
function symmetricProduct(x: Float64Array, weights: Weights): Float64Array {
  return x.map((_, k) => {
    let sum = 0;
    for (let l = 0; l < x.length; l++) {
      sum +=
        ((weightOf(weights, k, l, x.length) + weightOf(weights, l, k, x.length)) / 2) *
        realAt(x, l);
    }
    return sum;
  });
}

/** Alpha in Gwet's form (2014, section 6.5): items with two or more ratings, each weighted by its number of ratings. */
function alphaParts(table: RatingTable, weights: Weights): Parts | Refused | null {
  const counts = countRatings(table);
  const n = counts.items;
  if (n === 0) return undefinedBecause("no_pairable");
  const total = sumOf(counts.ratings);
  const mean = total / n;
  const shares = new Float64Array(counts.categories);
  counts.counts.forEach((count, cell) => {
    const k = cell % counts.categories;
    shares[k] = realAt(shares, k) + count / total;
  });
  const towards = symmetricProduct(shares, weights);
  const chance = shares.reduce((sum, share, k) => sum + share * realAt(towards, k), 0);
  if (chance >= 1 - 1e-12) return null;
  const observedOf = (item: number) =>
    agreeingPairs(counts, item, weights) / (mean * (intAt(counts.ratings, item) - 1));
  let plain = 0;
  for (let item = 0; item < n; item++) plain += observedOf(item) / n;
  const observed = (1 - 1 / total) * plain + 1 / total;
  const centre = (plain - chance) / (1 - chance);
  const chances = sharesDot(counts, towards);
  const items = new Float64Array(n);
  for (let item = 0; item < n; item++) {
    const extra = (intAt(counts.ratings, item) - mean) / mean;
    const ownChance = (realAt(chances, item) * intAt(counts.ratings, item)) / mean - chance * extra;
    const own = observedOf(item) - plain * extra - chance;
    items[item] = (own - 2 * (1 - centre) * (ownChance - chance)) / (1 - chance);
  }
  return { value: (observed - chance) / (1 - chance), centre, items };
}
