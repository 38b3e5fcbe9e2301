import "server-only";
import { z } from "zod";
import { success } from "@/lib/domain/result";
import {
  assignDocuments,
  reopenAssignment,
  restoreAssignment,
  withdrawAssignment,
} from "../../assignments";
import { pageAssignments } from "../../listings";
import { listMyWork, resumeAssignment, skipAssignment } from "../../my-work";
import { openProject } from "../../projects";
import { openAssignment } from "../../workspace";
import { created, defineOperation, NO_BODY } from "../operation";
import { inProject, pageQuery } from "../parameters";
import {
  listedAssignment,
  madeAssignment,
  openedAssignment,
  ownAssignment,
  pageOf,
} from "../resources";
import { pageOfAll } from "../whole-list";

const tag = "Assignments";
const inAll = z.strictObject(inProject);
const params = z.strictObject({ assignmentId: z.uuid() });

/** An act of a lead on one assignment. */
function leadsAct(id: string, verb: string, summary: string, useCase: typeof withdrawAssignment) {
  return defineOperation(
    {
      id,
      method: "post",
      path: `/assignments/{assignmentId}/${verb}`,
      tag,
      summary,
      scope: "manage",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => useCase.as(actor, params),
  );
}

export const assignmentOperations = [
  defineOperation(
    {
      id: "listAssignments",
      method: "get",
      path: "/projects/{projectId}/assignments",
      tag,
      summary: "Who annotates what, and how far they are",
      scope: "read",
      params: inAll,
      query: z.strictObject({
        ...pageQuery,
        state: z.enum(["assigned", "in_progress", "submitted", "skipped"]).optional(),
        documentId: z.uuid().optional(),
        annotatorId: z.uuid().optional(),
        roundId: z.uuid().optional(),
      }),
      answers: pageOf(listedAssignment, "ListedAssignment"),
    },
    ({ actor, params, query }) => pageAssignments.as(actor, { ...params, ...query }),
  ),
  defineOperation(
    {
      id: "assignDocuments",
      method: "post",
      path: "/projects/{projectId}/assignments",
      tag,
      summary: "Give each of the documents to each of the members",
      description: "In the latest round. What is assigned already is reported and not doubled.",
      scope: "manage",
      params: inAll,
      body: z.strictObject({
        documentIds: z.array(z.uuid()).min(1).max(500),
        userIds: z.array(z.uuid()).min(1).max(100),
      }),
      answers: created(
        z.object({ assignments: z.array(madeAssignment) }).meta({ id: "MadeAssignments" }),
      ),
    },
    ({ actor, params, body }) => assignDocuments.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "listOwnAssignments",
      method: "get",
      path: "/projects/{projectId}/own-assignments",
      tag,
      summary:
        "The caller's own documents: those to annotate, in order, then those finished lately",
      scope: "read",
      params: inAll,
      query: z.strictObject(pageQuery),
      answers: pageOf(ownAssignment, "OwnAssignment"),
    },
    async ({ actor, params: { projectId }, query }) => {
      const seen = await openProject.as(actor, { projectId });
      if (!seen.ok) return seen;
      // The list is of the whole site: the token steps back, and other projects are left out.
      const work = await listMyWork.as(actor === null ? null : { ...actor, token: undefined }, {});
      const all = work.ok
        ? success(
            [...work.value.open, ...work.value.recent].filter(
              (each) => each.projectId === projectId,
            ),
          )
        : work;
      return pageOfAll(all, "own", ({ assignmentId }) => assignmentId, query);
    },
  ),
  defineOperation(
    {
      id: "openAssignment",
      method: "get",
      path: "/assignments/{assignmentId}",
      tag,
      summary: "One of the caller's own assignments: text, codebook, annotations so far",
      description:
        "Where the round hides the source, the text is masked; offsets count in what is shown.",
      scope: "read",
      params,
      answers: openedAssignment,
    },
    ({ actor, params }) => openAssignment.as(actor, params),
  ),
  leadsAct(
    "withdrawAssignment",
    "withdraw",
    "Take a document back from its annotator; what was marked stays",
    withdrawAssignment,
  ),
  leadsAct(
    "restoreAssignment",
    "restore",
    "Give a withdrawn document back to its annotator",
    restoreAssignment,
  ),
  leadsAct(
    "reopenAssignment",
    "reopen",
    "Let an annotator go on with a submitted or skipped document",
    reopenAssignment,
  ),
  defineOperation(
    {
      id: "skipAssignment",
      method: "post",
      path: "/assignments/{assignmentId}/skip",
      tag,
      summary: "Skip one of the caller's own documents, with a reason",
      scope: "annotate",
      params,
      body: z.strictObject({ reason: z.string().min(1).max(300) }),
      answers: NO_BODY,
    },
    ({ actor, params, body }) => skipAssignment.as(actor, { ...params, ...body }),
  ),
  defineOperation(
    {
      id: "resumeAssignment",
      method: "post",
      path: "/assignments/{assignmentId}/resume",
      tag,
      summary: "Take a skipped document of the caller up again",
      scope: "annotate",
      params,
      answers: NO_BODY,
    },
    ({ actor, params }) => resumeAssignment.as(actor, params),
  ),
];
