import "server-only";
import { compareCorpus } from "./corpus-job";
import { fillRound } from "./fill-round";
import { importReadingJob, importStoringJob } from "./import-jobs";
import type { JobKind } from "./job-runs";

/** Every kind of background job, for the worker. A new kind is added here. */
export const JOB_KINDS: readonly JobKind[] = [
  compareCorpus,
  fillRound,
  importReadingJob,
  importStoringJob,
];
