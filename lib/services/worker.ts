import "server-only";
import { Logger, run, runOnce } from "graphile-worker";
import { allowLongStatements, databaseUrl } from "@/lib/server/db";
import { sealAudit } from "./audit-seals";
import { JOB_KINDS } from "./job-kinds";
import { type JobKind, jobTasks, takeUpAbandonedJobs } from "./job-runs";

/** Looks for jobs whose process died, in milliseconds. */
const LOOK_EVERY = 10_000;
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
  return {
    stop: async () => {
      clearInterval(looking);
      clearInterval(sealing);
      stopping.abort();
      await runner.stop();
    },
  };
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
