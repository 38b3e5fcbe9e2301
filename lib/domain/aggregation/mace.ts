import { digamma } from "../agreement/distributions";
import type { Random } from "../agreement/random";
import { groupByTask, type ResponseTable } from "./responses";

/** Parameters of MACE: per worker the chance to spam and to know, and the labels given when spamming. */
export type MaceParameters = {
  /** Spam and know, at `2 * worker` and `2 * worker + 1`. */
  readonly spamming: Float64Array;
  /** Label distribution of spam, at `worker * labels + label`. */
  readonly strategies: Float64Array;
};

/** What MACE says. */
export type Mace = MaceParameters & {
  /** Probability of every label per task, at `task * labels + label`. */
  readonly posteriors: Float64Array;
  readonly logLikelihood: number;
};

/** Normalisation of the M step: `vb` with priors (variational Bayes), `em` with smoothing. */
export type MaceRule =
  | {
      readonly kind: "vb";
      /** Beta prior of spam and know, and the Dirichlet prior of every label of a strategy. */
      readonly alpha: number;
      readonly beta: number;
      readonly strategyPrior: number;
    }
  | { readonly kind: "em"; readonly smoothing: number };

/**
 * `by_name` repeats a slip of Crowd-Kit 1.4, which sorts the columns of the strategy counts by the name of the label and then
 * reads them in the order in which labels were met. Only for recomputing figures made with it.
 */
export type StrategyColumns = "aligned" | "by_name";

/** The rule of Hovy et al. (2013). */
export const USUAL_MACE: MaceRule = { kind: "vb", alpha: 0.5, beta: 0.5, strategyPrior: 10 };

/**
 * MACE (Hovy, Berg-Kirkpatrick, Vaswani and Hovy 2013): a worker knows the true label, or spams from a fixed distribution.
 * Runs from several random starts and keeps the one with the best likelihood.
 */
export function mace(
  table: ResponseTable,
  options: {
    readonly random: Random;
    readonly rule?: MaceRule;
    readonly restarts?: number;
    readonly iterations?: number;
  },
): Mace {
  const rule = options.rule ?? USUAL_MACE;
  let best: Mace | null = null;
  for (let restart = 0; restart < (options.restarts ?? 10); restart++) {
    const start = drawStart(table, options.random);
    const run = maceFrom(table, start, { rule, iterations: options.iterations ?? 50 });
    if (best === null || run.logLikelihood > best.logLikelihood) best = run;
  }
  if (best === null) throw new RangeError("MACE needs at least one start.");
  return best;
}

/** One run from given parameters: an E step, then so many M and E steps. */
export function maceFrom(
  table: ResponseTable,
  start: MaceParameters,
  options: {
    readonly rule: MaceRule;
    readonly iterations: number;
    readonly columns?: StrategyColumns;
  },
): Mace {
  const order = options.columns === "by_name" ? placesByName(table.labels) : null;
  const grouped = groupByTask(table);
  let parameters = start;
  let expected = expect(table, parameters, grouped);
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    const counts = order ? reordered(expected.strategyCounts, order) : expected.strategyCounts;
    parameters = maximise(
      { ...expected, strategyCounts: counts },
      options.rule,
      table.labels.length,
    );
    expected = expect(table, parameters, grouped);
  }
  return {
    ...parameters,
    posteriors: expected.posteriors,
    logLikelihood: expected.logLikelihood,
  };
}

function placesByName(labels: readonly string[]): number[] {
  const name = (place: number) => labels[place] ?? "";
  return [...labels.keys()].sort((a, b) => (name(a) < name(b) ? -1 : Number(name(a) > name(b))));
}

function reordered(cells: Float64Array, order: readonly number[]): Float64Array {
  const width = order.length;
  return cells.map((_, index) => cells[index - (index % width) + (order[index % width] ?? 0)] ?? 0);
}

function drawStart(table: ResponseTable, random: Random): MaceParameters {
  const draw = (length: number, width: number) =>
    normalised(
      Float64Array.from({ length }, () => 1 + random()),
      width,
    );
  return {
    spamming: draw(2 * table.workers.length, 2),
    strategies: draw(table.workers.length * table.labels.length, table.labels.length),
  };
}

type Expected = {
  readonly posteriors: Float64Array;
  readonly logLikelihood: number;
  readonly spamCounts: Float64Array;
  readonly strategyCounts: Float64Array;
};

