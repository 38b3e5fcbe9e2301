import { comparePairs, pairCount, sumRows } from "./annotator-pairs";
import { intAt } from "./columns";
import { coverLabels, type LabelCoverage, labelsIn } from "./label-coverage";
import type { LabelSets } from "./label-sets";
import { coverSets, type SetCoverage } from "./set-coverage";
import type { SpanDocument, Track } from "./span-document";
import { exactMatches, overlapMatches } from "./span-matching";
import { tokenTrack } from "./token-track";
import { anyLabelTrack, labelSetTrack, rowLength, sharedLength } from "./track-shape";
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
  const characters = coverLabels(document.track);
  const { labels } = characters;
  const merged = withoutLabels(document.units);
  return {
    submitters: document.submitters,
    labels,
    characters,
    sets: document.submitters.length < 2 ? null : coverSets(document.track, sets),
    tokens:
      document.tokens === null ? null : tokenFigures(document.track, labels, document.tokens, sets),
    units: withLastSlot(
      sumRows(document.units, labels, () => 1),
      sumRows(merged, ANY, () => 1),
      labels.length,
    ),
    exact: withLastSlot(
      comparePairs(document.units, labels, exactMatches(document.units)),
      comparePairs(merged, ANY, exactMatches(merged)),
      labels.length,
    ),
    overlap: withLastSlot(
      comparePairs(document.units, labels, overlapMatches(document.units)),
      comparePairs(merged, ANY, overlapMatches(merged)),
      labels.length,
    ),
  };
}

const ANY = Int32Array.of(0);

function tokenFigures(
  track: Track,
  labels: Int32Array,
  tokens: Int32Array,
  sets: LabelSets,
): TokenFigures {
  const onTokens = tokenTrack(track, tokens);
  const any = anyLabelTrack(onTokens);
  const covered = sumRows(onTokens, labels, rowLength(onTokens));
  const anyCovered = sumRows(any, ANY, rowLength(any));
  const anyShared = comparePairs(any, ANY, sharedLength(any));
  const bySet = labelSetTrack(onTokens, sets);
  const used = labelsIn(bySet);
  return {
    count: onTokens.length,
    covered: withLastSlot(covered, anyCovered, labels.length),
    shared: withLastSlot(
      comparePairs(onTokens, labels, sharedLength(onTokens)),
      anyShared,
      labels.length,
    ),
    sameSet: sameSetTokens(bySet, used, { covered: anyCovered, shared: anyShared }),
    sets: used,
    setCounts: sumRows(bySet, used, rowLength(bySet)),
    coverage: track.offsets.length < 3 ? null : coverSets(onTokens, sets),
  };
}

function sameSetTokens(
  bySet: Track,
  used: Int32Array,
  any: { readonly covered: Int32Array; readonly shared: Int32Array },
): Int32Array {
  const submitters = bySet.offsets.length - 1;
  const same = comparePairs(bySet, used, sharedLength(bySet));
  const agreed = new Int32Array(pairCount(submitters));
  let pair = 0;
  for (let first = 0; first < submitters; first++) {
    for (let second = first + 1; second < submitters; second++) {
      const marked =
        intAt(any.covered, first) + intAt(any.covered, second) - intAt(any.shared, pair);
      let agreeing = bySet.length - marked;
      for (let slot = 0; slot < used.length; slot++)
        agreeing += intAt(same, pair * used.length + slot);
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
