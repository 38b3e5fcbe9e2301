import { pairIndex } from "../agreement/annotator-pairs";
import { binaryAlpha, type CoverageTotals } from "../agreement/binary-alpha";
import { type ClusterRows, leaveClustersOut } from "../agreement/bootstrap";
import { intAt, realAt } from "../agreement/columns";
import type { DocumentFigures } from "../agreement/document-figures";
import type { Coverage } from "../agreement/label-coverage";
import { comparedFigures } from "../agreement/leave-one-out";
import { meanF1LeavingOut } from "../agreement/leave-one-out-f1";
import { type Measured, measured, undefinedBecause } from "../agreement/measured";
import type { ReportState } from "../agreement/report-state";
import type { AgreementInput } from "../agreement/report-types";
import { setAlpha, setAlphaLeavingOut } from "../agreement/set-coverage";
import { unitizingAlpha } from "../agreement/unitizing-coincidences";
import type { AgreementChoice } from "./choice";
import type { ResampledInterval } from "./layer-report";
import { intervalsOf } from "./resampled-intervals";

/** Sums of a corpus in one column: where each part begins. */
type Layout = {
  readonly slots: number;
  readonly sets: number;
  readonly annotators: number;
  /** Total positions, then covered, coincident and squares of each slot: on the headline's positions, and on characters. */
  readonly unit: number;
  readonly characters: number;
  /** Positions by set, then the summed disagreement. */
  readonly set: number;
  /** Units, exact and overlapping matches over the labels, units and overlapping matches of any label, of each pair. */
  readonly pairs: number;
  /** Of the pairs that share a document, by their place among all. */
  readonly places: ReadonlyMap<number, number>;
  /** Without the pairs where it ends at their beginning. */
  readonly width: number;
};

const OF_SLOT = 3;
const OF_PAIR = 5;

/** More pairs of annotators than this, as among crowd workers, have no resampled F1: the sums would be too many. */
const MOST_PAIRS = 50_000;

/** Intervals of all figures of a layer of spans but gamma, from the same draws of documents. */
export function resampleSpans(
  state: ReportState,
  input: AgreementInput,
  choice: AgreementChoice,
): ResampledInterval[] {
  const layout = layoutOf(state);
  const documents = comparedFigures(state.figures);
  const withF1 = layout.places.size <= MOST_PAIRS;
  const subjects: ResampledInterval["subject"][] = [
    "headline",
    ...input.labels.map(({ id }) => ({ label: id })),
    { beside: "alpha.binary" },
    { beside: "alpha.unitizing" },
  ];
  const place = { layout, state, input };
  const alphas = (sums: Float64Array) => {
    const others = otherAlphas(sums, place);
    const any = others[input.labels.length] ?? undefinedBecause("no_data");
    return [choice.compare === "any" ? any : headline(sums, layout, state), ...others];
  };
  const f1s = (sums: Float64Array) => F1S.map(({ sum }) => meanF1(sums, layout, sum));
  const narrow = rowsOf(documents, { ...layout, width: layout.pairs }, choice);
  return intervalsOf(
    withF1 ? rowsOf(documents, layout, choice) : narrow,
    [...subjects, ...(withF1 ? F1S : []).map(({ beside }) => ({ beside }))],
    (sums) => (withF1 ? [...alphas(sums), ...f1s(sums)] : alphas(sums)),
    () => {
      const others = leaveClustersOut(narrow, (sums) => otherAlphas(sums, place));
      const any = others[input.labels.length] ?? [];
      return [
        choice.compare === "any" ? any : headlineLeavingOut(state, documents, choice),
        ...others,
        ...(withF1 ? f1sLeavingOut(state, documents) : []),
      ];
    },
  );
}

/** Sets of labels weigh on the cost of alpha; leaving a document out only touches its own. */
function headlineLeavingOut(
  { totals, sets }: ReportState,
  documents: readonly DocumentFigures[],
  { unit }: AgreementChoice,
): (number | null)[] {
  const coverages = documents.flatMap((document) => {
    const own = unit === "tokens" ? document.tokens?.sets : document.sets;
    return own ? [own] : [];
  });
  const sums = unit === "tokens" ? totals.tokenSets : totals.characterSets;
  return numbersIn(setAlphaLeavingOut(sums, coverages, sets));
}

function f1sLeavingOut(
  { totals }: ReportState,
  documents: readonly DocumentFigures[],
): (number | null)[][] {
  const without = meanF1LeavingOut(totals, documents);
  return F1S.map(({ matching, labels }) =>
    numbersIn(without({ matching, slot: labels === "compared" ? "labels" : totals.slots - 1 })),
  );
}

