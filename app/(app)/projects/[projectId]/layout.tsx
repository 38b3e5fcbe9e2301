import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { ProjectTabs, type Tab } from "@/components/projects/project-tabs";
import { Badge } from "@/components/ui/badge";
import { type Actor, may, type Permission, type ProjectRole } from "@/lib/domain/policy";
import { currentActor } from "@/lib/server/session";
import { unwrap } from "@/lib/server/unwrap";
import { openProject } from "@/lib/services/projects";

type Props = { params: Promise<{ projectId: string }>; children: ReactNode };

/** Pages of a project with the permission that each needs. */
const TABS: (Tab & { permission: Permission })[] = [
  { segment: "", name: "Overview", permission: "project.see" },
  { segment: "documents", name: "Documents", permission: "document.read" },
  { segment: "events", name: "Events", permission: "document.read" },
  { segment: "codebook", name: "Codebook", permission: "codebook.read" },
  { segment: "people", name: "People", permission: "member.manage" },
  { segment: "onboarding", name: "Onboarding", permission: "onboarding.set_up" },
  { segment: "rounds", name: "Rounds", permission: "assignment.plan" },
  { segment: "assignments", name: "Assignments", permission: "assignment.plan" },
  { segment: "progress", name: "Progress", permission: "progress.see" },
  { segment: "discussions", name: "Discussions", permission: "discussion.take_part" },
  { segment: "agreement", name: "Agreement", permission: "agreement.see" },
  { segment: "adjudication", name: "Adjudication", permission: "adjudicate" },
  { segment: "releases", name: "Releases", permission: "dataset.export" },
  { segment: "api", name: "API", permission: "token.manage" },
];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = await openProject({ projectId: (await params).projectId });
  const name = project.ok ? project.value.name : "Project";
  return { title: { default: name, template: `%s · ${name} · Framemark` } };
}

export default async function ProjectLayout({ params, children }: Props) {
  const project = unwrap(await openProject({ projectId: (await params).projectId }));
  const actor = await currentActor();
  return (
    <>
      <ProjectTabs projectId={project.projectId} tabs={tabsFor(actor, project.role)}>
        <div className="mb-1 flex flex-wrap items-center gap-x-3 gap-y-1">
          <Link
            href={`/projects/${project.projectId}`}
            className="min-w-0 py-0.5 font-semibold hover:underline"
          >
            <bdi>{project.name}</bdi>
          </Link>
          {project.isArchived ? <Badge tone="warn">archived</Badge> : null}
          <span className="text-[13px] text-ink-soft">
            {project.role === null ? "You see this as an admin." : `You: ${project.role}`}
          </span>
        </div>
      </ProjectTabs>
      <div className="pt-5">{children}</div>
    </>
  );
}

function tabsFor(actor: Actor | null, projectRole: ProjectRole | null): Tab[] {
  if (actor === null) return [];
  return TABS.filter(({ permission }) =>
    may({ ...actor, projectRole, isOwn: false }, permission),
  ).map(({ segment, name }) => ({ segment, name }));
}
