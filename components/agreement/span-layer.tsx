import { Section } from "@/components/ui/page";
import type { AgreementReport } from "@/lib/domain/agreement/report-types";
import type { LabelLook } from "@/lib/domain/codebook/looks";
import { DotPlot } from "./dot-plot";
import { formatCount } from "./format";
import { Headline } from "./headline";
import { LabelTable } from "./label-table";
import { PairTable } from "./pair-table";

/** What the report of a span layer says in sentences. */
export function SpanLayerSummary({
  name,
  report,
  documentCount,
}: {
  name: string;
  report: AgreementReport;
  documentCount: number;
}) {
  const minimum = report.settings.find(({ id }) => id === "minimum_documents");
  return (
    <div className="mb-6">
      <Headline name={name} report={report} documentCount={documentCount} />
      {isShort(report) && minimum ? (
        <p className="mt-1 text-sm text-ink-soft">{minimum.words}</p>
      ) : null}
      <LeftOut report={report} />
    </div>
  );
}

/** The figures of a span layer by label and by pair of annotators. */
export function SpanLayerFigures({
  name,
  report,
  looks,
}: {
  name: string;
  report: AgreementReport;
  looks: Record<string, LabelLook>;
}) {
  const dots = report.labels
    .filter(({ spans }) => spans > 0)
    .map((label) => ({
      key: label.labelId,
      name: label.name,
      look: looks[label.labelId],
      alpha: label.alphaCharacters,
      f1: label.f1Overlap,
    }));
  const annotators = report.coverage.annotators.map((each) => ({
    id: each.annotatorId,
    name: each.name,
  }));
  return (
    <>
      <Section title={`${name}, label by label`}>
        {dots.length > 0 ? (
          <div className="mb-3">
            <DotPlot title={`${name}: agreement by label`} dots={dots} />
          </div>
        ) : null}
        <LabelTable name={name} labels={report.labels} looks={looks} />
      </Section>
      <Section title={`${name}, pair by pair`}>
        <PairTable name={name} pairs={report.pairs} annotators={annotators} />
      </Section>
    </>
  );
}

/** Spans that were not counted as they were entered. */
function LeftOut({ report: { coverage } }: { report: AgreementReport }) {
  const { duplicates, outsideText, otherLabels } = coverage.leftOut;
  const notes = [
    duplicates > 0 ? `${formatCount(duplicates, "span")} given twice counted once.` : null,
    outsideText > 0 ? `${formatCount(outsideText, "span")} cut to the text open to marking.` : null,
    otherLabels > 0
      ? `${formatCount(otherLabels, "span")} with a label that is compared no more.`
      : null,
  ].filter((note) => note !== null);
  if (notes.length === 0) return null;
  return <p className="mt-1 text-sm text-ink-soft">{notes.join(" ")}</p>;
}

function isShort({ overall }: AgreementReport): boolean {
  const { interval } = overall.alphaCharacters;
  return interval.low === null && interval.reason === "too_few_documents";
}
