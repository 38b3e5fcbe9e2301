import type { Metadata } from "next";
import { ReleaseForm } from "@/components/releases/release-form";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listReleasable } from "@/lib/services/releases";

export const metadata: Metadata = { title: "Prepare a release" };

type Props = { params: Promise<{ projectId: string }> };

export default async function NewReleasePage({ params }: Props) {
  const { projectId } = await params;
  const releasable = unwrap(await listReleasable({ projectId }));
  return (
    <main>
      <PageHeader title="Prepare a release">
        A release never changes once it is frozen. Look at what is in it first; a later one has the
        next number and says what differs.
      </PageHeader>
      {releasable.documents.length === 0 ? (
        <EmptyState title="Nothing to release yet">
          When an annotator submits a document it can be released.
        </EmptyState>
      ) : (
        <ReleaseForm projectId={projectId} releasable={releasable} />
      )}
    </main>
  );
}
