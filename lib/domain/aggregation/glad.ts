import { groupByTask, type ResponseTable } from "./responses";

/** Parameters of GLAD: ability of every worker, and the logarithm of how easy every task is. */
export type GladParameters = {
  readonly abilities: Float64Array;
  readonly easiness: Float64Array;
};

/** What GLAD says. */
export type Glad = GladParameters & {
  /** Probability of every label per task, at `task * labels + label`. */
  readonly posteriors: Float64Array;
  readonly iterations: number;
};

/**
 * GLAD (Whitehill, Wu, Bergsma, Movellan and Ruvolo 2009): worker j answers task i rightly with the probability
 * 1 / (1 + exp(-a_j exp(b_i))); wrong labels share the rest. EM with normal priors of mean 1 and variance 1 on a and b and
 * even priors on labels; the M step climbs the gradient.
 */
export function glad(
  table: ResponseTable,
  options: { readonly maximumIterations?: number; readonly tolerance?: number } = {},
): Glad {
  let parameters: GladParameters = {
    abilities: new Float64Array(table.workers.length).fill(1),
    easiness: new Float64Array(table.tasks.length).fill(1),
  };
  let posteriors = gladPosteriors(table, parameters);
  let before = expectedFit(table, parameters, posteriors);
  let iterations = 0;
  while (iterations < (options.maximumIterations ?? 100)) {
    parameters = climb(table, parameters, posteriors);
    posteriors = gladPosteriors(table, parameters);
    const fit = expectedFit(table, parameters, posteriors);
    iterations++;
    if (Math.abs(fit - before) < (options.tolerance ?? 1e-5) * Math.abs(before)) break;
    before = fit;
  }
  return { ...parameters, posteriors, iterations };
}

/** The E step: probability of every label per task for given parameters, with even priors. */
export function gladPosteriors(table: ResponseTable, parameters: GladParameters): Float64Array {
  const labels = table.labels.length;
  const { offsets, order } = groupByTask(table);
  const posteriors = new Float64Array(table.tasks.length * labels);
  for (let task = 0; task < table.tasks.length; task++) {
    const own = posteriors.subarray(task * labels, (task + 1) * labels);
    for (const answer of order.subarray(offsets[task] ?? 0, offsets[task + 1] ?? 0)) {
      const logit = logitOf(table, parameters, answer);
      const right = -softplus(-logit);
      const wrong = -softplus(logit) - Math.log(Math.max(1, labels - 1));
      const label = table.label[answer] ?? 0;
      for (let j = 0; j < labels; j++) own[j] = (own[j] ?? 0) + (j === label ? right : wrong);
    }
    const top = own.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    const sum = own.reduce((total, score) => total + Math.exp(score - top), 0);
    own.forEach((score, j) => {
      own[j] = Math.exp(score - top) / sum;
    });
  }
  return posteriors;
}

function logitOf(table: ResponseTable, parameters: GladParameters, answer: number): number {
  const ability = parameters.abilities[table.worker[answer] ?? 0] ?? 0;
  return ability * Math.exp(parameters.easiness[table.task[answer] ?? 0] ?? 0);
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** The expected log likelihood of the answers plus the log priors of the parameters. */
function expectedFit(
  table: ResponseTable,
  parameters: GladParameters,
  posteriors: Float64Array,
): number {
  const labels = table.labels.length;
  let fit = 0;
  for (let answer = 0; answer < table.task.length; answer++) {
    const right = posteriors[(table.task[answer] ?? 0) * labels + (table.label[answer] ?? 0)] ?? 0;
    const logit = logitOf(table, parameters, answer);
    const wrong = softplus(logit) + Math.log(Math.max(1, labels - 1));
    fit -= right * softplus(-logit) + (1 - right) * wrong;
  }
  for (const value of parameters.abilities) fit -= (value - 1) ** 2 / 2;
  for (const value of parameters.easiness) fit -= (value - 1) ** 2 / 2;
  return fit;
}

/** Gradient steps with halving until nothing is gained; at most 25 of them. */
function climb(
  table: ResponseTable,
  start: GladParameters,
  posteriors: Float64Array,
): GladParameters {
  let here = start;
  let fit = expectedFit(table, here, posteriors);
  let length = 0.1;
  for (let step = 0; step < 25 && length > 1e-6; step++) {
    const slope = gradient(table, here, posteriors);
    const next = moved(here, slope, length);
    const reached = expectedFit(table, next, posteriors);
    if (reached > fit) {
      here = next;
      fit = reached;
      length *= 1.5;
    } else length /= 4;
  }
  return here;
}

function moved(from: GladParameters, slope: GladParameters, length: number): GladParameters {
  return {
    abilities: from.abilities.map((value, index) => value + length * (slope.abilities[index] ?? 0)),
    easiness: from.easiness.map((value, index) => value + length * (slope.easiness[index] ?? 0)),
  };
}

function gradient(
  table: ResponseTable,
  at: GladParameters,
  posteriors: Float64Array,
): GladParameters {
  const labels = table.labels.length;
  const abilities = at.abilities.map((value) => 1 - value);
  const easiness = at.easiness.map((value) => 1 - value);
  for (let answer = 0; answer < table.task.length; answer++) {
    const worker = table.worker[answer] ?? 0;
    const task = table.task[answer] ?? 0;
    const right = posteriors[task * labels + (table.label[answer] ?? 0)] ?? 0;
    const logit = logitOf(table, at, answer);
    const error = right - 1 / (1 + Math.exp(-logit));
    abilities[worker] = (abilities[worker] ?? 0) + error * Math.exp(at.easiness[task] ?? 0);
    easiness[task] = (easiness[task] ?? 0) + error * logit;
  }
  return { abilities, easiness };
}
