import { CreateUser } from "@/components/admin/create-user";
import { SearchField } from "@/components/admin/search-field";
import { UserTable } from "@/components/admin/user-table";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { ago } from "@/lib/domain/ago";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listUsers } from "@/lib/services/users";

export const metadata = { title: "Users" };

export default async function UsersPage({
  searchParams,
}: {
  searchParams: Promise<{ search?: string | string[] }>;
}) {
  const { search: raw } = await searchParams;
  const search = typeof raw === "string" ? raw.slice(0, 200) : "";
  const { users, found } = unwrap(await listUsers({ search }));
  const me = await currentUser();
  const now = new Date();
  const rows = users.map(({ lastSeenAt, ...user }) => ({
    ...user,
    seen: lastSeenAt === null ? "never" : ago(new Date(lastSeenAt), now),
    isMe: me !== null && user.userId === me.userId,
  }));
  return (
    <main>
      <PageHeader title="Users" actions={<CreateUser />}>
        Everyone with an account on this site. What a person may do in a project is decided there.
      </PageHeader>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <SearchField search={search} />
        <p aria-live="polite" className="text-[13px] text-ink-soft">
          {countOf(found, rows.length)}
        </p>
      </div>
      {rows.length > 0 ? (
        <UserTable users={rows} />
      ) : (
        <EmptyState title="Nobody found">
          No name or e-mail has “{search}” in it. Search for less, or make a new account.
        </EmptyState>
      )}
    </main>
  );
}

function countOf(found: number, shown: number): string {
  if (shown < found) return `${shown} of ${found} accounts; search for the others`;
  return found === 1 ? "1 account" : `${found} accounts`;
}
