import { meanOf } from "../columns";
import { directedAgreement } from "../directed-agreement";
import { corpusGamma } from "../gamma-corpus";
import { type Measured, measured, undefinedBecause } from "../measured";
import { positionAgreement } from "../position-agreement";
import { createRandom } from "../random";
import { reportAgreement } from "../report";
import { meanMeasure } from "../report-figures";
import { compileSubmissions } from "../report-state";
import type { AgreementInput } from "../report-types";
import {
  identificationScores,
  type PlainSpan,
  type Scores,
  type SpanPair,
  techniqueScores,
} from "../scored-spans";
import type { SpanDocument } from "../span-document";
import { countMatches, type MatchRule, pairwiseF1 } from "../span-f1";
import { type LabelledSpan, rangesOf } from "../span-input";
import { tokenTrack } from "../token-track";
import { unitizingAlpha1995 } from "../unitizing-alpha-1995";
import { unitizingFamily } from "../unitizing-alpha-2016";
import type { SpanData } from "./agreement-file";
import { type MeasureRequest, plainMeasure } from "./measure-file";

type SpanMeasure = (data: SpanContext, request: MeasureRequest) => Record<string, unknown>;
type SpanContext = {
  readonly input: AgreementInput;
  readonly documents: readonly SpanDocument[];
  readonly labels: readonly string[];
};

const SPAN_MEASURES: Readonly<Record<string, SpanMeasure>> = {
  report: ({ input }) => ({ report: reportAgreement(input) }),
  f1_exact: f1({ kind: "exact" }),
  f1_overlap: f1({ kind: "overlap" }),
  f1_token: f1({ kind: "token" }),
  f1_character: f1({ kind: "character" }),
  semeval_identification: scorer(identificationScores),
  semeval_technique: scorer(techniqueScores),
  directed: ({ input, documents }) => ({
    pairs: input.annotators.flatMap(({ name }, from) =>
      input.annotators.flatMap((other, to) =>
        from === to
          ? []
          : [
              {
                from: name,
                to: other.name,
                ...plainMeasure(directedAgreement(documents, { from, to })),
                same_label: plainMeasure(directedAgreement(documents, { from, to }, "compared")),
              },
            ],
      ),
    ),
    settings: { overlap: "one character or more" },
  }),
  alpha_characters: positions("characters"),
  alpha_tokens: positions("tokens"),
  u_alpha: (data) => {
    const family = unitizingFamily(data.documents);
    return {
      ...plainMeasure(family.u),
      marked: plainMeasure(family.marked),
      coded: plainMeasure(family.coded),
      labels: named(data, family.byLabel),
      settings: { self_pairs: "pairwise" },
    };
  },
  alpha_u_1995: (data) => {
    const own = data.documents.map(
      (document) => [document.id, unitizingAlpha1995(document)] as const,
    );
    const mean = meanOf(own.flatMap(([, alpha]) => (alpha.value === null ? [] : [alpha.value])));
    return {
      ...plainMeasure(mean === null ? undefinedBecause("no_pairable") : measured(mean)),
      documents: Object.fromEntries(own.map(([id, alpha]) => [id, alpha.value])),
      settings: { documents: "plain mean" },
    };
  },
  gamma: (data, request) => {
    const result = corpusGamma(data.documents, data.labels, {
      random: createRandom(request.seed),
      samples: request.samples,
    });
    return {
      ...plainMeasure(result.mean),
      pooled: plainMeasure(result.pooled),
      documents: result.documents.map(({ id, gamma }) => ({ id, ...plainGamma(gamma) })),
      settings: {
        alpha: 1,
        beta: 1,
        delta_empty: 1,
        sampler: "shuffle",
        samples: request.samples,
        seed: request.seed,
      },
    };
  },
};

/** The measures for files of spans. */
export function spanMeasureNames(): string[] {
  return Object.keys(SPAN_MEASURES);
}

/** A measure of a file of spans, with the settings that decided it. */
export function measureSpans(data: SpanData, request: MeasureRequest): Record<string, unknown> {
  const measure = SPAN_MEASURES[request.measure];
  if (!measure) throw new RangeError(`${request.measure} is no measure of spans.`);
  const { documents, leftOut } = compileSubmissions(data.input);
  const labels = data.input.labels.map((label) => label.name);
  return {
    measure: request.measure,
    ...measure({ input: data.input, documents, labels }, request),
    annotators: data.input.annotators.length,
    left_out: leftOut,
  };
}

