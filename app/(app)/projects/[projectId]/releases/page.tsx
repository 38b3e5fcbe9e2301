import type { Metadata } from "next";
import Link from "next/link";
import { ReleaseTable } from "@/components/releases/release-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listReleases } from "@/lib/services/releases";

export const metadata: Metadata = { title: "Releases" };

type Props = { params: Promise<{ projectId: string }> };

export default async function ReleasesPage({ params }: Props) {
  const { projectId } = await params;
  const releases = unwrap(await listReleases({ projectId }));
  const prepare = (
    <ButtonLink tone="primary" href={`/projects/${projectId}/releases/new`}>
      Prepare a release
    </ButtonLink>
  );
  return (
    <main>
      <PageHeader title="Releases" actions={prepare}>
        Frozen, numbered and documented datasets that others can check, cite and load. For a quick
        look at today’s work take the{" "}
        <Link href={`/projects/${projectId}/dataset`} className="text-accent underline">
          quick export
        </Link>
        .
      </PageHeader>
      {releases.length === 0 ? (
        <EmptyState title="No release yet" action={prepare}>
          A release keeps each annotator’s own annotations, the gold ones with where they come from,
          soft labels, codebook, agreement and licences in one archive. You see what is in it, and
          what is missing, before it is frozen.
        </EmptyState>
      ) : (
        <ReleaseTable projectId={projectId} releases={releases} />
      )}
    </main>
  );
}
