import { z } from "zod";
import type { Measured } from "../measured";
import { squaredDifference, unitizingAlpha1995 } from "../unitizing-alpha-1995";
import { type UnitizingFamily, unitizingFamily } from "../unitizing-alpha-2016";
import type { SelfPairRule } from "../valued-coincidences";
import type { Recompute, Recomputed, Vector } from "./vector";
import { bareValues, spanDocuments } from "./vector-data";

/** Recomputation of Krippendorff's unitizing measures. */
export const UNITIZING_VECTORS: Readonly<Record<string, Recompute>> = {
  alpha_u_1995: alphaFigures,
  alpha_u_delta: (vector) => ({
    values: stretchPairs(vector).map(([a, b]) => squaredDifference(a, b)),
  }),
  ualpha_family_2016: (vector) => familyFigures(vector, "pairwise"),
  ualpha_family_2016_pooled: (vector) => familyFigures(vector, "pairwise"),
  ualpha_cu_m_gt_2: (vector) => ({
    ...familyFigures(vector, "pairwise"),
    variant_a: familyFigures(vector, "pairwise"),
    variant_b: familyFigures(vector, "union"),
  }),
};

function alphaFigures(vector: Vector): Recomputed {
  const { documents, labels } = spanDocuments(vector);
  const results = documents.map((document) => unitizingAlpha1995(document));
  const first = results[0];
  const values = results.flatMap((result) => (result.value === null ? [] : [result.value]));
  const mean =
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    value: documents.length === 1 ? (first?.value ?? null) : mean,
    mean,
    per_category: Object.fromEntries(
      (first?.labels ?? []).map((entry) => [
        labels[entry.label] ?? "",
        { Do: entry.observed, De: entry.expected, alpha: entry.alpha.value },
      ]),
    ),
    per_document: Object.fromEntries(
      documents.map((document, index) => [document.id, results[index]?.value ?? null]),
    ),
  };
}

const stretchSchema = z
  .tuple([z.number(), z.number(), z.number()])
  .transform(([start, length, unit]) => ({ start, end: start + length, isUnit: unit === 1 }));

function stretchPairs(vector: Vector) {
  return z.array(z.tuple([stretchSchema, stretchSchema])).parse(vector.data.pairs);
}

function familyFigures(vector: Vector, rule: SelfPairRule): Recomputed {
  const { documents, labels } = spanDocuments(vector);
  const family: UnitizingFamily = unitizingFamily(documents, rule);
  const byLabel: [string, Measured][] = [...family.byLabel].map(([label, alpha]) => [
    labels[label] ?? "",
    alpha,
  ]);
  return {
    u: family.u.value,
    bar_u: family.marked.value,
    cu: family.coded.value,
    ku: bareValues(byLabel),
    cu_coverage: family.coverage,
  };
}
