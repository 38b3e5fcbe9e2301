import { comparePairs, eachPair, pairCount, pairIndex, sumRows } from "./annotator-pairs";
import { binaryAlpha, type CoverageTotals, emptyCoverage } from "./binary-alpha";
import { intAt, meanOf, realAt } from "./columns";
import { addCount, emptyCounts } from "./counts-by-number";
import { coverLabels, labelsIn } from "./label-coverage";
import { createLabelSets, type LabelSets } from "./label-sets";
import { type Measured, measured, undefinedBecause } from "./measured";
import { coverSets, type SetCoverage, type SetSums, setAlpha } from "./set-coverage";
import type { Track } from "./track";
import { anyLabelTrack, labelSetTrack, rowLength, sharedLength } from "./track-shape";
import { kappaFrom } from "./two-by-two";

/** The track of one document, of characters or tokens, and the annotators behind its submitters. */
export type AnnotatedTrack = { readonly track: Track; readonly submitters: Int32Array };

/** Agreement with every character (or token) as an item and "no label" as a category. */
export type PositionAgreement = {
  /** Set-valued alpha; the nominal alpha where no labels overlap. */
  readonly alpha: Measured;
  readonly alphaByLabel: ReadonlyMap<number, Measured>;
  /** Share of positions on which a pair gave the same labels, over all pairs and documents. */
  readonly percent: Measured;
  /** Means over pairs of annotators. */
  readonly kappa: Measured;
  readonly pi: Measured;
};

/**
 * Character- or token-level agreement over documents, computed from intervals. Long spans dominate it and split spans cost
 * nothing, so read it beside F1 or u-alpha (Artstein and Poesio 2008, section 4.3).
 */
export function positionAgreement(documents: readonly AnnotatedTrack[]): PositionAgreement {
  const compared = documents.filter((document) => document.submitters.length >= 2);
  const sets = createLabelSets();
  const pairs = pairPositions(compared, sets);
  const defined = pairs.filter((pair) => pair.total > 0);
  const total = defined.reduce((sum, pair) => sum + pair.total, 0);
  const same = defined.reduce((sum, pair) => sum + pair.same, 0);
  return {
    alpha: setAlpha(sumSets(compared.map(({ track }) => coverSets(track, sets))), sets),
    alphaByLabel: alphaByLabel(compared),
    percent: total === 0 ? undefinedBecause("no_pairable") : measured(same / total),
    kappa: meanOver(defined, (pair) => chanceOf(pair, "own")),
    pi: meanOver(defined, (pair) => chanceOf(pair, "mean")),
  };
}

/** Adds up the set coverage of documents. */
export function sumSets(documents: readonly SetCoverage[]): SetSums {
  const sums: SetSums = { counts: emptyCounts(), disagreement: 0 };
  for (const document of documents) {
    sums.disagreement += document.disagreement;
    document.sets.forEach((set, index) => {
      addCount(sums.counts, set, realAt(document.counts, index));
    });
  }
  return sums;
}

function alphaByLabel(documents: readonly AnnotatedTrack[]): Map<number, Measured> {
  const totals = new Map<number, CoverageTotals>();
  let positions = 0;
  for (const { track } of documents) {
    const own = coverLabels(track);
    positions += own.total;
    own.labels.forEach((label, slot) => {
      const entry = totals.get(label) ?? emptyCoverage();
      totals.set(label, entry);
      entry.covered += own.byLabel[slot]?.covered ?? 0;
      entry.coincident += own.byLabel[slot]?.coincident ?? 0;
    });
  }
  const sorted = [...totals].sort(([a], [b]) => a - b);
  return new Map(
    sorted.map(([label, entry]) => [label, binaryAlpha({ ...entry, total: positions })]),
  );
}

type PairPositions = {
  total: number;
  same: number;
  /** Positions with each set of labels, by the first and the second annotator; the empty set is the rest. */
  readonly first: Map<number, number>;
  readonly second: Map<number, number>;
};

function pairPositions(documents: readonly AnnotatedTrack[], sets: LabelSets): PairPositions[] {
  const annotators =
    documents.reduce((most, document) => Math.max(most, ...document.submitters), -1) + 1;
  const pairs = Array.from({ length: pairCount(annotators) }, () => ({
    total: 0,
    same: 0,
    first: new Map<number, number>(),
    second: new Map<number, number>(),
  }));
  for (const { track, submitters } of documents) {
    const bySet = labelSetTrack(track, sets);
    const used = labelsIn(bySet);
    const counts = sumRows(bySet, used, rowLength(bySet));
    const marked = sumRows(anySet(bySet), ANY, rowLength(bySet));
    const equal = comparePairs(bySet, used, sharedLength(bySet));
    const shared = sharedMarks(bySet);
    eachPair(submitters.length, (a, b, pair) => {
      const entry = pairs[pairIndex(intAt(submitters, a), intAt(submitters, b), annotators)];
      if (!entry) return;
      entry.total += track.length;
      entry.same += track.length - intAt(marked, a) - intAt(marked, b) + intAt(shared, pair);
      used.forEach((set, slot) => {
        entry.same += intAt(equal, pair * used.length + slot);
        addTo(entry.first, set, intAt(counts, a * used.length + slot));
        addTo(entry.second, set, intAt(counts, b * used.length + slot));
      });
    });
  }
  return pairs;
}

const ANY = Int32Array.of(0);

function anySet(bySet: Track): { offsets: Int32Array; label: Int32Array } {
  return { offsets: bySet.offsets, label: new Int32Array(bySet.label.length) };
}

/** Positions that both of a pair marked with any set; rows are put in text order first. */
function sharedMarks(bySet: Track): Int32Array {
  const any = anyLabelTrack(bySet);
  return comparePairs(any, ANY, sharedLength(any));
}

function addTo(map: Map<number, number>, key: number, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

function chanceOf(pair: PairPositions, shares: "own" | "mean"): Measured {
  const sets = new Set([...pair.first.keys(), ...pair.second.keys()]);
  let chance = 0;
  let restOfFirst = pair.total;
  let restOfSecond = pair.total;
  const product = (a: number, b: number) => (shares === "own" ? a * b : ((a + b) / 2) ** 2);
  for (const set of sets) {
    const a = pair.first.get(set) ?? 0;
    const b = pair.second.get(set) ?? 0;
    chance += product(a, b);
    restOfFirst -= a;
    restOfSecond -= b;
  }
  chance += product(restOfFirst, restOfSecond);
  return kappaFrom(pair.same / pair.total, chance / pair.total ** 2);
}

function meanOver(
  pairs: readonly PairPositions[],
  measure: (pair: PairPositions) => Measured,
): Measured {
  const values = pairs.map(measure);
  const mean = meanOf(values.flatMap((value) => (value.value === null ? [] : [value.value])));
  if (mean !== null) return measured(mean);
  return values[0] ?? undefinedBecause("no_pairable");
}
