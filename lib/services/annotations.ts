import "server-only";
import { z } from "zod";
import {
  type Batch,
  type BatchAnswer,
  batchSchema,
  type Change,
  type Operation,
  type OperationResult,
  type StoredOperation,
} from "@/lib/domain/annotation/operation";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { type GuardedSource, guardedSource, shownLog, viewOf } from "./blind-source";
import { editContext } from "./edit-context";
import { namesToChoose } from "./entities";
import { judgeBatch, newIdOf } from "./judge-batch";
import { defineUseCase } from "./use-case";
import { writeBatch } from "./write-batch";

/** Others may write the same set at the same moment; each try judges the batch afresh. */
const TRIES = 5;

/**
 * Applies a batch of operations to the caller's annotation set. Operations that are stored already
 * are answered as before and do nothing; a refused operation does not stop the others.
 */
export const editAnnotations = defineUseCase({
  name: "editAnnotations",
  permission: "assignment.work",
  scope: "assignment",
  input: batchSchema.extend({ assignmentId: z.uuid() }),
  async run({ assignmentId, ...batch }, { projectId, userId }) {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const answer = await tryBatch(projectId, assignmentId, userId, batch);
      if (answer !== null) return answer;
    }
    return failure("busy", "This document is being edited elsewhere. Your changes are kept here.", {
      retryAfterSeconds: 1,
    });
  },
});

/** The operations of an assignment's annotation set, oldest first. */
export const readOperations = defineUseCase({
  name: "readOperations",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, { projectId }) {
    const open = await openSet(projectId, assignmentId, []);
    if (open === null) return failure("not_found", "This assignment has no annotations.");
    const stored = await operationsAfter(projectId, open.set_id, 0, []);
    return success(await shownLog(projectId, open, stored));
  },
});

/** One try; null where another writer came first. */
async function tryBatch(
  projectId: string,
  assignmentId: string,
  userId: string,
  batch: Batch,
): Promise<Result<BatchAnswer> | null> {
  const open = await openSet(projectId, assignmentId, batch.operations);
  if (open === null) return failure("not_found", "This assignment has no annotations.");
  const context = await editContext(projectId, open.document_version_id, open.codebook_version_id);
  const view = await viewOf(projectId, open, context);
  if (view.sha256 !== batch.textSha256) {
    return failure("conflict", "Your page shows another version of this text. Reload it.");
  }
  const known = new Map((open.known ?? []).map((each) => [each.id, each]));
  const fresh = batch.operations.filter((operation) => !known.has(operation.id));
  const isClosed = open.state === "submitted" || open.state === "skipped";
  if (isClosed && fresh.length > 0) return closed(open.state);
  const named = await namesToChoose(projectId, open.document_id, context.codebook);
  const judged = await judgeBatch(view.toReal(fresh), {
    projectId,
    setId: open.set_id,
    revision: open.revision,
    isWithdrawn: open.withdrawn,
    foreignIds: new Set(open.foreign_ids ?? []),
    context,
    ...named,
  });
  if (!isClosed && (judged.stored.length > 0 || batch.activeSeconds > 0)) {
    const isWritten = await writeBatch({
      projectId,
      assignmentId,
      userId,
      setId: open.set_id,
      codebookVersionId: open.codebook_version_id,
      textLength: context.text.length,
      clientId: batch.clientId,
      revision: open.revision,
      operations: judged.stored,
      before: judged.before,
      after: judged.after,
      activeSeconds: batch.activeSeconds,
      submits: judged.submits,
    });
    if (!isWritten) return null;
  }
  const missed = await missedBy(batch, projectId, open);
  const answer: BatchAnswer = {
    // Others may have written since, and then the answer tells of it.
    revision: Math.max(open.revision + judged.stored.length, missed.at(-1)?.revision ?? 0),
    results: batch.operations.map((operation) => resultOf(operation, known, judged.results)),
    missed,
    submitted: open.state === "submitted" || judged.submits,
  };
  return success(view.tell(answer, batch.operations));
}

