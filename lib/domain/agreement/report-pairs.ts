import { eachPair } from "./annotator-pairs";
import type { CorpusTotals, PairTotals } from "./corpus-totals";
import {
  f1OfLabels,
  f1OfSlot,
  tokenKappa,
  tokenPercent,
  tokenSetKappa,
  tokenSetPercent,
} from "./pair-measures";
import { figureOf } from "./report-figures";
import type { PairAgreement } from "./report-types";

/** The figures of every pair of annotators that shares a document. */
export function reportPairs(
  totals: CorpusTotals,
  annotators: readonly { readonly id: string }[],
): PairAgreement[] {
  const reports: PairAgreement[] = [];
  eachPair(totals.annotatorCount, (first, second, place) => {
    const pair = totals.pairs[place];
    const a = annotators[first];
    const b = annotators[second];
    if (!pair || pair.documents === 0 || !a || !b) return;
    reports.push({ first: a.id, second: b.id, ...pairFigures(pair, totals.slots - 1) });
  });
  return reports;
}

function pairFigures(pair: PairTotals, any: number): Omit<PairAgreement, "first" | "second"> {
  return {
    documents: pair.documents,
    tokens: {
      count: pair.tokenSets.positions,
      percent: figureOf(tokenSetPercent(pair)),
      kappa: figureOf(tokenSetKappa(pair)),
      percentAny: figureOf(tokenPercent(pair, any)),
      kappaAny: figureOf(tokenKappa(pair, any)),
    },
    f1: {
      exact: figureOf(f1OfLabels(pair, "exact")),
      overlap: figureOf(f1OfLabels(pair, "overlap")),
      exactAny: figureOf(f1OfSlot(pair, "exact", any)),
      overlapAny: figureOf(f1OfSlot(pair, "overlap", any)),
    },
  };
}