function f1(rule: MatchRule): SpanMeasure {
  return ({ input, documents, labels }) => {
    const counts = documents.map((document) => countMatches(document, rule));
    const result = pairwiseF1(counts, input.annotators.length);
    const name = (annotator: number) => input.annotators[annotator]?.name ?? "";
    return {
      ...plainMeasure(result.total),
      labels: Object.fromEntries(
        [...result.perLabel].map(([label, summary]) => [
          labels[label] ?? "",
          plainMeasure(summary),
        ]),
      ),
      pairs: result.pairs.map((pair) => ({
        first: name(pair.first),
        second: name(pair.second),
        ...plainMeasure(pair.f1),
        matched: pair.matched,
        spans: [pair.unitsOfFirst, pair.unitsOfSecond],
      })),
      settings: { match: rule.kind, pairs: "counts pooled over documents, plain mean over pairs" },
    };
  };
}

/** A scorer of SemEval-2020 task 11 for every two annotators; its F1 is the same both ways. */
function scorer(scores: (documents: readonly SpanPair[]) => Scores): SpanMeasure {
  return ({ input }) => {
    const pairs = input.annotators.flatMap((first, place) =>
      input.annotators.slice(place + 1).flatMap((second) => {
        const documents = spansOfTwo(input, first.id, second.id);
        if (documents.length === 0) return [];
        const own = scores(documents);
        return [{ predicted: first.name, gold: second.name, own }];
      }),
    );
    return {
      ...plainMeasure(meanMeasure(pairs.map(({ own }) => own))),
      pairs: pairs.map(({ own, ...names }) => ({ ...names, ...plainMeasure(own) })),
      settings: { overlapping_spans: "merged", pairs: "plain mean" },
    };
  };
}

/** The spans of two annotators in the documents that both submitted; discontinuous ones as their hull. */
function spansOfTwo({ submissions }: AgreementInput, first: string, second: string): SpanPair[] {
  const own = (annotator: string) =>
    new Map(
      submissions
        .filter(({ annotatorId }) => annotatorId === annotator)
        .map(({ documentId, spans }) => [documentId, spans.map(plainSpan)]),
    );
  const others = own(second);
  return [...own(first)].flatMap(([document, a]) => {
    const b = others.get(document);
    return b === undefined ? [] : [{ a, b }];
  });
}

function plainSpan(span: LabelledSpan): PlainSpan {
  const ranges = rangesOf(span);
  return [ranges[0]?.start ?? 0, ranges.at(-1)?.end ?? 0, span.label];
}

function positions(kind: "characters" | "tokens"): SpanMeasure {
  return (data) => {
    const tracks = data.documents.map(({ track, submitters, tokens }) => ({
      submitters,
      track: kind === "characters" ? track : tokenTrack(track, tokens ?? new Int32Array(0)),
    }));
    const agreement = positionAgreement(tracks);
    return {
      ...plainMeasure(agreement.alpha),
      percent: plainMeasure(agreement.percent),
      kappa: plainMeasure(agreement.kappa),
      labels: named(data, agreement.alphaByLabel),
      settings: {
        unlabelled: "a category",
        overlapping_labels: "sets, Jaccard distance",
        positions: kind,
      },
    };
  };
}

function named(data: SpanContext, values: ReadonlyMap<number, Measured>): Record<string, unknown> {
  return Object.fromEntries(
    [...values].map(([label, value]) => [data.labels[label] ?? "", plainMeasure(value)]),
  );
}

function plainGamma(
  gamma: Measured<{
    readonly categories: Measured;
    readonly byCategory: ReadonlyMap<string, Measured>;
  }>,
) {
  if (gamma.value === null) return plainMeasure(gamma);
  const { categories, byCategory, ...figures } = gamma;
  return {
    ...figures,
    gamma_cat: plainMeasure(categories),
    gamma_k: Object.fromEntries(
      [...byCategory].map(([name, value]) => [name, plainMeasure(value)]),
    ),
  };
}
