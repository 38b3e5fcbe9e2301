import { realAt, sumOf } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import {
  countRatings,
  itemAgreement,
  itemsWith,
  meanShares,
  type RatingCounts,
} from "./rating-counts";
import type { RatingTable } from "./ratings";

/** A coefficient (observed - chance) / (1 - chance) with its two parts. */
export type Coefficient = Measured<{ readonly observed: number; readonly chance: number }>;

/** Weights between categories as made by `agreementWeights`, or null for plain equality. */
export type Weights = Float64Array | null;

/**
 * Fleiss' kappa (1971), generalised to missing ratings and weights (Gwet 2014, ch. 3 and 4): chance is
 * sum_kl w_kl pi_k pi_l. At most 1; undefined when one category is used only.
 */
export function fleissKappa(table: RatingTable, weights: Weights = null): Coefficient {
  return coefficient(countRatings(table), weights, (shares) => quadraticForm(shares, weights));
}

/**
 * Gwet's AC1 (2008), and AC2 with weights: chance is T_w sum_k pi_k (1 - pi_k) / (q (q - 1)) with T_w the sum of all
 * weights and q the number of categories of the scheme, also those never used. Undefined with fewer than two categories.
 */
export function gwetAc(table: RatingTable, weights: Weights = null): Coefficient {
  const q = table.categories.length;
  return coefficient(countRatings(table), weights, (shares) => {
    if (q < 2) return null;
    const spread = shares.reduce((sum, share) => sum + share * (1 - share), 0);
    return (totalWeight(q, weights) * spread) / (q * (q - 1));
  });
}

/**
 * Brennan and Prediger's coefficient (1981; Randolph's free-marginal kappa, Bennett's S for two annotators): chance is
 * T_w / q^2 for a scheme of q categories, also those never used. Undefined with fewer than two categories.
 */
export function brennanPrediger(table: RatingTable, weights: Weights = null): Coefficient {
  const q = table.categories.length;
  return coefficient(countRatings(table), weights, () =>
    q < 2 ? null : totalWeight(q, weights) / q ** 2,
  );
}

/**
 * Conger's kappa (1980), the mean of Cohen's chance agreement over pairs (Gwet 2014, eq. 2.14 and 3.8):
 * sum_kl w_kl (p_k p_l - s_kl / r), with means p_k and covariances s_kl of the annotators' own shares.
 */
export function congerKappa(table: RatingTable, weights: Weights = null): Coefficient {
  const shares = annotatorShares(table);
  if (shares.length === 1) return undefinedBecause("too_few_annotators");
  return coefficient(countRatings(table), weights, () => congerChance(shares, weights));
}

/** Each annotator's share of each category among the annotator's own ratings; annotators without ratings are left out. */
export function annotatorShares(table: RatingTable): Float64Array[] {
  const shares: Float64Array[] = [];
  for (let annotator = 0; annotator < table.annotators; annotator++) {
    const counts = new Float64Array(table.categories.length);
    let rated = 0;
    for (let cell = annotator; cell < table.codes.length; cell += table.annotators) {
      const code = table.codes[cell] ?? -1;
      if (code < 0) continue;
      counts[code] = realAt(counts, code) + 1;
      rated++;
    }
    if (rated > 0) shares.push(counts.map((count) => count / rated));
  }
  return shares;
}

function congerChance(shares: readonly Float64Array[], weights: Weights): number {
  const r = shares.length;
  const q = shares[0]?.length ?? 0;
  const mean = Float64Array.from({ length: q }, (_, k) =>
    shares.reduce((sum, share) => sum + realAt(share, k) / r, 0),
  );
  let chance = 0;
  for (let k = 0; k < q; k++) {
    for (let l = 0; l < q; l++) {
      const weight = weightOf(weights, k, l, q);
      if (weight === 0) continue;
      const both = shares.reduce((sum, share) => sum + realAt(share, k) * realAt(share, l), 0);
      const covariance = (both - r * realAt(mean, k) * realAt(mean, l)) / (r - 1);
      chance += weight * (realAt(mean, k) * realAt(mean, l) - covariance / r);
    }
  }
  return chance;
}

function coefficient(
  counts: RatingCounts,
  weights: Weights,
  chanceOf: (shares: Float64Array) => number | null,
): Coefficient {
  if (itemsWith(counts, 1) === 0) return undefinedBecause("no_data");
  const pairable = itemsWith(counts, 2);
  if (pairable === 0) return undefinedBecause("no_pairable");
  const observed = sumOf(itemAgreement(counts, weights)) / pairable;
  const chance = chanceOf(meanShares(counts));
  return coefficientFrom(observed, chance);
}

/** (observed - chance) / (1 - chance); undefined when chance agreement is complete or cannot be said. */
export function coefficientFrom(observed: number, chance: number | null): Coefficient {
  if (chance === null || chance >= 1 - 1e-12) return undefinedBecause("no_variation");
  return measured((observed - chance) / (1 - chance), { observed, chance });
}

/** Sum of all weights, T_w; the number of categories where there are none. */
export function totalWeight(categories: number, weights: Weights): number {
  return weights ? sumOf(weights) : categories;
}

/** sum_kl w_kl x_k x_l. */
export function quadraticForm(x: Float64Array, weights: Weights): number {
  let sum = 0;
  for (let k = 0; k < x.length; k++) {
    for (let l = 0; l < x.length; l++)
      sum += weightOf(weights, k, l, x.length) * realAt(x, k) * realAt(x, l);
  }
  return sum;
}

/** The weight between two categories. */
export function weightOf(weights: Weights, k: number, l: number, categories: number): number {
  return weights ? realAt(weights, k * categories + l) : Number(k === l);
}
