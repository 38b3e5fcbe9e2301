import { cohenKappa } from "./cohen-kappa";
import { crossTable } from "./cross-table";
import { type Alpha, krippendorffAlpha } from "./krippendorff-alpha";
import type { Level } from "./krippendorff-distances";
import type { Measured } from "./measured";
import { f1Of } from "./pair-measures";
import { percentAgreement } from "./percent-agreement";
import { type Category, compileRatings } from "./ratings";
import type { LabelledSpan, TextRange } from "./span-input";
import { rangesOf } from "./span-input";
import { assignSparsely } from "./sparse-assignment";

/** A span with its id and the answer to one question about it; null where it was not answered. */
export type AnsweredSpan = LabelledSpan & { readonly id: string; readonly answer: Category | null };

/** The spans of two annotators in one document. */
export type SpansOfTwo = {
  readonly a: readonly AnsweredSpan[];
  readonly b: readonly AnsweredSpan[];
};

/** When spans of two annotators are taken for the same. */
export type SameSpanRule = {
  readonly labels: "compared" | "ignored";
  /** Common characters over characters of either, at least this; 0: any overlap. */
  readonly atLeast: number;
};

/** Two spans that are taken for the same. */
export type MatchedSpans = { readonly a: AnsweredSpan; readonly b: AnsweredSpan };

/** Matches spans one to one so that the sum of their overlaps (common over all characters of the two) is largest. */
export function matchSpans(spans: SpansOfTwo, rule: SameSpanRule): MatchedSpans[] {
  const offsets = new Int32Array(spans.a.length + 1);
  const right: number[] = [];
  const gain: number[] = [];
  spans.a.forEach((a, index) => {
    spans.b.forEach((b, other) => {
      if (rule.labels === "compared" && a.label !== b.label) return;
      const share = overlapShare(rangesOf(a), rangesOf(b));
      if (share <= 0 || share < rule.atLeast) return;
      right.push(other);
      gain.push(share);
    });
    offsets[index + 1] = right.length;
  });
  const partner = assignSparsely({
    offsets,
    right: Int32Array.from(right),
    gain: Float64Array.from(gain),
    rights: spans.b.length,
  });
  return spans.a.flatMap((a, index) => {
    const b = spans.b[partner[index] ?? -1];
    return b ? [{ a, b }] : [];
  });
}

function overlapShare(a: readonly TextRange[], b: readonly TextRange[]): number {
  let shared = 0;
  for (const first of a) {
    for (const second of b) {
      shared += Math.max(0, Math.min(first.end, second.end) - Math.max(first.start, second.start));
    }
  }
  const length = (ranges: readonly TextRange[]) =>
    ranges.reduce((sum, range) => sum + range.end - range.start, 0);
  return shared / (length(a) + length(b) - shared);
}

/** Agreement on a question about spans that both annotators found. */
export type AttributeAgreement = {
  readonly matched: number;
  /** Matched spans for which both answered. */
  readonly answered: number;
  readonly percent: Measured;
  readonly kappa: Measured;
  readonly alpha: Alpha;
};

/**
 * Agreement of two annotators on a question about a span, given that both found the span (the way of BASIL, Fan et al. 2019).
 * It says nothing on finding spans: read it beside F1. `categories` are the possible answers, in order for scales.
 */
export function attributeAgreement(
  documents: readonly SpansOfTwo[],
  rule: SameSpanRule,
  scale: { readonly level?: Level; readonly categories?: readonly Category[] } = {},
): AttributeAgreement {
  const matched = documents.flatMap((document) => matchSpans(document, rule));
  const rows = matched.map(({ a, b }) => [a.answer, b.answer]);
  const table = compileRatings(rows, scale.categories);
  return {
    matched: matched.length,
    answered: rows.filter((row) => row.every((answer) => answer !== null)).length,
    percent: percentAgreement(table),
    kappa: cohenKappa(crossTable(table, 0, 1)),
    alpha: krippendorffAlpha(table, scale.level ?? "nominal"),
  };
}

/** A relation between two spans of one annotator, by their ids. */
export type Relation = { readonly from: string; readonly to: string; readonly label: string };

/** Spans and relations of two annotators in one document. */
export type RelationsOfTwo = SpansOfTwo & {
  readonly relationsOfA: readonly Relation[];
  readonly relationsOfB: readonly Relation[];
};

/** Agreement on relations whose ends both annotators found, and over all relations. */
export type RelationAgreement = {
  /** F1 over the relations whose two ends are matched. */
  readonly amongMatched: Measured;
  /** F1 over all relations: one whose end the other did not find counts as missed. */
  readonly overall: Measured;
  readonly matched: number;
};

/** Relations agree when both ends are matched spans, the direction is the same and, with `compared`, the label too. */
export function relationAgreement(
  documents: readonly RelationsOfTwo[],
  rule: SameSpanRule,
  labels: "compared" | "ignored" = "compared",
): RelationAgreement {
  const sums = { matched: 0, reachableA: 0, reachableB: 0, allA: 0, allB: 0 };
  for (const document of documents) {
    const pairs = matchSpans(document, rule);
    const toB = new Map(pairs.map(({ a, b }) => [a.id, b.id]));
    const known = new Set(toB.values());
    const name = (relation: Relation) => (labels === "compared" ? relation.label : "");
    const keys = (relations: readonly Relation[]) =>
      new Set(relations.map((own) => JSON.stringify([own.from, own.to, name(own)])));
    const reachable = document.relationsOfA.flatMap((own) => {
      const from = toB.get(own.from);
      const to = toB.get(own.to);
      return from === undefined || to === undefined ? [] : [{ from, to, label: own.label }];
    });
    const reachableB = document.relationsOfB.filter(
      (own) => known.has(own.from) && known.has(own.to),
    );
    const ofA = keys(reachable);
    const ofB = keys(reachableB);
    sums.matched += [...ofA].filter((key) => ofB.has(key)).length;
    sums.reachableA += ofA.size;
    sums.reachableB += ofB.size;
    sums.allA += keys(document.relationsOfA).size;
    sums.allB += keys(document.relationsOfB).size;
  }
  return {
    amongMatched: f1Of(sums.matched, sums.reachableA, sums.reachableB),
    overall: f1Of(sums.matched, sums.allA, sums.allB),
    matched: sums.matched,
  };
}
