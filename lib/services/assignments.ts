import "server-only";
import { z } from "zod";
import type { ProjectRole } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool, type Transaction } from "@/lib/server/db";
import { makeAssignments, type Planned, reopen } from "./assignment-store";
import { recordAudit } from "./audit";
import { GIVE_BACK, TAKE_AGAIN } from "./claims";
import { pageInput } from "./inputs";
import { canAnnotate } from "./member-store";
import { inLiveProject } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

const MOST_AT_ONCE = 5_000;

/**
 * Gives each of the documents to each of the members, in the project's latest round and under its
 * codebook. What is assigned already is reported and not doubled.
 */
export const assignDocuments = defineUseCase({
  name: "assignDocuments",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documentIds: z.array(z.uuid()).min(1, "Choose a document.").max(500),
    userIds: z.array(z.uuid()).min(1, "Choose an annotator.").max(100),
  }),
  async run({ projectId, documentIds, userIds }, caller) {
    const documents = [...new Set(documentIds)];
    const users = [...new Set(userIds)];
    const pairs = documents.flatMap((documentId) =>
      users.map((userId) => ({ documentId, userId })),
    );
    if (pairs.length > MOST_AT_ONCE) {
      return failure("invalid", `Assign at most ${MOST_AT_ONCE} at once; choose fewer documents.`);
    }
    const planned = await inLiveProject(projectId, async (tx): Promise<Result<Planned[]>> => {
      const problem = await planProblem(tx, projectId, documents, users);
      if (problem !== null) return problem;
      return success(await makeAssignments(tx, projectId, pairs));
    });
    if (!planned.ok) return planned;
    const made = planned.value.filter((each) => each.outcome !== "existing").length;
    if (made > 0) {
      await recordAudit(caller, {
        action: "assignments.made",
        targetType: "project",
        targetId: projectId,
        detail: { made, documents: documents.length, annotators: users.length },
      });
    }
    return success({ assignments: planned.value });
  },
});

async function planProblem(
  tx: Transaction,
  projectId: string,
  documentIds: string[],
  userIds: string[],
): Promise<Result<never> | null> {
  const documents = await tx.document.count({
    where: { projectId, id: { in: documentIds }, archivedAt: null },
  });
  if (documents !== documentIds.length) {
    return failure("invalid", "A document was archived meanwhile. Reload the page.", {
      place: "documentIds",
    });
  }
  const members = await tx.membership.findMany({
    where: { projectId, userId: { in: userIds }, endedAt: null },
    select: { role: true },
  });
  const able = members.filter((member) => canAnnotate(member.role)).length;
  if (able !== userIds.length) {
    return failure(
      "invalid",
      "Somebody chosen is not an annotator here any more. Reload the page.",
      {
        place: "userIds",
      },
    );
  }
  return null;
}

/** One cell of the matrix of documents and annotators. */
export type PlannedCell = {
  assignmentId: string;
  annotatorId: string;
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  skipReason: string | null;
  isWithdrawn: boolean;
  /** Null while the caller has the same document open: they annotate it blind. */
  spans: number | null;
  activeSeconds: number;
};

export type PlannedAnnotator = {
  annotatorId: string;
  /** Null once the account was erased. */
  userId: string | null;
  name: string;
  pseudonym: string;
  /** Whether documents can be given to them now. */
  canAnnotate: boolean;
};

export type Matrix = {
  annotators: PlannedAnnotator[];
  documents: { documentId: string; title: string; cells: PlannedCell[] }[];
  next: string | null;
};

const PAGE = 50;

/** Who annotates what and how far they are, fifty documents at a time, the newest first. */
export const listAssignments = defineUseCase({
  name: "listAssignments",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    after: pageInput,
    /** Leads and adjudicators may annotate too, but mostly do not. */
    people: z.enum(["annotators", "all"]).default("annotators"),
  }),
  async run({ projectId, after, people }, { userId }) {
    const [annotators, documents] = await Promise.all([
      pool().query<Omit<PlannedAnnotator, "canAnnotate"> & { role: ProjectRole | null }>(
        ANNOTATORS,
        [projectId, people === "all"],
      ),
      pool().query<
        Omit<Matrix["documents"][number], "cells"> & { seq: string; cells: PlannedCell[] | null }
      >(CELLS, [projectId, after ?? null, PAGE + 1, userId]),
    ]);
    const shown = documents.rows.slice(0, PAGE);
    return success<Matrix>({
      annotators: annotators.rows.map(({ role, ...annotator }) => ({
        ...annotator,
        canAnnotate: role !== null && canAnnotate(role),
      })),
      documents: shown.map(({ seq: _, cells, ...document }) => ({
        ...document,
        cells: cells ?? [],
      })),
      next: documents.rows.length > PAGE ? (shown.at(-1)?.seq ?? null) : null,
    });
  },
});

/** Annotators, everybody who was ever given a document, and with $2 all who could be. */
const ANNOTATORS = `
SELECT n.id AS "annotatorId", n.user_id AS "userId", coalesce(u.name, n.pseudonym) AS name,
       n.pseudonym, CASE WHEN u.disabled_at IS NULL THEN m.role END AS role
  FROM annotator n
  LEFT JOIN "user" u ON u.id = n.user_id
  LEFT JOIN membership m
    ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
 WHERE n.project_id = $1
   AND (m.role = 'annotator' OR ($2 AND m.role IN ('lead', 'adjudicator'))
        OR EXISTS (SELECT 1 FROM assignment a
                    WHERE a.project_id = n.project_id AND a.annotator_id = n.id))
 ORDER BY m.role = 'annotator' DESC NULLS LAST, u.name, n.pseudonym`;

