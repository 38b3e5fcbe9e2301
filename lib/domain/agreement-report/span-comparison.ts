import { eachPair } from "../agreement/annotator-pairs";
import { intAt } from "../agreement/columns";
import { type AnsweredSpan, matchSpans } from "../agreement/matched-spans";
import { createRandom, shuffleInPlace } from "../agreement/random";
import type { AgreementInput } from "../agreement/report-types";
import { rangesOf, type SpanSubmission } from "../agreement/span-input";
import type { BoundaryBin, ConfusionCell } from "./layer-report";

/** Pairs of spans that are looked at; beyond that documents are drawn. */
const MOST_PAIRS = 30_000_000;

const BINS = [
  [0, 0],
  [1, 1],
  [2, 2],
  [3, 4],
  [5, 9],
  [10, null],
] as const;

/** Which labels met, and how far apart the ends of spans lie. */
export type SpanComparison = {
  readonly confusion: readonly ConfusionCell[];
  readonly boundaries: readonly BoundaryBin[];
  /** How many documents were drawn; null where all were taken. */
  readonly sampled: number | null;
};

type Marks = {
  readonly document: AgreementInput["documents"][number];
  readonly lists: readonly AnsweredSpan[][];
};

/**
 * Matches the spans of every two annotators in every document one to one, by greatest overlap and whatever the label. A
 * span without a partner met "not marked". Ends are compared where both gave the same label.
 */
export function compareSpans(input: AgreementInput): SpanComparison {
  const known = new Set(input.labels.map(({ id }) => id));
  const all = marksOf(input, known);
  const { marks, sampled } = drawn(all);
  const cells = new Map<string, ConfusionCell>();
  const starts = new Int32Array(BINS.length);
  const ends = new Int32Array(BINS.length);
  const visit = (document: Marks["document"], pair: Meeting) => {
    count(cells, pair.a?.label ?? null, pair.b?.label ?? null);
    if (pair.a === null || pair.b === null || pair.a.label !== pair.b.label) return;
    const tokens = document.tokens ?? [];
    bump(starts, tokensApart(tokens, firstOf(pair.a), firstOf(pair.b)));
    bump(ends, tokensApart(tokens, lastOf(pair.a), lastOf(pair.b)));
  };
  for (const { document, lists } of marks) {
    eachPair(lists.length, (first, second) => {
      for (const pair of meetings(lists[first] ?? [], lists[second] ?? [])) visit(document, pair);
    });
  }
  const hasTokens = marks.some(({ document }) => (document.tokens?.length ?? 0) > 0);
  return {
    confusion: [...cells.values()].sort((a, b) => b.count - a.count),
    boundaries: hasTokens
      ? BINS.map(([from, to], index) => ({
          from,
          to,
          starts: intAt(starts, index),
          ends: intAt(ends, index),
        }))
      : [],
    sampled,
  };
}

/** A span of one annotator and the one it met; null stands for "not marked". */
export type Meeting = { readonly a: AnsweredSpan | null; readonly b: AnsweredSpan | null };

/** Spans of two annotators that met, and those that met nothing. */
export function meetings(a: readonly AnsweredSpan[], b: readonly AnsweredSpan[]): Meeting[] {
  const matched = matchSpans({ a, b }, { labels: "ignored", atLeast: 0 });
  const met = new Set(matched.flatMap((pair) => [pair.a, pair.b]));
  return [
    ...matched,
    ...a.filter((span) => !met.has(span)).map((span) => ({ a: span, b: null })),
    ...b.filter((span) => !met.has(span)).map((span) => ({ a: null, b: span })),
  ];
}

function marksOf(input: AgreementInput, known: ReadonlySet<string>): Marks[] {
  const groups = new Map<string, SpanSubmission[]>();
  for (const submission of input.submissions) {
    const group = groups.get(submission.documentId);
    if (group === undefined) groups.set(submission.documentId, [submission]);
    else group.push(submission);
  }
  return input.documents.flatMap((document) => {
    const submissions = groups.get(document.id) ?? [];
    if (submissions.length < 2) return [];
    const lists = submissions.map(({ spans }) =>
      spans
        .filter(({ label }) => known.has(label))
        .map((span, index) => ({ ...span, id: String(index), answer: null })),
    );
    return [{ document, lists }];
  });
}

function drawn(all: readonly Marks[]): { marks: readonly Marks[]; sampled: number | null } {
  const cost = (marks: Marks) => marks.lists.reduce((sum, list) => sum + list.length, 0) ** 2 / 2;
  const total = all.reduce((sum, marks) => sum + cost(marks), 0);
  if (total <= MOST_PAIRS) return { marks: all, sampled: null };
  const order = Int32Array.from(all, (_, index) => index);
  shuffleInPlace(order, createRandom(1));
  const marks: Marks[] = [];
  let spent = 0;
  for (const index of order) {
    const next = all[index];
    if (next === undefined || spent > MOST_PAIRS) break;
    spent += cost(next);
    marks.push(next);
  }
  return { marks, sampled: marks.length };
}

function count(
  cells: Map<string, ConfusionCell>,
  first: string | null,
  second: string | null,
): void {
  const [a, b] =
    first === null || (second !== null && second < first) ? [second, first] : [first, second];
  if (a === null) return;
  const key = JSON.stringify([a, b]);
  cells.set(key, { a, b, count: (cells.get(key)?.count ?? 0) + 1 });
}

function bump(column: Int32Array, distance: number): void {
  const bin = BINS.findIndex(([from, to]) => distance >= from && (to === null || distance <= to));
  column[bin] = intAt(column, bin) + 1;
}

function firstOf(span: AnsweredSpan): number {
  return rangesOf(span)[0]?.start ?? 0;
}

function lastOf(span: AnsweredSpan): number {
  return (rangesOf(span).at(-1)?.end ?? 1) - 1;
}

function tokensApart(tokens: ArrayLike<number>, a: number, b: number): number {
  return Math.abs(tokenAt(tokens, a) - tokenAt(tokens, b));
}

/** Number of tokens that end at or before a position. */
function tokenAt(tokens: ArrayLike<number>, position: number): number {
  let low = 0;
  let high = tokens.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[2 * middle + 1] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
