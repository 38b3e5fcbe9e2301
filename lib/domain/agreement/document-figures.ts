import { type CompareRows, comparePairs, sumRows } from "./annotator-pairs";
import { intAt, realAt } from "./columns";
import { coverLabels, type LabelCoverage } from "./label-coverage";
import type { LabelSets } from "./label-sets";
import { coverSets, type SetCoverage } from "./set-coverage";
import type { SpanDocument } from "./span-document";
import { exactMatches, overlapMatches } from "./span-matching";
import { type Meetings, meetingsOf } from "./span-meetings";
import { tokenTrack } from "./token-track";
import type { Track } from "./track";
import { rowLength, sharedLength } from "./track-shape";
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
  /** Label sets at every character. */
  readonly sets: SetCoverage;
  /** Null when the document has no tokens. */
  readonly tokens: TokenFigures | null;
  /** Units by submitter and slot; the last slot counts different stretches whatever their label. */
  readonly units: Int32Array;
  /** Matched units by pair and slot. */
  readonly exact: Int32Array;
  readonly overlap: Int32Array;
  readonly meetings: Meetings;
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
  /** Label sets at every token. */
  readonly sets: SetCoverage;
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
    sets: coverSets(track, sets),
    tokens: tokens === null ? null : tokenFigures(track, labels, { tokens, sets }),
    units: withLastSlot(sumRows(units, labels, one), sumRows(merged, ANY, one), labels.length),
    exact: matches(exactMatches),
    overlap: matches(overlapMatches),
    meetings: meetingsOf(units, labels, tokens),
  };
}

const ANY = Int32Array.of(0);

function tokenFigures(
  track: Track,
  labels: Int32Array,
  given: { readonly tokens: Int32Array; readonly sets: LabelSets },
): TokenFigures {
  const onTokens = tokenTrack(track, given.tokens);
  const sets = coverSets(onTokens, given.sets);
  const covered = sumRows(onTokens, labels, rowLength(onTokens));
  const anyCovered = markedBySubmitter(sets, onTokens);
  const shared = comparePairs(onTokens, labels, sharedLength(onTokens));
  const anyShared = Int32Array.from(sets.both);
  return {
    count: onTokens.length,
    labels: tokenCoverage({ onTokens, labels, covered, shared, anyCovered, anyShared }),
    covered: withLastSlot(covered, anyCovered, labels.length),
    shared: withLastSlot(shared, anyShared, labels.length),
    sets,
  };
}

/** Positions with a set that is not empty; the empty one comes first. */
function markedBySubmitter(
  { sets, bySubmitter }: SetCoverage,
  { length, offsets }: Track,
): Int32Array {
  return Int32Array.from(
    { length: offsets.length - 1 },
    (_, submitter) => length - realAt(bySubmitter, submitter * sets.length),
  );
}

type TokenMarks = {
  readonly onTokens: Track;
  readonly labels: Int32Array;
  readonly covered: Int32Array;
  readonly shared: Int32Array;
  readonly anyCovered: Int32Array;
  readonly anyShared: Int32Array;
};

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

/** Puts a column of one slot per row behind a column of `width` slots per row. */
function withLastSlot(columns: Int32Array, last: Int32Array, width: number): Int32Array {
  const joined = new Int32Array(columns.length + last.length);
  for (let row = 0; row < last.length; row++) {
    joined.set(columns.subarray(row * width, (row + 1) * width), row * (width + 1));
    joined[row * (width + 1) + width] = intAt(last, row);
  }
  return joined;
}
