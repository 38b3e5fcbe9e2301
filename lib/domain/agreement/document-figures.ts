import { type CompareRows, comparePairs, pairCount, sumRows } from "./annotator-pairs";
import { intAt, sumOf } from "./columns";
import { coverLabels, type LabelCoverage, labelsIn } from "./label-coverage";
import type { LabelSets } from "./label-sets";
import { coverSets, coverSingleLabels, type SetCoverage } from "./set-coverage";
import type { SpanDocument } from "./span-document";
import { exactMatches, overlapMatches } from "./span-matching";
import { tokenTrack } from "./token-track";
import type { Track } from "./track";
import { anyLabelTrack, labelSetTrack, rowLength, sharedLength } from "./track-shape";
import type { UnitList } from "./unit-list";
import { withoutLabels } from "./unit-shape";

/**
 * Everything a report needs to know about one document, so that an edit recomputes one document only (agreement.md
 * section 4). Figures of pairs are in the order of `pairIndex` over the document's submitters. Columns by label have one
 * slot per label of `labels` and a last slot for "any label".
 */
export type DocumentFigures = {
  readonly submitters: Int32Array;
  readonly labels: Int32Array;
  readonly characters: LabelCoverage;
  /** Label sets at every character; null with fewer than two submitters. */
  readonly sets: SetCoverage | null;
  /** Null when the document has no tokens. */
  readonly tokens: TokenFigures | null;
  /** Units by submitter and slot; the last slot counts different stretches whatever their label. */
  readonly units: Int32Array;
  /** Matched units by pair and slot. */
  readonly exact: Int32Array;
  readonly overlap: Int32Array;
};

/** What annotators did on the tokens of a document. */
export type TokenFigures = {
  readonly count: number;
  /** The same figures as for characters; lengths squared are not computed. */
  readonly labels: LabelCoverage;
  /** Tokens covered, by submitter and slot. */
  readonly covered: Int32Array;
  /** Tokens covered by both, by pair and slot. */
  readonly shared: Int32Array;
  /** Tokens on which both gave the same set of labels, the empty set included, by pair. */
  readonly sameSet: Int32Array;
  /** Sets that occur (never the empty one), ascending, and how many tokens carry them, by submitter and set. */
  readonly sets: Int32Array;
  readonly setCounts: Int32Array;
  /** Label sets at every token; null with fewer than two submitters. */
  readonly coverage: SetCoverage | null;
};

/** Computes the figures of one document. `sets` is the registry shared by all documents of a report. */
export function figuresOf(document: SpanDocument, sets: LabelSets): DocumentFigures {
  const { track, units, tokens } = document;
  const characters = coverLabels(track);
  const { labels } = characters;
  const merged = withoutLabels(units);
  const one = () => 1;
  const matches = (compare: (list: UnitList) => CompareRows) =>
    withLastSlot(
      comparePairs(units, labels, compare(units)),
      comparePairs(merged, ANY, compare(merged)),
      labels.length,
    );
  return {
    submitters: document.submitters,
    labels,
    characters,
    sets: characterSets(track, characters, sets),
    tokens: tokens === null ? null : tokenFigures(track, labels, { tokens, sets }),
    units: withLastSlot(sumRows(units, labels, one), sumRows(merged, ANY, one), labels.length),
    exact: matches(exactMatches),
    overlap: matches(overlapMatches),
  };
}

const ANY = Int32Array.of(0);

function characterSets(track: Track, coverage: LabelCoverage, sets: LabelSets): SetCoverage | null {
  if (track.offsets.length < 3) return null;
  return coverage.overlapping > 0 ? coverSets(track, sets) : coverSingleLabels(coverage, sets);
}

function tokenFigures(
  track: Track,
  labels: Int32Array,
  given: { readonly tokens: Int32Array; readonly sets: LabelSets },
): TokenFigures {
  const onTokens = tokenTrack(track, given.tokens);
  const any = anyLabelTrack(onTokens);
  const covered = sumRows(onTokens, labels, rowLength(onTokens));
  const anyCovered = sumRows(any, ANY, rowLength(any));
  const shared = comparePairs(onTokens, labels, sharedLength(onTokens));
  const anyShared = comparePairs(any, ANY, sharedLength(any));
  const marks = { onTokens, labels, covered, shared, anyCovered, anyShared };
  const coverage = tokenCoverage(marks);
  return {
    count: onTokens.length,
    labels: coverage,
    covered: withLastSlot(covered, anyCovered, labels.length),
    shared: withLastSlot(shared, anyShared, labels.length),
    ...(sumOf(covered) > sumOf(anyCovered)
      ? overlappingSets(marks, given.sets)
      : singleLabelSets(marks, coverage, given.sets)),
  };
}

