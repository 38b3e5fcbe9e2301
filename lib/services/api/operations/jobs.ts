import "server-only";
import { z } from "zod";
import { cancelJob, openJob, retryJob } from "../../jobs";
import { pageJobs } from "../../listings";
import { defineOperation, NO_BODY } from "../operation";
import { inProject, pageQuery } from "../parameters";
import { job, pageOf } from "../resources";

const path = "/projects/{projectId}/jobs";
const tag = "Jobs";
const params = z.strictObject({ ...inProject, jobId: z.uuid() });

export const jobOperations = [
  defineOperation(
    {
      id: "listJobs",
      method: "get",
      path,
      tag,
      summary: "Background jobs, newest first",
      scope: "read",
      params: z.strictObject(inProject),
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(["waiting", "running", "done", "failed", "cancelled"]).optional(),
      }),
      answers: pageOf(job, "Job"),
    },
    ({ actor, params, query }) => pageJobs.as(actor, { ...params, ...query }),
  ),
  defineOperation(
    {
      id: "openJob",
      method: "get",
      path: `${path}/{jobId}`,
      tag,
      summary: "One job, to follow its progress",
      scope: "read",
      params,
      answers: job,
    },
    ({ actor, params }) => openJob.as(actor, params),
  ),
  defineOperation(
    {
      id: "cancelJob",
      method: "post",
      path: `${path}/{jobId}/cancel`,
      tag,
      summary: "End a job before its time; what it has stored stays",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => cancelJob.as(actor, params),
  ),
  defineOperation(
    {
      id: "retryJob",
      method: "post",
      path: `${path}/{jobId}/retry`,
      tag,
      summary: "Have a failed or cancelled job continue where it stopped",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => retryJob.as(actor, params),
  ),
];
