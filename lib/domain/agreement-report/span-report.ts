import { eachPair, pairIndex } from "../agreement/annotator-pairs";
import { binaryAlpha, type CoverageTotals } from "../agreement/binary-alpha";
import { intAt, realAt } from "../agreement/columns";
import { addCount, emptyCounts } from "../agreement/counts-by-number";
import type { DocumentFigures } from "../agreement/document-figures";
import { LIVE_INTERVAL } from "../agreement/jackknife";
import { type Measured, measured, undefinedBecause } from "../agreement/measured";
import { f1Of, marksOfPair, setsOfPair } from "../agreement/pair-measures";
import { reportFrom } from "../agreement/report";
import { figureOf, meanMeasure } from "../agreement/report-figures";
import { alphaFigure, reportContext } from "../agreement/report-overall";
import {
  computeState,
  type KnownFigures,
  noFigures,
  type ReportState,
} from "../agreement/report-state";
import type {
  AgreementInput,
  AgreementReport,
  Figure,
  IntervalFigure,
  LabelAgreement,
} from "../agreement/report-types";
import { setAlpha } from "../agreement/set-coverage";
import { DISTANCE_BINS } from "../agreement/span-meetings";
import type { Layer } from "../codebook/language";
import type { AgreementChoice } from "./choice";
import type {
  AnnotatorRow,
  BoundaryBin,
  ConfusionCell,
  DocumentRow,
  LabelRow,
  LayerReport,
  PairRow,
  RepeatRow,
  TrendRow,
} from "./layer-report";
import type { MeasureId } from "./measures";
import { byDocument, type ReportSet, type ReportWork, repeatsOf, slicesOf } from "./report-work";

/** Below this share, and above its counterpart, chance-corrected figures mislead (agreement.md 5.2). */
export const RARE = 0.05;

/** Everything that is said of a layer of spans. */
export function reportSpanLayer(
  layer: Layer,
  work: ReportWork,
  choice: AgreementChoice,
  known: KnownFigures = noFigures({ kind: choice.distance }),
): LayerReport {
  const people = everybodyIn(work);
  const input = spanInput(layer, work, work.sets, people);
  const state = computeState(input, { kind: choice.distance }, known);
  const report = reportFrom(input, state);
  const ofSets = (sets: readonly ReportSet[]) =>
    stateOf(spanInput(layer, work, sets, people), choice, known);
  return {
    layer: layer.key,
    name: layer.name,
    kind: "spans",
    headline: {
      ...headlineMeasure(choice),
      figure: headlineOf(report, choice),
      unfiltered:
        work.unfiltered === null ? null : figureOf(headlineValue(ofSets(work.unfiltered), choice)),
      documents: report.coverage.compared,
      annotators: report.coverage.annotators.filter(({ compared }) => compared > 0).length,
      units: report.coverage.spans,
      unitName: "span",
    },
    beside: besideFigures(report, choice),
    labels: report.labels.map((label, slot) => labelRow(label, slot, { state, choice })),
    pairs: report.pairs.map(
      (pair): PairRow => ({
        first: pair.first,
        second: pair.second,
        documents: pair.documents,
        alpha: figureOf(pairAlpha(state, choice, placesOf(input, pair))),
        kappa: choice.compare === "any" ? pair.tokens.kappaAny : pair.tokens.kappa,
        percent: choice.compare === "any" ? pair.tokens.percentAny : pair.tokens.percent,
        specific: choice.compare === "any" ? pair.f1.overlapAny : pair.f1.overlap,
      }),
    ),
    annotators: annotatorRows(report, state, choice),
    documents: documentRows(work, input, { state, choice }),
    confusion: confusionOf(input, state),
    boundaries: boundariesOf(state),
    trend: slicesOf(work).map(({ kind, name, sets }) =>
      trendRow({ kind, name }, ofSets(sets), choice),
    ),
    repeats: repeatRows(layer, work, choice),
    notes: [
      ...report.settings
        .filter(
          ({ id }) => id !== "level" && !(id === "label_overlap" && choice.distance === "masi"),
        )
        .map(({ words }) => words),
      ...leftOutWords(report),
    ],
  };
}

