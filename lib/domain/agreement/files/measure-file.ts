import { z } from "zod";
import { agreementWeights, type WeightScheme } from "../agreement-weights";
import { bootstrapClusters, leaveOneClusterOut, percentileInterval } from "../bootstrap";
import {
  brennanPrediger,
  congerKappa,
  fleissKappa,
  gwetAc,
  type Weights,
} from "../chance-corrected";
import { bennettS, cohenKappa, daviesFleissKappa, lightKappa, scottPi } from "../cohen-kappa";
import { crossTable } from "../cross-table";
import { jackknifeInterval, LIVE_INTERVAL } from "../jackknife";
import { krippendorffAlpha } from "../krippendorff-alpha";
import { type Measured, reasonInWords, undefinedBecause } from "../measured";
import { percentAgreement } from "../percent-agreement";
import { createRandom } from "../random";
import { compileRatings, pickItems, type RatingTable } from "../ratings";
import { intraclassCorrelations, kendallW } from "../scale-reliability";
import type { RatingData } from "./agreement-file";

/** What a person may ask of a file. */
export const measureRequestSchema = z.object({
  measure: z.string(),
  level: z
    .enum(["nominal", "ordinal", "interval", "ratio", "circular", "bipolar"])
    .default("nominal"),
  weights: z
    .enum(["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"])
    .default("identity"),
  distance: z.enum(["jaccard", "masi", "masi_2004", "dice", "nominal"]).default("jaccard"),
  seed: z.coerce.number().int().default(1),
  replicates: z.coerce.number().int().min(0).default(0),
  samples: z.coerce.number().int().min(1).default(30),
});

/** One request with its settings. */
export type MeasureRequest = z.infer<typeof measureRequestSchema>;

type RatingMeasure = (table: RatingTable, request: MeasureRequest) => Measured;

const RATING_MEASURES: Readonly<Record<string, RatingMeasure>> = {
  krippendorff_alpha: (table, { level }) => krippendorffAlpha(table, level),
  percent_agreement: (table) => percentAgreement(table),
  cohen_kappa: onTwo((table, weights) => cohenKappa(crossTable(table, 0, 1), weights)),
  scott_pi: onTwo((table, weights) => scottPi(crossTable(table, 0, 1), weights)),
  bennett_s: onTwo((table) => bennettS(crossTable(table, 0, 1))),
  fleiss_kappa: weighted(fleissKappa),
  conger_kappa: weighted(congerKappa),
  light_kappa: (table) => lightKappa(table),
  davies_fleiss_kappa: (table) => daviesFleissKappa(table),
  brennan_prediger: weighted(brennanPrediger),
  gwet_ac: weighted(gwetAc),
  kendall_w: (table) => kendallW(table),
  icc_1_1: (table) => intraclassCorrelations(table).oneWay,
  icc_2_1: (table) => intraclassCorrelations(table).twoWayRandom,
  icc_3_1: (table) => intraclassCorrelations(table).twoWayMixed,
  icc_2_k: (table) => intraclassCorrelations(table).twoWayRandomMean,
};

/** The measures for files of ratings. */
export function ratingMeasureNames(): string[] {
  return Object.keys(RATING_MEASURES);
}

/** A measure of a file of ratings, with an interval over its documents and the settings that decided it. */
export function measureRatings(data: RatingData, request: MeasureRequest): Record<string, unknown> {
  const measure = RATING_MEASURES[request.measure];
  if (!measure) throw new RangeError(`${request.measure} is no measure of ratings.`);
  const table = compileRatings(data.rows);
  const clusters = clustersOf(data.documents);
  const statistic = (drawn: Int32Array) =>
    measure(
      pickItems(
        table,
        [...drawn].flatMap((cluster) => clusters[cluster] ?? []),
      ),
      request,
    );
  const value = measure(table, request);
  const leftOut = value.value === null ? [] : leaveOneClusterOut(clusters.length, statistic);
  return {
    measure: request.measure,
    ...plainMeasure(value),
    interval: plainInterval(jackknifeInterval(value, leftOut, LIVE_INTERVAL)),
    ...bootstrapOf(clusters.length, statistic, request),
    settings: {
      level: request.level,
      weights: request.weights,
      interval: "jackknife over documents",
    },
    items: data.rows.length,
    documents: clusters.length,
    annotators: data.annotators.length,
    categories: table.categories,
  };
}

/** A measure as a record: its figures, or the reason and its words. */
export function plainMeasure(measure: Measured): Record<string, unknown> {
  if (measure.value !== null) return { ...measure };
  return { value: null, reason: measure.reason, because: reasonInWords(measure.reason) };
}

function plainInterval(interval: ReturnType<typeof jackknifeInterval>): Record<string, unknown> {
  return "reason" in interval ? { because: reasonInWords(interval.reason) } : { ...interval };
}

function bootstrapOf(
  clusters: number,
  statistic: (drawn: Int32Array) => Measured,
  request: MeasureRequest,
): Record<string, unknown> {
  if (request.replicates === 0) return {};
  const bootstrap = bootstrapClusters(clusters, statistic, {
    replicates: request.replicates,
    random: createRandom(request.seed),
  });
  return {
    bootstrap: {
      ...percentileInterval(bootstrap, LIVE_INTERVAL.level),
      replicates: request.replicates,
      undefined: bootstrap.undefinedReplicates,
      seed: request.seed,
    },
  };
}

function clustersOf(documents: readonly string[]): number[][] {
  const clusters = new Map<string, number[]>();
  documents.forEach((document, item) => {
    const own = clusters.get(document) ?? [];
    clusters.set(document, own);
    own.push(item);
  });
  return [...clusters.values()];
}

function weighted(measure: (table: RatingTable, weights: Weights) => Measured): RatingMeasure {
  return (table, request) => measure(table, weightsFor(table, request.weights));
}

function onTwo(measure: (table: RatingTable, weights: Weights) => Measured): RatingMeasure {
  return (table, request) => {
    if (table.annotators !== 2) return undefinedBecause("not_two_annotators");
    return measure(table, weightsFor(table, request.weights));
  };
}

function weightsFor(table: RatingTable, scheme: WeightScheme): Weights {
  return scheme === "identity" ? null : agreementWeights(scheme, table.categories);
}
