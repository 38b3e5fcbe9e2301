import { brennanPrediger, fleissKappa, gwetAc } from "../chance-corrected";
import { krippendorffAlpha } from "../krippendorff-alpha";
import type { RatingTable } from "../ratings";
import { compileDocument, nothingLeftOut, type SpanDocument } from "../span-document";
import { countMatches, type MatchRule, pairwiseF1 } from "../span-f1";
import type { LabelledSpan } from "../span-input";
import { unitizingAlpha1995 } from "../unitizing-alpha-1995";
import { unitizingFamily } from "../unitizing-alpha-2016";
import type { Recompute, Recomputed, Vector } from "./vector";
import { numberParameter } from "./vector-data";

/** Recomputation on data that are made by the rule in a vector's parameters. */
export const GENERATED_VECTORS: Readonly<Record<string, Recompute>> = {
  generated_large_ratings: ratingFigures,
  generated_large_spans: spanFigures,
};

/** The generator of the vectors: x = (1664525 x + 1013904223) mod 2^32, seeded with x = seed; draws x / 2^32. */
export function congruentialDraws(seed: number): () => number {
  let x = seed >>> 0;
  return () => {
    x = (Math.imul(1664525, x) + 1013904223) >>> 0;
    return x / 4294967296;
  };
}

/** Sizes and chances of generated ratings. */
export type RatingPlan = {
  readonly seed: number;
  readonly items: number;
  readonly annotators: number;
  readonly categories: number;
  readonly missing: number;
  readonly copy: number;
};

/** Ratings: per item a truth; per annotator missing, the truth, or anything. Categories are 1, 2, ... */
export function generateRatings(plan: RatingPlan): RatingTable {
  const draw = congruentialDraws(plan.seed);
  const codes = new Int32Array(plan.items * plan.annotators);
  for (let item = 0; item < plan.items; item++) {
    const truth = Math.floor(draw() * plan.categories);
    for (let annotator = 0; annotator < plan.annotators; annotator++) {
      const [a, b, c] = [draw(), draw(), draw()];
      const rating = b < plan.copy ? truth : Math.floor(c * plan.categories);
      codes[item * plan.annotators + annotator] = a < plan.missing ? -1 : rating;
    }
  }
  const categories = Array.from({ length: plan.categories }, (_, index) => index + 1);
  return { items: plan.items, annotators: plan.annotators, codes, categories };
}

function ratingFigures(vector: Vector): Recomputed {
  const table = generateRatings({
    seed: numberParameter(vector, "seed", 1),
    items: numberParameter(vector, "n_items", 0),
    annotators: numberParameter(vector, "n_raters", 0),
    categories: numberParameter(vector, "q", 2),
    missing: numberParameter(vector, "p_missing", 0),
    copy: numberParameter(vector, "p_copy", 0),
  });
  return {
    alpha_nominal: krippendorffAlpha(table).value,
    alpha_ordinal: krippendorffAlpha(table, "ordinal").value,
    alpha_interval: krippendorffAlpha(table, "interval").value,
    alpha_ratio: krippendorffAlpha(table, "ratio").value,
    gwet_ac1: gwetAc(table).value,
    fleiss_kappa: fleissKappa(table).value,
    brennan_prediger: brennanPrediger(table).value,
  };
}

/** Sizes of generated span documents. */
export type SpanPlan = {
  readonly seed: number;
  readonly documents: number;
  readonly annotators: number;
  readonly units: number;
  readonly labels: number;
};

/**
 * Span documents: per document so many true units, which every annotator misses with a chance of 0.2, shifts at both ends by up
 * to three characters and gives the next label with a chance of 0.15. Labels are numbers.
 */
export function generateSpanDocuments(plan: SpanPlan): SpanDocument[] {
  const draw = congruentialDraws(plan.seed);
  const names = Array.from({ length: plan.labels }, (_, label) => `L${label}`);
  const context = {
    labels: new Map(names.map((name, label) => [name, label])),
    leftOut: nothingLeftOut(),
  };
  return Array.from({ length: plan.documents }, (_, index) => {
    const truth = Array.from({ length: plan.units }, (_unit, k) => {
      const start = 60 * k + 3 + Math.floor(10 * draw());
      const end = start + 8 + Math.floor(27 * draw());
      return { start, end, label: Math.floor(draw() * plan.labels) };
    });
    const submissions = Array.from({ length: plan.annotators }, (_annotator, annotator) => ({
      annotator,
      spans: truth.flatMap((unit) => seenUnit(unit, names, draw)),
    }));
    const document = { id: String(index), length: 60 * plan.units };
    return compileDocument(document, submissions, context);
  });
}

function seenUnit(
  unit: { readonly start: number; readonly end: number; readonly label: number },
  names: readonly string[],
  draw: () => number,
): LabelledSpan[] {
  const [a, b, c, f] = [draw(), draw(), draw(), draw()];
  if (a < 0.2) return [];
  const label = f < 0.15 ? (unit.label + 1) % names.length : unit.label;
  const start = unit.start + Math.floor(7 * b) - 3;
  const end = unit.end + Math.floor(7 * c) - 3;
  return [{ start, end, label: names[label] ?? "" }];
}

function spanFigures(vector: Vector): Recomputed {
  const annotators = numberParameter(vector, "n_annotators", 2);
  const documents = generateSpanDocuments({
    seed: numberParameter(vector, "seed", 1),
    documents: numberParameter(vector, "n_docs", 0),
    annotators,
    units: numberParameter(vector, "n_true", 0),
    labels: numberParameter(vector, "q", 2),
  });
  const family = unitizingFamily(documents);
  const f1 = (rule: MatchRule) =>
    pairwiseF1(
      documents.map((document) => countMatches(document, rule)),
      annotators,
    ).total.value;
  const alphas = documents.flatMap((document) => unitizingAlpha1995(document).value ?? []);
  return {
    spans: documents.reduce((sum, document) => sum + document.units.label.length, 0),
    u_alpha_pooled: family.u.value,
    bar_u_alpha_pooled: family.marked.value,
    exact_f1_mean_pairs: f1({ kind: "exact" }),
    overlap_f1_mean_pairs: f1({ kind: "overlap" }),
    alpha_u_1995_mean_over_docs:
      alphas.length === 0 ? null : alphas.reduce((sum, alpha) => sum + alpha, 0) / alphas.length,
  };
}
