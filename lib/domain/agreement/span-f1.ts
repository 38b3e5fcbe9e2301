import { comparePairs, eachPair, pairCount, pairIndex, sumRows } from "./annotator-pairs";
import { deviationOf, intAt, meanOf, realAt } from "./columns";
import { labelsIn } from "./label-coverage";
import { type Measured, measured, undefinedBecause } from "./measured";
import { f1Of } from "./pair-measures";
import type { SpanDocument } from "./span-document";
import {
  exactMatches,
  maximumMatches,
  overlapMatches,
  unitLength,
  unitOverlap,
} from "./span-matching";
import { tokenUnits } from "./token-units";
import type { Track } from "./track";
import { anyLabelTrack, rowLength, sharedLength } from "./track-shape";
import type { UnitList } from "./unit-list";
import { withoutLabels } from "./unit-shape";

/**
 * When two spans of the same label match. `exact`: the same ranges. `overlap`: a character in common. `iou`: common
 * characters over characters of either, at least `atLeast`. `share_of_longer`: common characters over those of the
 * longer. `boundary`: both ends at most `within` characters apart. These match one to one with as many matches as
 * possible. `token` and `character` count covered tokens and characters instead of spans.
 */
export type MatchRule =
  | { readonly kind: "exact" }
  | { readonly kind: "overlap" }
  | { readonly kind: "token" }
  | { readonly kind: "character" }
  | { readonly kind: "iou"; readonly atLeast: number }
  | { readonly kind: "share_of_longer"; readonly atLeast: number }
  | { readonly kind: "boundary"; readonly within: number };

/** Matches of one document: by pair and label, and units by submitter and label. */
export type MatchCounts = {
  readonly submitters: Int32Array;
  readonly labels: Int32Array;
  readonly matched: Int32Array;
  readonly units: Int32Array;
};

/** Counts the matches of one document; with `labels: "ignored"` a span matches whatever its label. */
export function countMatches(
  document: SpanDocument,
  rule: MatchRule,
  labels: "compared" | "ignored" = "compared",
): MatchCounts {
  const units = labels === "ignored" ? withoutLabels(document.units) : document.units;
  if (rule.kind === "character") return characterCounts(document, labels);
  if (rule.kind === "token")
    return rowCounts(document, tokenUnits(units, document.tokens), exactMatches);
  return rowCounts(document, units, (list) => matcher(list, rule));
}

function rowCounts(
  document: SpanDocument,
  units: UnitList,
  compare: (units: UnitList) => ReturnType<typeof exactMatches>,
): MatchCounts {
  const labels = labelsIn(units);
  return {
    submitters: document.submitters,
    labels,
    matched: comparePairs(units, labels, compare(units)),
    units: sumRows(units, labels, () => 1),
  };
}

function matcher(
  units: UnitList,
  rule: Exclude<MatchRule, { readonly kind: "token" | "character" }>,
): ReturnType<typeof exactMatches> {
  if (rule.kind === "exact") return exactMatches(units);
  if (rule.kind === "overlap") return overlapMatches(units);
  if (rule.kind === "boundary") {
    return maximumMatches(units, (a, b) => endsWithin(units, a, b, rule.within), 2 * rule.within);
  }
  return maximumMatches(units, (a, b) => overlapShare(units, a, b, rule.kind) >= rule.atLeast);
}

function endsWithin(units: UnitList, a: number, b: number, within: number): boolean {
  return (
    Math.abs(intAt(units.start, a) - intAt(units.start, b)) <= within &&
    Math.abs(intAt(units.end, a) - intAt(units.end, b)) <= within
  );
}

function overlapShare(
  units: UnitList,
  a: number,
  b: number,
  kind: "iou" | "share_of_longer",
): number {
  const shared = unitOverlap(units, a, b);
  const lengths = [unitLength(units, a), unitLength(units, b)] as const;
  const whole = kind === "iou" ? lengths[0] + lengths[1] - shared : Math.max(...lengths);
  return shared / whole;
}

function characterCounts(document: SpanDocument, mode: "compared" | "ignored"): MatchCounts {
  const track: Track = mode === "ignored" ? anyLabelTrack(document.track) : document.track;
  const labels = labelsIn(track);
  return {
    submitters: document.submitters,
    labels,
    matched: comparePairs(track, labels, sharedLength(track)),
    units: sumRows(track, labels, rowLength(track)),
  };
}

