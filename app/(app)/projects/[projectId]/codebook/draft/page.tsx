import "@/app/workspace.css";
import { LateDesk } from "@/components/codebooks/drafts/late-desk";
import { StartDraft } from "@/components/codebooks/drafts/start-draft";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openDraft } from "@/lib/services/codebook-drafts";
import { listTemplates, openCodebook } from "@/lib/services/codebooks";

export const metadata = { title: "Codebook draft" };

type Props = {
  params: Promise<{ projectId: string }>;
  /** `at` names a place of the codebook to begin at. */
  searchParams: Promise<{ at?: string }>;
};

export default async function DraftPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  const { at } = await searchParams;
  const draft = unwrap(await openDraft({ projectId }));
  const templates = unwrap(await listTemplates({}));
  const found = await openCodebook({ projectId });
  const published = found.ok ? found.value : null;
  if (draft === null) {
    return (
      <main>
        <PageHeader title="The next version of the codebook">
          It is written as a draft that only leads see, and holds for nobody until it is published.
        </PageHeader>
        <StartDraft
          projectId={projectId}
          published={published?.version ?? null}
          templates={templates}
        />
      </main>
    );
  }
  return (
    <main>
      <h1 className="text-xl font-semibold tracking-tight">Draft of version {draft.version}</h1>
      <LateDesk
        projectId={projectId}
        opened={draft}
        published={published?.codebook ?? null}
        templates={templates}
        at={at}
      />
    </main>
  );
}
