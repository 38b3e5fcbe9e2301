import { type GammaUnit, positionalDissimilarity } from "./gamma-continuum";
import { type Measured, measured, undefinedBecause } from "./measured";

/** One group of an alignment: a unit or nothing per annotator. */
export type UnitTuple = readonly (GammaUnit | null)[];

/**
 * How pairs are weighed. `paper`: pairs of two units, weight max(0, 1 - d_pos) / (units in the group - 1) (Mathet 2017, section
 * 4.2). `pygamma`: as pygamma-agreement 0.5.9 has it: d_pos times alpha, and a pair with one unit adds deltaEmpty squared
 * to the disorder and deltaEmpty to the weight.
 */
export type CategoryVariant = "paper" | "pygamma";

/** What the categorical disorder depends on. */
export type CategoryRule = {
  readonly alpha: number;
  readonly deltaEmpty: number;
  readonly variant: CategoryVariant;
  readonly categoryDistance?: (a: string, b: string) => number;
};

/**
 * Disorder of the categories of an alignment: weighted mean of the categorical dissimilarity over pairs of aligned units,
 * those near each other counting more. For gamma-cat over all pairs; with a category for gamma-k, over pairs with a
 * unit of it. Undefined when no pair has a weight.
 */
export function categoryDisorder(
  tuples: readonly UnitTuple[],
  rule: CategoryRule,
  category: string | null = null,
): Measured {
  const sums = { disorder: 0, weight: 0 };
  for (const tuple of tuples) addTuple(sums, tuple, rule, category);
  return sums.weight === 0
    ? undefinedBecause("nothing_marked")
    : measured(sums.disorder / sums.weight);
}

type Sums = { disorder: number; weight: number };

function addTuple(sums: Sums, tuple: UnitTuple, rule: CategoryRule, category: string | null): void {
  const units = tuple.filter((unit) => unit !== null).length;
  tuple.forEach((a, first) => {
    for (const b of tuple.slice(first + 1)) {
      if (category !== null && a?.category !== category && b?.category !== category) continue;
      if (a && b) addPair(sums, a, b, { rule, units });
      else if ((a || b) && rule.variant === "pygamma") {
        sums.disorder += rule.deltaEmpty ** 2;
        sums.weight += rule.deltaEmpty;
      }
    }
  });
}

function addPair(
  sums: Sums,
  a: GammaUnit,
  b: GammaUnit,
  context: { readonly rule: CategoryRule; readonly units: number },
): void {
  const { rule, units } = context;
  const scale = rule.variant === "pygamma" ? rule.alpha : 1;
  const apart = scale * positionalDissimilarity(a, b, rule.deltaEmpty);
  const weight = Math.max(0, 1 - apart) / (units - 1);
  const distance = rule.categoryDistance
    ? rule.categoryDistance(a.category, b.category)
    : Number(a.category !== b.category);
  sums.disorder += weight * distance * rule.deltaEmpty;
  sums.weight += weight;
}
