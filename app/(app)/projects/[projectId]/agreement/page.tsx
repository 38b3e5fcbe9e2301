import type { Metadata } from "next";
import Link from "next/link";
import { CoverageTable } from "@/components/agreement/coverage-table";
import { NotCounted, NothingToCompare } from "@/components/agreement/notes";
import { ReadingGuide } from "@/components/agreement/reading-guide";
import { SpanLayerFigures, SpanLayerSummary } from "@/components/agreement/span-layer";
import { UnitLayerTable } from "@/components/agreement/unit-layer-table";
import { LeftOutNotice } from "@/components/ui/left-out-notice";
import { PageHeader, Section } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { type AgreementOverview, openAgreement } from "@/lib/services/agreement";

export const metadata: Metadata = { title: "Agreement" };

export default async function AgreementPage({
  params,
  searchParams,
}: {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<{ version?: string }>;
}) {
  const { projectId } = await params;
  const { version } = await searchParams;
  const overview = unwrap(
    await openAgreement({ projectId, ...(version === undefined ? {} : { version }) }),
  );
  const { coverage, annotators, spanLayers, unitLayers } = overview;
  const hasPairs = coverage.some(({ spans }) => Object.keys(spans).length > 1);
  const submissions = coverage.reduce((sum, { spans }) => sum + Object.keys(spans).length, 0);
  return (
    <main>
      <PageHeader title="Agreement">
        <Versions projectId={projectId} overview={overview} />
      </PageHeader>
      <LeftOutNotice documents={overview.leftOut} />
      {hasPairs ? (
        spanLayers.map(({ layer, name, report }) => (
          <SpanLayerSummary
            key={layer}
            name={name}
            report={report}
            documentCount={overview.documentCount}
          />
        ))
      ) : (
        <NothingToCompare submitted={submissions} />
      )}
      {coverage.length > 0 ? (
        <Section title="Who annotated what" className="mt-6 mb-8">
          <CoverageTable projectId={projectId} annotators={annotators} rows={coverage} />
          <NotCounted {...overview.notCounted} />
        </Section>
      ) : null}
      {hasPairs
        ? spanLayers.map((layer) => <SpanLayerFigures key={layer.layer} {...layer} />)
        : null}
      {hasPairs && unitLayers.length > 0 ? (
        <Section title="Labels of whole documents and sentences">
          <div className="flex flex-col gap-6">
            {unitLayers.map((report) => (
              <UnitLayerTable key={report.layer} report={report} />
            ))}
          </div>
        </Section>
      ) : null}
      {hasPairs ? <ReadingGuide settings={spanLayers[0]?.report.settings ?? []} /> : null}
    </main>
  );
}

function Versions({ projectId, overview }: { projectId: string; overview: AgreementOverview }) {
  const { codebook, versions } = overview;
  if (codebook === null) return <p>How far annotators agree, from what they have submitted.</p>;
  return (
    <p>
      Submitted work under “{codebook.name}”, version {codebook.version}.{" "}
      {versions
        .filter((version) => version !== codebook.version)
        .map((version) => (
          <Link
            key={version}
            href={`/projects/${projectId}/agreement?version=${version}`}
            className="mr-2 text-accent underline underline-offset-2"
          >
            Version {version}
          </Link>
        ))}
    </p>
  );
}
