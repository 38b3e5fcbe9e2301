import { figureOf } from "../agreement/report-figures";
import { compileSubmissions } from "../agreement/report-state";
import type { Figure } from "../agreement/report-types";
import { countMatches, type MatchRule, pairwiseF1 } from "../agreement/span-f1";
import type { Span, UnitLabel } from "../annotation/state";
import type { Range } from "../text/offsets";

/** Two sets of annotations of one text: of a person and the gold, or of a person at two times. */
export type LikenessPair = {
  document: { id: string; length: number; annotatable: readonly Range[] };
  spans: readonly [readonly Span[], readonly Span[]];
  unitLabels: readonly [readonly UnitLabel[], readonly UnitLabel[]];
};

export type Likeness = {
  documents: number;
  /** F1 of spans with the same label: the same words, and any words in common. */
  exact: Figure;
  overlap: Figure;
  /** Of all answers on sentences, blocks and documents that either gave, the part that both gave. */
  answers: { same: number; all: number };
};

const RULES: Record<"exact" | "overlap", MatchRule> = {
  exact: { kind: "exact" },
  overlap: { kind: "overlap" },
};

/** How alike the two sets of each pair are, pooled over all pairs. */
export function likenessOf(pairs: readonly LikenessPair[]): Likeness {
  const { documents } = compileSubmissions({
    documents: pairs.map(({ document: { length, annotatable } }, index) => ({
      id: String(index),
      length,
      annotable: annotatable,
    })),
    annotators: [
      { id: "first", name: "first" },
      { id: "second", name: "second" },
    ],
    labels: labelsOf(pairs).map((id) => ({ id, name: id })),
    submissions: pairs.flatMap(({ spans: [first, second] }, index) => [
      submission(index, "first", first),
      submission(index, "second", second),
    ]),
  });
  const f1 = (rule: MatchRule) =>
    figureOf(
      pairwiseF1(
        documents.map((each) => countMatches(each, rule)),
        2,
      ).total,
    );
  return {
    documents: pairs.length,
    exact: f1(RULES.exact),
    overlap: f1(RULES.overlap),
    answers: pairs
      .map(sameAnswers)
      .reduce((sum, each) => ({ same: sum.same + each.same, all: sum.all + each.all }), {
        same: 0,
        all: 0,
      }),
  };
}

function labelsOf(pairs: readonly LikenessPair[]): string[] {
  return [...new Set(pairs.flatMap(({ spans }) => spans.flat().map(labelId)))];
}

function labelId({ layer, label }: Span): string {
  return `${layer}/${label}`;
}

function submission(index: number, annotatorId: string, spans: readonly Span[]) {
  return {
    documentId: String(index),
    annotatorId,
    spans: spans.map((span) => ({ label: labelId(span), ranges: span.ranges })),
  };
}

function sameAnswers({ unitLabels: [first, second] }: LikenessPair): { same: number; all: number } {
  const one = new Set(first.map(answerKey));
  const two = new Set(second.map(answerKey));
  const same = [...one].filter((key) => two.has(key)).length;
  return { same, all: one.size + two.size - same };
}

function answerKey({ layer, label, unit, start, end, value, entity }: UnitLabel): string {
  return JSON.stringify([layer, label, unit, start, end, value, entity ?? null]);
}
