import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { pool } from "@/lib/server/db";
import {
  defineJob,
  type JobKind,
  JobRefused,
  type JobRun,
  queueJob,
} from "@/lib/services/job-runs";
import { cancelJob, listJobs, openJob, retryJob } from "@/lib/services/jobs";
import { inTransaction } from "@/lib/services/project-store";
import { runWaitingJobs, startWorker } from "@/lib/services/worker";
import { pollUntil } from "@/scripts/deadline.mjs";
import { valueFrom as must } from "./support/answers";
import { makeMember, makeProject } from "./support/factories";

type Input = { upTo: number };
const problems: string[] = [];
const report = (problem: string) => problems.push(problem);
/** What the bodies did, by name of the job's input. */
let steps: number[] = [];

function kind(run: (run: JobRun<Input>) => Promise<Record<string, unknown>>): JobKind {
  return defineJob({ kind: "count", input: z.strictObject({ upTo: z.int() }), run });
}

const counting = kind(async ({ input, progress }) => {
  for (let done = 1; done <= input.upTo; done += 1) {
    steps.push(done);
    await progress(done, input.upTo);
  }
  return { counted: input.upTo };
});

async function makeStudy() {
  const { projectId } = await makeProject();
  const { userId, actor } = await makeMember(projectId, "lead");
  const queue = (upTo: number) =>
    inTransaction((tx) =>
      queueJob(tx, { projectId, kind: "count", input: { upTo }, requestedBy: userId }),
    );
  const open = async (jobId: string) => must(await openJob.as(actor, { projectId, jobId }));
  return { projectId, actor, queue, open };
}

beforeEach(() => {
  steps = [];
  problems.length = 0;
});
afterEach(() => {
  expect(problems).toEqual([]);
});

describe("a background job", () => {
  it("runs once, and says how far it is and what it made", async () => {
    const { queue, open } = await makeStudy();
    const jobId = await queue(3);
    expect(await open(jobId)).toMatchObject({ state: "waiting", done: 0, total: null });
    await runWaitingJobs(report, [counting]);
    await runWaitingJobs(report, [counting]);
    expect(steps).toEqual([1, 2, 3]);
    expect(await open(jobId)).toMatchObject({
      state: "done",
      done: 3,
      total: 3,
      result: { counted: 3 },
    });
  });

  it("does not run where the transaction that asked for it is undone", async () => {
    const { projectId, actor } = await makeStudy();
    const refused = inTransaction(async (tx) => {
      await queueJob(tx, { projectId, kind: "count", input: { upTo: 1 }, requestedBy: null });
      throw new Error("undone");
    });
    await expect(refused).rejects.toThrow("undone");
    await runWaitingJobs(report, [counting]);
    expect(steps).toEqual([]);
    expect(must(await listJobs.as(actor, { projectId }))).toEqual([]);
  });

  it("shows the sentence of a refusal, and is tried again by hand only", async () => {
    const { projectId, actor, queue, open } = await makeStudy();
    let isMended = false;
    const refusing = kind(async () => {
      if (!isMended) throw new JobRefused("The file is not there.");
      return {};
    });
    const jobId = await queue(1);
    await runWaitingJobs(report, [refusing]);
    await runWaitingJobs(report, [refusing]);
    expect(await open(jobId)).toMatchObject({ state: "failed", problem: "The file is not there." });
    isMended = true;
    must(await retryJob.as(actor, { projectId, jobId }));
    await runWaitingJobs(report, [refusing]);
    expect(await open(jobId)).toMatchObject({ state: "done", problem: null });
    const again = await retryJob.as(actor, { projectId, jobId });
    expect(again).toMatchObject({ ok: false, failure: { kind: "conflict" } });
  });

  it("stops at its next step when it is cancelled", async () => {
    const { projectId, actor, queue, open } = await makeStudy();
    const jobId = await queue(5);
    const interrupted = kind(async ({ input, progress, signal }) => {
      steps.push(1);
      must(await cancelJob.as(actor, { projectId, jobId }));
      await progress(1, input.upTo);
      expect(signal.aborted).toBe(true);
      steps.push(2);
      return {};
    });
    await runWaitingJobs(report, [interrupted]);
    expect(steps).toEqual([1]);
    expect(await open(jobId)).toMatchObject({ state: "cancelled", result: null });
  });

  it("is taken up by another worker when its process is not heard of, and the first is fenced off", async () => {
    const { queue, open } = await makeStudy();
    const jobId = await queue(2);
    let runs = 0;
    const slow = kind(async ({ input, progress }) => {
      runs += 1;
      if (runs === 1) {
        // As after a long pause of the whole machine: the lease is over before the next step.
        await pool().query(
          "UPDATE job SET lease_until = now() - interval '1 second' WHERE id = $1",
          [jobId],
        );
        await runWaitingJobs(report, [slow]);
      }
      await progress(runs, input.upTo);
      return { run: runs };
    });
    await runWaitingJobs(report, [slow]);
    expect(runs).toBe(2);
    expect(await open(jobId)).toMatchObject({ state: "done", result: { run: 2 } });
  });

  it("is given back by a worker that stops, and continued by the next", async () => {
    const { queue, open } = await makeStudy();
    const jobId = await queue(1);
    let isRunning = false;
    const patient = kind(async ({ signal }) => {
      isRunning = true;
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      return {};
    });
    const worker = await startWorker(report, [patient]);
    await pollUntil(() => isRunning, { milliseconds: 10_000 });
    await worker.stop();
    expect((await open(jobId)).state).toBe("running");
    await runWaitingJobs(report, [counting]);
    expect(await open(jobId)).toMatchObject({ state: "done", result: { counted: 1 } });
  });
});
