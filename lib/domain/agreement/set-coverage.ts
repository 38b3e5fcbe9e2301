import { intAt, realAt } from "./columns";
import { type LabelCoverage, sortedBoundaries, submitterOfRows } from "./label-coverage";
import type { LabelSets } from "./label-sets";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { Track } from "./track";

/** What one document contributes to set-valued alpha: the sets that occur, and how far apart pairs of them are. */
export type SetCoverage = {
  /** Numbers of the sets met, in the order met. */
  readonly sets: Int32Array;
  /** Positions times submitters that carry each set. */
  readonly counts: Float64Array;
  /** Sum over positions and ordered pairs of submitters of the distance between their sets, over m - 1. */
  readonly disagreement: number;
};

/**
 * Sweeps over a track with the set of labels that each submitter gives to a position (no label: the empty set). Needs
 * two or more submitters.
 */
export function coverSets(track: Track, sets: LabelSets): SetCoverage {
  const rows = track.label.length;
  const submitters = track.offsets.length - 1;
  const owner = submitterOfRows(track);
  const current = new Int32Array(submitters);
  const since = new Int32Array(submitters);
  const counts = new Map<number, number>();
  const present = new Map<number, number>([[0, submitters]]);
  let apart = 0;
  let apartSince = 0;
  let disagreement = 0;
  for (const key of sortedBoundaries(track)) {
    const position = Math.floor(key / (2 * rows));
    const code = key - position * 2 * rows;
    const row = code >= rows ? code - rows : code;
    const submitter = intAt(owner, row);
    const from = intAt(current, submitter);
    const to = sets.toggle(from, intAt(track.label, row));
    disagreement += apart * (position - apartSince);
    apartSince = position;
    apart += movedDistance(present, sets, from, to);
    counts.set(from, (counts.get(from) ?? 0) + position - intAt(since, submitter));
    since[submitter] = position;
    current[submitter] = to;
  }
  for (let submitter = 0; submitter < submitters; submitter++) {
    counts.set(0, (counts.get(0) ?? 0) + track.length - intAt(since, submitter));
  }
  return {
    sets: Int32Array.from(counts.keys()),
    counts: Float64Array.from(counts.values()),
    disagreement: disagreement / Math.max(1, submitters - 1),
  };
}

/**
 * The same from the coverage of labels, for documents in which no annotator gives two labels to one place: every set is one
 * label or empty, and different sets are 1 apart.
 */
export function coverSingleLabels(coverage: LabelCoverage, sets: LabelSets): SetCoverage {
  const { labels, byLabel, any, total } = coverage;
  const numbers = new Int32Array(labels.length + 1);
  const counts = new Float64Array(labels.length + 1);
  counts[0] = total - any.covered;
  let agreeing = total - 2 * any.covered + any.coincident;
  for (let slot = 0; slot < labels.length; slot++) {
    numbers[slot + 1] = sets.toggle(0, intAt(labels, slot));
    counts[slot + 1] = byLabel[slot]?.covered ?? 0;
    agreeing += byLabel[slot]?.coincident ?? 0;
  }
  return { sets: numbers, counts, disagreement: total - agreeing };
}

/** Moves one submitter from a set to another; answers the change of the summed distance over ordered pairs. */
function movedDistance(
  present: Map<number, number>,
  sets: LabelSets,
  from: number,
  to: number,
): number {
  const left = (present.get(from) ?? 0) - 1;
  if (left === 0) present.delete(from);
  else present.set(from, left);
  let change = 0;
  for (const [set, count] of present) {
    change += count * (sets.distance(to, set) - sets.distance(from, set));
  }
  present.set(to, (present.get(to) ?? 0) + 1);
  return 2 * change;
}

/** Sums over documents for set-valued alpha: positions by number of the set, and the summed disagreement. */
export type SetSums = { readonly counts: Map<number, number>; disagreement: number };

/**
 * Krippendorff's alpha on the set of labels at every position, with the Jaccard distance between sets:
 * 1 - (n - 1) D / sum n_c n_k d(c, k). Where no annotator gives two labels to one position this is the ordinary nominal
 * alpha with "no label" as a category (Artstein and Poesio 2008, section 4.3; Passonneau 2006 for sets).
 */
export function setAlpha(sums: SetSums, sets: LabelSets): Measured {
  return alphaFromSums(
    totalOf(sums.counts),
    sums.disagreement,
    expectedDistance(sums.counts, sets),
  );
}

/** The values of {@link setAlpha} with each document left out in turn, in O(sets of the document times sets). */
export function setAlphaLeavingOut(
  sums: SetSums,
  documents: readonly SetCoverage[],
  sets: LabelSets,
): Measured[] {
  const total = totalOf(sums.counts);
  const expected = expectedDistance(sums.counts, sets);
  return documents.map((document) => {
    const own = new Map<number, number>();
    document.sets.forEach((set, index) => {
      own.set(set, realAt(document.counts, index));
    });
    let crossed = 0;
    for (const [set, count] of own) {
      for (const [other, others] of sums.counts)
        crossed += count * others * sets.distance(set, other);
    }
    return alphaFromSums(
      total - totalOf(own),
      sums.disagreement - document.disagreement,
      expected - 2 * crossed + expectedDistance(own, sets),
    );
  });
}

function alphaFromSums(total: number, disagreement: number, expected: number): Measured {
  if (total <= 1) return undefinedBecause("no_pairable");
  if (expected < 1e-6) return undefinedBecause("no_variation");
  return measured(1 - ((total - 1) * disagreement) / expected);
}

function totalOf(counts: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Sum over ordered pairs of sets of n_c n_k d(c, k). */
function expectedDistance(counts: ReadonlyMap<number, number>, sets: LabelSets): number {
  let expected = 0;
  for (const [set, count] of counts) {
    for (const [other, others] of counts) {
      if (other < set) expected += 2 * count * others * sets.distance(set, other);
    }
  }
  return expected;
}
