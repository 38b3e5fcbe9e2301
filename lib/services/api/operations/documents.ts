import "server-only";
import { z } from "zod";
import { SORTS } from "@/lib/domain/corpus/cursor";
import { success } from "@/lib/domain/result";
import { listDocuments } from "../../document-search";
import { archiveDocument, openDocument, restoreDocument } from "../../documents";
import { readDocumentText } from "../../listings";
import { defineOperation, NO_BODY } from "../operation";
import { inProject, integerInQuery, pageQuery, textInQuery } from "../parameters";
import { document, documentText, listedDocument, pageOf } from "../resources";

const path = "/projects/{projectId}/documents";
const tag = "Documents";
const inAll = z.strictObject(inProject);
const params = z.strictObject({ ...inProject, documentId: z.uuid() });

export const documentOperations = [
  defineOperation(
    {
      id: "listDocuments",
      method: "get",
      path,
      tag,
      summary: "Documents of the project, filtered and sorted",
      description:
        '`search` takes words, "phrases", -exclusions and `or`. To import documents, see Imports.',
      scope: "read",
      params: inAll,
      query: z.strictObject({
        ...pageQuery,
        search: textInQuery(200).optional(),
        state: z.enum(["live", "archived"]).optional(),
        outlet: textInQuery(200).optional(),
        language: textInQuery(40).optional(),
        from: z.iso.date().optional().describe("Published on this day or later"),
        to: z.iso.date().optional().describe("Published on this day or before"),
        event: z
          .union([z.uuid(), z.literal("none")])
          .optional()
          .describe("An event's id, or `none`"),
        work: z.enum(["unassigned", "open", "submitted"]).optional(),
        grouping: z.enum(["annotated", "chosen", "linked"]).optional(),
        sort: z.enum(SORTS).optional(),
      }),
      answers: pageOf(listedDocument, "ListedDocument"),
    },
    async ({ actor, params, query }) => {
      const found = await listDocuments.as(actor, { ...params, ...query });
      return found.ok ? success({ items: found.value.documents, next: found.value.next }) : found;
    },
  ),
  defineOperation(
    {
      id: "openDocument",
      method: "get",
      path: `${path}/{documentId}`,
      tag,
      summary: "One document with its source facts, its blocks and who works on it",
      scope: "read",
      params,
      answers: document,
    },
    ({ actor, params }) => openDocument.as(actor, params),
  ),
  defineOperation(
    {
      id: "readDocumentText",
      method: "get",
      path: `${path}/{documentId}/text`,
      tag,
      summary: "The text that offsets count in, with its blocks, sentences and tokens",
      description:
        "Offsets are Unicode code points. A text never changes; a correction is a new version.",
      scope: "read",
      params,
      query: z.strictObject({ version: integerInQuery(1).optional() }),
      answers: documentText,
    },
    ({ actor, params, query }) => readDocumentText.as(actor, { ...params, ...query }),
  ),
  defineOperation(
    {
      id: "archiveDocument",
      method: "post",
      path: `${path}/{documentId}/archive`,
      tag,
      summary: "Put a document away; its annotations stay",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => archiveDocument.as(actor, params),
  ),
  defineOperation(
    {
      id: "restoreDocument",
      method: "post",
      path: `${path}/{documentId}/restore`,
      tag,
      summary: "Take an archived document up again",
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => restoreDocument.as(actor, params),
  ),
];
