import { eachPair, pairCount } from "./annotator-pairs";
import { intAt, realAt } from "./columns";
import type { CountsByNumber } from "./counts-by-number";
import { totalCount } from "./counts-by-number";
import type { LabelSets } from "./label-sets";
import { type Measured, measured, undefinedBecause } from "./measured";
import { type SetRuns, setRuns } from "./set-runs";
import type { Track } from "./track";

/** What one document contributes to set-valued alpha: the sets that occur, and how far apart pairs of them are. */
export type SetCoverage = {
  /** Numbers of the sets met, ascending, the empty set first. */
  readonly sets: Int32Array;
  /** Positions times submitters that carry each set. */
  readonly counts: Float64Array;
  /** The same by submitter, at `submitter * sets.length + place`. */
  readonly bySubmitter: Float64Array;
  /** By pair: sum over positions of the distance between the two sets, positions with the same set, and with two sets that are not empty. */
  readonly apart: Float64Array;
  readonly same: Float64Array;
  readonly both: Float64Array;
  /** Sum over positions and ordered pairs of submitters of the distance between their sets, over m - 1. */
  readonly disagreement: number;
};

/**
 * Covers a track with the set of labels that each submitter gives to a position (no label: the empty set). The cost is that of
 * sorting the stretches and of walking those of each two submitters side by side.
 */
export function coverSets(track: Track, sets: LabelSets): SetCoverage {
  const runs = setRuns(track, sets);
  const submitters = runs.offsets.length - 1;
  const used = setsIn(runs);
  // From here on a run's set is its place among those of the document.
  runs.set.forEach((set, row) => {
    runs.set[row] = used.indexOf(set);
  });
  const distances = distancesAmong(used, sets);
  const bySubmitter = countSets(runs, used);
  const counts = new Float64Array(used.length);
  bySubmitter.forEach((count, at) => {
    const place = at % used.length;
    counts[place] = realAt(counts, place) + count;
  });
  const apart = new Float64Array(pairCount(submitters));
  const same = new Float64Array(apart.length);
  const both = new Float64Array(apart.length);
  const met = { apart: 0, same: 0, both: 0 };
  let disagreement = 0;
  eachPair(submitters, (first, second, pair) => {
    meet(runs, first, second, { distances, size: used.length, met });
    apart[pair] = met.apart;
    same[pair] = met.same;
    both[pair] = met.both;
    disagreement += 2 * met.apart;
  });
  disagreement /= Math.max(1, submitters - 1);
  return { sets: used, counts, bySubmitter, apart, same, both, disagreement };
}

function setsIn({ set }: SetRuns): Int32Array {
  const met = [0];
  for (let row = 0; row < set.length; row++) {
    const own = intAt(set, row);
    if (!met.includes(own)) met.push(own);
  }
  return Int32Array.from(met).sort();
}

function distancesAmong(used: Int32Array, sets: LabelSets): Float64Array {
  const size = used.length;
  const distances = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const apart = sets.distance(intAt(used, a), intAt(used, b));
      distances[a * size + b] = apart;
      distances[b * size + a] = apart;
    }
  }
  return distances;
}

function countSets(runs: SetRuns, used: Int32Array): Float64Array {
  const submitters = runs.offsets.length - 1;
  const counts = new Float64Array(submitters * used.length);
  for (let submitter = 0; submitter < submitters; submitter++) {
    const from = submitter * used.length;
    let marked = 0;
    const end = intAt(runs.offsets, submitter + 1);
    for (let row = intAt(runs.offsets, submitter); row < end; row++) {
      const length = intAt(runs.end, row) - intAt(runs.start, row);
      const at = from + intAt(runs.set, row);
      counts[at] = realAt(counts, at) + length;
      marked += length;
    }
    counts[from] = runs.length - marked;
  }
  return counts;
}

type Met = { apart: number; same: number; both: number };

