import { eachPair, pairCount, pairIndex } from "./annotator-pairs";
import { type CoverageTotals, emptyCoverage } from "./binary-alpha";
import { intAt, realAt } from "./columns";
import { addCount, type CountsByNumber, emptyCounts } from "./counts-by-number";
import type { DocumentFigures, TokenFigures } from "./document-figures";
import type { Coverage, LabelCoverage } from "./label-coverage";
import type { SetCoverage, SetSums } from "./set-coverage";
import { DISTANCE_BINS } from "./span-meetings";

/** The sums of one pair of annotators over the documents both submitted, by label slot (last slot: any label). */
export type PairTotals = {
  documents: number;
  readonly characterSets: PairSets;
  readonly tokenSets: PairSets;
  readonly coveredByFirst: Float64Array;
  readonly coveredBySecond: Float64Array;
  readonly covered: Float64Array;
  readonly exact: Float64Array;
  readonly overlap: Float64Array;
  readonly unitsOfFirst: Float64Array;
  readonly unitsOfSecond: Float64Array;
};

/** The sets of labels that two annotators gave to positions which both saw. */
export type PairSets = {
  positions: number;
  /** Positions with each set, by number of the set. */
  readonly first: CountsByNumber;
  readonly second: CountsByNumber;
  /** Sum over positions of the distance between the two sets; positions with the same set, and with two that are not empty. */
  apart: number;
  same: number;
  both: number;
};

/** The sums of one annotator over all submissions. */
export type AnnotatorTotals = {
  documents: number;
  compared: number;
  readonly units: Float64Array;
  /** What the sums over compared documents lose without this annotator: a document that only two saw is lost whole. */
  readonly lost: { readonly characters: LostSums; readonly tokens: LostSums };
};

/** A part of the sums from which alpha follows: of sets of labels, and of "marked or not" in `any`. */
export type LostSums = SetSums & { readonly any: CoverageTotals };

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
  /** As {@link Meetings} has them, by slot of the corpus: the last slot is "not marked". */
  readonly confusion: Float64Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
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
    characterSets: emptySets(),
    tokenSets: emptySets(),
    tokensSeen: 0,
    tokensCovered: new Float64Array(slots),
    units: new Float64Array(slots),
    documentsWithLabel: new Float64Array(slots),
    annotators: Array.from({ length: annotatorCount }, () => ({
      documents: 0,
      compared: 0,
      units: new Float64Array(slots),
      lost: {
        characters: { ...emptySets(), any: emptyCoverage() },
        tokens: { ...emptySets(), any: emptyCoverage() },
      },
    })),
    pairs: Array.from({ length: pairCount(annotatorCount) }, () => null),
    confusion: new Float64Array(slots * slots),
    starts: new Float64Array(DISTANCE_BINS.length),
    ends: new Float64Array(DISTANCE_BINS.length),
  };
}

function emptySets(): SetSums {
  return { counts: emptyCounts(), disagreement: 0 };
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
  addSets(totals.characterSets, figures.sets, sign);
  applyLost(totals, figures, "characters", sign);
  if (figures.tokens) {
    applyCoverage(totals.tokens, figures, figures.tokens.labels, sign);
    addSets(totals.tokenSets, figures.tokens.sets, sign);
    applyLost(totals, figures, "tokens", sign);
  }
  applyPairs(totals, figures, sign);
  applyMeetings(totals, figures, sign);
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
  const { sets, counts } = coverage;
  into.disagreement += sign * coverage.disagreement;
  for (let place = 0; place < sets.length; place++) {
    addCount(into.counts, intAt(sets, place), sign * realAt(counts, place));
  }
}

/** Adds to each submitter what the sums would lose without them. */
function applyLost(
  totals: CorpusTotals,
  figures: DocumentFigures,
  positions: "characters" | "tokens",
  sign: number,
): void {
  const own = positions === "characters" ? figures.sets : figures.tokens?.sets;
  if (!own) return;
  const many = figures.submitters.length;
  const pairs = pairSums(own, many);
  figures.submitters.forEach((annotator, submitter) => {
    const lost = totals.annotators[annotator]?.lost[positions];
    if (!lost) return;
    loseSets(lost, own, { submitter, many, sign });
    // Two submitters: nothing is left to compare. More: their pairs weigh more than before.
    const weight = many === 2 ? 0 : 2 / (many - 2);
    const apart = pairs.allApart - realAt(pairs.apart, submitter);
    const both = pairs.allBoth - realAt(pairs.both, submitter);
    lost.disagreement += sign * (own.disagreement - weight * apart);
    lost.any.coincident += sign * ((2 * pairs.allBoth) / (many - 1) - weight * both);
  });
}

