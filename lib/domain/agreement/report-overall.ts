import {
  binaryAlpha,
  binaryUnitizingAlpha,
  type CoverageTotals,
  emptyCoverage,
} from "./binary-alpha";
import type { CorpusTotals } from "./corpus-totals";
import type { DocumentFigures } from "./document-figures";
import { type IntervalRule, jackknifeInterval } from "./jackknife";
import {
  comparedFigures,
  coverageWithout,
  type F1Choice,
  meanF1LeavingOut,
  type Positions,
} from "./leave-one-out";
import { type Measured, undefinedBecause } from "./measured";
import {
  f1OfLabels,
  f1OfSlot,
  tokenKappa,
  tokenPercent,
  tokenSetKappa,
  tokenSetPercent,
} from "./pair-measures";
import { figureOf, intervalOf, meanMeasure, pairMeanOf } from "./report-figures";
import type { ReportState } from "./report-state";
import type { IntervalFigure, IntervalPairMean, OverallAgreement } from "./report-types";
import { setAlpha, setAlphaLeavingOut } from "./set-coverage";
import { unitizingAlpha } from "./unitizing-coincidences";

/** What the parts of a report are computed from. */
export type ReportContext = { readonly state: ReportState; readonly rule: IntervalRule };

/** The figures over all labels. */
export function reportOverall(context: ReportContext): OverallAgreement {
  const { totals } = context.state;
  const any = totals.slots - 1;
  const pairs = totals.pairs.filter((pair) => pair !== null);
  return {
    alphaCharacters: setAlphaFigure(context, "characters"),
    alphaCharactersAny: coverageFigure(
      context,
      { slot: any, positions: "characters" },
      binaryAlpha,
    ),
    alphaTokens: setAlphaFigure(context, "tokens"),
    alphaTokensAny: coverageFigure(context, { slot: any, positions: "tokens" }, binaryAlpha),
    unitizingAlpha: unitizingFigure(context),
    unitizingAlphaAny: coverageFigure(
      context,
      { slot: any, positions: "characters" },
      binaryUnitizingAlpha,
    ),
    tokens: {
      percent: pairMeanOf(pairs.map(tokenSetPercent)),
      kappa: pairMeanOf(pairs.map(tokenSetKappa)),
      percentAny: pairMeanOf(pairs.map((pair) => tokenPercent(pair, any))),
      kappaAny: pairMeanOf(pairs.map((pair) => tokenKappa(pair, any))),
    },
    f1: {
      exact: f1Figure(context, { matching: "exact", slot: "labels" }),
      overlap: f1Figure(context, { matching: "overlap", slot: "labels" }),
      exactAny: f1Figure(context, { matching: "exact", slot: any }),
      overlapAny: f1Figure(context, { matching: "overlap", slot: any }),
    },
  };
}

/** A measure of "label or not" with its interval. */
export function coverageFigure(
  context: ReportContext,
  place: { readonly slot: number; readonly positions: Positions },
  measure: (totals: CoverageTotals) => Measured,
): IntervalFigure {
  const { totals, figures } = context.state;
  const all = totals[place.positions][place.slot] ?? emptyCoverage();
  const value = withoutTokens(totals, place.positions) ?? measure(all);
  if (value.value === null) return figureWithInterval(value, [], context.rule);
  const leftOut = comparedFigures(figures).map((document) =>
    measure(coverageWithout(totals, document, place)),
  );
  return figureWithInterval(value, leftOut, context.rule);
}

/** Mean pairwise F1 with its interval. */
export function f1Figure(context: ReportContext, choice: F1Choice): IntervalPairMean {
  const { totals, figures } = context.state;
  const { slot, matching } = choice;
  const values = totals.pairs.flatMap((pair) => {
    if (!pair) return [];
    return [slot === "labels" ? f1OfLabels(pair, matching) : f1OfSlot(pair, matching, slot)];
  });
  const mean = meanMeasure(values);
  const leftOut =
    mean.value === null ? [] : meanF1LeavingOut(totals, comparedFigures(figures), choice);
  return {
    ...pairMeanOf(values),
    interval: intervalOf(jackknifeInterval(mean, leftOut, context.rule)),
  };
}

function figureWithInterval(
  value: Measured,
  leftOut: readonly Measured[],
  rule: IntervalRule,
): IntervalFigure {
  return { ...figureOf(value), interval: intervalOf(jackknifeInterval(value, leftOut, rule)) };
}

function withoutTokens(totals: CorpusTotals, positions: Positions): Measured | null {
  const empty = positions === "tokens" && totals.compared > 0 && totals.tokensSeen === 0;
  return empty ? undefinedBecause("no_tokens") : null;
}

function setAlphaFigure(context: ReportContext, positions: Positions): IntervalFigure {
  const { totals, figures, sets } = context.state;
  const sums = positions === "characters" ? totals.characterSets : totals.tokenSets;
  const value = withoutTokens(totals, positions) ?? setAlpha(sums, sets);
  if (value.value === null) return figureWithInterval(value, [], context.rule);
  const coverages = comparedFigures(figures).flatMap((document) => {
    const own = positions === "characters" ? document.sets : (document.tokens?.coverage ?? null);
    return own ? [own] : [];
  });
  return figureWithInterval(value, setAlphaLeavingOut(sums, coverages, sets), context.rule);
}

function unitizingFigure(context: ReportContext): IntervalFigure {
  const { totals, figures } = context.state;
  if (totals.overlapping > 0) {
    return figureWithInterval(undefinedBecause("overlapping_labels"), [], context.rule);
  }
  const value = unitizingAlpha(totals.characters);
  const leftOut = comparedFigures(figures).map((document) =>
    unitizingAlpha(coveragesWithout(totals, document)),
  );
  return figureWithInterval(value, value.value === null ? [] : leftOut, context.rule);
}

function coveragesWithout(totals: CorpusTotals, document: DocumentFigures): CoverageTotals[] {
  return totals.characters.map((_, slot) =>
    coverageWithout(totals, document, { slot, positions: "characters" }),
  );
}