type OpenSet = {
  set_id: string;
  revision: number;
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  withdrawn: boolean;
  document_id: string;
  document_version_id: string;
  codebook_version_id: string;
  known: OperationResult[] | null;
  foreign_ids: string[] | null;
  source: GuardedSource;
};

async function openSet(
  projectId: string,
  assignmentId: string,
  operations: Operation[],
): Promise<OpenSet | null> {
  const { rows } = await pool().query<OpenSet>(
    `SELECT s.id AS set_id, s.revision, a.state, a.withdrawn_at IS NOT NULL AS withdrawn,
            a.document_id, s.document_version_id, s.codebook_version_id, ${guardedSource("d", "r")} AS source,
            (SELECT json_agg(json_build_object('id', o.id, 'outcome', o.outcome, 'revision', o.revision)) FROM operation o
              WHERE o.project_id = $1 AND o.id = ANY($3::uuid[]) AND o.annotation_set_id = s.id) AS known,
            (SELECT json_agg(x.id) FROM (
               SELECT o.id FROM operation o WHERE o.project_id = $1 AND o.id = ANY($3::uuid[])
                  AND o.annotation_set_id <> s.id
               UNION ALL SELECT p.id FROM span p WHERE p.project_id = $1 AND p.id = ANY($4::uuid[])
                  AND p.annotation_set_id <> s.id
               UNION ALL SELECT r.id FROM relation r WHERE r.project_id = $1 AND r.id = ANY($4::uuid[])
                  AND r.annotation_set_id <> s.id
               UNION ALL SELECT c.id FROM comment c WHERE c.project_id = $1 AND c.id = ANY($4::uuid[])
                  AND c.annotation_set_id <> s.id) x) AS foreign_ids
       FROM assignment a
       JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
       JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
       JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
      WHERE a.project_id = $1 AND a.id = $2`,
    [
      projectId,
      assignmentId,
      operations.map((operation) => operation.id),
      operations.flatMap(({ change }) => newIdOf(change)),
    ],
  );
  return rows[0] ?? null;
}

function resultOf({ id }: Operation, ...results: Map<string, OperationResult>[]): OperationResult {
  const result = results.map((each) => each.get(id)).find((each) => each !== undefined);
  if (result === undefined) throw new Error(`Operation ${id} was not judged.`);
  return result;
}

/** What the caller does not know of; nothing where they know the revision that the batch was judged on. */
async function missedBy(
  { baseRevision, operations }: Batch,
  projectId: string,
  { set_id, revision }: OpenSet,
): Promise<StoredOperation[]> {
  return baseRevision === revision
    ? []
    : operationsAfter(projectId, set_id, baseRevision, operations);
}

/** Stored operations after a revision, less those that the caller has just sent. */
async function operationsAfter(
  projectId: string,
  setId: string,
  revision: number,
  sent: Operation[],
): Promise<StoredOperation[]> {
  const { rows } = await pool().query<{
    id: string;
    revision: number;
    body: Change;
    gesture_id: string;
    undoes: string | null;
    outcome: "applied" | "superseded";
    made_at: Date;
  }>(
    `SELECT id, revision, body, gesture_id, undoes, outcome, made_at FROM operation
      WHERE project_id = $1 AND annotation_set_id = $2 AND revision > $3
        AND NOT (id = ANY($4::uuid[]))
      ORDER BY revision`,
    [projectId, setId, revision, sent.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    id: row.id,
    revision: row.revision,
    change: row.body,
    gestureId: row.gesture_id,
    undoes: row.undoes,
    outcome: row.outcome,
    madeAt: row.made_at.toISOString(),
  }));
}

function closed(state: "submitted" | "skipped" | string): Result<never> {
  return failure(
    "closed",
    state === "skipped"
      ? "You skipped this document. Take it up again from your work to go on."
      : "You submitted this document. Ask your project lead to open it again.",
  );
}