/** The headline of some sets alone, for example those of a group. */
export function spanHeadline(
  layer: Layer,
  work: Pick<ReportWork, "documents" | "annotators">,
  { sets, choice }: { sets: readonly ReportSet[]; choice: AgreementChoice },
): IntervalFigure {
  const state = computeState(spanInput(layer, work, sets), { kind: choice.distance });
  return stateFigure(state, choice);
}

/** F1 of spans that are the same to the character and carry the same label, of two who submitted the same documents. */
export function exactF1(
  layer: Layer,
  work: Pick<ReportWork, "documents" | "annotators">,
  sets: readonly ReportSet[],
): Figure {
  const input = spanInput(layer, work, sets);
  const report = reportFrom(input, computeState(input, { kind: "jaccard" }));
  return bare(report.overall.f1.exact);
}

/** A state of other sets, with the figures of documents that are the same; new figures do not become known. */
function stateOf(
  input: AgreementInput,
  choice: AgreementChoice,
  { sets, byDocument }: KnownFigures,
): ReportState {
  return computeState(input, { kind: choice.distance }, { sets, byDocument: new Map(byDocument) });
}

/** Ids of all annotators whose work some part of the report holds, in an order that follows from them alone. */
export function everybodyIn({
  sets,
  unfiltered,
  all,
}: Pick<ReportWork, "sets" | "unfiltered" | "all">): string[] {
  const ids = [...sets, ...(unfiltered ?? []), ...all].map(({ annotatorId }) => annotatorId);
  return [...new Set(ids)].sort();
}

/** What the core computes from, for the spans of one layer. */
export function spanInput(
  layer: Layer,
  work: Pick<ReportWork, "documents" | "annotators">,
  sets: readonly ReportSet[],
  people: readonly string[] = peopleOf(work, sets),
): AgreementInput {
  const groups = byDocument(sets);
  return {
    documents: work.documents
      .filter(({ versionId }) => groups.has(versionId))
      .map(({ versionId, length, tokens, annotatable }) => ({
        id: versionId,
        length,
        tokens,
        annotable: annotatable,
      })),
    annotators: people.map((id) => ({ id, name: id })),
    labels: layer.labels
      .filter(({ selectable }) => selectable)
      .map(({ key, name }) => ({ id: key, name })),
    submissions: sets.map((set) => ({
      documentId: set.versionId,
      annotatorId: set.annotatorId,
      spans: spansOf(set, layer.key),
    })),
  };
}

function peopleOf(
  work: Pick<ReportWork, "annotators">,
  sets: readonly ReportSet[],
): readonly string[] {
  const present = new Set(sets.map(({ annotatorId }) => annotatorId));
  const ids = [...work.annotators, ...[...present].filter((id) => !work.annotators.includes(id))];
  return ids.filter((id) => present.has(id));
}

/** The spans of a set in one layer: the same list each time, by which known figures are found again. */
function spansOf(set: ReportSet, layer: string): ReportSet["spans"] {
  const lists = spanLists.get(set) ?? new Map<string, ReportSet["spans"]>();
  spanLists.set(set, lists);
  const found = lists.get(layer);
  if (found !== undefined) return found;
  const isAll = set.spans.every((span) => span.layer === layer);
  const spans = isAll ? set.spans : set.spans.filter((span) => span.layer === layer);
  lists.set(layer, spans);
  return spans;
}

const spanLists = new WeakMap<ReportSet, Map<string, ReportSet["spans"]>>();

/** The headline's measure by the settings. */
function headlineMeasure(choice: AgreementChoice): {
  measure: MeasureId;
  name: string;
  why: string;
} {
  const { unit, compare, distance } = choice;
  if (compare === "any") {
    return {
      measure: "alpha.binary",
      name: `Krippendorff’s α on ${unit}, marked or not`,
      why: "It says whether the same passages were marked, whatever their label; it takes out chance and bears documents that not all annotated.",
    };
  }
  return {
    measure: distance === "masi" ? "alpha.sets.masi" : "alpha.sets.jaccard",
    name: `Krippendorff’s α on ${unit}, sets of labels, ${distance === "masi" ? "MASI" : "Jaccard"} distance`,
    why: "It counts both where spans lie and which labels they carry, takes out chance, bears documents that not all annotated, and lets labels overlap.",
  };
}

