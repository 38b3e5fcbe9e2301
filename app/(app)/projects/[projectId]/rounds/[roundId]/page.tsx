import { RoundFacts } from "@/components/rounds/round-facts";
import { RoundFields } from "@/components/rounds/round-fields";
import { PageHeader, Section } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openRound } from "@/lib/services/rounds";

export const metadata = { title: "Round" };

type Props = { params: Promise<{ projectId: string; roundId: string }> };

export default async function RoundPage({ params }: Props) {
  const { projectId, roundId } = await params;
  const round = unwrap(await openRound({ projectId, roundId }));
  return (
    <main>
      <PageHeader title={<bdi>{round.name}</bdi>}>
        How this round was planned, and how far it is.
      </PageHeader>
      <RoundFacts round={round} />
      <Section title="Name, dates and instructions">
        <RoundFields projectId={projectId} round={round} />
      </Section>
    </main>
  );
}
