import { z } from "zod";
import { gammaWithSamples } from "../gamma";
import { bestAlignment } from "../gamma-alignment";
import { type CategoryRule, categoryDisorder, type UnitTuple } from "../gamma-category";
import {
  combinedDissimilarity,
  compileContinuum,
  type GammaRule,
  type GammaUnit,
  positionalDissimilarity,
} from "../gamma-continuum";
import type { Recompute, Recomputed, Vector } from "./vector";
import { numberParameter, textParameter } from "./vector-data";

const unitSchema = z
  .tuple([z.number(), z.number()])
  .rest(z.union([z.string(), z.number(), z.null()]))
  .transform(
    ([start, end, category]): GammaUnit => ({ start, end, category: String(category ?? "") }),
  );
const listsSchema = z.record(z.string(), z.array(unitSchema));

/** Recomputation of gamma and its parts. */
export const GAMMA_VECTORS: Readonly<Record<string, Recompute>> = {
  gamma_observed_disorder: (vector) => {
    const lists = Object.values(listsSchema.parse(vector.data.annotators));
    const alignment = bestAlignment(compileContinuum(lists), gammaRule(vector));
    return {
      disorder: alignment.disorder,
      units: lists.flat().length,
      alignments: alignment.groups.length,
    };
  },
  gamma_positional_dissimilarity: (vector) => ({
    values: unitPairs(vector).map(([a, b]) =>
      positionalDissimilarity(a, b, numberParameter(vector, "delta_empty", 1)),
    ),
  }),
  gamma_combined_dissimilarity: (vector) => ({
    values: unitPairs(vector).map(([a, b]) => combinedDissimilarity(a, b, gammaRule(vector))),
  }),
  gamma_alignment_disorder: (vector) => ({
    disorder: tupleDisorder(tuplesOf(vector), gammaRule(vector)),
  }),
  gamma_replay: replayFigures,
  gamma_cat_disorder: categoryFigures,
};

function gammaRule(vector: Vector): GammaRule {
  const categories = z.array(z.string()).parse(vector.params.categories ?? []);
  const matrix = z.array(z.array(z.number())).parse(vector.params.category_matrix ?? []);
  const rule = {
    alpha: numberParameter(vector, "alpha", 1),
    beta: numberParameter(vector, "beta", 1),
    deltaEmpty: numberParameter(vector, "delta_empty", 1),
  };
  if (matrix.length === 0) return rule;
  const place = new Map(categories.map((category, index) => [category, index]));
  const distance = (a: string, b: string) => matrix[place.get(a) ?? -1]?.[place.get(b) ?? -1];
  return { ...rule, categoryDistance: (a, b) => distance(a, b) ?? Number(a !== b) };
}

function unitPairs(vector: Vector): [GammaUnit, GammaUnit][] {
  if (vector.data.kind === "unit_pairs") {
    return z.array(z.tuple([unitSchema, unitSchema])).parse(vector.data.pairs);
  }
  const first = z.array(unitSchema).parse(vector.data.a);
  const second = z.array(unitSchema).parse(vector.data.b);
  return first.flatMap((a) => second.map((b): [GammaUnit, GammaUnit] => [a, b]));
}

function tuplesOf(vector: Vector): UnitTuple[] {
  return z.array(z.array(unitSchema.nullable())).parse(vector.data.tuples);
}

/** Sum over groups of the mean over pairs of annotators, over the mean number of units per annotator. */
function tupleDisorder(tuples: readonly UnitTuple[], rule: GammaRule): number {
  const annotators = tuples[0]?.length ?? 0;
  const units = tuples.reduce(
    (sum, tuple) => sum + tuple.filter((unit) => unit !== null).length,
    0,
  );
  const costs = tuples.map((tuple) => {
    let sum = 0;
    tuple.forEach((a, first) => {
      for (const b of tuple.slice(first + 1)) {
        sum += a && b ? combinedDissimilarity(a, b, rule) : rule.deltaEmpty;
      }
    });
    return sum / ((annotators * (annotators - 1)) / 2);
  });
  return (costs.reduce((sum, cost) => sum + cost, 0) * annotators) / units;
}

function replayFigures(vector: Vector): Recomputed {
  const samples = z.array(listsSchema).parse(vector.data.samples);
  const names = Object.keys(listsSchema.parse(vector.data.annotators));
  const lists = Object.values(listsSchema.parse(vector.data.annotators));
  const { gamma, disorders } = gammaWithSamples(
    lists,
    samples.map((sample) => sampleLists(sample, names.length)),
    { rule: gammaRule(vector) },
  );
  if (gamma.value === null) {
    return { observed: null, expected: null, gamma: null, sample_disorders: disorders };
  }
  return {
    observed: gamma.observed,
    expected: gamma.expected,
    gamma: gamma.value,
    gamma_cat: gamma.categories.value,
    sample_disorders: disorders,
  };
}

/** The lists of a sample; annotators that it leaves out have no units. */
function sampleLists(
  sample: Readonly<Record<string, GammaUnit[]>>,
  annotators: number,
): GammaUnit[][] {
  const lists = Object.values(sample);
  while (lists.length < annotators) lists.push([]);
  return lists;
}

function categoryFigures(vector: Vector): Recomputed {
  const tuples = tuplesOf(vector);
  const rule: CategoryRule = {
    ...gammaRule(vector),
    variant: textParameter(vector, "variant", "paper").startsWith("pygamma") ? "pygamma" : "paper",
  };
  const categories = new Set(
    tuples.flatMap((tuple) => tuple.flatMap((unit) => unit?.category ?? [])),
  );
  return {
    gamma_cat_disorder: categoryDisorder(tuples, rule).value,
    gamma_k_disorder: Object.fromEntries(
      [...categories].map((category) => [category, categoryDisorder(tuples, rule, category).value]),
    ),
  };
}
