import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { db } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { ATTEMPT_SERIES, enqueue } from "./job-runs";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

/** A job as people see it. `total` is null while it is not known. */
export type JobView = {
  jobId: string;
  kind: string;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  problem: string | null;
  result: unknown;
  createdAt: Date;
  endedAt: Date | null;
};

const shown = {
  id: true,
  kind: true,
  state: true,
  done: true,
  total: true,
  problem: true,
  result: true,
  createdAt: true,
  endedAt: true,
} as const;

const one = z.strictObject({ projectId: z.uuid(), jobId: z.uuid() });

/** The newest jobs of a project, up to a hundred. */
export const listJobs = defineUseCase({
  name: "listJobs",
  permission: "job.manage",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<JobView[]>> {
    const rows = await db().job.findMany({
      where: { projectId },
      orderBy: { createdAt: "desc" },
      take: 100,
      select: shown,
    });
    return success(rows.map(view));
  },
});

/** One job, to follow its progress. */
export const openJob = defineUseCase({
  name: "openJob",
  permission: "job.manage",
  scope: "project",
  input: one,
  async run({ projectId, jobId }): Promise<Result<JobView>> {
    const row = await db().job.findUnique({
      where: { projectId_id: { projectId, id: jobId } },
      select: shown,
    });
    if (row === null) return failure("not_found", "This job does not exist.");
    return success(view(row));
  },
});

/** Ends a job before its time; what it has stored so far stays. */
export const cancelJob = defineUseCase({
  name: "cancelJob",
  permission: "job.manage",
  scope: "project",
  input: one,
  async run({ projectId, jobId }, caller): Promise<Result<null>> {
    const { count } = await db().job.updateMany({
      where: { projectId, id: jobId, state: { in: ["waiting", "running"] } },
      data: { state: "cancelled", endedAt: new Date(), leaseUntil: null },
    });
    if (count === 0) return failure("conflict", "This job has ended already.");
    await recordAudit(caller, { action: "job.cancelled", targetType: "job", targetId: jobId });
    return success(null);
  },
});

/** Has a failed or cancelled job continue where it stopped. */
export const retryJob = defineUseCase({
  name: "retryJob",
  permission: "job.manage",
  scope: "project",
  input: one,
  async run({ projectId, jobId }, caller): Promise<Result<null>> {
    const isQueued = await inTransaction(async (tx) => {
      const count = await tx.$executeRaw`
        UPDATE job SET state = 'waiting', problem = NULL, ended_at = NULL,
               attempts = (attempts / ${ATTEMPT_SERIES}::int + 1) * ${ATTEMPT_SERIES}::int
         WHERE project_id = ${projectId}::uuid AND id = ${jobId}::uuid
           AND state IN ('failed', 'cancelled')`;
      if (count > 0) await enqueue(tx, projectId, jobId);
      return count > 0;
    });
    if (!isQueued) return failure("conflict", "Only a failed or cancelled job can be tried again.");
    await recordAudit(caller, { action: "job.retried", targetType: "job", targetId: jobId });
    return success(null);
  },
});

function view({ id, ...row }: Omit<JobView, "jobId"> & { id: string }): JobView {
  return { jobId: id, ...row };
}
