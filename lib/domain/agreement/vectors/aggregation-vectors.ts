import { z } from "zod";
import { dawidSkene } from "../../aggregation/dawid-skene";
import { glad, gladPosteriors } from "../../aggregation/glad";
import { type MaceRule, mace, maceFrom } from "../../aggregation/mace";
import {
  accuracyAgainstMajority,
  majorityAccuracy,
  majorityVote,
  multiLabelMajority,
  voteEntropy,
} from "../../aggregation/majority-vote";
import {
  compileResponses,
  likeliestLabels,
  namedPosteriors,
  type ResponseTable,
} from "../../aggregation/responses";
import { characterMajority } from "../../aggregation/span-majority";
import { createRandom } from "../random";
import type { Recompute, Recomputed, Vector } from "./vector";
import { numberParameter, spanDocuments, textParameter } from "./vector-data";

/** The seed of MACE's random starts; the tolerance of its vectors covers the choice. */
const SEED = 2_013;

/** Recomputation of aggregation. */
export const AGGREGATION_VECTORS: Readonly<Record<string, Recompute>> = {
  majority_vote: (vector) => ({
    labels: Object.fromEntries(
      majorityVote(responsesOf(vector)).map(({ task, winners }) => [task, winners]),
    ),
  }),
  majority_vote_accuracy: (vector) => ({
    accuracy: majorityAccuracy(responsesOf(vector), goldOf(vector)),
  }),
  multilabel_majority: multiLabelFigures,
  worker_accuracy_vs_majority: (vector) => ({
    per_worker: Object.fromEntries(accuracyAgainstMajority(labelsAsMet(vector), "first")),
  }),
  item_entropy: (vector) => ({ per_item: Object.fromEntries(voteEntropy(responsesOf(vector))) }),
  dawid_skene: (vector) =>
    dawidSkeneFigures(vector, { tolerance: 1e-12, maximumIterations: 100_000 }),
  dawid_skene_iterations: (vector) =>
    dawidSkeneFigures(vector, {
      tolerance: 0,
      maximumIterations: numberParameter(vector, "iterations", 1),
    }),
  mace_iterations: maceFigures,
  mace_accuracy: maceAccuracy,
  glad_e_step: (vector) => {
    const table = responsesOf(vector);
    const posteriors = gladPosteriors(table, {
      abilities: new Float64Array(table.workers.length).fill(numberParameter(vector, "alpha", 1)),
      easiness: new Float64Array(table.tasks.length).fill(numberParameter(vector, "log_beta", 1)),
    });
    return { posteriors: namedPosteriors(table, posteriors) };
  },
  glad_labels: (vector) => {
    const table = responsesOf(vector);
    const result = glad(table, {
      maximumIterations: numberParameter(vector, "n_iter", 100),
      tolerance: numberParameter(vector, "tol", 1e-5),
    });
    return labelFigures(vector, table, result.posteriors);
  },
  span_character_majority: (vector) => {
    const { documents, labels } = spanDocuments(vector);
    const spans = documents.flatMap((document) => characterMajority(document));
    return { spans: spans.map((span) => [span.start, span.end, labels[span.label] ?? ""]) };
  },
};

const responseSchema = z.tuple([
  z.string(),
  z.string(),
  z.union([z.string(), z.number().transform(String)]),
]);

function responsesOf(vector: Vector): ResponseTable {
  const rows = z.array(responseSchema).parse(vector.data.responses);
  const names = (name: string) => z.array(z.string()).parse(vector.params[name] ?? []);
  return compileResponses(
    rows.map(([worker, task, label]) => ({ worker, task, label })),
    { workers: names("workers"), labels: names("labels") },
  );
}

/** The answers with labels in the order in which the file names them; Crowd-Kit takes the first of tied labels. */
function labelsAsMet(vector: Vector): ResponseTable {
  const rows = z.array(responseSchema).parse(vector.data.responses);
  return compileResponses(
    rows.map(([worker, task, label]) => ({ worker, task, label })),
    { labels: [...new Set(rows.map((row) => row[2]))] },
  );
}

function goldOf(vector: Vector): Map<string, string> {
  const gold = z.record(z.string(), z.union([z.string(), z.number().transform(String)]));
  return new Map(Object.entries(gold.parse(vector.data.gold ?? {})));
}

function multiLabelFigures(vector: Vector): Recomputed {
  const rows = z
    .array(z.tuple([z.string(), z.string(), z.array(z.string())]))
    .parse(vector.data.responses);
  const kept = multiLabelMajority(rows.map(([worker, task, labels]) => ({ worker, task, labels })));
  return { labels: Object.fromEntries(kept) };
}

function labelFigures(vector: Vector, table: ResponseTable, posteriors: Float64Array): Recomputed {
  const labels = likeliestLabels(table, posteriors);
  return {
    labels,
    accuracy: accuracyOf(labels, goldOf(vector)),
    posteriors: namedPosteriors(table, posteriors),
  };
}

function accuracyOf(
  labels: Readonly<Record<string, string>>,
  gold: ReadonlyMap<string, string>,
): number | null {
  const known = Object.entries(labels).filter(([task]) => gold.has(task));
  if (known.length === 0) return null;
  return known.filter(([task, label]) => gold.get(task) === label).length / known.length;
}

function dawidSkeneFigures(
  vector: Vector,
  stop: { readonly tolerance: number; readonly maximumIterations: number },
): Recomputed {
  const table = responsesOf(vector);
  const model = dawidSkene(table, { ...stop, smoothing: numberParameter(vector, "smoothing", 0) });
  const width = table.labels.length;
  return {
    ...labelFigures(vector, table, model.posteriors),
    priors: Object.fromEntries(table.labels.map((label, place) => [label, model.priors[place]])),
    log_likelihood: model.logLikelihood,
    confusion: Object.fromEntries(
      table.workers.map((worker, index) => [worker, rowsOf(model.confusions[index], width)]),
    ),
  };
}

function rowsOf(cells: Float64Array | undefined, width: number): number[][] {
  if (!cells) return [];
  return Array.from({ length: cells.length / width }, (_, row) => [
    ...cells.subarray(row * width, (row + 1) * width),
  ]);
}

function maceRule(vector: Vector): MaceRule {
  if (textParameter(vector, "method", "vb") !== "vb") {
    return { kind: "em", smoothing: numberParameter(vector, "smoothing", 0.01) };
  }
  return {
    kind: "vb",
    alpha: numberParameter(vector, "alpha", 0.5),
    beta: numberParameter(vector, "beta", 0.5),
    strategyPrior: numberParameter(vector, "strategy_prior", 10),
  };
}

function maceFigures(vector: Vector): Recomputed {
  const table = responsesOf(vector);
  const rows = z.array(z.array(z.number()));
  const start = {
    spamming: Float64Array.from(rows.parse(vector.params.init_spamming).flat()),
    strategies: Float64Array.from(rows.parse(vector.params.init_thetas).flat()),
  };
  const run = maceFrom(table, start, {
    rule: maceRule(vector),
    iterations: numberParameter(vector, "iterations", 50),
    columns: "by_name",
  });
  return {
    spamming: rowsOf(run.spamming, 2),
    thetas: rowsOf(run.strategies, table.labels.length),
    posteriors: namedPosteriors(table, run.posteriors),
  };
}

function maceAccuracy(vector: Vector): Recomputed {
  const table = responsesOf(vector);
  const run = mace(table, {
    random: createRandom(SEED),
    rule: maceRule(vector),
    restarts: numberParameter(vector, "restarts", 10),
    iterations: numberParameter(vector, "iterations", 50),
  });
  return labelFigures(vector, table, run.posteriors);
}
