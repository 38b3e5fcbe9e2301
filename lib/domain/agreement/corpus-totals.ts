import { eachPair, pairCount, pairIndex } from "./annotator-pairs";
import { type CoverageTotals, emptyCoverage } from "./binary-alpha";
import { intAt, realAt } from "./columns";
import type { DocumentFigures, TokenFigures } from "./document-figures";
import type { Coverage, LabelCoverage } from "./label-coverage";
import type { SetCoverage, SetSums } from "./set-coverage";

/** The sums of one pair of annotators over the documents both submitted, by label slot (last slot: any label). */
export type PairTotals = {
  documents: number;
  tokens: number;
  sameSet: number;
  readonly coveredByFirst: Float64Array;
  readonly coveredBySecond: Float64Array;
  readonly covered: Float64Array;
  readonly exact: Float64Array;
  readonly overlap: Float64Array;
  readonly unitsOfFirst: Float64Array;
  readonly unitsOfSecond: Float64Array;
  readonly setsOfFirst: Map<number, number>;
  readonly setsOfSecond: Map<number, number>;
};

/** The sums of one annotator over all submissions. */
export type AnnotatorTotals = { documents: number; compared: number; readonly units: Float64Array };

/**
 * Sums over documents from which every figure of a report follows. One document is added or taken away at a time, so an
 * edit costs one document. By label slot: the labels, then "any label".
 */
export type CorpusTotals = {
  readonly slots: number;
  readonly annotatorCount: number;
  documents: number;
  submitted: number;
  compared: number;
  submissions: number;
  /** Characters to which one submitter gave several labels. */
  overlapping: number;
  readonly characters: readonly CoverageTotals[];
  readonly tokens: readonly CoverageTotals[];
  readonly characterSets: SetSums;
  readonly tokenSets: SetSums;
  /** Tokens seen and covered over all submissions, for the prevalence. */
  tokensSeen: number;
  readonly tokensCovered: Float64Array;
  readonly units: Float64Array;
  readonly documentsWithLabel: Float64Array;
  readonly annotators: readonly AnnotatorTotals[];
  /** In the order of `pairIndex`; a pair that shares no document is null. */
  readonly pairs: (PairTotals | null)[];
};

/** Totals of no document. */
export function emptyTotals(annotatorCount: number, labelCount: number): CorpusTotals {
  const slots = labelCount + 1;
  return {
    slots,
    annotatorCount,
    documents: 0,
    submitted: 0,
    compared: 0,
    submissions: 0,
    overlapping: 0,
    characters: Array.from({ length: slots }, emptyCoverage),
    tokens: Array.from({ length: slots }, emptyCoverage),
    characterSets: { counts: new Map(), disagreement: 0 },
    tokenSets: { counts: new Map(), disagreement: 0 },
    tokensSeen: 0,
    tokensCovered: new Float64Array(slots),
    units: new Float64Array(slots),
    documentsWithLabel: new Float64Array(slots),
    annotators: Array.from({ length: annotatorCount }, () => ({
      documents: 0,
      compared: 0,
      units: new Float64Array(slots),
    })),
    pairs: Array.from({ length: pairCount(annotatorCount) }, () => null),
  };
}

/** Adds the figures of one document to the totals, or takes them away again. */
export function applyDocument(
  totals: CorpusTotals,
  figures: DocumentFigures,
  change: "add" | "remove",
): void {
  const sign = change === "add" ? 1 : -1;
  const submitters = figures.submitters.length;
  totals.documents += sign;
  if (submitters === 0) return;
  totals.submitted += sign;
  totals.submissions += sign * submitters;
  totals.overlapping += sign * figures.characters.overlapping;
  applyAnnotators(totals, figures, sign);
  if (submitters < 2) return;
  totals.compared += sign;
  applyCoverage(totals.characters, figures, figures.characters, sign);
  if (figures.sets) addSets(totals.characterSets, figures.sets, sign);
  if (figures.tokens) applyCoverage(totals.tokens, figures, figures.tokens.labels, sign);
  if (figures.tokens?.coverage) addSets(totals.tokenSets, figures.tokens.coverage, sign);
  applyPairs(totals, figures, sign);
}

/** The slot of the corpus for a slot of a document: the last one is "any label" in both. */
export function corpusSlot(figures: DocumentFigures, slot: number, slots: number): number {
  return slot === figures.labels.length ? slots - 1 : intAt(figures.labels, slot);
}

