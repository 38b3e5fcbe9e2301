import "server-only";
import { z } from "zod";
import type { ProjectRole } from "@/lib/domain/policy";
import { failure, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { publishCodebook, templates } from "./codebook-store";
import { languageInput, nameInput, proseInput } from "./inputs";
import { enterProject } from "./member-store";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

/** A project in the list of those who belong to it. Counts of the whole are for leads only. */
export type ListedProject = {
  projectId: string;
  name: string;
  description: string;
  isArchived: boolean;
  /** The caller's role; null where an admin sees a project without being a member. */
  role: ProjectRole | null;
  /** For leads and admins. */
  documents: number | null;
  members: number | null;
  /** Assignments, all of them for leads and admins, else the caller's own. */
  assigned: number;
  submitted: number;
};

type ListRow = {
  id: string;
  name: string;
  description: string;
  archived: boolean;
  role: ProjectRole | null;
  leads: boolean;
  documents: number | null;
  members: number | null;
  assigned: number;
  submitted: number;
};

/** The projects that the caller is a member of; all of them for an admin. */
export const listProjects = defineUseCase({
  name: "listProjects",
  permission: "project.list",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId, instanceRole }) {
    const { rows } = await pool().query<ListRow>(LIST, [userId, instanceRole === "admin"]);
    return success(
      rows.map(
        ({ id, archived, leads: _leads, ...row }): ListedProject => ({
          projectId: id,
          isArchived: archived,
          ...row,
        }),
      ),
    );
  },
});

const LIST = `
SELECT p.id, p.name, p.description, p.archived_at IS NOT NULL AS archived, p.role, p.leads,
       CASE WHEN p.leads THEN
         (SELECT count(*)::int FROM document d WHERE d.project_id = p.id AND d.archived_at IS NULL)
       END AS documents,
       CASE WHEN p.leads THEN
         (SELECT count(*)::int FROM membership m WHERE m.project_id = p.id AND m.ended_at IS NULL)
       END AS members,
       a.assigned, a.submitted
  FROM (SELECT p.*, m.role, coalesce(m.role = 'lead', false) OR $2 AS leads
          FROM project p
          LEFT JOIN membership m
            ON m.project_id = p.id AND m.user_id = $1 AND m.ended_at IS NULL
         WHERE m.user_id IS NOT NULL OR $2) p
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS assigned,
           count(*) FILTER (WHERE a.state = 'submitted')::int AS submitted
      FROM assignment a
      JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
     WHERE a.project_id = p.id AND a.withdrawn_at IS NULL AND (p.leads OR n.user_id = $1)) a
 ORDER BY p.archived_at IS NOT NULL, p.created_at DESC, p.id
 LIMIT 500`;

/** A project as its pages frame it. `work` holds the caller's own assignments by state. */
export type OpenedProject = {
  projectId: string;
  name: string;
  description: string;
  language: string;
  isArchived: boolean;
  role: ProjectRole | null;
  codebook: { name: string; version: number } | null;
  work: StateCounts;
  /** For leads and admins, else null: nobody else learns what others did. */
  whole: (StateCounts & { documents: number; members: number; annotators: number }) | null;
};

/** Numbers of assignments by state, without withdrawn ones. */
export type StateCounts = {
  assigned: number;
  inProgress: number;
  submitted: number;
  skipped: number;
};

type CountRow = { state: string; own: number; all: number };

/** One project, with counts of the whole for its leads and of their own work for everyone else. */
export const openProject = defineUseCase({
  name: "openProject",
  permission: "project.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId, projectRole, instanceRole }) {
    const leads = projectRole === "lead" || instanceRole === "admin";
    const { rows } = await pool().query<{
      name: string;
      description: string;
      language: string;
      archived: boolean;
      codebook: { name: string; version: number } | null;
      documents: number;
      members: number;
      annotators: number;
    }>(OPEN, [projectId]);
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This project does not exist.");
    const counts = await pool().query<CountRow>(COUNTS, [projectId, userId]);
    const { documents, members, annotators, archived, ...project } = row;
    const whole = { ...countStates(counts.rows, "all"), documents, members, annotators };
    return success<OpenedProject>({
      projectId,
      ...project,
      isArchived: archived,
      role: projectRole,
      work: countStates(counts.rows, "own"),
      whole: leads ? whole : null,
    });
  },
});

