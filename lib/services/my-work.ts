import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { reopen } from "./assignment-store";
import { recordAudit } from "./audit";
import { nameInput } from "./inputs";
import { defineUseCase } from "./use-case";

/**
 * A document given to the caller. Nothing here depends on what others do with the same document:
 * no counts, no order, no dates of theirs.
 */
export type MyAssignment = {
  assignmentId: string;
  projectId: string;
  project: string;
  title: string;
  outlet: string | null;
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  skipReason: string | null;
  words: number;
  /** The caller's own spans. */
  spans: number;
};

export type MyWork = { open: MyAssignment[]; recent: MyAssignment[] };

/** What the caller has to annotate, begun documents first, and what they finished lately. */
export const listMyWork = defineUseCase({
  name: "listMyWork",
  permission: "project.list",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }) {
    const [open, recent] = await Promise.all([
      pool().query<MyAssignment>(OPEN, [userId]),
      pool().query<MyAssignment>(RECENT, [userId]),
    ]);
    return success<MyWork>({ open: open.rows, recent: recent.rows });
  },
});

const MINE = `
SELECT a.id AS "assignmentId", p.id AS "projectId", p.name AS project, d.title, d.outlet, a.state,
       a.skip_reason AS "skipReason", coalesce(cardinality(v.tokens), 0) / 2 AS words,
       (SELECT count(*)::int FROM span x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed)
         AS spans
  FROM annotator n
  JOIN membership m
    ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
  JOIN project p ON p.id = n.project_id AND p.archived_at IS NULL
  JOIN assignment a
    ON a.project_id = n.project_id AND a.annotator_id = n.id AND a.withdrawn_at IS NULL
  JOIN document d
    ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
  JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
 WHERE n.user_id = $1`;

const OPEN = `${MINE} AND a.state IN ('assigned', 'in_progress')
 ORDER BY a.state = 'in_progress' DESC, a.created_at, d.seq LIMIT 200`;

const RECENT = `${MINE} AND a.state IN ('submitted', 'skipped')
 ORDER BY coalesce(a.submitted_at, a.started_at, a.created_at) DESC, d.seq LIMIT 30`;

/** The caller's next document in a project: what they began, else the oldest; null when all is done. */
export const nextAssignment = defineUseCase({
  name: "nextAssignment",
  permission: "project.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }) {
    const { rows } = await pool().query<{ id: string }>(
      `SELECT a.id
         FROM annotator n
         JOIN assignment a
           ON a.project_id = n.project_id AND a.annotator_id = n.id AND a.withdrawn_at IS NULL
         JOIN document d
           ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
        WHERE n.project_id = $1 AND n.user_id = $2 AND a.state IN ('assigned', 'in_progress')
        ORDER BY a.state = 'in_progress' DESC, a.created_at, d.seq LIMIT 1`,
      [projectId, userId],
    );
    return success({ assignmentId: rows[0]?.id ?? null });
  },
});

/** Puts a document aside with a reason; what was marked in it stays. */
export const skipAssignment = defineUseCase({
  name: "skipAssignment",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid(), reason: nameInput(300) }),
  async run({ assignmentId, reason }, caller): Promise<Result<object>> {
    const { rowCount } = await pool().query(
      `UPDATE assignment SET state = 'skipped', skip_reason = $3, lease_until = NULL,
                             started_at = coalesce(started_at, now())
        WHERE project_id = $1 AND id = $2 AND state IN ('assigned', 'in_progress')
          AND withdrawn_at IS NULL`,
      [caller.projectId, assignmentId, reason],
    );
    if (rowCount === 0) return failure("closed", "This document is not open any more.");
    await recordAudit(caller, {
      action: "assignment.skipped",
      targetType: "assignment",
      targetId: assignmentId,
    });
    return success({});
  },
});

/** Takes up again what the caller put aside. */
export const resumeAssignment = defineUseCase({
  name: "resumeAssignment",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, caller): Promise<Result<object>> {
    const isDone = await reopen(caller.projectId, assignmentId, ["skipped"]);
    if (!isDone) return failure("closed", "This document is not skipped any more.");
    await recordAudit(caller, {
      action: "assignment.resumed",
      targetType: "assignment",
      targetId: assignmentId,
    });
    return success({});
  },
});
