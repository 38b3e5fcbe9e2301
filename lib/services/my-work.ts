import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { reopen } from "./assignment-store";
import { recordAudit } from "./audit";
import { type GuardedSource, guardedSource, shownWords } from "./blind-source";
import { claimNext, GIVE_BACK } from "./claims";
import { nameInput } from "./inputs";
import { IS_LET_IN, NEXT_STEP } from "./onboarding-gate";
import { SHOWS_DECISIONS } from "./own-decisions";
import { IS_DUE } from "./round-store";
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
  isTraining: boolean;
  /** The source was hidden and can be shown now. */
  isSourceHidden: boolean;
  /** What was decided on the document may be read. */
  hasDecisions: boolean;
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
      pool().query<MyRow>(OPEN, [userId]),
      pool().query<MyRow>(RECENT, [userId]),
    ]);
    return success<MyWork>({ open: open.rows.map(shown), recent: recent.rows.map(shown) });
  },
});

type MyRow = Omit<MyAssignment, "isSourceHidden"> & { source: GuardedSource };

function shown({ source, ...row }: MyRow): MyAssignment {
  const { isBlind } = source;
  return {
    ...row,
    title: shownWords(row.title, source),
    outlet: isBlind ? null : row.outlet,
    isSourceHidden: isBlind,
  };
}

const MINE = `
SELECT a.id AS "assignmentId", p.id AS "projectId", p.name AS project, d.title, d.outlet, a.state,
       a.skip_reason AS "skipReason", coalesce(cardinality(v.tokens), 0) / 2 AS words,
       (SELECT count(*)::int FROM span x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed)
         AS spans,
       (a.purpose = 'training' OR r.kind = 'training') AS "isTraining",
       ${SHOWS_DECISIONS} AS "hasDecisions", ${guardedSource("d", "r")} AS source
  FROM annotator n
  JOIN membership m
    ON m.project_id = n.project_id AND m.user_id = n.user_id AND m.ended_at IS NULL
  JOIN project p ON p.id = n.project_id AND p.archived_at IS NULL
  JOIN assignment a
    ON a.project_id = n.project_id AND a.annotator_id = n.id AND a.withdrawn_at IS NULL
  JOIN document d
    ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
  JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
 WHERE n.user_id = $1`;

/** What is begun first; then as planned. Nothing here depends on other people. */
const IN_ORDER =
  "a.state = 'in_progress' DESC, r.position, a.batch, a.position, a.created_at, d.seq";

const OPEN = `${MINE} AND a.state IN ('assigned', 'in_progress') AND ${IS_DUE} AND ${IS_LET_IN}
 ORDER BY ${IN_ORDER} LIMIT 200`;

const RECENT = `${MINE} AND a.state IN ('submitted', 'skipped')
 ORDER BY coalesce(a.submitted_at, a.started_at, a.created_at) DESC, d.seq LIMIT 30`;

/**
 * The caller's next document in a project: what they began, else what was given to them, else one from
 * the queue of a round in which annotators take their own; null when there is none now.
 */
export const nextAssignment = defineUseCase({
  name: "nextAssignment",
  permission: "project.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<{ assignmentId: string | null }>> {
    const given = await givenNext(projectId, userId);
    if (given !== undefined) return success({ assignmentId: given });
    const queues = await pool().query<{ id: string }>(QUEUES, [projectId, userId]);
    for (const { id: roundId } of queues.rows) {
      const assignmentId = await claimNext({ projectId, roundId, userId });
      if (assignmentId !== null) return success({ assignmentId });
    }
    return success({ assignmentId: null });
  },
});

async function givenNext(projectId: string, userId: string): Promise<string | undefined> {
  // Nearly always whoever takes one has none; the whole question costs more to plan than to answer.
  const open = await pool().query(
    `SELECT 1 FROM annotator n
       JOIN assignment a ON a.project_id = n.project_id AND a.annotator_id = n.id
      WHERE n.project_id = $1 AND n.user_id = $2 AND a.state IN ('assigned', 'in_progress')
        AND a.withdrawn_at IS NULL LIMIT 1`,
    [projectId, userId],
  );
  if (open.rows.length === 0) return undefined;
  const { rows } = await pool().query<{ id: string }>(NEXT, [projectId, userId]);
  return rows[0]?.id;
}

const NEXT = `
SELECT a.id
  FROM annotator n
  JOIN assignment a
    ON a.project_id = n.project_id AND a.annotator_id = n.id AND a.withdrawn_at IS NULL
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN document d
    ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
 WHERE n.project_id = $1 AND n.user_id = $2 AND a.state IN ('assigned', 'in_progress') AND ${IS_DUE}
   AND ${IS_LET_IN}
 ORDER BY ${IN_ORDER} LIMIT 1`;

/** Rounds from whose queue the caller may take, oldest first; whether there is anything in it shows when they take. */
const QUEUES = `
SELECT r.id FROM round r
  JOIN membership m ON m.project_id = r.project_id AND m.user_id = $2 AND m.ended_at IS NULL
  JOIN project p ON p.id = r.project_id AND p.archived_at IS NULL
  JOIN annotator n ON n.project_id = r.project_id AND n.user_id = $2 AND ${NEXT_STEP} IS NULL
 WHERE r.project_id = $1 AND r.settings #>> '{plan,handOut}' = 'pull'
   AND (r.opens_at IS NULL OR r.opens_at <= now()) AND (r.closes_at IS NULL OR r.closes_at > now())
   AND r.settings -> 'annotators' @> jsonb_build_array(jsonb_build_object('userId', $2::text))
 ORDER BY r.position`;

/** Projects in which the caller may take documents from a queue. Says nothing of what is in it. */
export const listQueues = defineUseCase({
  name: "listQueues",
  permission: "project.list",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }) {
    const { rows } = await pool().query<{ projectId: string; project: string; round: string }>(
      `SELECT p.id AS "projectId", p.name AS project, r.name AS round
         FROM membership m
         JOIN project p ON p.id = m.project_id AND p.archived_at IS NULL
         JOIN annotator n ON n.project_id = p.id AND n.user_id = m.user_id AND ${NEXT_STEP} IS NULL
         JOIN round r ON r.project_id = p.id AND r.settings #>> '{plan,handOut}' = 'pull'
          AND (r.opens_at IS NULL OR r.opens_at <= now())
          AND (r.closes_at IS NULL OR r.closes_at > now())
          AND r.settings -> 'annotators' @> jsonb_build_array(jsonb_build_object('userId', $1::text))
        WHERE m.user_id = $1::uuid AND m.ended_at IS NULL
        ORDER BY p.name, r.position`,
      [userId],
    );
    return success(rows);
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
      `WITH changed AS (
         UPDATE assignment SET state = 'skipped', skip_reason = $3, lease_until = NULL,
                               started_at = coalesce(started_at, now())
          WHERE project_id = $1 AND id = $2 AND state IN ('assigned', 'in_progress')
            AND withdrawn_at IS NULL
         RETURNING round_id, document_id, repetition
       ), given_back AS (${GIVE_BACK})
       SELECT 1 FROM changed`,
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
