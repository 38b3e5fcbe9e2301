import { z } from "zod";
import { fleissPerCategory, specificAgreement } from "../category-agreement";
import {
  brennanPrediger,
  type Coefficient,
  congerKappa,
  fleissKappa,
  gwetAc,
  type Weights,
} from "../chance-corrected";
import {
  bennettS,
  cohenKappa,
  daviesFleissKappa,
  lightKappa,
  maximumKappa,
  scottPi,
} from "../cohen-kappa";
import { realAt } from "../columns";
import type { CrossTable } from "../cross-table";
import {
  type Alpha,
  alphaPerCategory,
  krippendorffAlpha,
  krippendorffAlphaWith,
} from "../krippendorff-alpha";
import { multilabelAlpha, multilabelAlphaPerLabel } from "../multilabel-alpha";
import { percentAgreement } from "../percent-agreement";
import { compileRatings, type RatingTable } from "../ratings";
import { intraclassCorrelations, kendallW } from "../scale-reliability";
import { type SetDistance, setDistance } from "../set-distances";
import type { Recompute, Recomputed, Vector } from "./vector";
import {
  bareValues,
  crossTableOfVector,
  levelOf,
  numberParameter,
  ratingRows,
  ratingTableOf,
  textParameter,
  weightsOf,
} from "./vector-data";

/** Recomputation of measures on categories, sets of labels and scales. */
export const CATEGORICAL_VECTORS: Readonly<Record<string, Recompute>> = {
  percent_agreement: (vector) => {
    const percent = percentAgreement(ratingTableOf(vector));
    if (percent.value === null)
      return noFigures(["value", "item_mean", "pairable_weighted", "pair_pooled"]);
    return {
      value: percent.value,
      item_mean: percent.itemMean,
      pairable_weighted: percent.pairableWeighted,
      pair_pooled: percent.pairPooled,
    };
  },
  fleiss_kappa: onRatings(fleissKappa),
  fleiss_kappa_weighted: onRatings(fleissKappa),
  brennan_prediger_randolph: onRatings(brennanPrediger),
  brennan_prediger_weighted: onRatings(brennanPrediger),
  brennan_prediger: onRatings(brennanPrediger),
  conger_kappa: onRatings(congerKappa),
  conger_kappa_weighted: onRatings(congerKappa),
  gwet_ac1: onRatings(gwetAc),
  gwet_ac2: onRatings(gwetAc),
  davies_fleiss_kappa: onRatings(daviesFleissKappa),
  light_kappa: (vector) => ({ value: lightKappa(ratingTableOf(vector)).value }),
  fleiss_kappa_per_category: (vector) => ({
    per_category: bareValues(fleissPerCategory(ratingTableOf(vector))),
  }),
  cohen_kappa: (vector) => ({
    ...onTable(cohenKappa)(vector),
    kappa_max: maximumKappa(crossTableOfVector(vector)).value,
  }),
  cohen_kappa_weighted: onTable(cohenKappa),
  scott_pi: onTable(scottPi),
  bennett_s: onTable(bennettS),
  specific_agreement_2x2: specificFigures,
  krippendorff_alpha: (vector) =>
    alphaFigures(krippendorffAlpha(ratingTableOf(vector), levelOf(vector))),
  krippendorff_alpha_per_category: (vector) => ({
    per_category: bareValues(alphaPerCategory(ratingTableOf(vector))),
  }),
  krippendorff_alpha_custom_distance: customAlpha,
  krippendorff_alpha_multilabel: (vector) =>
    alphaFigures(multilabelAlpha(setRows(vector), setDistanceOf(vector))),
  krippendorff_alpha_multilabel_per_label: (vector) => ({
    per_category: bareValues(multilabelAlphaPerLabel(setRows(vector))),
  }),
  set_distance: (vector) => {
    const pairs = z.array(z.tuple([setSchema, setSchema])).parse(vector.data.pairs);
    return {
      values: pairs.map(([a, b]) => setDistance(unique(a), unique(b), setDistanceOf(vector))),
    };
  },
  intraclass_correlation: (vector) => {
    const icc = intraclassCorrelations(ratingTableOf(vector));
    return {
      icc: {
        "ICC(1,1)": icc.oneWay.value,
        "ICC(2,1)": icc.twoWayRandom.value,
        "ICC(3,1)": icc.twoWayMixed.value,
        "ICC(1,k)": icc.oneWayMean.value,
        "ICC(2,k)": icc.twoWayRandomMean.value,
        "ICC(3,k)": icc.twoWayMixedMean.value,
      },
    };
  },
  kendall_w: (vector) => ({ value: kendallW(ratingTableOf(vector)).value }),
};

