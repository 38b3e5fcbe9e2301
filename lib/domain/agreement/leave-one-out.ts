import { pairCount, pairIndex } from "./annotator-pairs";
import { type CoverageTotals, emptyCoverage } from "./binary-alpha";
import { intAt } from "./columns";
import type { CorpusTotals, PairTotals } from "./corpus-totals";
import type { DocumentFigures } from "./document-figures";
import type { Coverage } from "./label-coverage";
import type { Measured } from "./measured";
import { f1Of, labelSum, type Matching } from "./pair-measures";
import { meanMeasure } from "./report-figures";

/** What is counted where: characters or tokens. */
export type Positions = "characters" | "tokens";

/** The documents that count in comparisons: those with two or more submissions. */
export function comparedFigures(figures: readonly DocumentFigures[]): DocumentFigures[] {
  return figures.filter((document) => document.submitters.length >= 2);
}

/** The coverage totals of one label slot with one document left out. */
export function coverageWithout(
  totals: CorpusTotals,
  figures: DocumentFigures,
  place: { readonly slot: number; readonly positions: Positions },
): CoverageTotals {
  const all = totals[place.positions][place.slot] ?? emptyCoverage();
  const own = ownCoverage(figures, place, totals.slots);
  const length = place.positions === "tokens" ? (figures.tokens?.count ?? 0) : null;
  const total = length === null ? figures.characters.total : length * figures.submitters.length;
  return {
    total: all.total - total,
    covered: all.covered - own.covered,
    coincident: all.coincident - own.coincident,
    squares: all.squares - own.squares,
  };
}

function ownCoverage(
  figures: DocumentFigures,
  place: { readonly slot: number; readonly positions: Positions },
  slots: number,
): Coverage {
  const any = place.slot === slots - 1;
  const slot = any ? figures.labels.length : figures.labels.indexOf(place.slot);
  if (slot < 0) return emptyCoverage();
  if (place.positions === "tokens") return tokenCoverage(figures, slot);
  return any ? figures.characters.any : (figures.characters.byLabel[slot] ?? emptyCoverage());
}

function tokenCoverage(figures: DocumentFigures, slot: number): Coverage {
  const coverage = { covered: 0, coincident: 0, squares: 0 };
  const { tokens } = figures;
  if (!tokens) return coverage;
  const submitters = figures.submitters.length;
  const width = figures.labels.length + 1;
  for (let submitter = 0; submitter < submitters; submitter++) {
    coverage.covered += intAt(tokens.covered, submitter * width + slot);
  }
  for (let pair = 0; pair < pairCount(submitters); pair++) {
    coverage.coincident += (2 * intAt(tokens.shared, pair * width + slot)) / (submitters - 1);
  }
  return coverage;
}

/** Which F1: exact or overlap, in one label slot, in the last slot (any label), or summed over the labels. */
export type F1Choice = { readonly matching: Matching; readonly slot: number | "labels" };

type PairSums = { matched: number; first: number; second: number };

/** Mean pairwise F1 with each document left out in turn. Only the pairs of that document are computed anew. */
export function meanF1LeavingOut(
  totals: CorpusTotals,
  documents: readonly DocumentFigures[],
  choice: F1Choice,
): Measured[] {
  const sums = totals.pairs.map((pair) => (pair ? pairSums(pair, choice) : null));
  const values = sums.map((sum) => (sum ? f1Of(sum.matched, sum.first, sum.second).value : null));
  const defined = values.filter((value) => value !== null);
  const whole = { sum: defined.reduce((sum, value) => sum + value, 0), count: defined.length };
  return documents.map((figures) => {
    const left = { ...whole };
    eachOwnPair(totals, figures, choice, (pair, own) => {
      const all = sums[pair];
      const before = values[pair] ?? null;
      if (!all || before === null) return;
      const after = f1Of(all.matched - own.matched, all.first - own.first, all.second - own.second);
      left.sum += (after.value ?? 0) - before;
      if (after.value === null) left.count--;
    });
    return left.count === 0 ? meanMeasure([]) : { value: left.sum / left.count };
  });
}

function pairSums(pair: PairTotals, choice: F1Choice): PairSums {
  const pick = (column: Float64Array) =>
    choice.slot === "labels" ? labelSum(column) : (column[choice.slot] ?? 0);
  return {
    matched: pick(pair[choice.matching]),
    first: pick(pair.unitsOfFirst),
    second: pick(pair.unitsOfSecond),
  };
}

function eachOwnPair(
  totals: CorpusTotals,
  figures: DocumentFigures,
  choice: F1Choice,
  visit: (pair: number, own: PairSums) => void,
): void {
  const slots = ownSlots(totals, figures, choice.slot);
  if (slots.length === 0) return;
  const width = figures.labels.length + 1;
  const pick = (column: Int32Array, row: number) =>
    slots.reduce((sum, slot) => sum + intAt(column, row * width + slot), 0);
  const { submitters } = figures;
  let pair = 0;
  for (let first = 0; first < submitters.length; first++) {
    for (let second = first + 1; second < submitters.length; second++) {
      visit(pairIndex(intAt(submitters, first), intAt(submitters, second), totals.annotatorCount), {
        matched: pick(figures[choice.matching], pair),
        first: pick(figures.units, first),
        second: pick(figures.units, second),
      });
      pair++;
    }
  }
}

/** The slots of the document that make up the chosen slot of the corpus; none when the label does not occur in it. */
function ownSlots(
  totals: CorpusTotals,
  figures: DocumentFigures,
  slot: number | "labels",
): number[] {
  if (slot === "labels") return [...figures.labels.keys()];
  if (slot === totals.slots - 1) return [figures.labels.length];
  const own = figures.labels.indexOf(slot);
  return own < 0 ? [] : [own];
}
