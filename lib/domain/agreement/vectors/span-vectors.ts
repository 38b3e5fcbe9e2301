import { z } from "zod";
import type { Measured } from "../measured";
import { type AnnotatedTrack, positionAgreement } from "../position-agreement";
import {
  greedyScores,
  identificationScores,
  type PlainSpan,
  partialScores,
  type Scores,
  type SpanPair,
} from "../scored-spans";
import type { SpanDocument } from "../span-document";
import {
  countMatches,
  type F1Summary,
  type MatchCounts,
  type MatchRule,
  pairwiseF1,
} from "../span-f1";
import { tokenTrack } from "../token-track";
import type { Recompute, Recomputed, Vector } from "./vector";
import { bareValues, rawDocuments, spanDocuments, textParameter } from "./vector-data";

/** Recomputation of measures on matched spans, characters and tokens. */
export const SPAN_VECTORS: Readonly<Record<string, Recompute>> = {
  pairwise_f1_exact: f1Figures({ kind: "exact" }),
  pairwise_f1_overlap: f1Figures({ kind: "overlap" }),
  pairwise_f1_token: f1Figures({ kind: "token" }),
  pairwise_f1_character: f1Figures({ kind: "character" }),
  brateval_f1: greedyFigures,
  semeval2020_t11_flc: (vector) => scoreFigures(partialScores(scoredPairs(vector))),
  semeval2020_t11_si: (vector) => scoreFigures(identificationScores(scoredPairs(vector))),
  character_level_agreement: (vector) => positionFigures(vector, "characters"),
  character_level_set_alpha: (vector) => positionFigures(vector, "characters"),
  token_level_agreement: (vector) => positionFigures(vector, "tokens"),
};

function f1Figures(rule: MatchRule): Recompute {
  return (vector) => {
    const { documents, annotators, labels } = spanDocuments(vector);
    const counts = documents.map((document) => countMatches(document, rule));
    const f1 = pairwiseF1(counts, annotators.length);
    const name = (index: number) => annotators[index] ?? "";
    const pairs = allPairs(annotators).map(([a, b]) => {
      const found = f1.pairs.find((pair) => name(pair.first) === a && name(pair.second) === b);
      return [`${a}|${b}`, found?.f1.value ?? null] as const;
    });
    return {
      pairs: Object.fromEntries([...pairs, ...pairs.map(swapped)]),
      mean: f1.total.value,
      total: summaryFigures(f1.total),
      per_label: Object.fromEntries(
        [...f1.perLabel].map(([label, summary]) => [labels[label] ?? "", summaryFigures(summary)]),
      ),
      per_document: perDocument(documents, counts, annotators.length),
    };
  };
}

function allPairs(names: readonly string[]): [string, string][] {
  return names.flatMap((a, index) => names.slice(index + 1).map((b): [string, string] => [a, b]));
}

function swapped([key, value]: readonly [string, number | null]): readonly [string, number | null] {
  return [key.split("|").reverse().join("|"), value];
}

function summaryFigures(summary: F1Summary): Recomputed {
  return summary.value === null
    ? { mean: null, sd: null }
    : { mean: summary.value, sd: summary.deviation };
}

function perDocument(
  documents: readonly SpanDocument[],
  counts: readonly MatchCounts[],
  annotators: number,
): Recomputed {
  return Object.fromEntries(
    documents.map((document, index) => {
      const own = counts[index];
      return [document.id, summaryFigures(pairwiseF1(own ? [own] : [], annotators).total)];
    }),
  );
}

function greedyFigures(vector: Vector): Recomputed {
  const pairs = rawDocuments(vector).map((document) => sidesOf(document.annotators, ["A", "B"]));
  const { counts } = greedyScores(pairs, {
    span: textParameter(vector, "span_match", "exact") === "exact" ? "exact" : "overlap",
    label: textParameter(vector, "type_match", "exact") === "exact" ? "compared" : "ignored",
  });
  const { matched: tp, onlyA: fn, onlyB: fp } = counts;
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    tp,
    fp,
    fn,
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    f1: share(2 * tp, 2 * tp + fp + fn),
  };
}

/** Predicted and gold sides, whatever the file calls them: by name, else in file order. */
function scoredPairs(vector: Vector): SpanPair[] {
  return rawDocuments(vector).map((document) => sidesOf(document.annotators, ["pred", "gold"]));
}

function sidesOf(
  annotators: Readonly<Record<string, readonly PlainSpan[]>>,
  names: readonly [string, string],
): SpanPair {
  const known = names.some((name) => name in annotators);
  const [a, b] = known ? names : Object.keys(annotators);
  return { a: annotators[a ?? ""] ?? [], b: annotators[b ?? ""] ?? [] };
}

function scoreFigures(scores: Scores): Recomputed {
  if (scores.value === null) return { precision: null, recall: null, f1: null };
  return { precision: scores.precision, recall: scores.recall, f1: scores.value };
}

function positionFigures(vector: Vector, positions: "characters" | "tokens"): Recomputed {
  z.enum(["jaccard", "nominal"]).parse(textParameter(vector, "distance", "jaccard"));
  const { documents, labels } = spanDocuments(vector);
  const tracks = documents.map((document) => trackFor(document, positions));
  const agreement = positionAgreement(tracks);
  const byLabel: [string, Measured][] = [...agreement.alphaByLabel].map(([label, alpha]) => [
    labels[label] ?? "",
    alpha,
  ]);
  return {
    alpha: agreement.alpha.value,
    alpha_per_label: bareValues(byLabel),
    percent: agreement.percent.value,
    cohen_kappa: agreement.kappa.value,
    scott_pi: agreement.pi.value,
  };
}

function trackFor(document: SpanDocument, positions: "characters" | "tokens"): AnnotatedTrack {
  const { track, submitters, tokens } = document;
  return {
    submitters,
    track: positions === "characters" ? track : tokenTrack(track, tokens ?? new Int32Array(0)),
  };
}
