import "server-only";
import { z } from "zod";
import { batchSchema } from "@/lib/domain/annotation/operation";
import { editAnnotations, readOperations } from "../../annotations";
import { openAnnotationSet, pageAnnotationSets, pageSetOperations } from "../../listings";
import { defineOperation } from "../operation";
import { inProject, integer, pageQuery } from "../parameters";
import { annotationSet, batchAnswer, listedSet, pageOf, storedOperation } from "../resources";

const tag = "Annotations";
const ofAssignment = z.strictObject({ assignmentId: z.uuid() });
const ofSet = z.strictObject({ ...inProject, setId: z.uuid() });

export const annotationOperations = [
  defineOperation(
    {
      id: "sendOperations",
      method: "post",
      path: "/assignments/{assignmentId}/operations",
      tag,
      summary: "Annotate: store a batch of operations in the caller's own set",
      description:
        "Ids are made by you: sending a batch again does nothing and gives the same answer. A refused operation does not stop the others. The operation `submit` submits the document.",
      scope: "annotate",
      params: ofAssignment,
      body: batchSchema.extend({ baseRevision: integer() }).meta({ id: "OperationBatch" }),
      answers: batchAnswer,
      // Saving is never what is held up: a hundred batches a second.
      cost: 0.2,
    },
    ({ actor, params, body }) => editAnnotations.as(actor, { ...body, ...params }),
  ),
  defineOperation(
    {
      id: "readOperations",
      method: "get",
      path: "/assignments/{assignmentId}/operations",
      tag,
      summary: "The log of the caller's own set, oldest first and whole",
      scope: "read",
      params: ofAssignment,
      answers: z.array(storedOperation),
    },
    ({ actor, params }) => readOperations.as(actor, params),
  ),
  defineOperation(
    {
      id: "listAnnotationSets",
      method: "get",
      path: "/projects/{projectId}/annotation-sets",
      tag,
      summary: "Submitted sets of all annotators, and finished gold sets",
      description:
        "Documents that the caller still has to annotate are left out: they annotate them blind.",
      scope: "read",
      params: z.strictObject(inProject),
      query: z.strictObject({
        ...pageQuery,
        documentId: z.uuid().optional(),
        kind: z.enum(["annotator", "gold"]).optional(),
      }),
      answers: pageOf(listedSet, "ListedAnnotationSet"),
    },
    ({ actor, params, query }) => pageAnnotationSets.as(actor, { ...params, ...query }),
  ),
  defineOperation(
    {
      id: "openAnnotationSet",
      method: "get",
      path: "/projects/{projectId}/annotation-sets/{setId}",
      tag,
      summary: "One set with its spans, relations, unit labels, comments and flags",
      scope: "read",
      params: ofSet,
      answers: annotationSet,
    },
    ({ actor, params }) => openAnnotationSet.as(actor, params),
  ),
  defineOperation(
    {
      id: "listSetOperations",
      method: "get",
      path: "/projects/{projectId}/annotation-sets/{setId}/operations",
      tag,
      summary: "How a set came to be: its operations, oldest first",
      scope: "read",
      params: ofSet,
      query: z.strictObject(pageQuery),
      answers: pageOf(storedOperation, "StoredOperation"),
    },
    ({ actor, params, query }) => pageSetOperations.as(actor, { ...params, ...query }),
  ),
];
