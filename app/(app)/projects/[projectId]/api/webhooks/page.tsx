import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { NewWebhookForm } from "@/components/webhooks/new-webhook-form";
import { WebhookTable } from "@/components/webhooks/webhook-table";
import { unwrap } from "@/lib/server/unwrap";
import { openProject } from "@/lib/services/projects";
import { listWebhooks } from "@/lib/services/webhooks";

export const metadata = { title: "Webhooks" };

type Props = { params: Promise<{ projectId: string }> };

export default async function WebhooksPage({ params }: Props) {
  const { projectId } = await params;
  const webhooks = unwrap(await listWebhooks({ projectId }));
  const { isArchived } = unwrap(await openProject({ projectId }));
  return (
    <main>
      <PageHeader
        title="Webhooks"
        actions={
          <ButtonLink size="small" href={`/projects/${projectId}/api`}>
            API tokens
          </ButtonLink>
        }
      >
        Another program is told that something happened here: which, and when, but no text, no name
        and no label. What does not arrive is sent again for a day.
      </PageHeader>
      {isArchived ? null : <NewWebhookForm projectId={projectId} />}
      {webhooks.length > 0 ? (
        <WebhookTable projectId={projectId} webhooks={webhooks} />
      ) : (
        <EmptyState title="No webhook yet">
          A pipeline can fetch a release as soon as it is ready, without asking again and again.
        </EmptyState>
      )}
    </main>
  );
}
