import { intAt, realAt, sumOf } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { SpanDocument } from "./span-document";
import type { Track } from "./track";
import { anyLabelTrack } from "./track-shape";

/** How the self-pairs of a unit are counted with three and more annotators; with two, both are the same. */
export type SelfPairRule = "pairwise" | "union";

/** Coincidences of labels on the stretches that both of a pair marked: l'_ck restricted to labels, without the gap. */
export type ValuedCoincidences = {
  readonly labels: readonly number[];
  /** l'_kk and l'_k. by place of the label. */
  readonly agreeing: Float64Array;
  readonly sums: Float64Array;
  /** Z'_k: squared lengths of the parts of units that others marked too. */
  readonly selfPairs: Float64Array;
  readonly total: number;
};

/** Sums the coincidences of labels over documents. */
export function valuedCoincidences(
  documents: readonly SpanDocument[],
  labels: readonly number[],
  rule: SelfPairRule,
): ValuedCoincidences {
  const slotOf = new Map(labels.map((label, slot) => [label, slot]));
  const agreeing = new Float64Array(labels.length);
  const sums = new Float64Array(labels.length);
  const selfPairs = new Float64Array(labels.length);
  for (const { track } of documents) {
    const pairs = track.offsets.length - 2;
    const marked = anyLabelTrack(track);
    eachUnit(track, (unit) => {
      const slot = slotOf.get(unit.label) ?? 0;
      let squares = 0;
      for (let other = 0; other + 1 < track.offsets.length; other++) {
        if (other === unit.submitter) continue;
        const shared = overlapWith(marked, other, unit, null);
        sums[slot] = realAt(sums, slot) + shared / pairs;
        agreeing[slot] =
          realAt(agreeing, slot) + overlapWith(track, other, unit, unit.label) / pairs;
        squares += shared ** 2 / pairs;
      }
      const own = rule === "pairwise" ? squares : unionOverlap(marked, unit) ** 2;
      selfPairs[slot] = realAt(selfPairs, slot) + own;
    });
  }
  return { labels, agreeing, sums, selfPairs, total: sumOf(sums) };
}

/** The alphas of what is left: cu-alpha over all labels and (k)u-alpha of each. */
export function valuedAlphas(
  valued: ValuedCoincidences,
  whole: number,
): {
  coded: Measured<{ readonly coverage: number }>;
  byLabel: ReadonlyMap<number, Measured>;
} {
  const { labels, agreeing, sums, selfPairs, total } = valued;
  const pairable = total - sumOf(selfPairs) / total;
  const squares = sums.reduce((sum, length) => sum + length ** 2, 0);
  const expected = total ** 2 - squares;
  const reason = whole === 0 ? "no_pairable" : "no_variation";
  const coded =
    total === 0 || expected < 1e-6
      ? undefinedBecause(reason)
      : measured(1 - ((total - sumOf(agreeing)) * pairable) / expected, {
          coverage: total / whole,
        });
  const byLabel = new Map<number, Measured>();
  labels.forEach((label, slot) => {
    const own = realAt(sums, slot);
    const others = own * (total - own);
    const corrected = own === 0 ? 0 : (own * total - realAt(selfPairs, slot)) / own;
    const alpha =
      others < 1e-6
        ? undefinedBecause(reason)
        : measured(1 - (corrected * (own - realAt(agreeing, slot))) / others);
    byLabel.set(label, alpha);
  });
  return { coded, byLabel };
}

type OwnUnit = {
  readonly submitter: number;
  readonly label: number;
  readonly start: number;
  readonly end: number;
};

function eachUnit(track: Track, visit: (unit: OwnUnit) => void): void {
  for (let submitter = 0; submitter + 1 < track.offsets.length; submitter++) {
    for (
      let row = intAt(track.offsets, submitter);
      row < intAt(track.offsets, submitter + 1);
      row++
    ) {
      visit({
        submitter,
        label: intAt(track.label, row),
        start: intAt(track.start, row),
        end: intAt(track.end, row),
      });
    }
  }
}

/** How much of a unit another submitter covers, with one label or (null) with any. */
function overlapWith(track: Track, submitter: number, unit: OwnUnit, label: number | null): number {
  const wanted = label ?? 0;
  let low = intAt(track.offsets, submitter);
  const end = intAt(track.offsets, submitter + 1);
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    const own = intAt(track.label, middle);
    if (own < wanted || (own === wanted && intAt(track.end, middle) <= unit.start))
      low = middle + 1;
    else high = middle;
  }
  let shared = 0;
  for (let row = low; row < end && intAt(track.label, row) === wanted; row++) {
    if (intAt(track.start, row) >= unit.end) break;
    shared +=
      Math.min(intAt(track.end, row), unit.end) - Math.max(intAt(track.start, row), unit.start);
  }
  return shared;
}

/** How much of a unit the other submitters together cover. */
function unionOverlap(marked: Track, unit: OwnUnit): number {
  const pieces: { start: number; end: number }[] = [];
  for (let other = 0; other + 1 < marked.offsets.length; other++) {
    if (other === unit.submitter) continue;
    for (let row = intAt(marked.offsets, other); row < intAt(marked.offsets, other + 1); row++) {
      const start = Math.max(unit.start, intAt(marked.start, row));
      const end = Math.min(unit.end, intAt(marked.end, row));
      if (end > start) pieces.push({ start, end });
    }
  }
  pieces.sort((a, b) => a.start - b.start);
  let covered = 0;
  let reached = unit.start;
  for (const piece of pieces) {
    covered += Math.max(0, piece.end - Math.max(piece.start, reached));
    reached = Math.max(reached, piece.end);
  }
  return covered;
}