/** Positions that are compared no more: those of the submitter, or all where only one other is left. */
function loseSets(
  lost: LostSums,
  own: SetCoverage,
  { submitter, many, sign }: { submitter: number; many: number; sign: number },
): void {
  const width = own.sets.length;
  for (let place = 0; place < width; place++) {
    const count =
      many === 2 ? realAt(own.counts, place) : realAt(own.bySubmitter, submitter * width + place);
    addCount(lost.counts, intAt(own.sets, place), sign * count);
    lost.any.total += sign * count;
    if (place > 0) lost.any.covered += sign * count;
  }
}

/** Sums over the pairs of each submitter, and over all pairs. */
function pairSums({ apart, both }: SetCoverage, submitters: number) {
  const sums = {
    apart: new Float64Array(submitters),
    both: new Float64Array(submitters),
    allApart: 0,
    allBoth: 0,
  };
  eachPair(submitters, (first, second, pair) => {
    for (const submitter of [first, second]) {
      bump(sums.apart, submitter, realAt(apart, pair));
      bump(sums.both, submitter, realAt(both, pair));
    }
    sums.allApart += realAt(apart, pair);
    sums.allBoth += realAt(both, pair);
  });
  return sums;
}

function applyMeetings(totals: CorpusTotals, figures: DocumentFigures, sign: number): void {
  const { confusion, starts, ends } = figures.meetings;
  const width = figures.labels.length + 1;
  for (let a = 0; a < width; a++) {
    for (let b = a; b < width; b++) {
      const cell =
        corpusSlot(figures, a, totals.slots) * totals.slots + corpusSlot(figures, b, totals.slots);
      bump(totals.confusion, cell, sign * intAt(confusion, a * width + b));
    }
  }
  for (let bin = 0; bin < starts.length; bin++) {
    bump(totals.starts, bin, sign * intAt(starts, bin));
    bump(totals.ends, bin, sign * intAt(ends, bin));
  }
}

function applyPairs(totals: CorpusTotals, figures: DocumentFigures, sign: number): void {
  eachPair(figures.submitters.length, (first, second, pair) => {
    const place = pairIndex(
      intAt(figures.submitters, first),
      intAt(figures.submitters, second),
      totals.annotatorCount,
    );
    const entry = totals.pairs[place] ?? emptyPair(totals.slots);
    entry.documents += sign;
    totals.pairs[place] = entry.documents === 0 ? null : entry;
    const at = { first, second, pair, sign, slots: totals.slots };
    applyPairUnits(entry, figures, at);
    applyPairSets(entry.characterSets, figures.sets, at);
    if (figures.tokens) {
      applyPairTokens(entry, figures, figures.tokens, at);
      applyPairSets(entry.tokenSets, figures.tokens.sets, at);
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
  for (let slot = 0; slot < width; slot++) {
    const target = corpusSlot(figures, slot, place.slots);
    bump(entry.covered, target, sign * intAt(tokens.shared, pair * width + slot));
    bump(entry.coveredByFirst, target, sign * intAt(tokens.covered, first * width + slot));
    bump(entry.coveredBySecond, target, sign * intAt(tokens.covered, second * width + slot));
  }
}

function applyPairSets(entry: PairSets, own: SetCoverage, place: PairPlace): void {
  const { first, second, pair, sign } = place;
  const width = own.sets.length;
  for (let at = 0; at < width; at++) {
    const set = intAt(own.sets, at);
    const ofFirst = sign * realAt(own.bySubmitter, first * width + at);
    addCount(entry.first, set, ofFirst);
    addCount(entry.second, set, sign * realAt(own.bySubmitter, second * width + at));
    entry.positions += ofFirst;
  }
  entry.apart += sign * realAt(own.apart, pair);
  entry.same += sign * realAt(own.same, pair);
  entry.both += sign * realAt(own.both, pair);
}

function emptyPair(slots: number): PairTotals {
  const column = () => new Float64Array(slots);
  return {
    documents: 0,
    characterSets: emptyPairSets(),
    tokenSets: emptyPairSets(),
    coveredByFirst: column(),
    coveredBySecond: column(),
    covered: column(),
    exact: column(),
    overlap: column(),
    unitsOfFirst: column(),
    unitsOfSecond: column(),
  };
}

function emptyPairSets(): PairSets {
  return {
    positions: 0,
    first: emptyCounts(),
    second: emptyCounts(),
    apart: 0,
    same: 0,
    both: 0,
  };
}

function bump(column: Float64Array, index: number, by: number): void {
  column[index] = realAt(column, index) + by;
}
