import { z } from "zod";
import { leaveRatersOut } from "../annotator-influence";
import { eachPair } from "../annotator-pairs";
import { cumulativeMembership } from "../benchmarks";
import {
  bootstrapClusters,
  type ClusterStatistic,
  leaveOneClusterOut,
  percentileInterval,
  replayClusters,
  summariseReplicates,
} from "../bootstrap";
import { brennanPrediger, congerKappa, fleissKappa, gwetAc } from "../chance-corrected";
import { cohenKappa } from "../cohen-kappa";
import { crossTable } from "../cross-table";
import { bootstrapDisagreements } from "../disagreement-bootstrap";
import { jackknifeError } from "../jackknife";
import { krippendorffAlpha } from "../krippendorff-alpha";
import type { Level } from "../krippendorff-distances";
import { type LinearisedCoefficient, linearisedError, type WithError } from "../linearised-error";
import type { Measured } from "../measured";
import { percentAgreement } from "../percent-agreement";
import { type PermutationTest, permutationTestOfKappa, signFlipTest } from "../permutation-tests";
import { quantile } from "../quantiles";
import { createRandom } from "../random";
import { pickAnnotators, pickItems, type RatingTable } from "../ratings";
import { intraAnnotator } from "../repeated-ratings";
import { type TableCoefficient, tableError } from "../table-error";
import { unitizingFamily } from "../unitizing-alpha-2016";
import type { Recompute, Recomputed, Vector } from "./vector";
import {
  crossTableOfVector,
  levelOf,
  numberParameter,
  ratingTableOf,
  spanDocuments,
  textParameter,
  weightsOf,
} from "./vector-data";

/** The seed of vectors that draw at random; their tolerance covers the choice. */
const SEED = 20_240;

/** Recomputation of errors, intervals, tests and the influence of annotators. */
export const RELIABILITY_VECTORS: Readonly<Record<string, Recompute>> = {
  analytic_standard_error: errorFigures,
  bootstrap_replay: (vector) => replayFigures(vector, itemStatistic(vector)),
  bootstrap_cluster_replay: (vector) => replayFigures(vector, groupStatistic(vector)),
  bootstrap_monte_carlo: sampledFigures,
  bootstrap_krippendorff_algorithm: disagreementFigures,
  document_jackknife_se: jackknifeFigures,
  leave_one_annotator_out: influenceFigures,
  pairwise_matrix: matrixFigures,
  permutation_test_exact: (vector) =>
    testFigures(
      permutationTestOfKappa(ratingTableOf(vector), { random: createRandom(SEED) }),
      "statistic",
    ),
  paired_sign_flip_test: (vector) => {
    const scores = z.array(z.number());
    const sides = [scores.parse(vector.data.a), scores.parse(vector.data.b)] as const;
    return testFigures(signFlipTest(...sides, { random: createRandom(SEED) }), "mean_difference");
  },
  intra_annotator: (vector) => {
    const intra = intraAnnotator(ratingTableOf(vector), levelOf(vector));
    return {
      percent: intra.percent.value,
      alpha: intra.alpha.value,
      cohen_kappa: intra.kappa.value,
    };
  },
  benchmark_cumulative_probability: (vector) => ({
    cumulative: cumulativeMembership(
      {
        coefficient: z.number().parse(vector.data.coefficient),
        standardError: z.number().parse(vector.data.se),
      },
      z.array(z.number()).parse(vector.params.bounds),
    ),
  }),
};

function errorFigures(vector: Vector): Recomputed {
  const result = vector.data.kind === "table" ? tableErrorOf(vector) : ratingErrorOf(vector);
  if (result.value === null) return { value: null, se: null, ci_low: null, ci_high: null };
  return {
    value: result.value,
    se: result.standardError,
    ci_low: result.low,
    ci_high: result.high,
  };
}

function tableErrorOf(vector: Vector): WithError {
  const table = crossTableOfVector(vector);
  const coefficient: TableCoefficient = z
    .enum(["kappa", "scott", "ac", "bp", "alpha"])
    .parse(vector.params.coefficient);
  const ranks = Array.from({ length: table.size }, (_, index) => index + 1);
  return tableError(table, coefficient, {
    weights: weightsOf(vector, ranks),
    level: numberParameter(vector, "conf", 0.95),
  });
}

function ratingErrorOf(vector: Vector): WithError {
  const table = ratingTableOf(vector);
  const coefficient: LinearisedCoefficient = z
    .enum(["fleiss", "ac", "bp", "conger", "alpha"])
    .parse(vector.params.coefficient);
  return linearisedError(table, coefficient, {
    weights: weightsOf(vector, table.categories),
    level: numberParameter(vector, "conf", 0.95),
  });
}

const STATISTICS: Readonly<Record<string, (table: RatingTable, level: Level) => Measured>> = {
  krippendorff_alpha: krippendorffAlpha,
  percent_agreement: percentAgreement,
  fleiss_kappa: (table) => fleissKappa(table),
  conger_kappa: (table) => congerKappa(table),
  gwet_ac1: (table) => gwetAc(table),
  brennan_prediger_randolph: (table) => brennanPrediger(table),
  cohen_kappa: (table) => cohenKappa(crossTable(table, 0, 1)),
};

