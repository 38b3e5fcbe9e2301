import type { AgreementReport, IntervalFigure } from "@/lib/domain/agreement/report-types";
import { formatCount, formatInterval, formatMeasure } from "./format";

/** What a layer's report says, in sentences. */
export function Headline({
  name,
  report,
  documentCount,
}: {
  name: string;
  report: AgreementReport;
  documentCount: number;
}) {
  const { coverage, overall } = report;
  const { alphaCharacters: alpha } = overall;
  const people = coverage.annotators.filter((each) => each.compared > 0).length;
  const basis = `${coverage.compared} of ${formatCount(documentCount, "document")} with two or more submissions, ${formatCount(people, "annotator")} and ${formatCount(coverage.spans, "span")}`;
  return (
    <div className="max-w-prose">
      <p className="text-base">
        {alpha.value === null ? (
          <>
            <strong className="font-semibold">{name}: no figure yet.</strong> {alpha.because}
          </>
        ) : (
          <>
            <strong className="font-semibold">
              {name}: α = {formatMeasure(alpha.value)}
            </strong>{" "}
            {intervalWords(alpha)} on which characters carry which labels, from {basis}.
          </>
        )}
      </p>
      <p className="mt-1 text-sm text-ink-soft">{f1Words(report)}</p>
    </div>
  );
}

function intervalWords({ interval }: IntervalFigure): string {
  const words = formatInterval(interval);
  if (interval.low === null || words === null) return "(no interval)";
  return `(${Math.round(interval.level * 100)} % interval ${words}, jackknife over ${formatCount(interval.documents, "document")})`;
}

function f1Words({ overall }: AgreementReport): string {
  const { exact, overlap, overlapAny } = overall.f1;
  if (exact.value === null || overlap.value === null || overlapAny.value === null) {
    return "Spans cannot be matched yet.";
  }
  return `Of the spans of two annotators, on average F1 = ${formatMeasure(exact.value)} are the same in words and label; ${formatMeasure(overlap.value)} share a label and some words; ${formatMeasure(overlapAny.value)} share some words under any label.`;
}
