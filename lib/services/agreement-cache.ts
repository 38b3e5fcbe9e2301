import "server-only";
import type { LayerReport, ResampledLayer } from "@/lib/domain/agreement-report/layer-report";
import { pool, type Transaction } from "@/lib/server/db";

/** A part of a report as it was computed. */
export type Computed<Content> = { content: Content; seconds: number; computedAt: Date };

/** What is known of a report. */
export type KnownResults = {
  figures: Computed<LayerReport[]> | null;
  /** Intervals by resampling; with gamma from when it is known. */
  resampled: Computed<ResampledLayer[]> | null;
  /** The same with gamma. */
  gamma: Computed<ResampledLayer[]> | null;
};

type Row = {
  part: "figures" | "resampled" | "gamma";
  content: unknown;
  seconds: number;
  computedAt: Date;
};

/** Days for which results are kept that nobody could still be looking at. */
const KEPT_DAYS = 30;

/** Reads what was computed from exactly these inputs. */
export async function readResults(projectId: string, inputHash: string): Promise<KnownResults> {
  const { rows } = await pool().query<Row>(
    `SELECT part, content, seconds, computed_at AS "computedAt" FROM agreement_result
      WHERE project_id = $1 AND input_hash = $2`,
    [projectId, inputHash],
  );
  const part = (name: Row["part"]) => {
    const row = rows.find((each) => each.part === name);
    return row === undefined ? null : { ...row, content: row.content as never };
  };
  const gamma = part("gamma");
  return { figures: part("figures"), resampled: gamma ?? part("resampled"), gamma };
}

/** Keeps a part of a report; the same inputs give the same figures, so the first to come stays. */
export async function keepResult(
  { projectId, inputHash }: { projectId: string; inputHash: string },
  part: Row["part"],
  {
    content,
    seconds,
  }: { content: readonly LayerReport[] | readonly ResampledLayer[]; seconds: number },
): Promise<void> {
  await pool().query(
    `INSERT INTO agreement_result (project_id, input_hash, part, content, seconds)
     VALUES ($1, $2, $3::agreement_part, $4, $5) ON CONFLICT DO NOTHING`,
    [projectId, inputHash, part, JSON.stringify(content), seconds],
  );
  await pool().query(
    `DELETE FROM agreement_result
      WHERE project_id = $1 AND computed_at < now() - make_interval(days => $2)`,
    [projectId, KEPT_DAYS],
  );
}

/** A job that computes a report, as far as its page needs to know. */
export type RunningReport = {
  state: "waiting" | "running" | "failed";
  done: number;
  total: number | null;
  problem: string | null;
};

/** The newest job for these inputs, unless it is done. */
export async function findReportJob(
  projectId: string,
  inputHash: string,
  client: Transaction | null = null,
): Promise<RunningReport | null> {
  const sql = `SELECT state::text AS state, done, total, problem FROM job
                WHERE project_id = $1::uuid AND kind = 'agreement' AND input->>'inputHash' = $2
                ORDER BY created_at DESC LIMIT 1`;
  type JobRow = Omit<RunningReport, "state"> & { state: string };
  const rows =
    client === null
      ? (await pool().query<JobRow>(sql, [projectId, inputHash])).rows
      : await client.$queryRawUnsafe<JobRow[]>(sql, projectId, inputHash);
  const row = rows[0];
  if (row === undefined || row.state === "done") return null;
  if (row.state === "waiting" || row.state === "running") return { ...row, state: row.state };
  return { ...row, state: "failed", problem: row.problem ?? "It was cancelled." };
}
