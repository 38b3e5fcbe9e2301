import "server-only";
import { setTimeout } from "node:timers/promises";
import { Logger, run, runOnce } from "graphile-worker";
import { forgetAnswers } from "@/lib/server/api/kept-answers";
import { forgetRates } from "@/lib/server/api/rate-limit";
import { allowLongStatements, databaseUrl } from "@/lib/server/db";
import { sealAudit } from "./audit-seals";
import { JOB_KINDS } from "./job-kinds";
import { type JobKind, jobTasks, takeUpAbandonedJobs } from "./job-runs";
import { forgetOldTraces } from "./retention";
import { sendDueWebhooks } from "./webhook-delivery";

/** Looks for jobs whose process died, in milliseconds. */
const LOOK_EVERY = 10_000;
/** Looks for webhooks to be sent, in milliseconds. */
const SEND_EVERY = 2_000;
/** Throws away what the API keeps for a while only, in milliseconds. */
const TIDY_EVERY = 10 * 60_000;
/** Seals the minutes of the audit log that are over. */
const SEAL_EVERY = 30_000;

type Report = (problem: string) => void;

/** Only what went wrong is worth a line. */
const makeLogger = (report: Report) =>
  new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") report(message);
  });

/** Works off jobs until `stop`, which lets the running ones be given back and taken up by the next worker. */
export async function startWorker(
  report: Report,
  kinds: readonly JobKind[] = JOB_KINDS,
): Promise<{ stop: () => Promise<void> }> {
  allowLongStatements();
  const stopping = new AbortController();
  const runner = await run({
    connectionString: databaseUrl(),
    concurrency: 2,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: jobTasks(kinds, stopping.signal),
    logger: makeLogger(report),
  });
  const look = () => {
    takeUpAbandonedJobs().catch((error) => report(String(error))); // looked for again soon
  };
  look();
  const looking = setInterval(look, LOOK_EVERY);
  const seal = () => {
    sealAudit().catch((error) => report(String(error))); // sealed with the next minutes
  };
  const sealing = setInterval(seal, SEAL_EVERY);
  const sending = keepSending(stopping.signal, report);
  const tidy = () => {
    Promise.all([forgetRates(), forgetAnswers(), forgetOldTraces()]).catch((error) =>
      report(String(error)),
    ); // done again soon
  };
  const tidying = setInterval(tidy, TIDY_EVERY);
  return {
    stop: async () => {
      clearInterval(tidying);
      clearInterval(looking);
      clearInterval(sealing);
      stopping.abort();
      await Promise.all([runner.stop(), sending]);
    },
  };
}

/** Sends webhooks until stopped, one round after the other. */
async function keepSending(stopping: AbortSignal, report: Report): Promise<void> {
  while (!stopping.aborted) {
    await sendDueWebhooks(stopping).catch((error) => report(String(error))); // sent again soon
    await setTimeout(SEND_EVERY, null, { signal: stopping }).catch(() => {}); // stopped: no need to wait
  }
}

/** Works off what waits now and ends, for tests and commands. */
export async function runWaitingJobs(
  report: Report,
  kinds: readonly JobKind[] = JOB_KINDS,
): Promise<void> {
  await takeUpAbandonedJobs();
  await runOnce({
    connectionString: databaseUrl(),
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: jobTasks(kinds, new AbortController().signal),
    logger: makeLogger(report),
  });
}
