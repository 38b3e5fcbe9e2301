import { binaryUnitizingAlpha, type CoverageTotals, emptyCoverage } from "./binary-alpha";
import { coverLabels } from "./label-coverage";
import { type Measured, undefinedBecause } from "./measured";
import type { SpanDocument } from "./span-document";
import { unitizingAlpha } from "./unitizing-coincidences";
import { type SelfPairRule, valuedAlphas, valuedCoincidences } from "./valued-coincidences";

/** The alpha family of Krippendorff, Mathet, Bouvry and Widlocher (2016), nominal. */
export type UnitizingFamily = {
  /** u-alpha: labels and gaps together. */
  readonly u: Measured;
  /** |u|alpha: marked against not marked. */
  readonly marked: Measured;
  /** cu-alpha: the labels of what both marked, with `coverage` = that length over the whole. */
  readonly coded: Measured<{ readonly coverage: number }>;
  readonly coverage: number | null;
  /** (k)u-alpha of every label, by label number. */
  readonly byLabel: ReadonlyMap<number, Measured>;
};

/**
 * The whole family over one or several documents: coincidences are summed over documents, each with its own number of
 * annotators; documents with one annotator are skipped. Undefined where an annotator gives two labels to one place.
 * With three and more annotators public programs read the self-pairs of eq. 10 in two ways, which changes cu-alpha and
 * (k)u-alpha only; say which was used.
 */
export function unitizingFamily(
  documents: readonly SpanDocument[],
  selfPairs: SelfPairRule = "pairwise",
): UnitizingFamily {
  const compared = documents.filter((document) => document.submitters.length >= 2);
  const { coverages, overlapping } = sumCoverages(compared);
  if (overlapping > 0) return refused("overlapping_labels", binaryUnitizingAlpha(coverages.any));
  const labels = [...coverages.byLabel.keys()].sort((a, b) => a - b);
  const ordered = labels.map((label) => coverages.byLabel.get(label) ?? emptyCoverage());
  const valued = valuedCoincidences(compared, labels, selfPairs);
  const { coded, byLabel } = valuedAlphas(valued, coverages.any.total);
  return {
    u: unitizingAlpha([...ordered, coverages.any]),
    marked: binaryUnitizingAlpha(coverages.any),
    coded,
    coverage: coverages.any.total === 0 ? null : valued.total / coverages.any.total,
    byLabel,
  };
}

function refused(reason: "overlapping_labels", marked: Measured): UnitizingFamily {
  const none = undefinedBecause(reason);
  return { u: none, marked, coded: none, coverage: null, byLabel: new Map() };
}

type Coverages = { readonly any: CoverageTotals; readonly byLabel: Map<number, CoverageTotals> };

function sumCoverages(documents: readonly SpanDocument[]): {
  coverages: Coverages;
  overlapping: number;
} {
  const coverages: Coverages = { any: emptyCoverage(), byLabel: new Map() };
  let overlapping = 0;
  for (const document of documents) {
    const own = coverLabels(document.track);
    overlapping += own.overlapping;
    addInto(coverages.any, own.any);
    coverages.any.total += own.total;
    own.labels.forEach((label, slot) => {
      const entry = coverages.byLabel.get(label) ?? emptyCoverage();
      coverages.byLabel.set(label, entry);
      addInto(entry, own.byLabel[slot] ?? emptyCoverage());
    });
  }
  for (const entry of coverages.byLabel.values()) entry.total = coverages.any.total;
  return { coverages, overlapping };
}

function addInto(into: CoverageTotals, coverage: Omit<CoverageTotals, "total">): void {
  into.covered += coverage.covered;
  into.coincident += coverage.coincident;
  into.squares += coverage.squares;
}