const CELLS = `
SELECT d.seq, d.id AS "documentId", d.title,
       (SELECT json_agg(json_build_object(
                 'assignmentId', a.id, 'annotatorId', a.annotator_id, 'state', a.state,
                 'skipReason', a.skip_reason, 'isWithdrawn', a.withdrawn_at IS NOT NULL,
                 'activeSeconds', a.active_seconds,
                 'spans', CASE WHEN own.blind AND n.user_id <> $4 THEN NULL ELSE
                   (SELECT count(*) FROM span x JOIN annotation_set s
                      ON s.project_id = x.project_id AND s.id = x.annotation_set_id
                     WHERE s.project_id = a.project_id AND s.assignment_id = a.id
                       AND NOT x.is_removed) END) ORDER BY a.created_at, a.id)
          FROM assignment a
          JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
         WHERE a.project_id = d.project_id AND a.document_id = d.id) AS cells
  FROM document d
  CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT 1 FROM assignment a
                     JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
                    WHERE a.project_id = d.project_id AND a.document_id = d.id
                      AND n.user_id = $4 AND a.withdrawn_at IS NULL
                      AND a.state IN ('assigned', 'in_progress')) AS blind) own
 WHERE d.project_id = $1 AND d.archived_at IS NULL AND ($2::bigint IS NULL OR d.seq < $2)
 ORDER BY d.seq DESC LIMIT $3`;

/** How far one annotator is. */
export type AnnotatorProgress = {
  annotatorId: string;
  name: string;
  pseudonym: string;
  assigned: number;
  inProgress: number;
  submitted: number;
  skipped: number;
  activeSeconds: number;
};

/** Progress of a project by annotator, without withdrawn assignments. */
export const reportProgress = defineUseCase({
  name: "reportProgress",
  permission: "progress.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<AnnotatorProgress>(PROGRESS, [projectId]);
    return success({ annotators: rows });
  },
});

const PROGRESS = `
SELECT n.id AS "annotatorId", coalesce(u.name, n.pseudonym) AS name, n.pseudonym,
       count(*) FILTER (WHERE a.state = 'assigned')::int AS assigned,
       count(*) FILTER (WHERE a.state = 'in_progress')::int AS "inProgress",
       count(*) FILTER (WHERE a.state = 'submitted')::int AS submitted,
       count(*) FILTER (WHERE a.state = 'skipped')::int AS skipped,
       sum(a.active_seconds)::int AS "activeSeconds"
  FROM assignment a
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
  LEFT JOIN "user" u ON u.id = n.user_id
 WHERE a.project_id = $1 AND a.withdrawn_at IS NULL
 GROUP BY n.id, n.pseudonym, u.name
 ORDER BY u.name, n.pseudonym`;

const oneAssignment = z.strictObject({ assignmentId: z.uuid() });

/** Takes an open document back from its annotator; what was marked in it stays stored. */
export const withdrawAssignment = defineUseCase({
  name: "withdrawAssignment",
  permission: "assignment.plan",
  scope: "assignment",
  input: oneAssignment,
  async run({ assignmentId }, caller): Promise<Result<object>> {
    const { rowCount } = await pool().query(
      `WITH changed AS (
         UPDATE assignment SET withdrawn_at = now(), lease_until = NULL
          WHERE project_id = $1 AND id = $2 AND state <> 'submitted' AND withdrawn_at IS NULL
         RETURNING round_id, document_id, CASE WHEN state = 'skipped' THEN -1 ELSE repetition END AS repetition
       ), given_back AS (${GIVE_BACK})
       SELECT 1 FROM changed`,
      [caller.projectId, assignmentId],
    );
    if (rowCount === 0) {
      return failure(
        "closed",
        "This document was submitted or withdrawn meanwhile. Reload the page.",
      );
    }
    await noteAct(caller, "assignment.withdrawn", assignmentId);
    return success({});
  },
});

/** Gives a withdrawn document back to its annotator, with what was marked in it. */
export const restoreAssignment = defineUseCase({
  name: "restoreAssignment",
  permission: "assignment.plan",
  scope: "assignment",
  input: oneAssignment,
  async run({ assignmentId }, caller): Promise<Result<object>> {
    const { rowCount } = await pool().query(
      `WITH changed AS (
         UPDATE assignment a SET withdrawn_at = NULL
           FROM annotator n JOIN membership m
             ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
          WHERE a.project_id = $1 AND a.id = $2 AND a.withdrawn_at IS NOT NULL
            AND n.project_id = a.project_id AND n.id = a.annotator_id
         RETURNING a.round_id, a.document_id,
                   CASE WHEN a.state = 'skipped' THEN -1 ELSE a.repetition END AS repetition
       ), taken AS (${TAKE_AGAIN})
       SELECT 1 FROM changed`,
      [caller.projectId, assignmentId],
    );
    if (rowCount === 0) {
      return failure("closed", "This annotator has left the project, or has the document already.");
    }
    await noteAct(caller, "assignment.restored", assignmentId);
    return success({});
  },
});

/** Lets an annotator go on with a document that they submitted or skipped. */
export const reopenAssignment = defineUseCase({
  name: "reopenAssignment",
  permission: "assignment.reopen",
  scope: "assignment",
  input: oneAssignment,
  async run({ assignmentId }, caller): Promise<Result<object>> {
    const isDone = await reopen(caller.projectId, assignmentId, ["submitted", "skipped"]);
    if (!isDone) return failure("closed", "This document is open already. Reload the page.");
    await noteAct(caller, "assignment.reopened", assignmentId);
    return success({});
  },
});

function noteAct(caller: Caller, action: string, assignmentId: string): Promise<void> {
  return recordAudit(caller, { action, targetType: "assignment", targetId: assignmentId });
}
