import { countVotes, type ResponseTable } from "./responses";

/** The votes on one task: the labels with the most votes (several when tied) and the share of each label. */
export type TaskVotes = {
  readonly task: string;
  readonly winners: readonly string[];
  readonly votes: number;
  /** Labels that got a vote, in the order of the table. */
  readonly shares: readonly { readonly label: string; readonly share: number }[];
};

/**
 * Counts the votes of every task. A tie is reported as a tie; it is never broken by the order of the labels. The shares are
 * the soft labels to keep where disagreement is real.
 */
export function majorityVote(table: ResponseTable): TaskVotes[] {
  const counts = countVotes(table);
  const width = table.labels.length;
  return table.tasks.map((task, index) => {
    const own = counts.subarray(index * width, (index + 1) * width);
    const votes = own.reduce((sum, count) => sum + count, 0);
    const top = own.reduce((most, count) => Math.max(most, count), 0);
    const given = table.labels.flatMap((label, place) => {
      const count = own[place] ?? 0;
      return count === 0 ? [] : [{ label, count }];
    });
    return {
      task,
      votes,
      winners: given.filter((entry) => entry.count === top).map((entry) => entry.label),
      shares: given.map(({ label, count }) => ({ label, share: count / votes })),
    };
  });
}

/** The labels that at least k voters of a task gave; none when no label reaches that. */
export function atLeastVotes(table: ResponseTable, k: number): Map<string, readonly string[]> {
  const kept = majorityVote(table).map(({ task, votes, shares }) => {
    const labels = shares.filter(({ share }) => Math.round(share * votes) >= k);
    return [task, labels.map(({ label }) => label)] as const;
  });
  return new Map(kept);
}

/** Several labels per answer; an empty list says that none applies. */
export type MultiLabelResponse = {
  readonly worker: string;
  readonly task: string;
  readonly labels: readonly string[];
};

/** Keeps, for every task, the labels that more than half of its annotators gave. */
export function multiLabelMajority(
  responses: readonly MultiLabelResponse[],
): Map<string, string[]> {
  const byTask = new Map<string, Map<string, ReadonlySet<string>>>();
  for (const { worker, task, labels } of responses) {
    const answers = byTask.get(task) ?? new Map<string, ReadonlySet<string>>();
    answers.set(worker, new Set(labels));
    byTask.set(task, answers);
  }
  return new Map([...byTask].map(([task, answers]) => [task, commonLabels([...answers.values()])]));
}

function commonLabels(answers: readonly ReadonlySet<string>[]): string[] {
  const counts = new Map<string, number>();
  for (const labels of answers) {
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].flatMap(([label, count]) => (2 * count > answers.length ? [label] : []));
}

/** Share of gold labels that the majority reached; a tie with the right label counts 1 over the labels tied. Null without gold. */
export function majorityAccuracy(
  table: ResponseTable,
  gold: ReadonlyMap<string, string>,
): number | null {
  const scores = majorityVote(table).flatMap(({ task, winners }) => {
    const right = gold.get(task);
    if (right === undefined) return [];
    return [winners.includes(right) ? 1 / winners.length : 0];
  });
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** What an answer counts where labels are tied: 1 over their number, or 1 for the first of them in the table's order. */
export type TieRule = "shared" | "first";

/** Share of each worker's answers that the majority gave too. */
export function accuracyAgainstMajority(
  table: ResponseTable,
  ties: TieRule = "shared",
): Map<string, number> {
  const winners = majorityVote(table).map(
    (task) => new Set(ties === "shared" ? task.winners : task.winners.slice(0, 1)),
  );
  const sums = table.workers.map(() => ({ right: 0, answers: 0 }));
  table.worker.forEach((worker, answer) => {
    const sum = sums[worker];
    const tied = winners[table.task[answer] ?? 0];
    const label = table.labels[table.label[answer] ?? 0] ?? "";
    if (!sum || !tied) return;
    sum.answers++;
    if (tied.has(label)) sum.right += 1 / tied.size;
  });
  return new Map(
    table.workers.flatMap((worker, index) => {
      const sum = sums[index];
      return sum && sum.answers > 0 ? [[worker, sum.right / sum.answers] as const] : [];
    }),
  );
}

/** Entropy of the votes of every task in nats: 0 when all agree, ln k when k labels got the same number of votes. */
export function voteEntropy(table: ResponseTable): Map<string, number> {
  return new Map(
    majorityVote(table).map(({ task, shares }) => [
      task,
      shares.reduce((sum, { share }) => sum - share * Math.log(share), 0),
    ]),
  );
}