/** Walks the runs of two submitters side by side, with the unmarked text between them. */
function meet(
  runs: SetRuns,
  first: number,
  second: number,
  { distances, size, met }: { distances: Float64Array; size: number; met: Met },
): void {
  const aEnd = intAt(runs.offsets, first + 1);
  const bEnd = intAt(runs.offsets, second + 1);
  let a = intAt(runs.offsets, first);
  let b = intAt(runs.offsets, second);
  met.apart = 0;
  met.same = 0;
  met.both = 0;
  let position = 0;
  while (position < runs.length) {
    const aSet = setAt(runs, a, aEnd, position);
    const bSet = setAt(runs, b, bEnd, position);
    const next = Math.min(
      changeAfter(runs, a, aEnd, position),
      changeAfter(runs, b, bEnd, position),
    );
    const length = next - position;
    if (aSet === bSet) met.same += length;
    if (aSet * bSet !== 0) met.both += length;
    met.apart += length * realAt(distances, aSet * size + bSet);
    position = next;
    a += endsAt(runs, a, aEnd, position);
    b += endsAt(runs, b, bEnd, position);
  }
}

/** The set of a run that began, or the empty one before its start. */
function setAt({ set, start }: SetRuns, row: number, end: number, position: number): number {
  return row < end && intAt(start, row) <= position ? intAt(set, row) : 0;
}

/** Where a run that began ends, or where the next one starts. */
function changeAfter(runs: SetRuns, row: number, end: number, position: number): number {
  if (row >= end) return runs.length;
  const start = intAt(runs.start, row);
  return start <= position ? intAt(runs.end, row) : start;
}

function endsAt(runs: SetRuns, row: number, end: number, position: number): number {
  return Number(row < end && intAt(runs.end, row) === position);
}

/** Sums over documents for set-valued alpha: positions by number of the set, and the summed disagreement. */
export type SetSums = { readonly counts: CountsByNumber; disagreement: number };

/**
 * Krippendorff's alpha on the set of labels at every position, with the Jaccard distance between sets:
 * 1 - (n - 1) D / sum n_c n_k d(c, k). Where no annotator gives two labels to one position this is the ordinary nominal
 * alpha with "no label" as a category (Artstein and Poesio 2008, section 4.3; Passonneau 2006 for sets).
 */
export function setAlpha(sums: SetSums, sets: LabelSets): Measured {
  const { values } = sums.counts;
  return alphaFromSums(
    totalCount(sums.counts),
    sums.disagreement,
    expectedOf(values, distancesTo(values, sets)),
  );
}

/** The values of {@link setAlpha} with each document left out in turn, in O(sets of the document squared). */
export function setAlphaLeavingOut(
  sums: SetSums,
  documents: readonly SetCoverage[],
  sets: LabelSets,
): Float64Array {
  const { values } = sums.counts;
  const total = totalCount(sums.counts);
  const reach = distancesTo(values, sets);
  const expected = expectedOf(values, reach);
  const { size, distances } = sets.table();
  return Float64Array.from(documents, ({ sets: own, counts, disagreement }) => {
    let change = 0;
    let positions = 0;
    for (let a = 0; a < own.length; a++) {
      const set = intAt(own, a);
      const count = realAt(counts, a);
      positions += count;
      change -= 2 * count * realAt(reach, set);
      for (let b = 0; b < a; b++) {
        change += 2 * count * realAt(counts, b) * realAt(distances, set * size + intAt(own, b));
      }
    }
    const left = alphaFromSums(
      total - positions,
      sums.disagreement - disagreement,
      expected + change,
    );
    return left.value ?? Number.NaN;
  });
}

function alphaFromSums(total: number, disagreement: number, expected: number): Measured {
  if (total <= 1) return undefinedBecause("no_pairable");
  if (expected < 1e-6) return undefinedBecause("no_variation");
  return measured(1 - ((total - 1) * disagreement) / expected);
}

/** For each set the sum over all sets of their count times the distance to them. */
function distancesTo(counts: Float64Array, sets: LabelSets): Float64Array {
  const { size, distances } = sets.table();
  const reach = new Float64Array(size);
  for (let other = 0; other < Math.min(size, counts.length); other++) {
    const count = realAt(counts, other);
    if (count === 0) continue;
    for (let set = 0; set < size; set++) {
      reach[set] = realAt(reach, set) + count * realAt(distances, other * size + set);
    }
  }
  return reach;
}

/** Sum over ordered pairs of sets of n_c n_k d(c, k). */
function expectedOf(counts: Float64Array, reach: Float64Array): number {
  let expected = 0;
  for (let set = 0; set < reach.length; set++) expected += realAt(counts, set) * realAt(reach, set);
  return expected;
}