function expect(
  table: ResponseTable,
  parameters: MaceParameters,
  grouped: { readonly offsets: Int32Array; readonly order: Int32Array },
): Expected {
  const labels = table.labels.length;
  const { offsets, order } = grouped;
  const posteriors = new Float64Array(table.tasks.length * labels);
  const spamCounts = new Float64Array(2 * table.workers.length);
  const strategyCounts = new Float64Array(table.workers.length * labels);
  let logLikelihood = 0;
  for (let task = 0; task < table.tasks.length; task++) {
    const own = posteriors.subarray(task * labels, (task + 1) * labels);
    const answers = order.subarray(offsets[task] ?? 0, offsets[task + 1] ?? 0);
    logLikelihood += scoreTask(table, parameters, answers, own);
    for (const answer of answers) {
      const worker = table.worker[answer] ?? 0;
      const label = table.label[answer] ?? 0;
      const spam = spamPart(parameters, worker, label, labels);
      const know = parameters.spamming[2 * worker + 1] ?? 0;
      const right = own[label] ?? 0;
      const knew = spam + know === 0 ? 0 : (right * know) / (spam + know);
      spamCounts[2 * worker] = (spamCounts[2 * worker] ?? 0) + 1 - knew;
      spamCounts[2 * worker + 1] = (spamCounts[2 * worker + 1] ?? 0) + knew;
      const cell = worker * labels + label;
      strategyCounts[cell] = (strategyCounts[cell] ?? 0) + 1 - knew;
    }
  }
  return { posteriors, logLikelihood, spamCounts, strategyCounts };
}

/** Posterior of one task into `own` (in logarithms, scaled); answers its log likelihood. */
function scoreTask(
  table: ResponseTable,
  parameters: MaceParameters,
  answers: Int32Array,
  own: Float64Array,
): number {
  const labels = table.labels.length;
  own.fill(-Math.log(labels));
  for (const answer of answers) {
    const worker = table.worker[answer] ?? 0;
    const label = table.label[answer] ?? 0;
    const spam = spamPart(parameters, worker, label, labels);
    const right = Math.log(spam + (parameters.spamming[2 * worker + 1] ?? 0));
    const wrong = Math.log(spam);
    for (let j = 0; j < labels; j++) own[j] = (own[j] ?? 0) + (j === label ? right : wrong);
  }
  const top = own.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let j = 0; j < labels; j++) sum += Math.exp((own[j] ?? 0) - top);
  for (let j = 0; j < labels; j++) own[j] = Math.exp((own[j] ?? 0) - top) / sum;
  return top + Math.log(sum);
}

function spamPart(
  parameters: MaceParameters,
  worker: number,
  label: number,
  labels: number,
): number {
  return (
    (parameters.spamming[2 * worker] ?? 0) * (parameters.strategies[worker * labels + label] ?? 0)
  );
}

function maximise(expected: Expected, rule: MaceRule, labels: number): MaceParameters {
  if (rule.kind === "em") {
    const smooth = (counts: Float64Array) => counts.map((count) => count + rule.smoothing);
    return {
      spamming: normalised(smooth(expected.spamCounts), 2),
      strategies: normalised(smooth(expected.strategyCounts), labels),
    };
  }
  const priors = (index: number) => (index % 2 === 0 ? rule.alpha : rule.beta);
  return {
    spamming: variational(
      expected.spamCounts.map((count, index) => count + priors(index)),
      2,
    ),
    strategies: variational(
      expected.strategyCounts.map((count) => count + rule.strategyPrior),
      labels,
    ),
  };
}

function normalised(cells: Float64Array, width: number): Float64Array {
  return cells.map((cell, index) => cell / rowSum(cells, index, width));
}

/** exp(digamma(x)) / exp(digamma(row sum)), the mean-field update of a Dirichlet (Johnson 2007). */
function variational(cells: Float64Array, width: number): Float64Array {
  return cells.map((cell, index) => Math.exp(digamma(cell) - digamma(rowSum(cells, index, width))));
}

function rowSum(cells: Float64Array, index: number, width: number): number {
  const from = index - (index % width);
  let sum = 0;
  for (let place = from; place < from + width; place++) sum += cells[place] ?? 0;
  return sum;
}