/** The measure that a vector resamples or leaves annotators out of. */
function statisticOf(vector: Vector): (table: RatingTable) => Measured {
  const name = textParameter(vector, "measure", "krippendorff_alpha");
  const statistic = STATISTICS[name];
  if (!statistic) throw new RangeError(`${name} cannot be resampled.`);
  return (table) => statistic(table, levelOf(vector));
}

function itemStatistic(vector: Vector): ClusterStatistic {
  const table = ratingTableOf(vector);
  const statistic = statisticOf(vector);
  return (items) => statistic(pickItems(table, items));
}

function groupStatistic(vector: Vector): ClusterStatistic {
  const groups = z.array(z.array(z.number())).parse(vector.data.groups);
  const ofItems = itemStatistic(vector);
  return (drawn) => ofItems(Int32Array.from([...drawn].flatMap((group) => groups[group] ?? [])));
}

function replayFigures(vector: Vector, statistic: ClusterStatistic): Recomputed {
  const resamples = z.array(z.array(z.number())).parse(vector.data.resamples);
  const values = replayClusters(resamples, statistic);
  const summary = summariseReplicates(values);
  const ends = (level: number) => {
    const interval = percentileInterval(summary, level);
    return interval ? [interval.low, interval.high] : null;
  };
  return {
    value: statisticOf(vector)(ratingTableOf(vector)).value,
    replicates: values.map((value) => value.value),
    ci95: ends(0.95),
    ci90: ends(0.9),
    mean: summary.mean,
    sd: summary.deviation,
    undefined: summary.undefinedReplicates,
  };
}

function sampledFigures(vector: Vector): Recomputed {
  const table = ratingTableOf(vector);
  const summary = bootstrapClusters(table.items, itemStatistic(vector), {
    replicates: numberParameter(vector, "replicates", 10_000),
    random: createRandom(SEED),
  });
  const interval = percentileInterval(summary, 0.95);
  return {
    value: statisticOf(vector)(table).value,
    ci95: interval ? [interval.low, interval.high] : null,
    median: summary.replicates.length === 0 ? null : quantile(summary.replicates, 0.5),
  };
}

function disagreementFigures(vector: Vector): Recomputed {
  const table = ratingTableOf(vector);
  const replicates = bootstrapDisagreements(table, levelOf(vector), {
    replicates: numberParameter(vector, "replicates", 10_000),
    random: createRandom(SEED),
  });
  const value = krippendorffAlpha(table, levelOf(vector)).value;
  if (replicates === null) return { value, ci95: null, p_below_667: null };
  return {
    value,
    ci95: [quantile(replicates, 0.025), quantile(replicates, 0.975)],
    p_below_667: replicates.filter((replicate) => replicate < 0.667).length / replicates.length,
  };
}

function jackknifeFigures(vector: Vector): Recomputed {
  const { clusters, statistic } =
    vector.data.kind === "spans" ? spanStatistic(vector) : ratingStatistic(vector);
  const leftOut = leaveOneClusterOut(clusters, statistic).map((measure) => measure.value);
  const complete = leftOut.every((value) => value !== null);
  const everything = Int32Array.from({ length: clusters }, (_, index) => index);
  return {
    value: statistic(everything).value,
    se: complete ? jackknifeError(Float64Array.from(leftOut, (value) => value ?? 0)) : null,
    leave_one_out: leftOut,
  };
}

type Clustered = { readonly clusters: number; readonly statistic: ClusterStatistic };

function ratingStatistic(vector: Vector): Clustered {
  return { clusters: ratingTableOf(vector).items, statistic: itemStatistic(vector) };
}

function spanStatistic(vector: Vector): Clustered {
  const { documents } = spanDocuments(vector);
  const which = z.enum(["u", "bar_u", "cu"]).parse(textParameter(vector, "which", "u"));
  const statistic = (drawn: Int32Array): Measured => {
    const picked = [...drawn].flatMap((index) => documents[index] ?? []);
    const family = unitizingFamily(picked);
    return { u: family.u, bar_u: family.marked, cu: family.coded }[which];
  };
  return { clusters: documents.length, statistic };
}

function influenceFigures(vector: Vector): Recomputed {
  const { full, influences } = leaveRatersOut(ratingTableOf(vector), statisticOf(vector));
  return {
    full: full.value,
    without: Object.fromEntries(influences.map((entry) => [entry.annotator, entry.without.value])),
    delta: Object.fromEntries(influences.map((entry) => [entry.annotator, entry.change.value])),
  };
}

function matrixFigures(vector: Vector): Recomputed {
  const table = ratingTableOf(vector);
  const kappas: Record<string, number | null> = {};
  const alphas: Record<string, number | null> = {};
  eachPair(table.annotators, (first, second) => {
    const key = `${first}|${second}`;
    kappas[key] = cohenKappa(crossTable(table, first, second)).value;
    alphas[key] = krippendorffAlpha(pickAnnotators(table, [first, second])).value;
  });
  return { cohen_kappa: kappas, alpha: alphas };
}

function testFigures(test: PermutationTest, name: string): Recomputed {
  return test.value === null
    ? { [name]: null, p_value: null }
    : { [name]: test.value, p_value: test.p };
}