/** F1 of one pair in one scope, with the counts it comes from. */
export type PairF1 = {
  readonly first: number;
  readonly second: number;
  readonly f1: Measured<{ readonly precision: number | null; readonly recall: number | null }>;
  readonly matched: number;
  readonly unitsOfFirst: number;
  readonly unitsOfSecond: number;
};

/** Mean and population standard deviation over the pairs that have a value. */
export type F1Summary = Measured<{ readonly deviation: number; readonly pairs: number }>;

/** Pairwise F1 over documents. */
export type PairwiseF1 = {
  /** Every pair that shares a document, in the order of `pairIndex`. */
  readonly pairs: readonly PairF1[];
  readonly total: F1Summary;
  readonly perLabel: ReadonlyMap<number, F1Summary>;
};

/**
 * Mean pairwise F1 = 2 TP / (n_a + n_b), counts pooled over the documents that both submitted, then averaged over pairs.
 * It is the positive specific agreement, which kappa approaches as true negatives grow (Hripcsak and Rothschild 2005).
 * Documents of one annotator only count for nobody; documents in which nobody marked anything add nothing.
 */
export function pairwiseF1(counts: readonly MatchCounts[], annotators: number): PairwiseF1 {
  const labels = new Set(counts.flatMap((document) => [...document.labels]));
  const all = poolPairs(counts, annotators, null);
  return {
    pairs: all,
    total: summariseF1(all.map((pair) => pair.f1)),
    perLabel: new Map(
      [...labels]
        .sort((a, b) => a - b)
        .map((label) => [
          label,
          summariseF1(poolPairs(counts, annotators, label).map((pair) => pair.f1)),
        ]),
    ),
  };
}

/** Mean and deviation over the pairs that have a value. */
export function summariseF1(values: readonly Measured[]): F1Summary {
  const defined = values.flatMap((value) => (value.value === null ? [] : [value.value]));
  const mean = meanOf(defined);
  if (mean === null)
    return undefinedBecause(values.length === 0 ? "no_pairable" : "nothing_marked");
  return measured(mean, { deviation: deviationOf(defined) ?? 0, pairs: defined.length });
}

function poolPairs(
  counts: readonly MatchCounts[],
  annotators: number,
  label: number | null,
): PairF1[] {
  const size = pairCount(annotators);
  const shared = new Int32Array(size);
  const matched = new Float64Array(size);
  const unitsOfFirst = new Float64Array(size);
  const unitsOfSecond = new Float64Array(size);
  for (const document of counts) {
    const { submitters } = document;
    const slots = slotsOf(document, label);
    eachPair(submitters.length, (first, second, pair) => {
      const place = pairIndex(intAt(submitters, first), intAt(submitters, second), annotators);
      shared[place] = intAt(shared, place) + 1;
      matched[place] = realAt(matched, place) + sumSlots(document.matched, pair, slots, document);
      unitsOfFirst[place] =
        realAt(unitsOfFirst, place) + sumSlots(document.units, first, slots, document);
      unitsOfSecond[place] =
        realAt(unitsOfSecond, place) + sumSlots(document.units, second, slots, document);
    });
  }
  const pairs: PairF1[] = [];
  eachPair(annotators, (first, second, place) => {
    if (intAt(shared, place) === 0) return;
    const sums = [
      realAt(matched, place),
      realAt(unitsOfFirst, place),
      realAt(unitsOfSecond, place),
    ] as const;
    pairs.push({
      first,
      second,
      f1: withParts(...sums),
      matched: sums[0],
      unitsOfFirst: sums[1],
      unitsOfSecond: sums[2],
    });
  });
  return pairs;
}

/** F1 with the share of the second's units matched (precision) and of the first's (recall). */
function withParts(matched: number, unitsOfFirst: number, unitsOfSecond: number): PairF1["f1"] {
  const f1 = f1Of(matched, unitsOfFirst, unitsOfSecond);
  if (f1.value === null) return f1;
  return measured(f1.value, {
    precision: unitsOfSecond === 0 ? null : matched / unitsOfSecond,
    recall: unitsOfFirst === 0 ? null : matched / unitsOfFirst,
  });
}

function slotsOf(document: MatchCounts, label: number | null): readonly number[] {
  if (label === null) return [...document.labels.keys()];
  const slot = document.labels.indexOf(label);
  return slot < 0 ? [] : [slot];
}

function sumSlots(
  column: Int32Array,
  row: number,
  slots: readonly number[],
  document: MatchCounts,
): number {
  return slots.reduce((sum, slot) => sum + intAt(column, row * document.labels.length + slot), 0);
}
