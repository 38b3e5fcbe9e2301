import type { Metadata } from "next";
import { DocumentList } from "@/components/adjudication/document-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { may } from "@/lib/domain/policy";
import { currentActor } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listAdjudications } from "@/lib/services/adjudications";
import { openProject } from "@/lib/services/projects";

export const metadata: Metadata = { title: "Adjudication" };

type Props = { params: Promise<{ projectId: string }> };

export default async function AdjudicationPage({ params }: Props) {
  const { projectId } = await params;
  const rows = unwrap(await listAdjudications({ projectId }));
  const project = unwrap(await openProject({ projectId }));
  const actor = await currentActor();
  const mayExport =
    rows.some(({ state }) => state === "finished") &&
    actor !== null &&
    may({ ...actor, projectRole: project.role, isOwn: false }, "dataset.export");
  return (
    <main>
      <PageHeader
        title="Adjudication"
        actions={
          <>
            <ButtonLink href={`/projects/${projectId}/adjudication/proposals`}>
              Propose decisions
            </ButtonLink>
            <ButtonLink href={`/projects/${projectId}/adjudication/disputes`}>
              Disputes and the codebook
            </ButtonLink>
            <ButtonLink href={`/projects/${projectId}/adjudication/words`}>
              Same words, other labels
            </ButtonLink>
            {mayExport ? (
              <ButtonLink href={`/api/v1/projects/${projectId}/gold`} download prefetch={false}>
                Download gold
              </ButtonLink>
            ) : null}
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
