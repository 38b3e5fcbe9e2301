import { labelBounds } from "./annotator-pairs";
import { intAt } from "./columns";
import { labelsIn } from "./label-coverage";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { SpanDocument } from "./span-document";
import type { Track } from "./track";

/** Observed and expected disagreement of one label; alpha is 1 - observed / expected. */
export type UnitizingDisagreement = {
  readonly label: number;
  readonly observed: number;
  readonly expected: number;
  readonly alpha: Measured;
};

/** Krippendorff's unitizing alpha of one document, over all labels and label by label. */
export type UnitizingAlpha1995 = Measured & { readonly labels: readonly UnitizingDisagreement[] };

/** A stretch of one annotator's continuum: a unit of the label or the gap between two. */
export type Stretch = { readonly start: number; readonly end: number; readonly isUnit: boolean };

/**
 * alpha_U of one document (Krippendorff 1995; 2004, section 11.5; Quality and Quantity 38:787). Over all labels it is
 * 1 - sum D_o / sum D_e. Overlapping spans of one annotator and label are merged, touching ones stay two units. It is not
 * additive over documents: report it per document, or their mean. Undefined with one annotator or without units.
 */
export function unitizingAlpha1995(document: SpanDocument): UnitizingAlpha1995 {
  const submitters = document.submitters.length;
  if (submitters < 2) return { ...undefinedBecause("no_pairable"), labels: [] };
  if (document.length === 0) return { ...undefinedBecause("empty_text"), labels: [] };
  const labels = labelsIn(document.track);
  const bounds = labelBounds(document.track, labels);
  const perLabel = [...labels].map((label, slot) => {
    const continua = Array.from({ length: submitters }, (_, submitter) =>
      continuumOf(document.track, bounds, submitter * labels.length + slot),
    );
    const observed = observedDisagreement(continua, document.length);
    const expected = expectedDisagreement(continua, document.length);
    return { label, observed, expected, alpha: alphaFrom(observed, expected) };
  });
  const sum = (pick: (entry: UnitizingDisagreement) => number) =>
    perLabel.reduce((total, entry) => total + pick(entry), 0);
  if (perLabel.length === 0) return { ...undefinedBecause("nothing_marked"), labels: [] };
  return {
    ...alphaFrom(
      sum((entry) => entry.observed),
      sum((entry) => entry.expected),
    ),
    labels: perLabel,
  };
}

function alphaFrom(observed: number, expected: number): Measured {
  return expected <= 0 ? undefinedBecause("no_variation") : measured(1 - observed / expected);
}

/**
 * Squared difference of two stretches: of two overlapping units the squared distances of their ends; of a unit that lies
 * wholly in the other's gap its squared length; else 0.
 */
export function squaredDifference(a: Stretch, b: Stretch): number {
  if (a.isUnit && b.isUnit) {
    const apart = Math.min(a.end, b.end) <= Math.max(a.start, b.start);
    return apart ? 0 : (a.start - b.start) ** 2 + (a.end - b.end) ** 2;
  }
  if (a.isUnit) return b.start <= a.start && a.end <= b.end ? (a.end - a.start) ** 2 : 0;
  if (b.isUnit) return a.start <= b.start && b.end <= a.end ? (b.end - b.start) ** 2 : 0;
  return 0;
}

/** The units and gaps of one annotator for one label, in text order from 0 to the length of the text. */
function continuumOf(track: Track, bounds: Int32Array, entry: number): Stretch[] {
  const stretches: Stretch[] = [];
  let reached = 0;
  for (let row = intAt(bounds, 2 * entry); row < intAt(bounds, 2 * entry + 1); row++) {
    const start = intAt(track.start, row);
    const end = intAt(track.end, row);
    if (start > reached) stretches.push({ start: reached, end: start, isUnit: false });
    stretches.push({ start, end, isUnit: true });
    reached = end;
  }
  if (reached < track.length) stretches.push({ start: reached, end: track.length, isUnit: false });
  return stretches;
}

/** D_o: the squared differences over all ordered pairs of annotators, over m (m - 1) L^2. Two pointers per pair. */
function observedDisagreement(continua: readonly (readonly Stretch[])[], length: number): number {
  const m = continua.length;
  let sum = 0;
  for (let first = 0; first < m; first++) {
    for (let second = 0; second < first; second++) {
      sum += pairDifference(continua[first] ?? [], continua[second] ?? []);
    }
  }
  return (2 * sum) / (m * (m - 1) * length ** 2);
}

function pairDifference(a: readonly Stretch[], b: readonly Stretch[]): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  let x = a[i];
  let y = b[j];
  while (x && y) {
    sum += squaredDifference(x, y);
    if (x.end <= y.end) i++;
    if (y.end <= x.end) j++;
    x = a[i];
    y = b[j];
  }
  return sum;
}

/**
 * D_e: (2 / L) sum over units of ((N - 1) (2 l^3 - 3 l^2 + l) / 3 + l^2 sum over gaps g >= l of (g - l + 1)), over
 * m L (m L - 1) - sum l (l - 1). Gaps are sorted with running sums, so the inner sum costs a binary search.
 */
function expectedDisagreement(continua: readonly (readonly Stretch[])[], length: number): number {
  const stretches = continua.flat();
  const units = stretches.filter((stretch) => stretch.isUnit).map(lengthOf);
  const gaps = Float64Array.from(
    stretches.filter((stretch) => !stretch.isUnit),
    lengthOf,
  ).sort();
  const sums = new Float64Array(gaps.length + 1);
  for (let at = gaps.length - 1; at >= 0; at--) sums[at] = (sums[at + 1] ?? 0) + (gaps[at] ?? 0);
  let top = 0;
  let selfPairs = 0;
  for (const unit of units) {
    const first = firstAtLeast(gaps, unit);
    const room = (sums[first] ?? 0) - (gaps.length - first) * (unit - 1);
    top += ((units.length - 1) / 3) * (2 * unit ** 3 - 3 * unit ** 2 + unit) + unit ** 2 * room;
    selfPairs += unit * (unit - 1);
  }
  const positions = continua.length * length;
  const bottom = positions * (positions - 1) - selfPairs;
  return bottom === 0 ? 0 : ((2 / length) * top) / bottom;
}

function lengthOf(stretch: Stretch): number {
  return stretch.end - stretch.start;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) >= value) high = middle;
    else low = middle + 1;
  }
  return low;
}
