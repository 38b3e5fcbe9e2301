import { PublishDesk } from "@/components/codebooks/publishing/publish-desk";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openDraft } from "@/lib/services/codebook-drafts";
import { previewPublication } from "@/lib/services/codebook-publishing";
import { openCodebook } from "@/lib/services/codebooks";

export const metadata = { title: "Publish the codebook" };

type Props = { params: Promise<{ projectId: string }> };

export default async function PublishPage({ params }: Props) {
  const { projectId } = await params;
  const draft = unwrap(await openDraft({ projectId }));
  // Also for a moment once it is published, until the versions are shown.
  if (draft === null) return <NothingToPublish base={`/projects/${projectId}/codebook`} />;
  const publication = unwrap(await previewPublication({ projectId }));
  const published = await openCodebook({ projectId });
  return (
    <main className="mx-auto max-w-4xl">
      <PageHeader title={`Publish version ${publication.version}`}>
        A published version is frozen: annotators work by it, and a further change is a further
        version.
      </PageHeader>
      <PublishDesk
        projectId={projectId}
        publication={publication}
        before={published.ok ? published.value.version : null}
      />
    </main>
  );
}

function NothingToPublish({ base }: { base: string }) {
  return (
    <main>
      <EmptyState
        title="There is no draft to publish"
        action={
          <>
            <ButtonLink href={`${base}/versions`}>Versions</ButtonLink>
            <ButtonLink tone="primary" href={`${base}/draft`}>
              New version
            </ButtonLink>
          </>
        }
      >
        It was published or discarded. Each version stays as it was published; the next one begins
        as a draft.
      </EmptyState>
    </main>
  );
}
