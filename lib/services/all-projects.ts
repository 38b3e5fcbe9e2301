import "server-only";
import { rm } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { archivePath } from "./release-files";
import { defineUseCase } from "./use-case";

/** A project as admins see it. */
export type AdministeredProject = {
  projectId: string;
  name: string;
  createdAt: string;
  archivedAt: string | null;
  /** Names of its leads. */
  leads: string[];
  members: number;
  documents: number;
  /** Of all texts, in code points. */
  characters: number;
  /** Changes to annotations, ever. */
  operations: number;
  lastWorkAt: string | null;
};

const SHOWN = 500;

/** All projects with who leads them and how much is in them, the biggest first. */
export const listAllProjects = defineUseCase({
  name: "listAllProjects",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({}),
  async run(): Promise<Result<AdministeredProject[]>> {
    const { rows } = await pool().query<
      Omit<AdministeredProject, "createdAt" | "archivedAt" | "lastWorkAt"> & {
        createdAt: Date;
        archivedAt: Date | null;
        lastWorkAt: Date | null;
      }
    >(LIST, [SHOWN]);
    return success(
      rows.map((row) => ({
        ...row,
        characters: Number(row.characters),
        operations: Number(row.operations),
        createdAt: row.createdAt.toISOString(),
        archivedAt: row.archivedAt?.toISOString() ?? null,
        lastWorkAt: row.lastWorkAt?.toISOString() ?? null,
      })),
    );
  },
});

const LIST = `
SELECT p.id AS "projectId", p.name, p.created_at AS "createdAt", p.archived_at AS "archivedAt",
       ARRAY(SELECT u.name FROM membership m JOIN "user" u ON u.id = m.user_id
              WHERE m.project_id = p.id AND m.role = 'lead' AND m.ended_at IS NULL ORDER BY u.name)
         AS leads,
       (SELECT count(*)::int FROM membership m WHERE m.project_id = p.id AND m.ended_at IS NULL) AS members,
       (SELECT count(*)::int FROM document d WHERE d.project_id = p.id) AS documents,
       (SELECT coalesce(sum(v.length), 0) FROM document_version v WHERE v.project_id = p.id) AS characters,
       w.operations, w.last_work_at AS "lastWorkAt"
  FROM project p
  CROSS JOIN LATERAL (SELECT coalesce(sum(s.revision), 0) AS operations, max(s.updated_at) AS last_work_at
                        FROM annotation_set s WHERE s.project_id = p.id) w
 ORDER BY p.archived_at IS NOT NULL, characters DESC, p.name LIMIT $1`;

/**
 * Removes a project with everything in it, for ever; its entries in the audit log stay. Only of a project
 * that was archived before, and by somebody who typed its name.
 */
export const purgeProject = defineUseCase({
  name: "purgeProject",
  permission: "project.purge",
  scope: "project",
  needsProof: true,
  input: z.strictObject({ projectId: z.uuid(), name: z.string().max(200) }),
  async run({ projectId, name }, caller): Promise<Result<null>> {
    const purged = await purge(projectId, name);
    if (!purged.ok) return purged;
    await rm(path.dirname(archivePath(projectId, "any")), { recursive: true, force: true });
    await recordAudit(caller, {
      action: "project.purged",
      targetType: "project",
      targetId: projectId,
      detail: { rows: purged.value },
    });
    return success(null);
  },
});

/** Deletes it in one transaction and answers how many rows that were. */
async function purge(projectId: string, name: string): Promise<Result<number>> {
  const client = await pool().connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL statement_timeout = '15min'");
    const { rows } = await client.query<{ name: string; is_archived: boolean }>(
      `SELECT name, archived_at IS NOT NULL AS is_archived FROM project WHERE id = $1 FOR UPDATE`,
      [projectId],
    );
    const problem = purgeProblem(rows[0], name);
    const purged = problem ?? success(await deleteRows(client, projectId));
    await client.query(purged.ok ? "COMMIT" : "ROLLBACK");
    isBroken = false;
    return purged;
  } finally {
    // A connection whose transaction did not end is thrown away, which ends it.
    client.release(isBroken);
  }
}

function purgeProblem(
  project: { name: string; is_archived: boolean } | undefined,
  name: string,
): Result<never> | null {
  if (project === undefined) return failure("not_found", "This project does not exist.");
  if (!project.is_archived) return failure("conflict", "Archive this project first.");
  if (project.name === name.trim()) return null;
  return failure("invalid", "This is not the name of the project.", { place: "name" });
}

async function deleteRows(client: pg.PoolClient, projectId: string): Promise<number> {
  await client.query(`SELECT set_config('framemark.purged_project', $1, true)`, [projectId]);
  let count = 0;
  for (const table of await tablesOfProjects(client)) {
    const { rowCount } = await client.query(`DELETE FROM ${table} WHERE project_id = $1`, [
      projectId,
    ]);
    count += rowCount ?? 0;
  }
  await client.query(`DELETE FROM project WHERE id = $1`, [projectId]);
  return count + 1;
}

/** Every table with rows of projects, so ordered that none is referred to when its turn comes. Not the log. */
async function tablesOfProjects(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; refers_to: string[] }>(
    `SELECT quote_ident(t.relname) AS name,
            ARRAY(SELECT DISTINCT quote_ident(f.relname) FROM pg_constraint c
                    JOIN pg_class f ON f.oid = c.confrelid
                   WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid <> t.oid) AS refers_to
       FROM pg_class t
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'project_id' AND NOT a.attisdropped
      WHERE t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relname NOT LIKE 'audit%'`,
  );
  const ordered: string[] = [];
  let left = rows;
  while (left.length > 0) {
    const referred = new Set(left.flatMap(({ refers_to }) => refers_to));
    const free = left.filter(({ name }) => !referred.has(name));
    if (free.length === 0) throw new Error("Tables of projects refer to each other in a circle.");
    ordered.push(...free.map(({ name }) => name));
    left = left.filter(({ name }) => referred.has(name));
  }
  return ordered;
}
