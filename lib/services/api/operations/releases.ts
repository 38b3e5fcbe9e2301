import "server-only";
import { z } from "zod";
import { FORMATS } from "@/lib/domain/formats/catalogue";
import { releaseSettingsSchema } from "@/lib/domain/releases/settings";
import { success } from "@/lib/domain/result";
import { exportDataset } from "../../dataset";
import {
  compareReleases,
  createRelease,
  downloadRelease,
  downloadReleaseFormat,
  listReleases,
  openRelease,
} from "../../releases";
import { created, defineDownload, defineOperation } from "../operation";
import { inProject, pageQuery } from "../parameters";
import { listedRelease, madeRelease, pageOf, release, releaseDifference } from "../resources";
import { storedFile, textFile } from "../text-file";
import { pageOfAll } from "../whole-list";

const path = "/projects/{projectId}/releases";
const tag = "Releases";
const inAll = z.strictObject(inProject);
const params = z.strictObject({ ...inProject, releaseId: z.uuid() });
const written = FORMATS.filter(({ write }) => write !== null).map(({ name }) => name);

export const releaseOperations = [
  defineOperation(
    {
      id: "listReleases",
      method: "get",
      path,
      tag,
      summary: "Releases, newest first",
      scope: "read",
      params: inAll,
      query: z.strictObject(pageQuery),
      answers: pageOf(listedRelease, "ListedRelease"),
    },
    async ({ actor, params, query }) =>
      pageOfAll(
        await listReleases.as(actor, params),
        "releases",
        ({ releaseId }) => releaseId,
        query,
      ),
  ),
  defineOperation(
    {
      id: "createRelease",
      method: "post",
      path,
      tag,
      summary: "Freeze a release: it is numbered at once and made by a job",
      description:
        "Refused with 409 where names or addresses of members stand in free text, until `acceptsFreeText` says that somebody looked.",
      scope: "export",
      params: inAll,
      mostBody: 8 * 1024 * 1024,
      body: z.strictObject({
        name: z.string().max(200).optional(),
        settings: releaseSettingsSchema.meta({ id: "ReleaseSettings" }),
        acceptsFreeText: z.boolean().optional(),
      }),
      answers: created(madeRelease),
      cost: 20,
      isKeyed: true,
    },
    ({ actor, params, body }) => createRelease.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "openRelease",
      method: "get",
      path: `${path}/{releaseId}`,
      tag,
      summary: "One release with its manifest and the formats that it can be had in",
      scope: "read",
      params,
      answers: release,
    },
    ({ actor, params }) => openRelease.as(actor, params),
  ),
  defineOperation(
    {
      id: "compareReleases",
      method: "get",
      path: `${path}/{releaseId}/differences`,
      tag,
      summary: "What differs between this release and another one",
      scope: "read",
      params,
      query: z.strictObject({ withId: z.uuid() }),
      answers: releaseDifference,
      cost: 5,
    },
    ({ actor, params, query }) => compareReleases.as(actor, { ...params, ...query }),
  ),
  defineDownload(
    {
      id: "downloadRelease",
      method: "get",
      path: `${path}/{releaseId}/archive`,
      tag,
      summary: "The archive; it never changes, and its ETag is its SHA-256",
      scope: "export",
      params,
      answers: { kind: "file", types: ["application/zip"], waits: false },
      cost: 10,
    },
    async ({ actor, params }) => {
      const file = await downloadRelease.as(actor, params);
      return file.ok ? success(storedFile(file.value)) : file;
    },
  ),
  defineDownload(
    {
      id: "downloadReleaseFormat",
      method: "get",
      path: `${path}/{releaseId}/formats/{format}`,
      tag,
      summary: "The release in another format",
      description:
        "A large one is written by a job first: then the answer is 202 with the job's id, and the file comes when you ask again.",
      scope: "export",
      params: params.extend({ format: z.enum(written as [string, ...string[]]) }),
      answers: {
        kind: "file",
        types: ["application/zip", "application/octet-stream"],
        waits: true,
      },
      cost: 10,
    },
    async ({ actor, params }) => {
      const answer = await downloadReleaseFormat.as(actor, params);
      if (!answer.ok) return answer;
      return success(
        answer.value.kind === "job" ? { job: answer.value.jobId } : storedFile(answer.value.file),
      );
    },
  ),
  defineDownload(
    {
      id: "downloadDataset",
      method: "get",
      path: "/projects/{projectId}/dataset",
      tag,
      summary: "The submitted annotations of this moment as one file",
      description: "For a fixed state with licence and documentation make a release.",
      scope: "export",
      params: inAll,
      query: z.strictObject({
        format: z.enum(["jsonl", "csv"]),
        cells: z
          .enum(["safe", "raw"])
          .optional()
          .describe("`safe` keeps a spreadsheet from taking a cell for a formula"),
        exclusions: z.enum(["included", "left_out"]).optional(),
      }),
      answers: { kind: "file", types: ["application/x-ndjson", "text/csv"], waits: false },
      cost: 10,
    },
    async ({ actor, params, query }) =>
      textFile(await exportDataset.as(actor, { ...query, ...params })),
  ),
];
