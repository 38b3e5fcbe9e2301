import "server-only";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { dataFolder } from "@/lib/server/env";
import { defineUseCase } from "./use-case";

/** A job of any project, for admins. */
export type AdministeredJob = {
  projectId: string;
  project: string;
  jobId: string;
  kind: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  problem: string | null;
  requestedBy: string | null;
  createdAt: string;
  endedAt: string | null;
};

/** Parts of the list of jobs. */
export const JOB_GROUPS = ["open", "failed", "all"] as const;
const SHOWN = 200;

/** The newest jobs of all projects: those that wait or run, those that failed, or all. */
export const listAllJobs = defineUseCase({
  name: "listAllJobs",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({ group: z.enum(JOB_GROUPS).default("open") }),
  async run({ group }): Promise<Result<{ jobs: AdministeredJob[]; counts: JobCounts }>> {
    const jobs = await pool().query<
      Omit<AdministeredJob, "createdAt" | "endedAt"> & { createdAt: Date; endedAt: Date | null }
    >(JOBS, [group, SHOWN]);
    const counts = await pool().query<JobCounts>(COUNTS);
    return success({
      jobs: jobs.rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        endedAt: row.endedAt?.toISOString() ?? null,
      })),
      counts: counts.rows[0] ?? { waiting: 0, running: 0, failed: 0 },
    });
  },
});

/** Jobs that wait, that run, and that failed and were not tried again. */
export type JobCounts = { waiting: number; running: number; failed: number };

const JOBS = `
SELECT j.project_id AS "projectId", p.name AS project, j.id AS "jobId", j.kind, j.state, j.done, j.total,
       j.problem, u.name AS "requestedBy", j.created_at AS "createdAt", j.ended_at AS "endedAt"
  FROM job j JOIN project p ON p.id = j.project_id LEFT JOIN "user" u ON u.id = j.requested_by
 WHERE CASE $1::text WHEN 'open' THEN j.state IN ('waiting', 'running')
                     WHEN 'failed' THEN j.state = 'failed' ELSE true END
 ORDER BY j.created_at DESC, j.id LIMIT $2`;

const COUNTS = `
SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
       count(*) FILTER (WHERE state = 'running')::int AS running,
       count(*) FILTER (WHERE state = 'failed')::int AS failed
  FROM job WHERE state IN ('waiting', 'running', 'failed')`;

/** What the site takes up, in bytes. */
export type Storage = {
  database: number;
  version: string;
  tables: { name: string; bytes: number; rows: number }[];
  /** Folders of the data folder, biggest first; null where it cannot be read. */
  folders: { name: string; bytes: number }[] | null;
};

/** How big the database is, by table, and what lies in the data folder. */
export const readStorage = defineUseCase({
  name: "readStorage",
  permission: "site.administer",
  scope: "instance",
  input: z.strictObject({}),
  async run(): Promise<Result<Storage>> {
    const { rows } = await pool().query<{ bytes: string; version: string }>(
      `SELECT pg_database_size(current_database()) AS bytes, current_setting('server_version') AS version`,
    );
    const tables = await pool().query<{ name: string; bytes: string; rows: string }>(
      `SELECT relname AS name, pg_total_relation_size(relid) AS bytes, n_live_tup AS rows
         FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY 2 DESC LIMIT 12`,
    );
    return success({
      database: Number(rows[0]?.bytes ?? 0),
      version: rows[0]?.version ?? "",
      tables: tables.rows.map((row) => ({
        name: row.name,
        bytes: Number(row.bytes),
        rows: Number(row.rows),
      })),
      folders: await foldersOf(dataFolder()),
    });
  },
});

/** Not the embedded database, which may be another account's to read and is counted above. */
async function foldersOf(folder: string): Promise<Storage["folders"]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && !/^pg\d/.test(entry.name))
      .map(async ({ name }) => ({ name, bytes: await sizeBelow(path.join(folder, name)) })),
  );
  return sizes.sort((a, b) => b.bytes - a.bytes);
}

async function sizeBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  let bytes = 0;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // Gone meanwhile, or not ours to see.
    const found = await stat(path.join(entry.parentPath, entry.name)).catch(() => null);
    bytes += found?.size ?? 0;
  }
  return bytes;
}
