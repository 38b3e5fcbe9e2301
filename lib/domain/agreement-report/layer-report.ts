import type { Figure, IntervalFigure, ReportInterval } from "../agreement/report-types";
import type { MeasureId } from "./measures";

/** The one number of a layer, and why it is this one. */
export type Headline = {
  readonly measure: MeasureId;
  /** The measure in words, with its unit and distance. */
  readonly name: string;
  readonly why: string;
  readonly figure: IntervalFigure;
  /** The same without rounds, annotators and documents taken out by hand; null where nothing was. */
  readonly unfiltered: Figure | null;
  readonly documents: number;
  readonly annotators: number;
  readonly units: number;
  readonly unitName: string;
};

/** One label, or one question, on its own. */
export type LabelRow = {
  readonly key: string;
  readonly name: string;
  /** How often it was given, and in how many documents. */
  readonly given: number;
  readonly documents: number;
  /** Share of what was rated that carries it, 0 to 1; for a question the share of its most frequent answer. */
  readonly prevalence: Figure;
  readonly alpha: IntervalFigure;
  readonly percent: Figure;
  readonly ac1: Figure;
  /** Positive specific agreement, which for spans is F1 by overlap; of a question, that of its rarer answer. */
  readonly specific: IntervalFigure;
  /** F1 of spans that are the same to the character; none for other layers. */
  readonly exact: Figure | null;
  /** The most frequent answer of a question and how often each was given. */
  readonly answers: readonly { readonly name: string; readonly given: number }[];
  /** Chance correction says little here: nearly everything carries it, or nearly nothing. */
  readonly paradox: boolean;
};

/** Two annotators. */
export type PairRow = {
  readonly first: string;
  readonly second: string;
  readonly documents: number;
  /** Alpha of the two alone. */
  readonly alpha: Figure;
  readonly kappa: Figure;
  readonly percent: Figure;
  /** F1 by overlap; null in layers without spans. */
  readonly specific: Figure | null;
};

/** One annotator against all others. */
export type AnnotatorRow = {
  readonly annotator: string;
  readonly documents: number;
  /** Spans, or answers, in compared documents. */
  readonly given: number;
  /** Mean over the others of the agreement with them. */
  readonly withOthers: Figure;
  /** The headline without this annotator, and how much higher it is than with them. */
  readonly without: Figure;
  readonly change: Figure;
};

/** One document. */
export type DocumentRow = {
  readonly documentId: string;
  readonly annotators: number;
  readonly given: number;
  readonly alpha: Figure;
  /** F1 by overlap, or the share of equal answers in layers without spans. */
  readonly specific: Figure;
};

/** How often two labels met; null stands for "not marked". The order of the two says nothing. */
export type ConfusionCell = {
  readonly a: string;
  readonly b: string | null;
  readonly count: number;
};

/** How far the ends of spans lie apart that two annotators both marked with one label, in tokens. */
export type BoundaryBin = {
  readonly from: number;
  readonly to: number | null;
  readonly starts: number;
  readonly ends: number;
};

/** The headline for part of the work: a round, a version of the codebook, a month. */
export type TrendRow = {
  readonly kind: "round" | "version" | "month";
  readonly name: string;
  readonly documents: number;
  readonly annotators: number;
  readonly figure: IntervalFigure;
};

/** How far one annotator agrees with the own earlier work. */
export type RepeatRow = {
  readonly annotator: string;
  readonly documents: number;
  readonly alpha: Figure;
  readonly specific: Figure;
};

/** Everything that is said of one layer. Annotators and documents are ids. Serialisable as JSON. */
export type LayerReport = {
  readonly layer: string;
  readonly name: string;
  readonly kind: "spans" | "units";
  readonly headline: Headline;
  /** Beside the headline: what it does not tell. */
  readonly beside: readonly BesideFigure[];
  readonly labels: readonly LabelRow[];
  readonly pairs: readonly PairRow[];
  readonly annotators: readonly AnnotatorRow[];
  readonly documents: readonly DocumentRow[];
  readonly confusion: readonly ConfusionCell[];
  readonly boundaries: readonly BoundaryBin[];
  readonly trend: readonly TrendRow[];
  readonly repeats: readonly RepeatRow[];
  /** Rules and what was left out, in words. */
  readonly notes: readonly string[];
};

/** A further figure over the whole layer. */
export type BesideFigure = {
  readonly measure: MeasureId;
  readonly name: string;
  readonly figure: Figure;
  readonly interval: ReportInterval | null;
};

/** An interval by drawing documents with replacement, for one figure of a layer. */
export type ResampledInterval = {
  readonly subject: "headline" | { readonly label: string } | { readonly beside: MeasureId };
  readonly low: number;
  readonly high: number;
  readonly method: "BCa" | "percentile";
  readonly replicates: number;
};

/** What takes long: intervals by resampling, and gamma. */
export type ResampledLayer = {
  readonly layer: string;
  readonly seed: number;
  readonly intervals: readonly ResampledInterval[];
  readonly gamma: GammaFigure | null;
};

/** Gamma over documents, with all that decides it. */
export type GammaFigure = {
  readonly mean: Figure;
  readonly pooled: Figure;
  readonly deviation: number | null;
  readonly documents: number;
  /** Documents that could have been taken; fewer were where time ran out. */
  readonly eligible: number;
  readonly samples: number;
  readonly optimal: boolean;
};
