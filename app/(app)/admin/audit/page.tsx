import Link from "next/link";
import { AuditFilter } from "@/components/admin/audit-filter";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { writeMoment } from "@/lib/domain/moment";
import { currentUser } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { listAllProjects } from "@/lib/services/all-projects";
import { type AuditEntry, listAuditActions, listAuditLog } from "@/lib/services/audit-log";

export const metadata = { title: "Audit log" };

const FIELDS = ["action", "actor", "projectId", "from", "to"] as const;

export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const query = await searchParams;
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : "");
  const filled = FIELDS.map((name) => [name, text(name)] as const).filter(([, value]) => value);
  const filter = Object.fromEntries(filled);
  const page = text("page");
  const { entries, next } = unwrap(await listAuditLog({ ...filter, ...(page !== "" && { page }) }));
  const actions = unwrap(await listAuditActions({}));
  const projects = unwrap(await listAllProjects({}));
  const user = await currentUser();
  const search = (more: Record<string, string> = {}) =>
    new URLSearchParams({ ...filter, ...more }).toString();
  return (
    <main>
      <PageHeader
        title="Audit log"
        actions={
          // A download: no page to fetch ahead.
          <a
            href={`/admin/audit/log.csv?${search()}`}
            download
            className="inline-flex h-9 items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-sunken"
          >
            Download as CSV
          </a>
        }
      >
        Who did what, newest first. Nothing here can be changed or removed, by admins neither.
      </PageHeader>
      <AuditFilter
        filter={Object.fromEntries(FIELDS.map((name) => [name, text(name)]))}
        actions={actions}
        projects={projects.map(({ projectId, name }) => ({ projectId, name }))}
      />
      {entries.length === 0 ? (
        <EmptyState title="Nothing found">No entry fits. Ask for less.</EmptyState>
      ) : (
        <Table
          label="Audit log"
          head={
            <>
              <HeadCell>When</HeadCell>
              <HeadCell>Who</HeadCell>
              <HeadCell>What</HeadCell>
              <HeadCell>To what</HeadCell>
              <HeadCell>Project</HeadCell>
              <HeadCell>Detail</HeadCell>
            </>
          }
        >
          {entries.map((entry) => (
            <Row
              key={entry.seq}
              entry={entry}
              at={writeMoment(new Date(entry.at), user?.preferences ?? {})}
            />
          ))}
        </Table>
      )}
      {next === null ? null : (
        <div className="mt-4 flex justify-center">
          <ButtonLink href={`/admin/audit?${search({ page: next })}`}>Older entries</ButtonLink>
        </div>
      )}
    </main>
  );
}

function Row({ entry, at }: { entry: AuditEntry; at: string }) {
  const { action, actor, project, target, targetId, targetType, detail } = entry;
  const known = Object.entries(detail);
  return (
    <tr>
      <Cell className="whitespace-nowrap text-[13px] text-ink-soft">{at}</Cell>
      <Cell className="min-w-32">
        {actor === null ? (
          <span className="text-ink-soft">nobody signed in</span>
        ) : (
          <Who actor={actor} />
        )}
      </Cell>
      <Cell className="whitespace-nowrap font-mono text-[13px]">{action}</Cell>
      <Cell className="min-w-28 text-[13px]">
        {target === null ? (
          <span className="text-ink-soft" title={targetId ?? undefined}>
            {targetType} {targetId === null ? "" : targetId.slice(0, 8)}
          </span>
        ) : (
          <bdi>{target}</bdi>
        )}
      </Cell>
      <Cell className="min-w-28 text-[13px]">
        {project === null ? null : (
          <Link href={`/admin/audit?projectId=${project.projectId}`} className="hover:underline">
            <bdi>{project.name ?? "removed"}</bdi>
          </Link>
        )}
      </Cell>
      <Cell className="max-w-64 break-words font-mono text-xs text-ink-soft">
        {known.map(([name, value]) => `${name}: ${String(value)}`).join(", ")}
      </Cell>
    </tr>
  );
}

function Who({ actor: { userId, name } }: { actor: NonNullable<AuditEntry["actor"]> }) {
  if (name === null) return <span className="text-ink-soft">the command line</span>;
  return (
    <Link href={`/admin/users/${userId}`} className="hover:underline">
      <bdi>{name}</bdi>
    </Link>
  );
}
