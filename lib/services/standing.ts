import "server-only";
import type { Actor, ProjectRole, Standing } from "@/lib/domain/policy";
import { pool } from "@/lib/server/db";

/** What the input of a use case points at; `public` is open to somebody signed out. */
export type Scope = "public" | "instance" | "project" | "assignment";
export type ScopedIds = { projectId?: string; assignmentId?: string };

/** `isArchived` is known of use cases of scope project. */
export type Found = { standing: Standing; projectId: string; isArchived: boolean };

/** What the actor is to the thing at hand; null where they may not know that it exists. */
export async function findStanding(
  scope: Scope,
  ids: ScopedIds,
  actor: Actor,
): Promise<Found | null> {
  if (scope === "instance" || scope === "public") return standing(actor, null, false, "");
  return scope === "project"
    ? inProject(ids.projectId, actor)
    : atAssignment(ids.assignmentId, actor);
}

async function inProject(projectId: string | undefined, actor: Actor): Promise<Found | null> {
  if (projectId === undefined) throw new Error("A use case of scope project takes a projectId.");
  const { rows } = await pool().query<{ role: ProjectRole | null; is_archived: boolean }>(
    `SELECT m.role, p.archived_at IS NOT NULL AS is_archived FROM project p
       LEFT JOIN membership m ON m.project_id = p.id AND m.user_id = $2 AND m.ended_at IS NULL
      WHERE p.id = $1`,
    [projectId, actor.userId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.role === null && actor.instanceRole !== "admin") return null;
  return { ...standing(actor, row.role, false, projectId), isArchived: row.is_archived };
}

async function atAssignment(assignmentId: string | undefined, actor: Actor): Promise<Found | null> {
  if (assignmentId === undefined) {
    throw new Error("A use case of scope assignment takes an assignmentId.");
  }
  const { rows } = await pool().query<{
    project_id: string;
    role: ProjectRole | null;
    is_own: boolean;
  }>(
    `SELECT a.project_id, m.role, coalesce(n.user_id = $2, false) AS is_own
       FROM assignment a
       JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
       LEFT JOIN membership m
         ON m.project_id = a.project_id AND m.user_id = $2 AND m.ended_at IS NULL
      WHERE a.id = $1`,
    [assignmentId, actor.userId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const seesAll = row.role === "lead" || actor.instanceRole === "admin";
  if (!row.is_own && !seesAll) return null;
  return standing(actor, row.role, row.is_own, row.project_id);
}

function standing(
  { instanceRole, leadsSomewhere }: Actor,
  projectRole: ProjectRole | null,
  isOwn: boolean,
  projectId: string,
): Found {
  return {
    standing: { instanceRole, leadsSomewhere, projectRole, isOwn },
    projectId,
    isArchived: false,
  };
}
