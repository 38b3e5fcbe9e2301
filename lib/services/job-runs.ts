import "server-only";
import type { z } from "zod";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { noteEvent } from "./webhook-outbox";

/** What the body of a job is given. It may be run again from the start after a crash: it must continue, not repeat. */
export type JobRun<Input> = {
  projectId: string;
  jobId: string;
  input: Input;
  /** Whoever asked for the job; null for the system. */
  requestedBy: string | null;
  /** Says how far the work is; also keeps the job ours. Cheap: written at most twice a second. */
  progress: (done: number, total?: number) => Promise<void>;
  /** Aborted when the job is cancelled, was taken over by another process, or the worker stops. */
  signal: AbortSignal;
};

/** What a job leaves for people, shown as the kind's page sees fit. */
export type JobResult = Record<string, unknown>;

/** A kind of job, ready for the worker. */
export type JobKind = {
  kind: string;
  run: (run: JobRun<unknown>) => Promise<JobResult>;
};

/** Defines a kind of job; its input is checked each time before the body runs. */
export function defineJob<Input>(definition: {
  kind: string;
  input: z.ZodType<Input>;
  run: (run: JobRun<Input>) => Promise<JobResult>;
}): JobKind {
  const { kind, input, run } = definition;
  return { kind, run: (given) => run({ ...given, input: input.parse(given.input) }) };
}

/** An expected failure with a sentence for people; the job is not tried again by itself. */
export class JobRefused extends Error {}

/** The task of graphile-worker under which all jobs run. */
const TASK = "framemark_job";
/** A job whose process has not been heard of for so long is taken up by another, in seconds. */
const LEASE = 30;
const HEARTBEAT = 5_000;
const PROGRESS_EVERY = 500;
const MOST_ATTEMPTS = 5;
/**
 * `attempts` fences off processes that were given up, so it only grows: trying again by hand begins a
 * new series at the next multiple of this.
 */
export const ATTEMPT_SERIES = 100;

/**
 * Notes a job and queues it in the caller's transaction: it runs if, and only if, that commits.
 * Answers its id. The body is found by `kind` in lib/services/job-kinds.ts.
 */
export async function queueJob(
  tx: Transaction,
  job: {
    projectId: string;
    kind: string;
    input: object;
    requestedBy: string | null;
    jobId?: string;
  },
): Promise<string> {
  const jobId = job.jobId ?? newId();
  await tx.job.create({
    data: {
      projectId: job.projectId,
      id: jobId,
      kind: job.kind,
      input: job.input,
      requestedBy: job.requestedBy,
    },
  });
  await enqueue(tx, job.projectId, jobId);
  return jobId;
}

/** Queues a job that is noted already, once however often it is called. */
export async function enqueue(tx: Transaction, projectId: string, jobId: string): Promise<void> {
  const payload = JSON.stringify({ projectId, jobId });
  await tx.$executeRaw`
    SELECT graphile_worker.add_job(${TASK}::text, ${payload}::json, job_key := ${jobKey(jobId)}::text, max_attempts := 1)`;
}

/** The tasks of a worker process over the given kinds. */
export function jobTasks(kinds: readonly JobKind[], stopping: AbortSignal) {
  const byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  return {
    [TASK]: async (payload: unknown) => {
      const { projectId, jobId } = payload as { projectId: string; jobId: string };
      await runJob(byName, projectId, jobId, stopping);
    },
  };
}

/** Queues the jobs anew whose process died. Called now and then by every worker. */
export async function takeUpAbandonedJobs(): Promise<number> {
  const { rows } = await pool().query<{ project_id: string; id: string }>(
    `UPDATE job SET state = 'waiting', lease_until = NULL
      WHERE state = 'running' AND lease_until < now()
      RETURNING project_id, id`,
  );
  for (const row of rows) {
    await pool().query(
      "SELECT graphile_worker.add_job($1, $2::json, job_key := $3, max_attempts := 1)",
      [TASK, JSON.stringify({ projectId: row.project_id, jobId: row.id }), jobKey(row.id)],
    );
  }
  return rows.length;
}

/** Queues whatever is not ended, where the queue itself is new: after a restore. */
export async function queueAllAnew(
  client: Pick<ReturnType<typeof pool>, "query">,
): Promise<number> {
  const { rows } = await client.query<{ project_id: string; id: string }>(
    `UPDATE job SET state = 'waiting', lease_until = NULL WHERE state IN ('waiting', 'running')
      RETURNING project_id, id`,
  );
  for (const row of rows) {
    await client.query(
      "SELECT graphile_worker.add_job($1, $2::json, job_key := $3, max_attempts := 1)",
      [TASK, JSON.stringify({ projectId: row.project_id, jobId: row.id }), jobKey(row.id)],
    );
  }
  return rows.length;
}