const OPEN = `
SELECT p.name, p.description, p.language, p.archived_at IS NOT NULL AS archived,
       (SELECT json_build_object('name', c.name, 'version', c.version) FROM codebook_version c
         WHERE c.project_id = p.id AND c.state = 'published'
         ORDER BY c.version DESC LIMIT 1) AS codebook,
       (SELECT count(*)::int FROM document d
         WHERE d.project_id = p.id AND d.archived_at IS NULL) AS documents,
       (SELECT count(*)::int FROM membership m
         WHERE m.project_id = p.id AND m.ended_at IS NULL) AS members,
       (SELECT count(*)::int FROM membership m
         WHERE m.project_id = p.id AND m.ended_at IS NULL AND m.role = 'annotator') AS annotators
  FROM project p WHERE p.id = $1`;

const COUNTS = `
SELECT a.state, count(*) FILTER (WHERE n.user_id = $2)::int AS own, count(*)::int AS all
  FROM assignment a JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
 WHERE a.project_id = $1 AND a.withdrawn_at IS NULL
 GROUP BY a.state`;

function countStates(rows: CountRow[], whose: "own" | "all"): StateCounts {
  const count = (state: string) => rows.find((row) => row.state === state)?.[whose] ?? 0;
  return {
    assigned: count("assigned"),
    inProgress: count("in_progress"),
    submitted: count("submitted"),
    skipped: count("skipped"),
  };
}

/** Makes a project with a codebook from a template and one round; the caller leads it. */
export const createProject = defineUseCase({
  name: "createProject",
  permission: "project.create",
  scope: "instance",
  input: z.strictObject({
    name: nameInput(120),
    description: proseInput().default(""),
    language: languageInput.default("en"),
    template: z.string().max(80),
  }),
  async run({ template, ...facts }, caller) {
    const codebook = templates().find((each) => each.key === template);
    if (codebook === undefined) {
      return failure("invalid", "There is no such codebook. Choose one from the list.", {
        place: "template",
      });
    }
    const projectId = newId();
    await inTransaction(async (tx) => {
      await tx.project.create({ data: { id: projectId, ...facts } });
      await enterProject(tx, { projectId, userId: caller.userId, role: "lead" });
      const { codebookVersionId } = await publishCodebook(tx, projectId, codebook);
      await tx.round.create({
        data: { projectId, id: newId(), position: 1, name: "Main round", codebookVersionId },
      });
    });
    await recordAudit(
      { ...caller, projectId },
      {
        action: "project.created",
        targetType: "project",
        targetId: projectId,
        detail: { name: facts.name, template },
      },
    );
    return success({ projectId });
  },
});

/** Changes what a project is called and how it describes itself. */
export const renameProject = defineUseCase({
  name: "renameProject",
  permission: "project.configure",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    name: nameInput(120),
    description: proseInput(),
  }),
  async run({ projectId, name, description }, caller) {
    await pool().query(`UPDATE project SET name = $2, description = $3 WHERE id = $1`, [
      projectId,
      name,
      description,
    ]);
    await recordAudit(caller, {
      action: "project.renamed",
      targetType: "project",
      targetId: projectId,
      detail: { name },
    });
    return success({});
  },
});

/** Puts a project away: it stays readable for its leads, and nothing new is made in it. */
export const archiveProject = defineUseCase({
  name: "archiveProject",
  permission: "project.configure",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, caller) {
    await pool().query(
      `UPDATE project SET archived_at = now() WHERE id = $1 AND archived_at IS NULL`,
      [projectId],
    );
    await recordAudit(caller, {
      action: "project.archived",
      targetType: "project",
      targetId: projectId,
    });
    return success({});
  },
});

/** Takes a project up again. */
export const restoreProject = defineUseCase({
  name: "restoreProject",
  permission: "project.configure",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, caller) {
    await pool().query(`UPDATE project SET archived_at = NULL WHERE id = $1`, [projectId]);
    await recordAudit(caller, {
      action: "project.restored",
      targetType: "project",
      targetId: projectId,
    });
    return success({});
  },
});
