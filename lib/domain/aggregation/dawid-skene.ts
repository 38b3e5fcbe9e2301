import { countVotes, groupByTask, type ResponseTable } from "./responses";

/** What the model of Dawid and Skene says. Columns are in the order of the table's labels. */
export type DawidSkene = {
  /** Probability of every label in general. */
  readonly priors: Float64Array;
  /** Per worker: share of answers l for tasks whose true label is j, at `j * labels + l`. */
  readonly confusions: readonly Float64Array[];
  /** Probability of every label per task, at `task * labels + label`. */
  readonly posteriors: Float64Array;
  /** With the priors and confusions above. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
};

/** When to stop, and what to add to every cell of a confusion matrix before it is normalised. */
export type DawidSkeneOptions = {
  readonly maximumIterations?: number;
  /** Stop when the log likelihood changes by less. */
  readonly tolerance?: number;
  readonly smoothing?: number;
};

/**
 * Estimates true labels and workers' confusion matrices by EM (Dawid and Skene 1979), starting from vote shares. One iteration
 * is an M step (priors, confusions) and an E step (posteriors, in logarithms).
 */
export function dawidSkene(table: ResponseTable, options: DawidSkeneOptions = {}): DawidSkene {
  const limit = options.maximumIterations ?? 1_000;
  const tolerance = options.tolerance ?? 1e-6;
  const model = createModel(table);
  let before = Number.NEGATIVE_INFINITY;
  let iterations = 0;
  let converged = false;
  while (iterations < limit && !converged) {
    model.maximise(options.smoothing ?? 0);
    const logLikelihood = model.expect();
    converged = Math.abs(logLikelihood - before) < tolerance;
    before = logLikelihood;
    iterations++;
  }
  return {
    priors: model.priors,
    confusions: table.workers.map((_, worker) => model.confusionOf(worker)),
    posteriors: model.posteriors,
    logLikelihood: before,
    iterations,
    converged,
  };
}

function createModel(table: ResponseTable) {
  const labels = table.labels.length;
  const { offsets, order } = groupByTask(table);
  const posteriors = voteShares(table);
  const priors = new Float64Array(labels);
  const confusions = new Float64Array(table.workers.length * labels * labels);
  const logs = new Float64Array(confusions.length);

  /** Log likelihood of the answers to one task for every true label, into `into`; answers the largest. */
  function scoreTask(task: number, into: Float64Array): number {
    for (let j = 0; j < labels; j++) into[j] = Math.log(priors[j] ?? 0);
    for (let place = offsets[task] ?? 0; place < (offsets[task + 1] ?? 0); place++) {
      const answer = order[place] ?? 0;
      const from = (table.worker[answer] ?? 0) * labels * labels + (table.label[answer] ?? 0);
      for (let j = 0; j < labels; j++) into[j] = (into[j] ?? 0) + (logs[from + j * labels] ?? 0);
    }
    return into.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  }

  function maximise(smoothing: number): void {
    priors.fill(0);
    posteriors.forEach((share, cell) => {
      const j = cell % labels;
      priors[j] = (priors[j] ?? 0) + share / table.tasks.length;
    });
    confusions.fill(smoothing);
    addAnswers(table, posteriors, confusions);
    normaliseRows(confusions, labels);
    confusions.forEach((share, cell) => {
      logs[cell] = Math.log(share);
    });
  }

  function expect(): number {
    const scores = new Float64Array(labels);
    let logLikelihood = 0;
    for (let task = 0; task < table.tasks.length; task++) {
      const top = scoreTask(task, scores);
      if (top === Number.NEGATIVE_INFINITY) continue;
      let sum = 0;
      for (let j = 0; j < labels; j++) sum += Math.exp((scores[j] ?? 0) - top);
      for (let j = 0; j < labels; j++) {
        posteriors[task * labels + j] = Math.exp((scores[j] ?? 0) - top) / sum;
      }
      logLikelihood += top + Math.log(sum);
    }
    return logLikelihood;
  }

  const size = labels * labels;
  const confusionOf = (worker: number) => confusions.slice(worker * size, (worker + 1) * size);
  return { priors, posteriors, maximise, expect, confusionOf };
}

/** Adds every answer to the confusion cells of its worker, weighted by the posterior of each true label. */
function addAnswers(
  table: ResponseTable,
  posteriors: Float64Array,
  confusions: Float64Array,
): void {
  const labels = table.labels.length;
  for (let answer = 0; answer < table.task.length; answer++) {
    const from = (table.worker[answer] ?? 0) * labels * labels + (table.label[answer] ?? 0);
    const task = (table.task[answer] ?? 0) * labels;
    for (let j = 0; j < labels; j++) {
      const cell = from + j * labels;
      confusions[cell] = (confusions[cell] ?? 0) + (posteriors[task + j] ?? 0);
    }
  }
}

/** Rows that are all 0, of labels that a worker's tasks never have, stay 0. */
function normaliseRows(cells: Float64Array, width: number): void {
  for (let row = 0; row < cells.length; row += width) {
    let sum = 0;
    for (let column = row; column < row + width; column++) sum += cells[column] ?? 0;
    if (sum === 0) continue;
    for (let column = row; column < row + width; column++)
      cells[column] = (cells[column] ?? 0) / sum;
  }
}

function voteShares(table: ResponseTable): Float64Array {
  const shares = Float64Array.from(countVotes(table));
  normaliseRows(shares, table.labels.length);
  return shares;
}
