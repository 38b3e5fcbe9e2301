import { eachPair, pairCount, pairIndex } from "../agreement/annotator-pairs";
import { cohenKappa } from "../agreement/cohen-kappa";
import { intAt, realAt } from "../agreement/columns";
import type { CrossTable } from "../agreement/cross-table";
import {
  type Coincidences,
  coincidences,
  coincidencesOfTwo,
} from "../agreement/krippendorff-alpha";
import { type Measured, measured, undefinedBecause } from "../agreement/measured";
import { pickItems } from "../agreement/ratings";
import { figureOf, meanMeasure } from "../agreement/report-figures";
import type { PairRow } from "./layer-report";
import { itemsOf, type LayerTables, type UnitTable } from "./unit-tables";

type PairMeasures = { alpha: Measured[]; kappa: Measured[]; percent: Measured[] };

/** Every two annotators who rated a unit both, with the means over questions of their figures. */
export function unitPairRows(tables: LayerTables): PairRow[] {
  const { questions, annotators } = tables;
  const many = annotators.length;
  const documents = sharedDocuments(tables);
  const measures = Array.from(
    documents,
    (): PairMeasures => ({ alpha: [], kappa: [], percent: [] }),
  );
  for (const own of questions) measurePairs(own, measures);
  const rows: PairRow[] = [];
  eachPair(many, (first, second, pair) => {
    const own = measures[pair];
    if (own === undefined || intAt(documents, pair) === 0) return;
    rows.push({
      first: annotators[first] ?? "",
      second: annotators[second] ?? "",
      documents: intAt(documents, pair),
      alpha: figureOf(meanMeasure(own.alpha)),
      kappa: figureOf(meanMeasure(own.kappa)),
      percent: figureOf(meanMeasure(own.percent)),
      specific: null,
    });
  });
  return rows;
}

/** Adds the figures of one question for every two annotators. */
function measurePairs(own: UnitTable, measures: readonly PairMeasures[]): void {
  const { annotators, categories } = own.table;
  const size = categories.length;
  for (let first = 0; first < annotators; first++) {
    const met = crossTables(own, first);
    for (let second = first + 1; second < annotators; second++) {
      const into = measures[pairIndex(first, second, annotators)];
      const from = second * size * size;
      const cross = { size, cells: met.subarray(from, from + size * size) };
      into?.alpha.push(own.alphaFrom(coincidencesOfTwo(cross)));
      into?.kappa.push(cohenKappa(cross));
      into?.percent.push(percentOf(cross));
    }
  }
}

/** How often one annotator's categories met those of each other, one cross table after the other. */
function crossTables({ table }: UnitTable, first: number): Float64Array {
  const size = table.categories.length;
  const cells = new Float64Array(table.annotators * size * size);
  for (let item = 0; item < table.items; item++) {
    const from = item * table.annotators;
    const own = intAt(table.codes, from + first);
    if (own < 0) continue;
    for (let other = first + 1; other < table.annotators; other++) {
      const code = intAt(table.codes, from + other);
      if (code < 0) continue;
      const at = (other * size + own) * size + code;
      cells[at] = realAt(cells, at) + 1;
    }
  }
  return cells;
}

function percentOf({ size, cells }: CrossTable): Measured {
  let agreeing = 0;
  let total = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    total += realAt(cells, cell);
    if (cell % (size + 1) === 0) agreeing += realAt(cells, cell);
  }
  return total === 0 ? undefinedBecause("no_pairable") : measured(agreeing / total);
}

/** Documents in which two annotators rated one unit both, by pair. */
function sharedDocuments({ questions, annotators, documents }: LayerTables): Int32Array {
  const many = annotators.length;
  const shared = new Int32Array(pairCount(many));
  const seen = new Int32Array(shared.length).fill(-1);
  const present: number[] = [];
  documents.forEach((_, document) => {
    for (const own of questions) {
      const { from, to } = itemsOf(own, document);
      for (let item = from; item < to; item++) {
        present.length = 0;
        for (let annotator = 0; annotator < many; annotator++) {
          if (intAt(own.table.codes, item * many + annotator) >= 0) present.push(annotator);
        }
        present.forEach((second, at) => {
          for (let before = 0; before < at; before++) {
            const pair = pairIndex(present[before] ?? 0, second, many);
            if (intAt(seen, pair) === document) continue;
            seen[pair] = document;
            shared[pair] = intAt(shared, pair) + 1;
          }
        });
      }
    }
  });
  return shared;
}

/** Alpha over all annotators but one: only the units that they rated change. */
export function alphaWithout(own: UnitTable, annotator: number): Measured {
  const { table } = own;
  const items: number[] = [];
  for (let item = 0; item < table.items; item++) {
    if (intAt(table.codes, item * table.annotators + annotator) >= 0) items.push(item);
  }
  const part = pickItems(table, items);
  const before = coincidences(part);
  for (let at = annotator; at < part.codes.length; at += part.annotators) part.codes[at] = -1;
  return own.alphaFrom(plus(minus(coincidencesOf(own), before), coincidences(part)));
}

const known = new WeakMap<UnitTable, Coincidences>();

/** The coincidences of a whole table, counted once. */
function coincidencesOf(own: UnitTable): Coincidences {
  const found = known.get(own) ?? coincidences(own.table);
  known.set(own, found);
  return found;
}

/** The coincidences of some items less. */
export function minus(all: Coincidences, some: Coincidences): Coincidences {
  return combined(all, some, -1);
}

function plus(all: Coincidences, some: Coincidences): Coincidences {
  return combined(all, some, 1);
}

function combined(all: Coincidences, some: Coincidences, sign: number): Coincidences {
  return {
    size: all.size,
    cells: all.cells.map((value, index) => cleared(value + sign * realAt(some.cells, index))),
    sums: all.sums.map((value, index) => cleared(value + sign * realAt(some.sums, index))),
    total: cleared(all.total + sign * some.total),
    items: all.items + sign * some.items,
  };
}

/** What subtraction leaves of zero. */
function cleared(value: number): number {
  return Math.abs(value) < 1e-9 ? 0 : value;
}