/** The headline figure of a report. */
function headlineOf(
  { overall }: AgreementReport,
  { unit, compare }: AgreementChoice,
): IntervalFigure {
  if (unit === "tokens") return compare === "any" ? overall.alphaTokensAny : overall.alphaTokens;
  return compare === "any" ? overall.alphaCharactersAny : overall.alphaCharacters;
}

function headlineValue(
  { totals, sets }: ReportState,
  { unit, compare }: AgreementChoice,
): Measured {
  if (unit === "tokens" && totals.compared > 0 && totals.tokensSeen === 0) {
    return undefinedBecause("no_tokens");
  }
  if (compare === "any") {
    const any = totals[unit].at(-1);
    return any === undefined ? undefinedBecause("no_data") : binaryAlpha(any);
  }
  return setAlpha(unit === "tokens" ? totals.tokenSets : totals.characterSets, sets);
}

function besideFigures({ overall }: AgreementReport, { unit }: AgreementChoice) {
  const figure = (measure: MeasureId, name: string, own: IntervalFigure) => ({
    measure,
    name,
    figure: bare(own),
    interval: own.interval,
  });
  return [
    figure("f1.exact", "F1, same words and label", overall.f1.exact),
    figure("f1.overlap", "F1, some words in common, same label", overall.f1.overlap),
    figure("f1.overlap.any", "F1, some words in common, any label", overall.f1.overlapAny),
    figure(
      "alpha.binary",
      `α on ${unit}, marked or not`,
      unit === "tokens" ? overall.alphaTokensAny : overall.alphaCharactersAny,
    ),
    figure("alpha.unitizing", "Unitizing α (2016)", overall.unitizingAlpha),
    {
      measure: "percent" as const,
      name: "Percent, tokens",
      figure: bare(overall.tokens.percent),
      interval: null,
    },
  ];
}

function labelRow(
  label: LabelAgreement,
  slot: number,
  { state, choice }: { state: ReportState; choice: AgreementChoice },
): LabelRow {
  const totals = state.totals[choice.unit][slot];
  const { prevalence } = label;
  return {
    key: label.labelId,
    name: label.name,
    given: label.spans,
    documents: label.documents,
    prevalence,
    alpha: choice.unit === "tokens" ? label.alphaTokens : label.alphaCharacters,
    percent: bare(label.percentTokens),
    ac1: figureOf(totals === undefined ? undefinedBecause("no_data") : binaryAc1(totals)),
    specific: { ...bare(label.f1Overlap), interval: label.f1Overlap.interval },
    exact: bare(label.f1Exact),
    answers: [],
    paradox:
      label.spans > 0 &&
      prevalence.value !== null &&
      (prevalence.value < RARE || prevalence.value > 1 - RARE),
  };
}

/**
 * Gwet's AC1 (2008) of "given or not" at every position, agreement and prevalence weighted by ratings: that of Gwet where all
 * documents have equally many annotators.
 */
function binaryAc1({ covered, coincident, total }: CoverageTotals): Measured {
  if (total === 0) return undefinedBecause("no_pairable");
  const observed = 1 - (2 * (covered - coincident)) / total;
  const share = covered / total;
  const chance = 2 * share * (1 - share);
  return measured((observed - chance) / (1 - chance));
}

function placesOf(input: AgreementInput, { first, second }: { first: string; second: string }) {
  const place = (wanted: string) => input.annotators.findIndex(({ id }) => id === wanted);
  return pairIndex(place(first), place(second), input.annotators.length);
}

