import Link from "next/link";
import { ProjectActs } from "@/components/admin/project-acts";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { ago } from "@/lib/domain/ago";
import { unwrap } from "@/lib/server/unwrap";
import { type AdministeredProject, listAllProjects } from "@/lib/services/all-projects";

export const metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const projects = unwrap(await listAllProjects({}));
  const now = new Date();
  return (
    <main>
      <PageHeader title="Projects">
        Every project of this site, the biggest first. An archived project is kept whole; purging it
        removes it for ever.
      </PageHeader>
      {projects.length === 0 ? (
        <EmptyState title="No project yet">
          Make the first one from the start page, and add somebody as its lead.
        </EmptyState>
      ) : (
        <Table
          label="Projects"
          head={
            <>
              <HeadCell>Project</HeadCell>
              <HeadCell>Leads</HeadCell>
              <HeadCell className="text-end">Members</HeadCell>
              <HeadCell className="text-end">Documents</HeadCell>
              <HeadCell className="text-end">Characters</HeadCell>
              <HeadCell className="text-end">Changes</HeadCell>
              <HeadCell>Last work</HeadCell>
              <HeadCell>
                <span className="sr-only">More</span>
              </HeadCell>
            </>
          }
        >
          {projects.map((project) => (
            <Row key={project.projectId} project={project} now={now} />
          ))}
        </Table>
      )}
    </main>
  );
}

function Row({ project, now }: { project: AdministeredProject; now: Date }) {
  const { projectId, name, archivedAt, leads, lastWorkAt } = project;
  return (
    <tr>
      <Cell className="min-w-48">
        <Link href={`/projects/${projectId}`} className="font-medium hover:underline">
          <bdi>{name}</bdi>
        </Link>{" "}
        {archivedAt === null ? null : <Badge tone="warn">archived</Badge>}
      </Cell>
      <Cell className="text-ink-soft">
        {leads.length === 0 ? <Badge tone="bad">nobody</Badge> : <bdi>{leads.join(", ")}</bdi>}
      </Cell>
      <Count value={project.members} />
      <Count value={project.documents} />
      <Count value={project.characters} />
      <Count value={project.operations} />
      <Cell className="whitespace-nowrap text-ink-soft">
        {lastWorkAt === null ? "never" : ago(new Date(lastWorkAt), now)}
      </Cell>
      <Cell className="text-end">
        <ProjectActs projectId={projectId} name={name} isArchived={archivedAt !== null} />
      </Cell>
    </tr>
  );
}

function Count({ value }: { value: number }) {
  return <Cell className="text-end tabular-nums">{value.toLocaleString("en")}</Cell>;
}
