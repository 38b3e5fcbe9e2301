import Link from "next/link";
import { UserActs } from "@/components/admin/user-acts";
import { Badge } from "@/components/ui/badge";
import { PageHeader, Section } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { ago } from "@/lib/domain/ago";
import { describeBrowser } from "@/lib/domain/browser";
import { writeMoment } from "@/lib/domain/moment";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { type OpenedUser, openUser } from "@/lib/services/users";

export const metadata = { title: "Account" };

export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const { userId } = await params;
  const user = unwrap(await openUser({ userId }));
  const me = await currentUser();
  const place = me?.preferences ?? {};
  return (
    <main>
      <p className="mb-2 text-[13px]">
        <Link href="/admin/users" className="text-accent underline">
          Users
        </Link>
      </p>
      <PageHeader title={<bdi>{user.name}</bdi>}>{user.email}</PageHeader>
      <Section title="Account">
        <dl className="grid max-w-xl grid-cols-[10rem_1fr] gap-y-1.5 text-sm">
          <Fact name="Role">{user.role === "admin" ? "Admin" : "User"}</Fact>
          <Fact name="State">{user.isDisabled ? "Disabled" : "Active"}</Fact>
          <Fact name="Signs in by">{waysOf(user)}</Fact>
          <Fact name="Second factor">{user.hasSecondFactor ? "Set up" : "None"}</Fact>
          <Fact name="Since">{writeMoment(new Date(user.createdAt), place)}</Fact>
          <Fact name="Last seen">
            {user.lastSeenAt === null ? "Never" : writeMoment(new Date(user.lastSeenAt), place)}
          </Fact>
        </dl>
      </Section>
      <Section title="Projects">
        {user.projects.length === 0 ? (
          <p className="text-sm text-ink-soft">In no project.</p>
        ) : (
          <Table
            label="Projects"
            head={
              <>
                <HeadCell>Project</HeadCell>
                <HeadCell>Role</HeadCell>
              </>
            }
          >
            {user.projects.map(({ projectId, name, role, isArchived }) => (
              <tr key={projectId}>
                <Cell>
                  <Link href={`/projects/${projectId}/people`} className="font-medium underline">
                    <bdi>{name}</bdi>
                  </Link>{" "}
                  {isArchived ? <Badge>archived</Badge> : null}
                </Cell>
                <Cell>{role}</Cell>
              </tr>
            ))}
          </Table>
        )}
      </Section>
      <Section title="Where they are signed in">
        <Sessions user={user} />
      </Section>
      {me?.userId === userId ? null : (
        <UserActs
          userId={userId}
          name={user.name}
          hasSessions={user.sessions.length > 0}
          hasSecondFactor={user.hasSecondFactor}
        />
      )}
    </main>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Sessions({ user }: { user: OpenedUser }) {
  const now = new Date();
  if (user.sessions.length === 0) return <p className="text-sm text-ink-soft">Nowhere.</p>;
  return (
    <Table
      label="Sessions"
      head={
        <>
          <HeadCell>Browser</HeadCell>
          <HeadCell>Signed in</HeadCell>
          <HeadCell>Last seen</HeadCell>
        </>
      }
    >
      {user.sessions.map(({ sessionId, userAgent, startedAt, lastSeenAt }) => (
        <tr key={sessionId}>
          <Cell className="font-medium">{describeBrowser(userAgent)}</Cell>
          <Cell className="text-ink-soft">{ago(new Date(startedAt), now)}</Cell>
          <Cell className="text-ink-soft">{ago(new Date(lastSeenAt), now)}</Cell>
        </tr>
      ))}
    </Table>
  );
}

function waysOf({ hasPassword, providers }: OpenedUser): string {
  const ways = [...(hasPassword ? ["password"] : []), ...providers];
  return ways.length === 0 ? "nothing yet" : ways.join(", ");
}