/** Alpha of two annotators over the documents that both submitted. */
function pairAlpha(
  { totals, sets }: ReportState,
  { unit, compare }: AgreementChoice,
  place: number,
): Measured {
  const pair = totals.pairs[place];
  if (!pair) return undefinedBecause("no_pairable");
  const own = unit === "tokens" ? pair.tokenSets : pair.characterSets;
  if (unit === "tokens" && own.positions === 0) return undefinedBecause("no_tokens");
  return compare === "any" ? binaryAlpha(marksOfPair(own)) : setAlpha(setsOfPair(own), sets);
}

function annotatorRows(
  report: AgreementReport,
  state: ReportState,
  choice: AgreementChoice,
): AnnotatorRow[] {
  const full = bare(headlineOf(report, choice));
  return report.coverage.annotators.flatMap(
    ({ annotatorId, documents, compared, spans }, place) => {
      if (documents === 0) return [];
      const without = figureOf(alphaWithout(state, choice, place));
      const own = report.pairs.filter(
        ({ first, second }) => first === annotatorId || second === annotatorId,
      );
      return [
        {
          annotator: annotatorId,
          documents: compared,
          given: spans,
          withOthers: meanFigure(
            own.map(({ f1 }) => (choice.compare === "any" ? f1.overlapAny : f1.overlap)),
          ),
          without,
          change: difference(without, full),
        },
      ];
    },
  );
}

/** The headline over all but one annotator. */
function alphaWithout(
  { totals, sets }: ReportState,
  { unit, compare }: AgreementChoice,
  place: number,
): Measured {
  const lost = totals.annotators[place]?.lost[unit];
  const any = totals[unit].at(-1);
  if (lost === undefined || any === undefined) return undefinedBecause("no_data");
  if (unit === "tokens" && totals.compared > 0 && totals.tokensSeen === 0) {
    return undefinedBecause("no_tokens");
  }
  if (compare === "any") {
    return binaryAlpha({
      total: any.total - lost.any.total,
      covered: any.covered - lost.any.covered,
      coincident: any.coincident - lost.any.coincident,
      squares: 0,
    });
  }
  const all = unit === "tokens" ? totals.tokenSets : totals.characterSets;
  const counts = { values: all.counts.values.slice() };
  lost.counts.values.forEach((count, set) => {
    if (count !== 0) addCount(counts, set, -count);
  });
  return setAlpha({ counts, disagreement: all.disagreement - lost.disagreement }, sets);
}

/** How often labels met each other, and "not marked". */
function confusionOf({ labels }: AgreementInput, { totals }: ReportState): ConfusionCell[] {
  const cells: ConfusionCell[] = [];
  labels.forEach((a, first) => {
    for (let second = first; second < totals.slots; second++) {
      const count = realAt(totals.confusion, first * totals.slots + second);
      const b = labels[second]?.id ?? null;
      if (count > 0)
        cells.push(b !== null && b < a.id ? { a: b, b: a.id, count } : { a: a.id, b, count });
    }
  });
  return cells.sort((x, y) => y.count - x.count);
}

function boundariesOf({ totals }: ReportState): BoundaryBin[] {
  if (totals.tokensSeen === 0) return [];
  return DISTANCE_BINS.map(([from, to], bin) => ({
    from,
    to,
    starts: realAt(totals.starts, bin),
    ends: realAt(totals.ends, bin),
  }));
}

function documentRows(
  work: ReportWork,
  input: AgreementInput,
  { state, choice }: { state: ReportState; choice: AgreementChoice },
): DocumentRow[] {
  const ids = new Map(work.documents.map(({ versionId, documentId }) => [versionId, documentId]));
  return state.figures.flatMap((figures, index) => {
    if (figures.submitters.length < 2) return [];
    const labels = figures.labels.length;
    const width = labels + 1;
    let given = 0;
    for (let submitter = 0; submitter < figures.submitters.length; submitter++) {
      for (let slot = 0; slot < labels; slot++)
        given += intAt(figures.units, submitter * width + slot);
    }
    return [
      {
        documentId: ids.get(input.documents[index]?.id ?? "") ?? "",
        annotators: figures.submitters.length,
        given,
        alpha: figureOf(documentAlpha(figures, state, choice)),
        specific: figureOf(documentF1(figures, choice)),
      },
    ];
  });
}

