import "server-only";
import { fillRound } from "./fill-round";
import { importReadingJob, importStoringJob } from "./import-jobs";
import type { JobKind } from "./job-runs";

/** Every kind of background job, for the worker. A new kind is added here. */
export const JOB_KINDS: readonly JobKind[] = [fillRound, importReadingJob, importStoringJob];
