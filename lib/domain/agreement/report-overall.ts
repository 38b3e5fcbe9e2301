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
  type CoveragePlace,
  comparedFigures,
  coverageLeavingOut,
  coveragesLeavingOut,
  type Positions,
} from "./leave-one-out";
import { type F1Choice, type F1LeavingOut, meanF1LeavingOut } from "./leave-one-out-f1";
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
export type ReportContext = {
  readonly state: ReportState;
  readonly rule: IntervalRule;
  readonly intervals: "jackknife" | "none";
  /** Documents with two or more submissions, one of which is left out at a time. */
  readonly compared: readonly DocumentFigures[];
  readonly f1LeavingOut: F1LeavingOut;
};

/** The figures over all labels. */
export function reportOverall(context: ReportContext): OverallAgreement {
  const { totals } = context.state;
  const any = totals.slots - 1;
  const pairs = totals.pairs.filter((pair) => pair !== null);
  return {
    alphaCharacters: alphaFigure(context, { positions: "characters", labels: "compared" }),
    alphaCharactersAny: alphaFigure(context, { positions: "characters", labels: "ignored" }),
    alphaTokens: alphaFigure(context, { positions: "tokens", labels: "compared" }),
    alphaTokensAny: alphaFigure(context, { positions: "tokens", labels: "ignored" }),
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

/** Alpha on label sets, or on "any label or none", with its interval. */
export function alphaFigure(
  context: ReportContext,
  { positions, labels }: { positions: Positions; labels: "compared" | "ignored" },
): IntervalFigure {
  if (labels === "compared") return setAlphaFigure(context, positions);
  return coverageFigure(context, { slot: context.state.totals.slots - 1, positions }, binaryAlpha);
}

/** A measure of "label or not" with its interval. */
export function coverageFigure(
  context: ReportContext,
  place: CoveragePlace,
  measure: (totals: CoverageTotals) => Measured,
): IntervalFigure {
  const { totals } = context.state;
  const all = totals[place.positions][place.slot] ?? emptyCoverage();
  const value = withoutTokens(totals, place.positions) ?? measure(all);
  return figureWithInterval(context, value, () =>
    coverageLeavingOut(totals, context.compared, place, measure),
  );
}

/** Mean pairwise F1 with its interval. */
export function f1Figure(context: ReportContext, choice: F1Choice): IntervalPairMean {
  const { totals } = context.state;
  const { slot, matching } = choice;
  const values = totals.pairs.flatMap((pair) => {
    if (!pair) return [];
    return [slot === "labels" ? f1OfLabels(pair, matching) : f1OfSlot(pair, matching, slot)];
  });
  const interval =
    context.intervals === "none"
      ? undefinedBecause("not_asked")
      : jackknifeInterval(meanMeasure(values), context.f1LeavingOut(choice), context.rule);
  return { ...pairMeanOf(values), interval: intervalOf(interval) };
}

function figureWithInterval(
  context: ReportContext,
  value: Measured,
  leavingOut: () => Float64Array | readonly Measured[],
): IntervalFigure {
  if (context.intervals === "none") {
    return { ...figureOf(value), interval: intervalOf(undefinedBecause("not_asked")) };
  }
  const leftOut = value.value === null ? [] : leavingOut();
  return {
    ...figureOf(value),
    interval: intervalOf(jackknifeInterval(value, leftOut, context.rule)),
  };
}

function withoutTokens(totals: CorpusTotals, positions: Positions): Measured | null {
  const empty = positions === "tokens" && totals.compared > 0 && totals.tokensSeen === 0;
  return empty ? undefinedBecause("no_tokens") : null;
}

function setAlphaFigure(context: ReportContext, positions: Positions): IntervalFigure {
  const { totals, sets } = context.state;
  const sums = positions === "characters" ? totals.characterSets : totals.tokenSets;
  const value = withoutTokens(totals, positions) ?? setAlpha(sums, sets);
  return figureWithInterval(context, value, () => {
    const coverages = context.compared.flatMap((document) => {
      const own = positions === "characters" ? document.sets : document.tokens?.sets;
      return own ? [own] : [];
    });
    return setAlphaLeavingOut(sums, coverages, sets);
  });
}

function unitizingFigure(context: ReportContext): IntervalFigure {
  const { totals } = context.state;
  const value =
    totals.overlapping > 0
      ? undefinedBecause("overlapping_labels")
      : unitizingAlpha(totals.characters);
  return figureWithInterval(context, value, () =>
    coveragesLeavingOut(totals, context.compared, unitizingAlpha),
  );
}

/** What the parts of a report share. */
export function reportContext(
  state: ReportState,
  rule: IntervalRule,
  intervals: ReportContext["intervals"] = "jackknife",
): ReportContext {
  const compared = intervals === "none" ? [] : comparedFigures(state.figures);
  let walked: F1LeavingOut | null = null;
  return {
    state,
    rule,
    intervals,
    compared,
    f1LeavingOut: (choice) => {
      walked ??= meanF1LeavingOut(state.totals, compared);
      return walked(choice);
    },
  };
}
