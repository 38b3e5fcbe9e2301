import type { Metadata } from "next";
import Link from "next/link";
import { ProposalTable, ProposeForm } from "@/components/adjudication/proposals";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listProposals } from "@/lib/services/aggregation";
import { openCodebook } from "@/lib/services/codebooks";

export const metadata: Metadata = { title: "Proposals" };

type Props = { params: Promise<{ projectId: string }> };

export default async function ProposalsPage({ params }: Props) {
  const { projectId } = await params;
  const { proposals, total, job } = unwrap(await listProposals({ projectId }));
  const { codebook } = unwrap(await openCodebook({ projectId }));
  return (
    <main>
      <PageHeader title="Proposals">
        <p>
          Labels aggregated over all documents with two submissions or more. Nothing is final until
          somebody finishes a document; begin with what is least sure.
        </p>
        <Link
          href={`/projects/${projectId}/adjudication`}
          className="text-accent underline underline-offset-2"
        >
          All documents to adjudicate
        </Link>
      </PageHeader>
      <ProposeForm projectId={projectId} job={job} />
      {proposals.length === 0 ? (
        <EmptyState title="Nothing is proposed">
          Choose a rule and have decisions proposed. The share of votes, or what the model believes,
          stays with each as its soft label.
        </EmptyState>
      ) : (
        <>
          {total > proposals.length ? (
            <p className="mb-2 text-[13px] text-ink-soft">
              The {proposals.length} least sure of {total}.
            </p>
          ) : null}
          <ProposalTable projectId={projectId} codebook={codebook} proposals={proposals} />
        </>
      )}
    </main>
  );
}
