import "../../print.css";
import Link from "next/link";
import { PairLinks } from "@/components/progress/pair-links";
import { headingOf, PairReportView } from "@/components/progress/pair-report";
import { ExcludedNotice } from "@/components/ui/excluded-notice";
import { LeftOutNotice } from "@/components/ui/left-out-notice";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { PrintButton } from "@/components/ui/print-button";
import type { DifferenceKind } from "@/lib/domain/campaign/quality-differences";
import { counted } from "@/lib/domain/wording";
import { unwrap } from "@/lib/server/unwrap";
import { listPairDifferences, reportPairDifferences } from "@/lib/services/quality-differences";

export const metadata = { title: "Differences by pair" };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ first?: string; second?: string; kind?: DifferenceKind }>;
};

const KINDS: DifferenceKind[] = ["only_first", "only_second", "other_label", "other_boundaries"];

export default async function PairsPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { first, second, kind } = await searchParams;
  if (first !== undefined && second !== undefined) {
    return <OnePair {...{ projectId, first, second, kind }} />;
  }
  const { pairs, excluded, leftOut } = unwrap(await listPairDifferences({ projectId }));
  return (
    <main>
      <PageHeader title="Differences by pair">
        What each two annotators differ in, on the documents that both submitted. A pair opens as a
        report to talk through and to print.
      </PageHeader>
      <LeftOutNotice documents={leftOut} />
      <ExcludedNotice projectId={projectId} excluded={excluded} />
      {pairs.length === 0 ? (
        <EmptyState title="Nothing to compare yet">
          Two annotators have to submit the same document first.
        </EmptyState>
      ) : (
        <PairLinks projectId={projectId} pairs={pairs} />
      )}
    </main>
  );
}

async function OnePair({
  projectId,
  first,
  second,
  kind,
}: {
  projectId: string;
  first: string;
  second: string;
  kind: DifferenceKind | undefined;
}) {
  const report = unwrap(
    await reportPairDifferences({
      projectId,
      firstId: first,
      secondId: second,
      ...(kind === undefined ? {} : { kind }),
    }),
  );
  const names = { first: report.first.name, second: report.second.name };
  const base = `/projects/${projectId}/progress/pairs?first=${first}&second=${second}`;
  return (
    <main className="mx-auto max-w-3xl">
      <PageHeader title={`${names.first} and ${names.second}`} actions={<PrintButton />}>
        {counted(report.documents, "document")} that both submitted,{" "}
        {counted(report.counts.agreed, "mark")} the same.{" "}
        <Link
          className="text-accent underline print:hidden"
          href={`/projects/${projectId}/progress/pairs`}
        >
          All pairs
        </Link>
      </PageHeader>
      <LeftOutNotice documents={report.leftOut} />
      <ExcludedNotice projectId={projectId} excluded={report.excluded} />
      <nav aria-label="Kinds of differences" className="mb-4 flex flex-wrap gap-x-4 text-sm">
        {[undefined, ...KINDS].map((each) => (
          <Link
            key={each ?? "all"}
            href={each === undefined ? base : `${base}&kind=${each}`}
            aria-current={each === kind ? "page" : undefined}
            className="py-1 text-ink-soft underline-offset-4 hover:underline aria-[current=page]:font-semibold aria-[current=page]:text-ink aria-[current=page]:underline"
          >
            {each === undefined
              ? "All differences"
              : `${headingOf(each, names)} ${report.counts[each]}`}
          </Link>
        ))}
      </nav>
      {report.reports.length === 0 ? (
        <p className="text-sm text-ink-soft">There is no such difference.</p>
      ) : (
        <PairReportView projectId={projectId} report={report} />
      )}
    </main>
  );
}
