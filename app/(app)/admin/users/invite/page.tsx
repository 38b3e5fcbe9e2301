import Link from "next/link";
import { InviteMany } from "@/components/admin/invite-many";
import { PageHeader } from "@/components/ui/page";
import { unwrap } from "@/lib/server/unwrap";
import { listAllProjects } from "@/lib/services/all-projects";

export const metadata = { title: "Invite many" };

export default async function InvitePage() {
  const projects = unwrap(await listAllProjects({}));
  return (
    <main>
      <p className="mb-2 text-[13px]">
        <Link href="/admin/users" className="text-accent underline">
          Users
        </Link>
      </p>
      <PageHeader title="Invite many">
        One person in each line: an e-mail, and a name beside it if you like. A table with the
        columns email and name can be pasted from a spreadsheet or chosen as a CSV file. You see
        what each line does before anything is done.
      </PageHeader>
      <InviteMany
        projects={projects
          .filter(({ archivedAt }) => archivedAt === null)
          .map(({ projectId, name }) => ({ projectId, name }))}
      />
    </main>
  );
}
