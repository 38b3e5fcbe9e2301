import { AddMemberForm } from "@/components/members/add-member-form";
import { MemberTable } from "@/components/members/member-table";
import { PageHeader } from "@/components/ui/page";
import { currentActor } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listMembers } from "@/lib/services/members";
import { openProject } from "@/lib/services/projects";

export const metadata = { title: "People" };

type Props = { params: Promise<{ projectId: string }> };

export default async function PeoplePage({ params }: Props) {
  const { projectId } = await params;
  const members = unwrap(await listMembers({ projectId }));
  const { isArchived } = unwrap(await openProject({ projectId }));
  const isAdmin = (await currentActor())?.instanceRole === "admin";
  return (
    <main>
      <PageHeader title="People">
        Annotators do not see each other's names or spans. Labels are exported under a pseudonym and
        stay when somebody leaves.
      </PageHeader>
      {isArchived ? null : <AddMemberForm projectId={projectId} isAdmin={isAdmin} />}
      <MemberTable {...{ projectId, members, isAdmin, isArchived }} />
    </main>
  );
}
