import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Meter } from "@/components/ui/meter";
import { counted } from "@/lib/domain/wording";
import type { ListedProject } from "@/lib/services/projects";

/** The caller's projects, with how far each is as far as they may know. */
export function ProjectCards({ projects }: { projects: ListedProject[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2">
      {projects.map((project) => (
        <li
          key={project.projectId}
          className="relative flex flex-col gap-2 rounded-md border border-line bg-surface p-4 hover:border-line-strong"
        >
          <div className="flex items-start justify-between gap-3">
            <h3 className="min-w-0 font-semibold">
              <Link
                href={`/projects/${project.projectId}`}
                className="after:absolute after:inset-0 after:content-['']"
              >
                <bdi>{project.name}</bdi>
              </Link>
            </h3>
            <Badge tone={project.isArchived ? "warn" : "plain"}>
              {project.isArchived ? "archived" : (project.role ?? "seen as admin")}
            </Badge>
          </div>
          {project.description ? (
            <p className="line-clamp-2 text-[13px] text-ink-soft">{project.description}</p>
          ) : null}
          <div className="mt-auto flex flex-col gap-1.5 pt-1">
            <p className="text-[13px] text-ink-soft">{progress(project)}</p>
            {project.assigned > 0 ? (
              <Meter
                value={project.submitted}
                most={project.assigned}
                label={`Submitted in ${project.name}`}
              />
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

function progress({ documents, members, assigned, submitted, role }: ListedProject): string {
  const whole =
    documents === null
      ? null
      : `${counted(documents, "document")}, ${counted(members ?? 0, "member")}`;
  if (assigned > 0 && whole === null) {
    return `${submitted} of your ${counted(assigned, "document")} submitted`;
  }
  if (assigned > 0)
    return `${whole} · ${submitted} of ${counted(assigned, "assignment")} submitted`;
  if (whole !== null) return `${whole} · nothing assigned yet`;
  return role === "viewer" ? "You can read its codebook." : "Nothing is assigned to you yet.";
}
