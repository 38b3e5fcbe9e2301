import { deviationOf, meanOf } from "./columns";
import { type Alignment, type AlignmentEffort, bestAlignment } from "./gamma-alignment";
import { categoryDisorder, type UnitTuple } from "./gamma-category";
import { shuffledContinuum, type UnitLists } from "./gamma-chance";
import {
  type Continuum,
  compileContinuum,
  type GammaRule,
  type GammaUnit,
  USUAL_GAMMA,
} from "./gamma-continuum";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { Random } from "./random";

/** How gamma is computed. Print all of it beside the value. */
export type GammaOptions = {
  readonly random: Random;
  readonly rule?: GammaRule;
  readonly effort?: AlignmentEffort;
  /** Chance continua to begin with; 30 when left out. */
  readonly samples?: number;
  /** Draw on until gamma is known to this share with 95 %, such as 0.02; left out: no more than `samples`. */
  readonly precision?: number;
  /** Most chance continua that `precision` may lead to; 1,000 when left out. */
  readonly maximumSamples?: number;
};

/** Gamma with what it was computed from. */
export type Gamma = Measured<{
  readonly observed: number;
  readonly expected: number;
  /** Standard deviation of the chance disorders, and their number. */
  readonly deviation: number;
  readonly samples: number;
  /** Every alignment, observed and by chance, is proven to be the best one. */
  readonly optimal: boolean;
  /** Where gamma would lie with proven best alignments throughout; `low` and `high` are the value when they are. */
  readonly range: { readonly low: number; readonly high: number };
  readonly categories: Measured;
  /** Gamma-k by category. */
  readonly byCategory: ReadonlyMap<string, Measured>;
}>;

/**
 * Gamma of one document: 1 - observed disorder / expected disorder, where the latter is the mean over chance continua of the
 * disorder of their best alignment (Mathet, Widlocher and Metivier 2015, eq. 10). Units may overlap and embed. With it
 * gamma-cat and gamma-k (Mathet 2017) on the same alignments. The same solver serves observed and chance continua,
 * because a weaker one on chance would make gamma too high. Undefined with one annotator or no unit.
 */
export function gamma(lists: UnitLists, length: number, options: GammaOptions): Gamma {
  if (lists.length < 2) return undefinedBecause("no_pairable");
  if (lists.every((list) => list.length === 0)) return undefinedBecause("nothing_marked");
  if (length <= 0) return undefinedBecause("empty_text");
  const rule = options.rule ?? USUAL_GAMMA;
  const observed = alignLists(lists, rule, options.effort);
  const chance = drawChance(lists, length, { ...options, rule });
  return gammaFrom(observed, chance, rule);
}

/** Gamma from given chance continua, so that a published run can be repeated. */
export function gammaWithSamples(
  lists: UnitLists,
  samples: readonly UnitLists[],
  options: { readonly rule?: GammaRule; readonly effort?: AlignmentEffort } = {},
): { readonly gamma: Gamma; readonly disorders: readonly number[] } {
  const rule = options.rule ?? USUAL_GAMMA;
  const chance = samples.map((sample) => alignLists(sample, rule, options.effort));
  const observed = alignLists(lists, rule, options.effort);
  return {
    gamma: gammaFrom(observed, chance, rule),
    disorders: chance.map((own) => own.alignment.disorder),
  };
}

type Aligned = {
  readonly continuum: Continuum;
  readonly alignment: Alignment;
  /** Groups of two and more units; single units say nothing about categories. */
  readonly tuples: readonly UnitTuple[];
};

function alignLists(
  lists: UnitLists,
  rule: GammaRule,
  effort: AlignmentEffort | undefined,
): Aligned {
  const continuum = compileContinuum(lists);
  const alignment = bestAlignment(continuum, rule, effort);
  return { continuum, alignment, tuples: tuplesOf(continuum, alignment) };
}

function drawChance(
  lists: UnitLists,
  length: number,
  options: GammaOptions & { readonly rule: GammaRule },
): Aligned[] {
  const chance: Aligned[] = [];
  let wanted = options.samples ?? 30;
  while (chance.length < wanted) {
    const sample = shuffledContinuum(lists, length, options.random);
    if (sample.some((list) => list.length > 0)) {
      chance.push(alignLists(sample, options.rule, options.effort));
    }
    if (chance.length === wanted && options.precision !== undefined) {
      const needed = samplesFor(
        chance.map((own) => own.alignment.disorder),
        options.precision,
      );
      wanted = Math.max(wanted, Math.min(needed, options.maximumSamples ?? 1_000));
    }
  }
  return chance;
}

/** ceil((1.96 cv / precision)^2): chance continua until their mean is known to a share (Mathet et al. 2015, section 5.3). */
export function samplesFor(disorders: readonly number[], precision: number): number {
  const mean = meanOf(disorders) ?? 0;
  const deviation = deviationOf(disorders) ?? 0;
  return mean === 0 ? disorders.length : Math.ceil(((1.96 * deviation) / mean / precision) ** 2);
}

function gammaFrom(observed: Aligned, chance: readonly Aligned[], rule: GammaRule): Gamma {
  const disorders = chance.map((own) => own.alignment.disorder);
  const expected = meanOf(disorders);
  if (expected === null || expected === 0) return undefinedBecause("no_variation");
  const ofCategory = (category: string | null) => categoryMeasure(observed, chance, rule, category);
  return measured(1 - observed.alignment.disorder / expected, {
    observed: observed.alignment.disorder,
    expected,
    deviation: deviationOf(disorders) ?? 0,
    samples: chance.length,
    optimal: [observed, ...chance].every((own) => own.alignment.optimal),
    range: rangeOf(observed, chance, expected),
    categories: ofCategory(null),
    byCategory: new Map(
      observed.continuum.categories.map((category) => [category, ofCategory(category)]),
    ),
  });
}

/** From no better observed and the best thinkable chance alignments to the reverse. */
function rangeOf(
  observed: Aligned,
  chance: readonly Aligned[],
  expected: number,
): { low: number; high: number } {
  const least = meanOf(chance.map((own) => own.alignment.atLeast)) ?? expected;
  const low = least === 0 ? Number.MIN_SAFE_INTEGER : 1 - observed.alignment.disorder / least;
  return { low, high: 1 - observed.alignment.atLeast / expected };
}

function categoryMeasure(
  observed: Aligned,
  chance: readonly Aligned[],
  rule: GammaRule,
  category: string | null,
): Measured {
  const disorder = (own: Aligned) =>
    categoryDisorder(own.tuples, { ...rule, variant: "paper" }, category);
  const seen = disorder(observed);
  if (seen.value === null) return seen;
  const expected = meanOf(
    chance.flatMap((own) => {
      const value = disorder(own).value;
      return value === null ? [] : [value];
    }),
  );
  if (expected === null || expected === 0) return undefinedBecause("no_variation");
  return measured(1 - seen.value / expected);
}

function tuplesOf(continuum: Continuum, alignment: Alignment): UnitTuple[] {
  return alignment.groups.flatMap((group) =>
    group.length < 2 ? [] : [group.map((unit) => unitAt(continuum, unit))],
  );
}

function unitAt(continuum: Continuum, unit: number): GammaUnit {
  return {
    start: continuum.start[unit] ?? 0,
    end: continuum.end[unit] ?? 0,
    category: continuum.categories[continuum.category[unit] ?? 0] ?? "",
  };
}
