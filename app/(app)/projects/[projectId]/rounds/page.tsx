import { RoundTable } from "@/components/rounds/round-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listRounds } from "@/lib/services/rounds";

export const metadata = { title: "Rounds" };

type Props = { params: Promise<{ projectId: string }> };

export default async function RoundsPage({ params }: Props) {
  const { projectId } = await params;
  const rounds = unwrap(await listRounds({ projectId }));
  const plan = (
    <ButtonLink tone="primary" href={`/projects/${projectId}/rounds/new`}>
      Plan a round
    </ButtonLink>
  );
  return (
    <main>
      <PageHeader title="Rounds" actions={plan}>
        A study runs in rounds: a pilot, training, the main work, and again what a changed codebook
        touches. Each keeps its documents, people and codebook version.
      </PageHeader>
      {rounds.length === 0 ? (
        <EmptyState title="No round yet" action={plan}>
          Plan a pilot first: a few documents that everybody annotates show where the codebook is
          unclear, before the work that counts.
        </EmptyState>
      ) : (
        <RoundTable projectId={projectId} rounds={rounds} />
      )}
    </main>
  );
}