const setSchema = z.array(z.string());

function unique(labels: readonly string[]): string[] {
  return [...new Set(labels)];
}

function setRows(vector: Vector): (string[] | null)[][] {
  return z.array(z.array(setSchema.nullable())).parse(vector.data.items);
}

function setDistanceOf(vector: Vector): SetDistance {
  const name = textParameter(vector, "distance", "masi").split(/[\s(]/)[0];
  const kind = z.enum(["nominal", "jaccard", "dice", "masi", "masi_2004"]).parse(name);
  if (kind !== "masi") return { kind };
  return {
    kind,
    subset: numberParameter(vector, "m_subset", 2 / 3),
    overlap: numberParameter(vector, "m_overlap", 1 / 3),
  };
}

function customAlpha(vector: Vector): Recomputed {
  const categories = z.array(z.union([z.string(), z.number()])).parse(vector.params.categories);
  const matrix = z.array(z.array(z.number())).parse(vector.params.distance_matrix);
  const table = compileRatings(ratingRows(vector), categories);
  return alphaFigures(krippendorffAlphaWith(table, Float64Array.from(matrix.flat())));
}

function onRatings(measure: (table: RatingTable, weights: Weights) => Coefficient): Recompute {
  return (vector) => {
    const table = ratingTableOf(vector);
    return coefficientFigures(measure(table, weightsOf(vector, table.categories)));
  };
}

function onTable(measure: (table: CrossTable, weights: Weights) => Coefficient): Recompute {
  return (vector) => {
    const table = crossTableOfVector(vector);
    const ranks = Array.from({ length: table.size }, (_, index) => index + 1);
    return coefficientFigures(measure(table, weightsOf(vector, ranks)));
  };
}

/** The value and its parts under the names that vectors use. */
function coefficientFigures(coefficient: Coefficient): Recomputed {
  if (coefficient.value === null) return noFigures(["value", "pa", "pe"]);
  return { value: coefficient.value, pa: coefficient.observed, pe: coefficient.chance };
}

function alphaFigures(alpha: Alpha): Recomputed {
  if (alpha.value === null) return noFigures(["value", "Do", "De"]);
  return {
    value: alpha.value,
    Do: alpha.observedDisagreement,
    De: alpha.expectedDisagreement,
    pairable_items: alpha.pairableItems,
    pairable_values: alpha.pairableValues,
  };
}

function specificFigures(vector: Vector): Recomputed {
  const { cells, size } = crossTableOfVector(vector);
  if (size !== 2) throw new RangeError("Specific agreement needs a 2 by 2 table.");
  const agreement = specificAgreement({
    both: realAt(cells, 0),
    first: realAt(cells, 1),
    second: realAt(cells, 2),
    neither: realAt(cells, 3),
  });
  return {
    psa: agreement.positive.value,
    nsa: agreement.negative.value,
    percent: agreement.percent.value,
    pabak: agreement.pabak.value,
    prevalence_index: agreement.prevalenceIndex.value,
    bias_index: agreement.biasIndex.value,
    cohen_kappa: agreement.kappa.value,
  };
}

function noFigures(names: readonly string[]): Recomputed {
  return Object.fromEntries(names.map((name) => [name, null]));
}
