/** One answer: who gave which label to what. A worker may answer the same task several times. */
export type Response = { readonly worker: string; readonly task: string; readonly label: string };

/** Answers in columns; numbers are places in the lists of names. */
export type ResponseTable = {
  readonly workers: readonly string[];
  readonly tasks: readonly string[];
  readonly labels: readonly string[];
  readonly worker: Int32Array;
  readonly task: Int32Array;
  readonly label: Int32Array;
};

/** Names to keep in a given order; names that only occur in the answers follow, sorted by code unit. */
export type KnownNames = {
  readonly workers?: readonly string[];
  readonly tasks?: readonly string[];
  readonly labels?: readonly string[];
};

/** Puts answers into columns. */
export function compileResponses(
  responses: readonly Response[],
  known: KnownNames = {},
): ResponseTable {
  const workers = namesOf(
    responses.map((response) => response.worker),
    known.workers,
  );
  const tasks = namesOf(
    responses.map((response) => response.task),
    known.tasks,
  );
  const labels = namesOf(
    responses.map((response) => response.label),
    known.labels,
  );
  return {
    workers: workers.names,
    tasks: tasks.names,
    labels: labels.names,
    worker: Int32Array.from(responses, (response) => workers.place.get(response.worker) ?? 0),
    task: Int32Array.from(responses, (response) => tasks.place.get(response.task) ?? 0),
    label: Int32Array.from(responses, (response) => labels.place.get(response.label) ?? 0),
  };
}

function namesOf(found: readonly string[], known: readonly string[] = []) {
  const kept = new Set(known);
  const others = [...new Set(found)].filter((name) => !kept.has(name)).sort();
  const names = [...known, ...others];
  return { names, place: new Map(names.map((name, index) => [name, index])) };
}

/** How often each label was given to each task, at `task * labels + label`. */
export function countVotes(table: ResponseTable): Int32Array {
  const votes = new Int32Array(table.tasks.length * table.labels.length);
  for (let answer = 0; answer < table.task.length; answer++) {
    const cell = (table.task[answer] ?? 0) * table.labels.length + (table.label[answer] ?? 0);
    votes[cell] = (votes[cell] ?? 0) + 1;
  }
  return votes;
}

/** The answers sorted by task: those of task t are `order[offsets[t]]` up to `order[offsets[t + 1]]`. */
export function groupByTask(table: ResponseTable): { offsets: Int32Array; order: Int32Array } {
  const offsets = new Int32Array(table.tasks.length + 1);
  for (const task of table.task) offsets[task + 1] = (offsets[task + 1] ?? 0) + 1;
  for (let task = 0; task < table.tasks.length; task++) {
    offsets[task + 1] = (offsets[task + 1] ?? 0) + (offsets[task] ?? 0);
  }
  const next = offsets.slice();
  const order = new Int32Array(table.task.length);
  table.task.forEach((task, answer) => {
    const place = next[task] ?? 0;
    order[place] = answer;
    next[task] = place + 1;
  });
  return { offsets, order };
}

/** Probabilities of the labels of every task, at `task * labels + label`, as records of names. */
export function namedPosteriors(
  table: ResponseTable,
  posteriors: Float64Array,
): Record<string, Record<string, number>> {
  const width = table.labels.length;
  return Object.fromEntries(
    table.tasks.map((task, index) => [
      task,
      Object.fromEntries(
        table.labels.map((label, place) => [label, posteriors[index * width + place] ?? 0]),
      ),
    ]),
  );
}

/** The most probable label of every task; of equally probable ones the first in the order of the labels. */
export function likeliestLabels(
  table: ResponseTable,
  posteriors: Float64Array,
): Record<string, string> {
  const width = table.labels.length;
  return Object.fromEntries(
    table.tasks.map((task, index) => {
      let best = 0;
      for (let place = 1; place < width; place++) {
        if ((posteriors[index * width + place] ?? 0) > (posteriors[index * width + best] ?? 0))
          best = place;
      }
      return [task, table.labels[best] ?? ""];
    }),
  );
}