type TokenMarks = {
  readonly onTokens: Track;
  readonly labels: Int32Array;
  readonly covered: Int32Array;
  readonly shared: Int32Array;
  readonly anyCovered: Int32Array;
  readonly anyShared: Int32Array;
};

type TokenSets = Pick<TokenFigures, "sameSet" | "sets" | "setCounts" | "coverage">;

/** Some tokens carry several labels of one annotator: sets are found by a sweep. */
function overlappingSets(marks: TokenMarks, sets: LabelSets): TokenSets {
  const bySet = labelSetTrack(marks.onTokens, sets);
  const used = labelsIn(bySet);
  const shared = comparePairs(bySet, used, sharedLength(bySet));
  return {
    sameSet: sameSetTokens(marks, shared, used.length),
    sets: used,
    setCounts: sumRows(bySet, used, rowLength(bySet)),
    coverage: marks.onTokens.offsets.length < 3 ? null : coverSets(marks.onTokens, sets),
  };
}

/** No token carries two labels of one annotator: every set is one label. */
function singleLabelSets(marks: TokenMarks, coverage: LabelCoverage, sets: LabelSets): TokenSets {
  const { labels, onTokens } = marks;
  const own = onTokens.offsets.length < 3 ? null : coverSingleLabels(coverage, sets);
  return {
    sameSet: sameSetTokens(marks, marks.shared, labels.length),
    sets: labels.map((label) => sets.toggle(0, label)),
    setCounts: marks.covered,
    coverage: own,
  };
}

function tokenCoverage(marks: TokenMarks): LabelCoverage {
  const { labels, onTokens } = marks;
  const submitters = onTokens.offsets.length - 1;
  const column = (covered: Int32Array, shared: Int32Array, slot: number, width: number) => {
    const coverage = { covered: 0, coincident: 0, squares: 0 };
    for (let at = slot; at < covered.length; at += width) coverage.covered += intAt(covered, at);
    for (let at = slot; at < shared.length; at += width) coverage.coincident += intAt(shared, at);
    coverage.coincident *= 2 / Math.max(1, submitters - 1);
    return coverage;
  };
  return {
    total: submitters * onTokens.length,
    labels,
    byLabel: Array.from(labels, (_, slot) =>
      column(marks.covered, marks.shared, slot, labels.length),
    ),
    any: column(marks.anyCovered, marks.anyShared, 0, 1),
    overlapping: 0,
  };
}

/** Tokens with the same set: those with the same marks, and those that neither marked. */
function sameSetTokens(marks: TokenMarks, shared: Int32Array, width: number): Int32Array {
  const { anyCovered, anyShared, onTokens } = marks;
  const submitters = onTokens.offsets.length - 1;
  const agreed = new Int32Array(pairCount(submitters));
  let pair = 0;
  for (let first = 0; first < submitters; first++) {
    for (let second = first + 1; second < submitters; second++) {
      const marked = intAt(anyCovered, first) + intAt(anyCovered, second) - intAt(anyShared, pair);
      let agreeing = onTokens.length - marked;
      for (let slot = 0; slot < width; slot++) agreeing += intAt(shared, pair * width + slot);
      agreed[pair] = agreeing;
      pair++;
    }
  }
  return agreed;
}

/** Puts a column of one slot per row behind a column of `width` slots per row. */
function withLastSlot(columns: Int32Array, last: Int32Array, width: number): Int32Array {
  const joined = new Int32Array(columns.length + last.length);
  for (let row = 0; row < last.length; row++) {
    joined.set(columns.subarray(row * width, (row + 1) * width), row * (width + 1));
    joined[row * (width + 1) + width] = intAt(last, row);
  }
  return joined;
}
