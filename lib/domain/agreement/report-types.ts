import type { UndefinedReason } from "./measured";
import type { LeftOut } from "./span-document";
import type { AnnotatedDocument, SpanSubmission } from "./span-input";

/** What {@link reportAgreement} works on: the spans of one layer. */
export type AgreementInput = {
  readonly documents: readonly AnnotatedDocument[];
  readonly annotators: readonly { readonly id: string; readonly name: string }[];
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  /** At most one per document and annotator, submitted work only. */
  readonly submissions: readonly SpanSubmission[];
};

/** Choices that change the figures of a report. */
export type ReportOptions = {
  /** Confidence level of the intervals; 0.95 when left out. */
  readonly level?: number;
  /** No interval below so many documents with two or more submissions; 10 when left out. */
  readonly minimumDocuments?: number;
  /** Values alone, which cost no more than a look at the sums. */
  readonly intervals?: "jackknife" | "none";
};

/** A figure of a report: a value, or the reason for having none as a code and in words. */
export type Figure =
  | { readonly value: number }
  | { readonly value: null; readonly reason: UndefinedReason; readonly because: string };

/** A confidence interval of a report, or why there is none. */
export type ReportInterval =
  | {
      readonly low: number;
      readonly high: number;
      readonly standardError: number;
      readonly level: number;
      readonly documents: number;
      readonly method: "jackknife";
    }
  | { readonly low: null; readonly reason: UndefinedReason; readonly because: string };

/** A figure with its interval. */
export type IntervalFigure = Figure & { readonly interval: ReportInterval };

/** The plain mean over the annotator pairs that have a value, with their number and standard deviation (divided by n). */
export type PairMean = Figure & { readonly pairs: number; readonly deviation: number | null };

/** A mean over pairs with an interval over documents. */
export type IntervalPairMean = PairMean & { readonly interval: ReportInterval };

/** How much there is to compare. */
export type Coverage = {
  readonly documents: number;
  /** Documents with one or more submissions, and with two or more: only the latter can be compared. */
  readonly submitted: number;
  readonly compared: number;
  readonly submissions: number;
  readonly spans: number;
  /** Characters to which one annotator gave several labels, counted once per annotator. */
  readonly overlappingCharacters: number;
  readonly leftOut: LeftOut;
  readonly annotators: readonly AnnotatorCoverage[];
};

/** The work of one annotator. `compared` counts documents that another annotator submitted too. */
export type AnnotatorCoverage = {
  readonly annotatorId: string;
  readonly name: string;
  readonly documents: number;
  readonly compared: number;
  readonly spans: number;
};

/** Agreement over all labels. */
export type OverallAgreement = {
  /** Alpha on the label sets of characters, Jaccard distance: the nominal alpha where no labels overlap. */
  readonly alphaCharacters: IntervalFigure;
  /** Alpha on "any label or none" of characters. */
  readonly alphaCharactersAny: IntervalFigure;
  /** The same two on tokens. */
  readonly alphaTokens: IntervalFigure;
  readonly alphaTokensAny: IntervalFigure;
  /** u-alpha over all labels; undefined where an annotator's labels overlap. */
  readonly unitizingAlpha: IntervalFigure;
  /** |u|alpha of any label against gaps. */
  readonly unitizingAlphaAny: IntervalFigure;
  readonly tokens: TokenMeans;
  readonly f1: {
    readonly exact: IntervalPairMean;
    readonly overlap: IntervalPairMean;
    readonly exactAny: IntervalPairMean;
    readonly overlapAny: IntervalPairMean;
  };
};

/** Means over pairs on tokens: the same label set, and "any label or none". */
export type TokenMeans = {
  readonly percent: PairMean;
  readonly kappa: PairMean;
  readonly percentAny: PairMean;
  readonly kappaAny: PairMean;
};

/** Agreement on one label, as "this label or not". */
export type LabelAgreement = {
  readonly labelId: string;
  readonly name: string;
  /** Spans of all submissions, and documents in which anybody used the label. */
  readonly spans: number;
  readonly documents: number;
  /** Share of the tokens seen by annotators that carry the label, 0 to 1. */
  readonly prevalence: Figure;
  readonly alphaCharacters: IntervalFigure;
  readonly unitizingAlpha: IntervalFigure;
  readonly alphaTokens: IntervalFigure;
  readonly percentTokens: PairMean;
  readonly kappaTokens: PairMean;
  readonly f1Exact: IntervalPairMean;
  readonly f1Overlap: IntervalPairMean;
};

/** Agreement of two annotators over the documents both submitted. */
export type PairAgreement = {
  readonly first: string;
  readonly second: string;
  readonly documents: number;
  readonly tokens: {
    readonly count: number;
    readonly percent: Figure;
    readonly kappa: Figure;
    readonly percentAny: Figure;
    readonly kappaAny: Figure;
  };
  readonly f1: {
    readonly exact: Figure;
    readonly overlap: Figure;
    readonly exactAny: Figure;
    readonly overlapAny: Figure;
  };
};

/** One rule or number that decided the figures, for people and for programs. */
export type ReportSetting = {
  readonly id: string;
  readonly value: string | number;
  readonly words: string;
};

/** Inter-annotator agreement on the spans of one layer. Serialisable as JSON. */
export type AgreementReport = {
  readonly settings: readonly ReportSetting[];
  readonly coverage: Coverage;
  readonly overall: OverallAgreement;
  readonly labels: readonly LabelAgreement[];
  /** Pairs that share at least one document, in the order of the annotators. */
  readonly pairs: readonly PairAgreement[];
};
