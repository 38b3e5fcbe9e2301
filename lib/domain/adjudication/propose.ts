import { dawidSkene } from "../aggregation/dawid-skene";
import { mace } from "../aggregation/mace";
import { compileResponses, type Response, type ResponseTable } from "../aggregation/responses";
import { createRandom } from "../agreement/random";
import type { QuotedRange } from "../annotation/state";
import { codePoint } from "../text/offsets";
import type { DecisionInput } from "./decide";
import type { Item, Option } from "./items";

/** How labels are aggregated. `k_of_n`: at least so many votes, and more than any other. */
export type ProposalRule =
  | { kind: "majority" }
  | { kind: "k_of_n"; votes: number }
  | { kind: "dawid_skene" }
  | { kind: "mace"; seed: number };

/** The items of one document, and who submitted it. */
export type ProposalDocument = {
  documentId: string;
  items: readonly Item[];
  annotatorIds: readonly string[];
  /** Words of the text, by code points. */
  slice: (start: number, end: number) => string;
};

/** A decision that nobody made yet. */
export type Proposal = {
  itemKey: string;
  decision: DecisionInput;
  /** Probability or share of votes of what is proposed, 0 to 1. */
  confidence: number;
  /** The soft label: the same of everything that was said; NOTHING stands for silence. */
  distribution: Record<string, number>;
};

/** What an annotator says who says nothing. */
export const NOTHING = "";

/**
 * Aggregates many documents at once, since Dawid and Skene and MACE learn about annotators from all of
 * them. Each item is a task, each submitter of its document answers it, and silence is an answer. Layers
 * are modelled apart. No proposal where the rule names none.
 */
export function propose(
  documents: readonly ProposalDocument[],
  rule: ProposalRule,
): Map<string, Proposal[]> {
  const layers = new Set(documents.flatMap(({ items }) => items.map(({ layer }) => layer)));
  const proposals = new Map<string, Proposal[]>(
    documents.map(({ documentId }) => [documentId, []]),
  );
  for (const layer of layers) {
    const tasks = documents.flatMap((document) =>
      document.items.filter((item) => item.layer === layer).map((item) => ({ document, item })),
    );
    const responses = tasks.flatMap(({ document, item }, at) => answersTo(item, document, at));
    const soft = distributions(compileResponses(responses), rule);
    tasks.forEach(({ document, item }, at) => {
      const made = proposalFor(item, document, { soft: soft.get(String(at)) ?? {}, rule });
      if (made !== null) proposals.get(document.documentId)?.push(made);
    });
  }
  return proposals;
}

/** The category that an option is of: for marks its label, for units the whole answer. */
function categoryOf({ span, key }: Pick<Option, "span" | "key">): string {
  return span === null ? key : span.label;
}

function answersTo(item: Item, { annotatorIds }: ProposalDocument, task: number): Response[] {
  const given = new Map<string, string>();
  for (const option of item.options) {
    for (const id of option.annotatorIds) if (!given.has(id)) given.set(id, categoryOf(option));
  }
  return annotatorIds.map((worker) => ({
    worker,
    task: String(task),
    label: given.get(worker) ?? NOTHING,
  }));
}

/** By task, the probability or share of each answer. */
function distributions(
  table: ResponseTable,
  rule: ProposalRule,
): Map<string, Record<string, number>> {
  const width = table.labels.length;
  const values = posteriorsOf(table, rule);
  return new Map(
    table.tasks.map((task, at) => [
      task,
      Object.fromEntries(
        table.labels.flatMap((label, place) => {
          const value = values[at * width + place] ?? 0;
          return value > 1e-6 ? [[label, value]] : [];
        }),
      ),
    ]),
  );
}