function applyAnnotators(totals: CorpusTotals, figures: DocumentFigures, sign: number): void {
  const width = figures.labels.length + 1;
  figures.submitters.forEach((annotator, submitter) => {
    const entry = totals.annotators[annotator];
    if (!entry) return;
    entry.documents += sign;
    if (figures.submitters.length > 1) entry.compared += sign;
    for (let slot = 0; slot < width; slot++) {
      const target = corpusSlot(figures, slot, totals.slots);
      const units = sign * intAt(figures.units, submitter * width + slot);
      bump(entry.units, target, units);
      bump(totals.units, target, units);
      if (figures.tokens) {
        bump(
          totals.tokensCovered,
          target,
          sign * intAt(figures.tokens.covered, submitter * width + slot),
        );
      }
    }
  });
  for (let slot = 0; slot < width; slot++)
    bump(totals.documentsWithLabel, corpusSlot(figures, slot, totals.slots), sign);
  totals.tokensSeen += sign * (figures.tokens?.count ?? 0) * figures.submitters.length;
}

/** Adds the coverage of a document on characters or tokens, label by label and for any label. */
function applyCoverage(
  into: readonly CoverageTotals[],
  figures: DocumentFigures,
  own: LabelCoverage,
  sign: number,
): void {
  for (const entry of into) entry.total += sign * own.total;
  own.byLabel.forEach((coverage, slot) => {
    addCoverage(into[intAt(figures.labels, slot)], coverage, sign);
  });
  addCoverage(into.at(-1), own.any, sign);
}

function addCoverage(into: CoverageTotals | undefined, coverage: Coverage, sign: number): void {
  if (!into) return;
  into.covered += sign * coverage.covered;
  into.coincident += sign * coverage.coincident;
  into.squares += sign * coverage.squares;
}

function addSets(into: SetSums, coverage: SetCoverage, sign: number): void {
  into.disagreement += sign * coverage.disagreement;
  coverage.sets.forEach((set, index) => {
    add(into.counts, set, sign * realAt(coverage.counts, index));
  });
}

function applyPairs(totals: CorpusTotals, figures: DocumentFigures, sign: number): void {
  eachPair(figures.submitters.length, (first, second, pair) => {
    const place = pairIndex(
      intAt(figures.submitters, first),
      intAt(figures.submitters, second),
      totals.annotatorCount,
    );
    const entry = totals.pairs[place] ?? emptyPair(totals.slots);
    totals.pairs[place] = entry;
    entry.documents += sign;
    applyPairUnits(entry, figures, { first, second, pair, sign, slots: totals.slots });
    if (figures.tokens) {
      applyPairTokens(entry, figures, figures.tokens, {
        first,
        second,
        pair,
        sign,
        slots: totals.slots,
      });
    }
  });
}

type PairPlace = {
  readonly first: number;
  readonly second: number;
  readonly pair: number;
  readonly sign: number;
  readonly slots: number;
};

function applyPairUnits(entry: PairTotals, figures: DocumentFigures, place: PairPlace): void {
  const width = figures.labels.length + 1;
  const { first, second, pair, sign } = place;
  for (let slot = 0; slot < width; slot++) {
    const target = corpusSlot(figures, slot, place.slots);
    bump(entry.exact, target, sign * intAt(figures.exact, pair * width + slot));
    bump(entry.overlap, target, sign * intAt(figures.overlap, pair * width + slot));
    bump(entry.unitsOfFirst, target, sign * intAt(figures.units, first * width + slot));
    bump(entry.unitsOfSecond, target, sign * intAt(figures.units, second * width + slot));
  }
}

function applyPairTokens(
  entry: PairTotals,
  figures: DocumentFigures,
  tokens: TokenFigures,
  place: PairPlace,
): void {
  const width = figures.labels.length + 1;
  const { first, second, pair, sign } = place;
  entry.tokens += sign * tokens.count;
  entry.sameSet += sign * intAt(tokens.sameSet, pair);
  for (let slot = 0; slot < width; slot++) {
    const target = corpusSlot(figures, slot, place.slots);
    bump(entry.covered, target, sign * intAt(tokens.shared, pair * width + slot));
    bump(entry.coveredByFirst, target, sign * intAt(tokens.covered, first * width + slot));
    bump(entry.coveredBySecond, target, sign * intAt(tokens.covered, second * width + slot));
  }
  tokens.sets.forEach((set, index) => {
    add(entry.setsOfFirst, set, sign * intAt(tokens.setCounts, first * tokens.sets.length + index));
    add(
      entry.setsOfSecond,
      set,
      sign * intAt(tokens.setCounts, second * tokens.sets.length + index),
    );
  });
}

function emptyPair(slots: number): PairTotals {
  const column = () => new Float64Array(slots);
  return {
    documents: 0,
    tokens: 0,
    sameSet: 0,
    coveredByFirst: column(),
    coveredBySecond: column(),
    covered: column(),
    exact: column(),
    overlap: column(),
    unitsOfFirst: column(),
    unitsOfSecond: column(),
    setsOfFirst: new Map(),
    setsOfSecond: new Map(),
  };
}

function bump(column: Float64Array, index: number, by: number): void {
  column[index] = realAt(column, index) + by;
}

function add(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}
