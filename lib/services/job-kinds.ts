import "server-only";
import { aggregationJob } from "./aggregation-job";
import { agreementJob } from "./agreement-job";
import { migrationJob } from "./codebook-migrations";
import { compareCorpus } from "./corpus-job";
import { fillRound } from "./fill-round";
import { importReadingJob, importStoringJob } from "./import-jobs";
import type { JobKind } from "./job-runs";
import { releaseBuildJob, releaseFormatJob } from "./release-jobs";

/** Every kind of background job, for the worker. A new kind is added here. */
export const JOB_KINDS: readonly JobKind[] = [
  aggregationJob,
  agreementJob,
  compareCorpus,
  fillRound,
  importReadingJob,
  importStoringJob,
  migrationJob,
  releaseBuildJob,
  releaseFormatJob,
];
