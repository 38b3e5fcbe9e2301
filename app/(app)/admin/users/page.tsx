import { CreateUser } from "@/components/admin/create-user";
import { GroupLinks } from "@/components/admin/group-links";
import { SearchField } from "@/components/admin/search-field";
import { UserTable } from "@/components/admin/user-table";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { ago } from "@/lib/domain/ago";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listUsers, USER_GROUPS } from "@/lib/services/users";

export const metadata = { title: "Users" };

const NAMES = {
  all: "All",
  admins: "Admins",
  waiting: "Not come yet",
  disabled: "Disabled",
} as const;

type Query = { search?: string | string[]; group?: string | string[] };

export default async function UsersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { search: raw, group: asked } = await searchParams;
  const search = typeof raw === "string" ? raw.slice(0, 200) : "";
  const group = USER_GROUPS.find((each) => each === asked) ?? "all";
  const { users, found } = unwrap(await listUsers({ search, group }));
  const me = await currentUser();
  const now = new Date();
  const rows = users.map(({ lastSeenAt, ...user }) => ({
    ...user,
    seen: lastSeenAt === null ? "never" : ago(new Date(lastSeenAt), now),
    isMe: me !== null && user.userId === me.userId,
  }));
  return (
    <main>
      <PageHeader
        title="Users"
        actions={
          <>
            <ButtonLink href="/admin/users/invite">Invite many</ButtonLink>
            <CreateUser />
          </>
        }
      >
        Everyone with an account on this site. What a person may do in a project is decided there.
      </PageHeader>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <SearchField search={search} />
        <GroupLinks
          label="Which accounts"
          present={group}
          groups={USER_GROUPS.map((key) => ({
            key,
            name: NAMES[key],
            href: key === "all" ? "/admin/users" : `/admin/users?group=${key}`,
          }))}
        />
        <p aria-live="polite" className="text-[13px] text-ink-soft">
          {countOf(found, rows.length)}
        </p>
      </div>
      {rows.length > 0 ? (
        <UserTable users={rows} />
      ) : (
        <EmptyState title="Nobody found">
          {search === ""
            ? "No account is of this kind."
            : `No name or e-mail has “${search}” in it. Search for less, or make a new account.`}
        </EmptyState>
      )}
    </main>
  );
}

function countOf(found: number, shown: number): string {
  if (shown < found) return `${shown} of ${found} accounts; search for the others`;
  return found === 1 ? "1 account" : `${found} accounts`;
}