async function runJob(
  kinds: ReadonlyMap<string, JobKind>,
  projectId: string,
  jobId: string,
  stopping: AbortSignal,
): Promise<void> {
  const { rows } = await pool().query<Taken>(
    `UPDATE job SET state = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now()),
            lease_until = now() + make_interval(secs => $3), problem = NULL
      WHERE project_id = $1 AND id = $2 AND state = 'waiting'
      RETURNING kind, input, attempts, requested_by`,
    [projectId, jobId, LEASE],
  );
  const taken = rows[0];
  // Cancelled meanwhile, or another process has it.
  if (taken === undefined) return;
  const held = holdJob(projectId, jobId, taken.attempts, stopping);
  try {
    const kind = kinds.get(taken.kind);
    if (kind === undefined) throw new JobRefused(`This version knows no job “${taken.kind}”.`);
    if (taken.attempts % ATTEMPT_SERIES > MOST_ATTEMPTS)
      throw new JobRefused("Given up after five attempts.");
    const result = await kind.run({
      projectId,
      jobId,
      input: taken.input,
      requestedBy: taken.requested_by,
      progress: held.progress,
      signal: held.signal,
    });
    await held.end("done", { result });
  } catch (error) {
    // Stopped with the worker: the next one continues at once. Cancelled or taken over: not ours to end.
    if (stopping.aborted) await held.giveBack();
    else if (!held.signal.aborted) await held.end("failed", { problem: problemOf(error) });
    if (!held.signal.aborted && !(error instanceof JobRefused)) throw error;
  } finally {
    held.release();
  }
}

const JOB_ENDED = noteEvent("job.ended", {
  happened: "ended",
  projectId: "$1",
  eventId: "$6",
  payload: `jsonb_build_object('jobId', $2::uuid, 'kind', (SELECT kind FROM ended), 'state', $7::text)`,
});

type Taken = { kind: string; input: unknown; attempts: number; requested_by: string | null };

/** Keeps the lease while the body runs; `attempt` fences off a process that was given up. */
function holdJob(projectId: string, jobId: string, attempt: number, stopping: AbortSignal) {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error("The worker stops."));
  stopping.addEventListener("abort", stop);
  if (stopping.aborted) stop();
  const ours = [projectId, jobId, attempt] as const;
  const where = "WHERE project_id = $1 AND id = $2 AND attempts = $3 AND state = 'running'";
  let written = 0;

  const update = async (set: string, values: unknown[] = []) => {
    const { rowCount } = await pool().query(`UPDATE job SET ${set} ${where}`, [...ours, ...values]);
    if (rowCount === 0) controller.abort(new Error("The job was cancelled or taken over."));
  };
  const beat = setInterval(() => {
    update(`lease_until = now() + interval '${LEASE} seconds'`).catch(() => {}); // the next beat tries again
  }, HEARTBEAT);

  return {
    signal: controller.signal,
    progress: async (done: number, total?: number) => {
      controller.signal.throwIfAborted();
      const now = performance.now();
      if (written > 0 && now - written < PROGRESS_EVERY && done !== total) return;
      written = now;
      await update(
        `done = $4, total = coalesce($5, total), lease_until = now() + interval '${LEASE} seconds'`,
        [done, total ?? null],
      );
      controller.signal.throwIfAborted();
    },
    end: (state: "done" | "failed", left: { result?: JobResult; problem?: string }) =>
      pool().query(
        `WITH ended AS (
           UPDATE job
              SET state = '${state}', result = $4::jsonb, problem = $5, ended_at = now(), lease_until = NULL,
                  done = CASE WHEN '${state}' = 'done' THEN coalesce(total, done) ELSE done END
            ${where} RETURNING kind
         )
         ${JOB_ENDED}`,
        [
          ...ours,
          left.result === undefined ? null : JSON.stringify(left.result),
          left.problem ?? null,
          newId(),
          state,
        ],
      ),
    /** Expired at once, so that it is taken up by whoever looks next. */
    giveBack: () => update("lease_until = now() - interval '1 second'"),
    release: () => {
      clearInterval(beat);
      stopping.removeEventListener("abort", stop);
    },
  };
}

function problemOf(error: unknown): string {
  if (error instanceof JobRefused) return error.message;
  return "Something unexpected went wrong. The worker's log names it; try again.";
}

function jobKey(jobId: string): string {
  return `job:${jobId}`;
}
