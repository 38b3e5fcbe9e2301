import "server-only";
import { z } from "zod";
import {
  finishAdjudication,
  listAdjudications,
  openAdjudication,
  reopenAdjudication,
  startAdjudication,
} from "../../adjudications";
import { exportGold } from "../../gold";
import { created, defineDownload, defineOperation, NO_BODY } from "../operation";
import { inProject, pageQuery } from "../parameters";
import { adjudication, listedAdjudication, pageOf } from "../resources";
import { textFile } from "../text-file";
import { pageOfAll } from "../whole-list";

const path = "/projects/{projectId}/adjudications";
const tag = "Adjudication";
const inAll = z.strictObject(inProject);
const params = z.strictObject({ ...inProject, adjudicationId: z.uuid() });

export const adjudicationOperations = [
  defineOperation(
    {
      id: "listAdjudications",
      method: "get",
      path,
      tag,
      summary: "Documents with submitted work, and how far their adjudication is",
      scope: "read",
      params: inAll,
      query: z.strictObject(pageQuery),
      answers: pageOf(listedAdjudication, "ListedAdjudication"),
    },
    async ({ actor, params, query }) =>
      pageOfAll(
        await listAdjudications.as(actor, params),
        "adjudications",
        ({ documentId }) => documentId,
        query,
      ),
  ),
  defineOperation(
    {
      id: "startAdjudication",
      method: "post",
      path,
      tag,
      summary: "Begin with a document: its submissions are frozen as they are",
      description: "Where the text has an adjudication already, its id is answered.",
      scope: "manage",
      params: inAll,
      body: z.strictObject({ documentId: z.uuid() }),
      answers: created(z.object({ adjudicationId: z.uuid() }).meta({ id: "StartedAdjudication" })),
    },
    ({ actor, params, body }) => startAdjudication.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "openAdjudication",
      method: "get",
      path: `${path}/{adjudicationId}`,
      tag,
      summary: "What there is to decide, what was decided, and the gold set so far",
      scope: "read",
      params,
      answers: adjudication,
    },
    ({ actor, params }) => openAdjudication.as(actor, params),
  ),
  defineOperation(
    {
      id: "finishAdjudication",
      method: "post",
      path: `${path}/{adjudicationId}/finish`,
      tag,
      summary: "Finish: from now on the gold set counts. Everything must be decided",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => finishAdjudication.as(actor, params),
  ),
  defineOperation(
    {
      id: "reopenAdjudication",
      method: "post",
      path: `${path}/{adjudicationId}/reopen`,
      tag,
      summary: "Open a finished adjudication again",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => reopenAdjudication.as(actor, params),
  ),
  defineDownload(
    {
      id: "downloadGold",
      method: "get",
      path: "/projects/{projectId}/gold",
      tag,
      summary: "The gold annotations of the finished documents, as JSON lines",
      scope: "export",
      params: inAll,
      answers: { kind: "file", types: ["application/x-ndjson"], waits: false },
      cost: 10,
    },
    async ({ actor, params }) => textFile(await exportGold.as(actor, params)),
  ),
];
