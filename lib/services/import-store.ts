import "server-only";
import { z } from "zod";
import { type ImportSettings, importSettings } from "@/lib/domain/imports/settings";
import { pool } from "@/lib/server/db";

/** A run that finds nobody for so long has died; its import may be taken up by another. */
const LEASE_SECONDS = 30;

export type ImportPlace = { projectId: string; importId: string };

/** What the body of a run is given: how far it is, and when to stop. */
export type Running = {
  progress: (done: number, total?: number) => Promise<void>;
  signal: AbortSignal;
};

export type RowState = "fresh" | "known" | "refused" | "stored";

/** Thrown in a run whose import was cancelled, or taken up by another process. */
export class ImportLost extends Error {}

/**
 * Takes an import for a run: from one of `from`, or from `into` where the run that had it has died. Answers
 * its settings, or null where it is in another state or somebody has it.
 */
export async function takeImport(
  { projectId, importId }: ImportPlace,
  { from, into }: { from: string[]; into: "reading" | "storing" },
): Promise<{ settings: ImportSettings; requestedBy: string | null; startedAt: Date } | null> {
  const { rows } = await pool().query<{
    settings: unknown;
    requested_by: string | null;
    started_at: Date;
  }>(
    `UPDATE import
        SET state = $4::import_state, problem = NULL, ended_at = NULL,
            lease_until = now() + make_interval(secs => $5),
            started_at = CASE WHEN state = $4::import_state THEN coalesce(started_at, now())
                              ELSE now() END
      WHERE project_id = $1 AND id = $2
        AND (state = ANY($3::import_state[])
             OR (state = $4::import_state AND (lease_until IS NULL OR lease_until < now())))
      RETURNING settings, requested_by, started_at`,
    [projectId, importId, from, into, LEASE_SECONDS],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return {
    settings: importSettings.parse(row.settings),
    requestedBy: row.requested_by,
    startedAt: row.started_at,
  };
}

/** Says that a run is alive and how far it is; throws where the import is no longer its own. */
export async function keepImport(
  { projectId, importId }: ImportPlace,
  state: "reading" | "storing",
  done: number,
): Promise<void> {
  const { rowCount } = await pool().query(
    `UPDATE import SET done = $4, lease_until = now() + make_interval(secs => $5)
      WHERE project_id = $1 AND id = $2 AND state = $3::import_state`,
    [projectId, importId, state, done, LEASE_SECONDS],
  );
  if (rowCount === 0) throw new ImportLost("The import was cancelled.");
}

/** Lets go of an import whose run stops before its end, so that it is taken up at once. */
export async function releaseImport({ projectId, importId }: ImportPlace): Promise<void> {
  await pool().query(
    `UPDATE import SET lease_until = NULL
      WHERE project_id = $1 AND id = $2 AND state IN ('reading', 'storing')`,
    [projectId, importId],
  );
}

/** Ends an import that cannot go on, with a sentence for people. */
export async function failImport(
  { projectId, importId }: ImportPlace,
  problem: string,
): Promise<void> {
  await pool().query(
    `UPDATE import SET state = 'failed', problem = $3, ended_at = now(), lease_until = NULL
      WHERE project_id = $1 AND id = $2 AND state IN ('open', 'reading', 'storing')`,
    [projectId, importId, problem],
  );
}

const count = z.int().min(0);

/** What reading found in all files of an import, for people's choices. */
export const importFound = z.object({
  fresh: count.default(0),
  known: count.default(0),
  refused: count.default(0),
  noted: count.default(0),
  /** Code points. */
  length: count.default(0),
  /** Lines by role. */
  roles: z.record(z.string(), count).default({}),
  /** Annotated formats that were met. */
  formats: z.array(z.string()).default([]),
  columns: z.array(z.object({ name: z.string(), use: z.string(), sample: z.string() })).default([]),
  labels: z
    .array(
      z.object({
        kind: z.enum(["span", "relation", "unit"]),
        level: z.string(),
        layer: z.string(),
        label: z.string(),
        count,
        to: z.object({ layer: z.string(), label: z.string() }).nullable(),
      }),
    )
    .default([]),
  authors: z.array(z.object({ name: z.string(), documents: count })).default([]),
  /** Annotations that would be placed, and sentences on those that could not. */
  placed: count.default(0),
  unplaced: count.default(0),
});
export type ImportFound = z.output<typeof importFound>;