function numbersIn(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

/** Mean pairwise F1s: their measure, where their sums are, and how they are asked for. */
const F1S = [
  {
    beside: "f1.exact",
    sum: { matched: 1, units: 0 },
    matching: "exact",
    labels: "compared",
  },
  {
    beside: "f1.overlap",
    sum: { matched: 2, units: 0 },
    matching: "overlap",
    labels: "compared",
  },
  {
    beside: "f1.overlap.any",
    sum: { matched: 4, units: 3 },
    matching: "overlap",
    labels: "ignored",
  },
] as const;

/** Alpha of each label, of "marked or not", and unitizing alpha. */
function otherAlphas(
  sums: Float64Array,
  { layout, state, input }: { layout: Layout; state: ReportState; input: AgreementInput },
): Measured[] {
  return [
    ...input.labels.map((_, slot) => binaryAlpha(coverageIn(sums, layout.unit, slot))),
    binaryAlpha(coverageIn(sums, layout.unit, layout.slots - 1)),
    state.totals.overlapping > 0
      ? undefinedBecause("overlapping_labels")
      : unitizingAlpha(
          Array.from({ length: layout.slots }, (_, slot) =>
            coverageIn(sums, layout.characters, slot),
          ),
        ),
  ];
}

function layoutOf({ totals, sets }: ReportState): Layout {
  const { slots } = totals;
  const coverage = 1 + OF_SLOT * slots;
  const size = sets.size();
  const places = new Map<number, number>();
  totals.pairs.forEach((pair, place) => {
    if (pair !== null) places.set(place, places.size);
  });
  const pairs = 2 * coverage + size + 1;
  return {
    slots,
    sets: size,
    annotators: totals.annotatorCount,
    unit: 0,
    characters: coverage,
    set: 2 * coverage,
    pairs,
    places,
    width: pairs + OF_PAIR * places.size,
  };
}

/** What each document adds. */
function rowsOf(
  documents: readonly DocumentFigures[],
  layout: Layout,
  { unit }: AgreementChoice,
): ClusterRows {
  const column: number[] = [];
  const value: number[] = [];
  const offsets = new Int32Array(documents.length + 1);
  const add = (at: number, by: number) => {
    if (by === 0) return;
    column.push(at);
    value.push(by);
  };
  documents.forEach((figures, index) => {
    const own = unit === "tokens" ? figures.tokens?.labels : figures.characters;
    const sets = unit === "tokens" ? figures.tokens?.sets : figures.sets;
    for (const [from, coverage] of [
      [layout.unit, own],
      [layout.characters, figures.characters],
    ] as const) {
      if (coverage === undefined) continue;
      add(from, coverage.total);
      const addSlot = (slot: number, { covered, coincident, squares }: Coverage) => {
        const at = from + 1 + OF_SLOT * slot;
        add(at, covered);
        add(at + 1, coincident);
        add(at + 2, squares);
      };
      coverage.byLabel.forEach((each, slot) => {
        addSlot(intAt(figures.labels, slot), each);
      });
      addSlot(layout.slots - 1, coverage.any);
    }
    sets?.sets.forEach((set, place) => {
      add(layout.set + set, realAt(sets.counts, place));
    });
    add(layout.set + layout.sets, sets?.disagreement ?? 0);
    if (layout.width > layout.pairs) addPairs(figures, layout, add);
    offsets[index + 1] = column.length;
  });
  return {
    offsets,
    column: Int32Array.from(column),
    value: Float64Array.from(value),
    width: layout.width,
  };
}

function addPairs(
  figures: DocumentFigures,
  layout: Layout,
  add: (at: number, by: number) => void,
): void {
  const { submitters, labels, units, exact, overlap } = figures;
  const width = labels.length + 1;
  const ofLabels = (column: Int32Array, row: number) => {
    let sum = 0;
    for (let slot = 0; slot < labels.length; slot++) sum += intAt(column, row * width + slot);
    return sum;
  };
  let pair = 0;
  for (let first = 0; first < submitters.length; first++) {
    for (let second = first + 1; second < submitters.length; second++) {
      const place = pairIndex(
        intAt(submitters, first),
        intAt(submitters, second),
        layout.annotators,
      );
      const at = layout.pairs + OF_PAIR * (layout.places.get(place) ?? 0);
      const any = labels.length;
      add(at, ofLabels(units, first) + ofLabels(units, second));
      add(at + 1, ofLabels(exact, pair));
      add(at + 2, ofLabels(overlap, pair));
      add(at + 3, intAt(units, first * width + any) + intAt(units, second * width + any));
      add(at + 4, intAt(overlap, pair * width + any));
      pair++;
    }
  }
}

function coverageIn(sums: Float64Array, from: number, slot: number): CoverageTotals {
  const at = from + 1 + OF_SLOT * slot;
  return {
    total: realAt(sums, from),
    covered: realAt(sums, at),
    coincident: realAt(sums, at + 1),
    squares: realAt(sums, at + 2),
  };
}

function headline(sums: Float64Array, layout: Layout, { sets }: ReportState): Measured {
  const end = layout.set + layout.sets;
  return setAlpha(
    { counts: { values: sums.subarray(layout.set, end) }, disagreement: realAt(sums, end) },
    sets,
  );
}

/** Mean over the pairs of annotators who marked anything. */
function meanF1(
  sums: Float64Array,
  { pairs, width }: Layout,
  place: { matched: number; units: number },
): Measured {
  let total = 0;
  let counted = 0;
  for (let at = pairs; at < width; at += OF_PAIR) {
    const units = realAt(sums, at + place.units);
    if (units === 0) continue;
    total += (2 * realAt(sums, at + place.matched)) / units;
    counted++;
  }
  return counted === 0 ? undefinedBecause("nothing_marked") : measured(total / counted);
}