function documentAlpha(
  figures: DocumentFigures,
  { sets }: ReportState,
  { unit, compare }: AgreementChoice,
): Measured {
  const labels = unit === "tokens" ? figures.tokens?.labels : figures.characters;
  if (labels === undefined) return undefinedBecause("no_tokens");
  if (compare === "any") return binaryAlpha({ ...labels.any, total: labels.total });
  const own = unit === "tokens" ? figures.tokens?.sets : figures.sets;
  if (!own) return undefinedBecause("no_pairable");
  const counts = emptyCounts();
  own.sets.forEach((set, place) => {
    addCount(counts, set, realAt(own.counts, place));
  });
  return setAlpha({ counts, disagreement: own.disagreement }, sets);
}

/** F1 by overlap, counts pooled over the pairs of one document. */
function documentF1(figures: DocumentFigures, { compare }: AgreementChoice): Measured {
  const labels = figures.labels.length;
  const width = labels + 1;
  const [from, to] = compare === "any" ? [labels, width] : [0, labels];
  let matched = 0;
  let units = 0;
  eachPair(figures.submitters.length, (first, second, pair) => {
    for (let slot = from; slot < to; slot++) {
      matched += intAt(figures.overlap, pair * width + slot);
      units +=
        intAt(figures.units, first * width + slot) + intAt(figures.units, second * width + slot);
    }
  });
  return f1Of(matched, units, 0);
}

function trendRow(
  slice: Pick<TrendRow, "kind" | "name">,
  state: ReportState,
  choice: AgreementChoice,
): TrendRow {
  return {
    ...slice,
    documents: state.totals.compared,
    annotators: state.totals.annotators.filter(({ compared }) => compared > 0).length,
    figure: stateFigure(state, choice),
  };
}

function stateFigure(state: ReportState, { unit, compare }: AgreementChoice): IntervalFigure {
  return alphaFigure(reportContext(state, LIVE_INTERVAL), {
    positions: unit,
    labels: compare === "any" ? "ignored" : "compared",
  });
}

function repeatRows(layer: Layer, work: ReportWork, choice: AgreementChoice): RepeatRow[] {
  return [...repeatsOf(work)].map(([annotator, tries]) => {
    const sets = tries.flatMap(({ first, second }) => [
      { ...first, annotatorId: "first" },
      { ...second, annotatorId: "second" },
    ]);
    const input = spanInput(layer, { ...work, annotators: ["first", "second"] }, sets);
    const report = reportFrom(input, computeState(input, { kind: choice.distance }));
    return {
      annotator,
      documents: tries.length,
      alpha: bare(headlineOf(report, choice)),
      specific: bare(report.overall.f1.overlap),
    };
  });
}

function leftOutWords({ coverage }: AgreementReport): string[] {
  const { duplicates, outsideText, otherLabels, emptySpans } = coverage.leftOut;
  return [
    duplicates > 0 ? `${duplicates} spans given twice by one annotator were counted once.` : null,
    outsideText > 0 ? `${outsideText} spans were cut to the text open to marking.` : null,
    otherLabels > 0 ? `${otherLabels} spans carry a label that is compared no more.` : null,
    emptySpans > 0 ? `${emptySpans} spans without a character were left out.` : null,
    coverage.overlappingCharacters > 0
      ? `${coverage.overlappingCharacters} characters carry several labels of one annotator.`
      : null,
  ].filter((words) => words !== null);
}

/** A figure without what else it carries. */
export function bare(figure: Figure): Figure {
  return figure.value === null
    ? { value: null, reason: figure.reason, because: figure.because }
    : { value: figure.value };
}

/** The plain mean of figures that have a value. */
export function meanFigure(figures: readonly Figure[]): Figure {
  return figureOf(meanMeasure(figures.map(measureOf)));
}

/** The first minus the second. */
export function difference(first: Figure, second: Figure): Figure {
  if (first.value === null) return bare(first);
  return second.value === null ? bare(second) : { value: first.value - second.value };
}

function measureOf(figure: Figure): Measured {
  return figure.value === null ? undefinedBecause(figure.reason) : measured(figure.value);
}
