import { RoundPlanner } from "@/components/rounds/round-planner";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listMembers } from "@/lib/services/members";
import { listPlannable } from "@/lib/services/rounds";

export const metadata = { title: "Plan a round" };

type Props = { params: Promise<{ projectId: string }> };

export default async function NewRoundPage({ params }: Props) {
  const { projectId } = await params;
  const [plannable, members] = await Promise.all([
    listPlannable({ projectId }),
    listMembers({ projectId }),
  ]);
  const { documents, all, codebooks } = unwrap(plannable);
  const people = unwrap(members)
    .filter((member) => member.canAnnotate)
    .map(({ userId, name, role }) => ({ userId, name, role }));
  const lack = lackOf(documents.length, people.length, codebooks.length);
  return (
    <main>
      <PageHeader title="Plan a round">
        Nothing is handed out before you have seen the plan. The same seed gives the same plan
        again.
      </PageHeader>
      {lack === null ? (
        <RoundPlanner {...{ projectId, documents, all, codebooks, people }} />
      ) : (
        <EmptyState
          title={lack.title}
          action={
            <ButtonLink tone="primary" href={`/projects/${projectId}/${lack.href}`}>
              {lack.action}
            </ButtonLink>
          }
        >
          {lack.why}
        </EmptyState>
      )}
    </main>
  );
}

function lackOf(documents: number, people: number, codebooks: number) {
  if (codebooks === 0) {
    return {
      title: "No published codebook yet",
      why: "A round keeps one version of the codebook. Publish the first.",
      action: "Open the codebook",
      href: "codebook",
    };
  }
  if (documents === 0) {
    return {
      title: "No documents yet",
      why: "A round hands out documents. Add some first.",
      action: "Add documents",
      href: "documents/new",
    };
  }
  if (people > 0) return null;
  return {
    title: "Nobody to annotate yet",
    why: "Add annotators by e-mail. Two or more for each document let you measure agreement.",
    action: "Add people",
    href: "people",
  };
}
