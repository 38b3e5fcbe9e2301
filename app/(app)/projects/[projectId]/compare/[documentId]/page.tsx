import type { Metadata } from "next";
import Link from "next/link";
import { ComparisonView } from "@/components/comparison/comparison-view";
import type { ComparisonFilter } from "@/components/comparison/filters";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { type Comparison, compareDocument } from "@/lib/services/comparison";

export const metadata: Metadata = { title: "Side by side" };

type Query = { annotator?: string | string[]; label?: string | string[]; show?: string | string[] };

export default async function ComparePage({
  params,
  searchParams,
}: {
  params: Promise<{ projectId: string; documentId: string }>;
  searchParams: Promise<Query>;
}) {
  const { projectId, documentId } = await params;
  const filter = readFilter(await searchParams);
  const result = await compareDocument({
    projectId,
    documentId,
    annotatorIds: [...filter.annotators],
    label: filter.label,
  });
  if (!result.ok && result.failure.kind === "closed") {
    return (
      <main>
        <PageHeader title="Side by side">
          <BackLink projectId={projectId} />
        </PageHeader>
        <Notice>{result.failure.message}</Notice>
      </main>
    );
  }
  const comparison = unwrap(result);
  return (
    <main>
      <PageHeader
        title={comparison.document.title}
        actions={<Neighbours projectId={projectId} comparison={comparison} />}
      >
        <SourceLine document={comparison.document} />
        <BackLink projectId={projectId} />
      </PageHeader>
      <ComparisonView projectId={projectId} filter={filter} {...comparison} />
    </main>
  );
}

function readFilter({ annotator = [], label, show }: Query): ComparisonFilter {
  const first = Array.isArray(label) ? label[0] : label;
  return {
    annotators: Array.isArray(annotator) ? annotator : [annotator],
    label: first === undefined || first === "" ? null : first,
    show: show === "all" ? "all" : "disputes",
  };
}

function SourceLine({
  document: { outlet, author, publishedOn },
}: {
  document: Comparison["document"];
}) {
  const parts = [outlet, author, publishedOn].filter((part) => part !== null);
  return parts.length === 0 ? null : <p>{parts.join(" · ")}</p>;
}

function BackLink({ projectId }: { projectId: string }) {
  return (
    <Link
      href={`/projects/${projectId}/agreement`}
      className="text-accent underline underline-offset-2"
    >
      All documents and numbers
    </Link>
  );
}

function Neighbours({
  projectId,
  comparison: { previous, next },
}: {
  projectId: string;
  comparison: Comparison;
}) {
  return (
    <>
      {previous ? (
        <ButtonLink
          size="small"
          href={`/projects/${projectId}/compare/${previous.documentId}`}
          title={previous.title}
        >
          Previous document
        </ButtonLink>
      ) : null}
      {next ? (
        <ButtonLink
          size="small"
          href={`/projects/${projectId}/compare/${next.documentId}`}
          title={next.title}
        >
          Next document
        </ButtonLink>
      ) : null}
    </>
  );
}
