import { DecisionList } from "@/components/onboarding/decision-list";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { openOwnDecisions } from "@/lib/services/own-decisions";

export const metadata = { title: "What was decided" };

type Props = { params: Promise<{ projectId: string; assignmentId: string }> };

/** What adjudication made of a document that the reader annotated. */
export default async function DecisionsPage({ params }: Props) {
  const { assignmentId } = await params;
  const { title, codebook, decisions } = unwrap(await openOwnDecisions({ assignmentId }));
  const others = decisions.filter(({ verdict }) => verdict !== "kept");
  return (
    <main>
      <PageHeader
        title="What was decided"
        actions={
          <>
            <ButtonLink href={`/assignments/${assignmentId}`}>Your annotations</ButtonLink>
            <ButtonLink tone="primary" href="/">
              Back to your work
            </ButtonLink>
          </>
        }
      >
        <p>
          <bdi>{title}</bdi>
        </p>
        <p>
          As you said: {decisions.length - others.length}; otherwise: {others.length}. Your own
          annotations stay as you submitted them.
        </p>
      </PageHeader>
      <DecisionList codebook={codebook} decisions={decisions} />
    </main>
  );
}
