import { type CoverageTotals, emptyCoverage } from "./binary-alpha";
import type { CorpusTotals } from "./corpus-totals";
import type { DocumentFigures } from "./document-figures";
import type { Coverage, LabelCoverage } from "./label-coverage";
import type { Measured } from "./measured";

/** What is counted where: characters or tokens. */
export type Positions = "characters" | "tokens";

/** A label slot of the corpus, on characters or tokens. */
export type CoveragePlace = { readonly slot: number; readonly positions: Positions };

/** The documents that count in comparisons: those with two or more submissions. */
export function comparedFigures(figures: readonly DocumentFigures[]): DocumentFigures[] {
  return figures.filter((document) => document.submitters.length >= 2);
}

/** A measure of one label slot with each document left out in turn; NaN where it has no value. */
export function coverageLeavingOut(
  totals: CorpusTotals,
  documents: readonly DocumentFigures[],
  place: CoveragePlace,
  measure: (totals: CoverageTotals) => Measured,
): Float64Array {
  const all = totals[place.positions][place.slot] ?? emptyCoverage();
  const left = emptyCoverage();
  return Float64Array.from(documents, (figures) => {
    takeAway(left, all, figures, place, totals.slots);
    return measure(left).value ?? Number.NaN;
  });
}

/** A measure of all label slots on characters with each document left out in turn. */
export function coveragesLeavingOut(
  totals: CorpusTotals,
  documents: readonly DocumentFigures[],
  measure: (totals: readonly CoverageTotals[]) => Measured,
): Float64Array {
  const left = totals.characters.map(emptyCoverage);
  return Float64Array.from(documents, (figures) => {
    totals.characters.forEach((all, slot) => {
      const entry = left[slot];
      if (entry) takeAway(entry, all, figures, { slot, positions: "characters" }, totals.slots);
    });
    return measure(left).value ?? Number.NaN;
  });
}

function takeAway(
  left: CoverageTotals,
  all: CoverageTotals,
  figures: DocumentFigures,
  place: CoveragePlace,
  slots: number,
): void {
  const coverage = place.positions === "characters" ? figures.characters : figures.tokens?.labels;
  const own = coverage ? ownCoverage(coverage, place.slot, slots) : null;
  left.total = all.total - (coverage?.total ?? 0);
  left.covered = all.covered - (own?.covered ?? 0);
  left.coincident = all.coincident - (own?.coincident ?? 0);
  left.squares = all.squares - (own?.squares ?? 0);
}

function ownCoverage(coverage: LabelCoverage, slot: number, slots: number): Coverage | null {
  if (slot === slots - 1) return coverage.any;
  return coverage.byLabel[coverage.labels.indexOf(slot)] ?? null;
}
