import type { Metadata } from "next";
import { DocumentList } from "@/components/adjudication/document-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listAdjudications } from "@/lib/services/adjudications";

export const metadata: Metadata = { title: "Adjudication" };

type Props = { params: Promise<{ projectId: string }> };

export default async function AdjudicationPage({ params }: Props) {
  const { projectId } = await params;
  const rows = unwrap(await listAdjudications({ projectId }));
  return (
    <main>
      <PageHeader
        title="Adjudication"
        actions={
          <>
            <ButtonLink href={`/projects/${projectId}/adjudication/proposals`}>
              Propose decisions
            </ButtonLink>
            <ButtonLink href={`/projects/${projectId}/adjudication/words`}>
              Same words, other labels
            </ButtonLink>
          </>
        }
      >
        Where annotators differ, somebody who did not annotate the document decides. What is decided
        becomes the gold layer; what stays contested keeps every view.
      </PageHeader>
      {rows.length === 0 ? (
        <EmptyState title="Nothing to decide yet">
          A document comes here once somebody has submitted it. With two submissions there is
          something to compare.
        </EmptyState>
      ) : (
        <DocumentList projectId={projectId} rows={rows} />
      )}
    </main>
  );
}
