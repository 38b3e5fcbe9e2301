import { NewTokenForm } from "@/components/tokens/new-token-form";
import { TokenTable } from "@/components/tokens/token-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openProject } from "@/lib/services/projects";
import { listTokens } from "@/lib/services/tokens";

export const metadata = { title: "API" };

type Props = { params: Promise<{ projectId: string }> };

export default async function ApiPage({ params }: Props) {
  const { projectId } = await params;
  const tokens = unwrap(await listTokens({ projectId }));
  const { isArchived } = unwrap(await openProject({ projectId }));
  return (
    <main>
      <PageHeader
        title="API tokens"
        actions={
          <>
            <ButtonLink size="small" href={`/projects/${projectId}/api/webhooks`}>
              Webhooks
            </ButtonLink>
            <ButtonLink size="small" href="/api-reference">
              What the API does
            </ButtonLink>
          </>
        }
      >
        With a token a program works in this project for you: it may do what is ticked, and never
        more than you may yourself.
      </PageHeader>
      {isArchived ? null : <NewTokenForm projectId={projectId} />}
      {tokens.length > 0 ? (
        <TokenTable projectId={projectId} tokens={tokens} />
      ) : (
        <EmptyState title="No token yet">
          Make one for each program, so that you can end one without the others.
        </EmptyState>
      )}
    </main>
  );
}
