import { LIVE_INTERVAL } from "./jackknife";
import { reportLabel } from "./report-labels";
import { reportContext, reportOverall } from "./report-overall";
import { reportPairs } from "./report-pairs";
import { reportSettings } from "./report-settings";
import { computeState, type ReportState } from "./report-state";
import type { AgreementInput, AgreementReport, Coverage, ReportOptions } from "./report-types";

/**
 * Inter-annotator agreement on the spans of one layer: coverage, overall figures, label by label and pair by pair, with
 * intervals by leaving out one document at a time, and the settings that decided the numbers. Everything follows from
 * sums over documents; the cost is that of sorting the spans.
 */
export function reportAgreement(
  input: AgreementInput,
  options: ReportOptions = {},
): AgreementReport {
  return reportFrom(input, computeState(input), options);
}

/** Writes the report from computed sums. */
export function reportFrom(
  input: AgreementInput,
  state: ReportState,
  options: ReportOptions = {},
): AgreementReport {
  const rule = {
    level: options.level ?? LIVE_INTERVAL.level,
    minimumDocuments: options.minimumDocuments ?? LIVE_INTERVAL.minimumDocuments,
  };
  const context = reportContext(state, rule, options.intervals ?? "jackknife");
  return {
    settings: reportSettings(rule),
    coverage: reportCoverage(input, state),
    overall: reportOverall(context),
    labels: input.labels.map((label, slot) => reportLabel(context, label, slot)),
    pairs: reportPairs(state.totals, input.annotators),
  };
}

function reportCoverage(input: AgreementInput, state: ReportState): Coverage {
  const { totals } = state;
  const annotators = input.annotators.map((annotator, index) => {
    const entry = totals.annotators[index];
    return {
      annotatorId: annotator.id,
      name: annotator.name,
      documents: entry?.documents ?? 0,
      compared: entry?.compared ?? 0,
      spans: entry ? labelUnits(entry.units) : 0,
    };
  });
  return {
    documents: totals.documents,
    submitted: totals.submitted,
    compared: totals.compared,
    submissions: totals.submissions,
    spans: labelUnits(totals.units),
    overlappingCharacters: totals.overlapping,
    leftOut: { ...state.leftOut },
    annotators,
  };
}

function labelUnits(units: Float64Array): number {
  return units.subarray(0, -1).reduce((sum, count) => sum + count, 0);
}