function posteriorsOf(table: ResponseTable, rule: ProposalRule): Float64Array {
  switch (rule.kind) {
    case "dawid_skene":
      // A little of every confusion: without it an annotator who never erred is believed blindly.
      return dawidSkene(table, { smoothing: 0.01, maximumIterations: 200 }).posteriors;
    case "mace":
      return mace(table, { random: createRandom(rule.seed) }).posteriors;
    default:
      return voteShares(table);
  }
}

function voteShares(table: ResponseTable): Float64Array {
  const width = table.labels.length;
  const shares = new Float64Array(table.tasks.length * width);
  const votes = new Float64Array(table.tasks.length);
  table.task.forEach((task, answer) => {
    const cell = task * width + (table.label[answer] ?? 0);
    shares[cell] = (shares[cell] ?? 0) + 1;
    votes[task] = (votes[task] ?? 0) + 1;
  });
  return shares.map((count, cell) => count / (votes[Math.floor(cell / width)] ?? 1));
}

function proposalFor(
  item: Item,
  document: ProposalDocument,
  { soft, rule }: { soft: Record<string, number>; rule: ProposalRule },
): Proposal | null {
  const [first, second] = Object.entries(soft).sort(
    ([a, one], [b, two]) => two - one || (a < b ? -1 : 1),
  );
  if (first === undefined || Math.abs(first[1] - (second?.[1] ?? 0)) < 1e-9) return null;
  const [category, confidence] = first;
  if (rule.kind === "majority" && confidence <= 0.5) return null;
  if (
    rule.kind === "k_of_n" &&
    Math.round(confidence * document.annotatorIds.length) < rule.votes
  ) {
    return null;
  }
  const decision = decisionFor(item, category, document);
  return decision === null ? null : { itemKey: item.key, decision, confidence, distribution: soft };
}

function decisionFor(
  item: Item,
  category: string,
  { slice }: ProposalDocument,
): DecisionInput | null {
  if (category === NOTHING) return { kind: "reject", optionKeys: [] };
  const options = item.options.filter((option) => categoryOf(option) === category);
  const [first] = options;
  if (first === undefined) return null;
  const accept = { kind: "accept", optionKeys: [first.key] } as const;
  if (item.kind === "unit") return accept;
  const runs = majorityRuns(options);
  const same = options.find((option) => hasRanges(option, runs));
  if (same !== undefined) return { kind: "accept", optionKeys: [same.key] };
  const [run, ...others] = runs;
  if (run === undefined || others.length > 0) return accept;
  const ranges: QuotedRange[] = [
    { start: codePoint(run.start), end: codePoint(run.end), quote: slice(run.start, run.end) },
  ];
  return { kind: "edit", optionKeys: [first.key], ranges };
}

type Run = { start: number; end: number };

/**
 * Where more than half of those who gave the label marked: the vote share of each character, swept over
 * the edges. Of two who differ the common words are kept.
 */
function majorityRuns(options: readonly Option[]): Run[] {
  const voters = options.reduce((sum, { annotatorIds }) => sum + annotatorIds.length, 0);
  const needed = voters === 2 ? 2 : Math.floor(voters / 2) + 1;
  const edges = options
    .flatMap(({ span, annotatorIds }) =>
      (span?.ranges ?? []).flatMap(({ start, end }) => [
        { at: start, change: annotatorIds.length },
        { at: end, change: -annotatorIds.length },
      ]),
    )
    .sort((a, b) => a.at - b.at);
  const runs: Run[] = [];
  let count = 0;
  edges.forEach(({ at, change }, place) => {
    count += change;
    const next = edges[place + 1];
    if (next === undefined || next.at === at || count < needed) return;
    const last = runs.at(-1);
    if (last?.end === at) last.end = next.at;
    else runs.push({ start: at, end: next.at });
  });
  return runs;
}

function hasRanges({ span }: Option, runs: readonly Run[]): boolean {
  return (
    span?.ranges.length === runs.length &&
    span.ranges.every(({ start, end }, at) => start === runs[at]?.start && end === runs[at]?.end)
  );
}
