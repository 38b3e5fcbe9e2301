import { binaryAlpha, binaryUnitizingAlpha } from "./binary-alpha";
import { realAt } from "./columns";
import { type Measured, measured, undefinedBecause } from "./measured";
import { tokenKappa, tokenPercent } from "./pair-measures";
import { figureOf, pairMeanOf } from "./report-figures";
import { coverageFigure, f1Figure, type ReportContext } from "./report-overall";
import type { LabelAgreement } from "./report-types";

/** The figures of one label. */
export function reportLabel(
  context: ReportContext,
  label: { readonly id: string; readonly name: string },
  slot: number,
): LabelAgreement {
  const { totals } = context.state;
  const pairs = totals.pairs.filter((pair) => pair !== null);
  const characters = { slot, positions: "characters" } as const;
  return {
    labelId: label.id,
    name: label.name,
    spans: realAt(totals.units, slot),
    documents: realAt(totals.documentsWithLabel, slot),
    prevalence: figureOf(prevalence(realAt(totals.tokensCovered, slot), totals.tokensSeen)),
    alphaCharacters: coverageFigure(context, characters, binaryAlpha),
    unitizingAlpha: coverageFigure(context, characters, binaryUnitizingAlpha),
    alphaTokens: coverageFigure(context, { slot, positions: "tokens" }, binaryAlpha),
    percentTokens: pairMeanOf(pairs.map((pair) => tokenPercent(pair, slot))),
    kappaTokens: pairMeanOf(pairs.map((pair) => tokenKappa(pair, slot))),
    f1Exact: f1Figure(context, { matching: "exact", slot }),
    f1Overlap: f1Figure(context, { matching: "overlap", slot }),
  };
}

function prevalence(covered: number, seen: number): Measured {
  return seen === 0 ? undefinedBecause("no_tokens") : measured(covered / seen);
}
