import "server-only";
import { z } from "zod";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import type { AnnotationStateData } from "@/lib/domain/annotation/state";
import { type Place, readPlace, writePlace } from "@/lib/domain/api/place";
import { failure, type Result, success } from "@/lib/domain/result";
import type { BlockRole } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import type { JobView } from "./jobs";
import { loadSet } from "./stored-sets";
import { IS_OPEN_TO_CALLER, IS_VISIBLE_WORK, shownName } from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";

/** Lists for programs: flat rows, page by page, each page found by where the one before ended. */
export type Listed<Item> = { items: Item[]; next: string | null };

const MOST = 200;
const page = {
  after: z.string().max(1_000).optional(),
  limit: z.int().min(1).max(MOST).default(50),
};

const NO_PAGE = "This is no page of the list. Begin without “after”.";
const uuid = z.uuid();
const moment = z.iso.datetime({ precision: 3 }).refine((text) => text >= "1000");

/** The place that a page begins after; undefined for the first one, null where it is not a place. */
function placeOf(
  list: string,
  after: string | undefined,
  checks: readonly z.ZodType[],
): Place | undefined | null {
  if (after === undefined) return undefined;
  const place = readPlace(list, after);
  if (place === null || place.length !== checks.length) return null;
  return checks.every((check, at) => check.safeParse(place[at]).success) ? place : null;
}

/** One page of rows of which one more than the limit was read. */
function paged<Row, Item>(
  rows: readonly Row[],
  { limit, list, placeOf: place }: { limit: number; list: string; placeOf: (row: Row) => Place },
  toItem: (row: Row) => Item,
): Result<Listed<Item>> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? writePlace(list, place(last)) : null;
  return success({ items: shown.map(toItem), next });
}

export type ListedAssignment = {
  assignmentId: string;
  documentId: string;
  documentVersion: number;
  roundId: string;
  annotatorId: string;
  annotator: string;
  state: "assigned" | "in_progress" | "submitted" | "skipped";
  skipReason: string | null;
  isWithdrawn: boolean;
  repetition: number;
  purpose: "work" | "training" | "gold_check";
  activeSeconds: number;
  createdAt: string;
  submittedAt: string | null;
};

/** Who annotates what and how far they are, in the order in which it was planned. Says nothing of what was marked. */
export const pageAssignments = defineUseCase({
  name: "pageAssignments",
  permission: "assignment.plan",
  scope: "project",
  input: z.strictObject({
    projectId: uuid,
    ...page,
    state: z.enum(["assigned", "in_progress", "submitted", "skipped"]).optional(),
    documentId: uuid.optional(),
    annotatorId: uuid.optional(),
    roundId: uuid.optional(),
  }),
  async run({ projectId, after, limit, ...filter }, caller) {
    const from = placeOf("assignments", after, [moment, uuid]);
    if (from === null) return failure("invalid", NO_PAGE, { place: "after" });
    const { rows } = await pool().query<AssignmentRow>(ASSIGNMENTS, [
      projectId,
      from?.[0] ?? null,
      from?.[1] ?? null,
      limit + 1,
      filter.state ?? null,
      filter.documentId ?? null,
      filter.annotatorId ?? null,
      filter.roundId ?? null,
    ]);
    const order = {
      limit,
      list: "assignments",
      placeOf: (row: AssignmentRow) => [row.createdAt.toISOString(), row.assignmentId],
    };
    return paged(
      rows,
      order,
      ({ pseudonym, name, ...row }): ListedAssignment => ({
        ...row,
        annotator: shownName({ id: row.annotatorId, pseudonym, name }, caller),
        createdAt: row.createdAt.toISOString(),
        submittedAt: row.submittedAt?.toISOString() ?? null,
      }),
    );
  },
});

type AssignmentRow = Omit<ListedAssignment, "annotator" | "createdAt" | "submittedAt"> & {
  pseudonym: string;
  name: string | null;
  createdAt: Date;
  submittedAt: Date | null;
};

const ASSIGNMENTS = `
SELECT a.id AS "assignmentId", a.document_id AS "documentId", v.version AS "documentVersion",
       a.round_id AS "roundId", a.annotator_id AS "annotatorId", n.pseudonym, u.name, a.state,
       a.skip_reason AS "skipReason", a.withdrawn_at IS NOT NULL AS "isWithdrawn", a.repetition,
       a.purpose, a.active_seconds AS "activeSeconds", a.created_at AS "createdAt",
       a.submitted_at AS "submittedAt"
  FROM assignment a
  JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
  LEFT JOIN "user" u ON u.id = n.user_id
 WHERE a.project_id = $1 AND ($2::timestamptz IS NULL OR (a.created_at, a.id) > ($2, $3::uuid))
   AND ($5::text IS NULL OR a.state::text = $5) AND ($6::uuid IS NULL OR a.document_id = $6)
   AND ($7::uuid IS NULL OR a.annotator_id = $7) AND ($8::uuid IS NULL OR a.round_id = $8)
 ORDER BY a.created_at, a.id LIMIT $4`;

export type ListedSet = {
  setId: string;
  kind: "annotator" | "gold";
  documentId: string;
  documentVersion: number;
  /** SHA-256 of the text that the offsets count in. */
  textSha256: string;
  codebookVersion: number;
  /** Null for the gold set. */
  annotatorId: string | null;
  annotator: string | null;
  roundId: string | null;
  repetition: number | null;
  revision: number;
  /** Day, in UTC. */
  submittedOn: string | null;
  activeSeconds: number | null;
  spans: number;
};

const setFilters = { documentId: uuid.optional(), kind: z.enum(["annotator", "gold"]).optional() };

/** The submitted sets and finished gold sets that the caller may see: none of a document they still annotate. */
export const pageAnnotationSets = defineUseCase({
  name: "pageAnnotationSets",
  permission: "annotations.read_submitted",
  scope: "project",
  input: z.strictObject({ projectId: uuid, ...page, ...setFilters }),
  async run({ projectId, after, limit, documentId, kind }, caller) {
    const from = placeOf("sets", after, [moment, uuid]);
    if (from === null) return failure("invalid", NO_PAGE, { place: "after" });
    const { rows } = await pool().query<SetRow>(
      `${SETS} AND ($3::timestamptz IS NULL OR (s.created_at, s.id) > ($3, $4::uuid))
         AND ($5::uuid IS NULL OR d.id = $5) AND ($6::text IS NULL OR s.kind::text = $6)
        ORDER BY s.created_at, s.id LIMIT $7`,
      [
        projectId,
        caller.userId,
        from?.[0] ?? null,
        from?.[1] ?? null,
        documentId ?? null,
        kind ?? null,
        limit + 1,
      ],
    );
    const order = {
      limit,
      list: "sets",
      placeOf: (row: SetRow) => [row.createdAt.toISOString(), row.setId],
    };
    return paged(rows, order, (row) => toListedSet(row, caller));
  },
});

type SetRow = Omit<ListedSet, "annotator"> & {
  pseudonym: string | null;
  name: string | null;
  createdAt: Date;
};

function toListedSet({ pseudonym, name, createdAt: _, ...row }: SetRow, caller: Caller): ListedSet {
  const { annotatorId } = row;
  if (annotatorId === null || pseudonym === null) return { ...row, annotator: null };
  return { ...row, annotator: shownName({ id: annotatorId, pseudonym, name }, caller) };
}

/** $1 is the project, $2 the caller. */
const SETS = `
SELECT s.id AS "setId", s.kind, d.id AS "documentId", v.version AS "documentVersion",
       v.sha256 AS "textSha256", c.version AS "codebookVersion", s.annotator_id AS "annotatorId",
       n.pseudonym, u.name, a.round_id AS "roundId", a.repetition, s.revision,
       to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "submittedOn",
       a.active_seconds AS "activeSeconds", s.created_at AS "createdAt",
       (SELECT count(*)::int FROM span x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed) AS spans
  FROM annotation_set s
  JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
  JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
  LEFT JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
  LEFT JOIN annotator n ON n.project_id = s.project_id AND n.id = s.annotator_id
  LEFT JOIN "user" u ON u.id = n.user_id
 WHERE s.project_id = $1
   AND ((${IS_VISIBLE_WORK})
        OR (s.kind = 'gold' AND d.archived_at IS NULL AND ${IS_OPEN_TO_CALLER}
            AND EXISTS (SELECT 1 FROM adjudication j
                         WHERE j.project_id = s.project_id AND j.gold_set_id = s.id
                           AND j.state = 'finished')))`;

const oneSet = z.strictObject({ projectId: uuid, setId: uuid });
const NO_SET = "There is no such annotation set, or it is not open to you.";

/** One submitted or gold set with all that is in it. Offsets are code points of its document version. */
export const openAnnotationSet = defineUseCase({
  name: "openAnnotationSet",
  permission: "annotations.read_submitted",
  scope: "project",
  input: oneSet,
  async run({ projectId, setId }, caller): Promise<Result<ListedSet & AnnotationsOfSet>> {
    const row = await findSet(projectId, setId, caller);
    if (row === null) return failure("not_found", NO_SET);
    return success({
      ...toListedSet(row, caller),
      annotations: await loadSet(projectId, setId),
    });
  },
});

export type AnnotationsOfSet = { annotations: AnnotationStateData };

async function findSet(projectId: string, setId: string, caller: Caller): Promise<SetRow | null> {
  const { rows } = await pool().query<SetRow>(`${SETS} AND s.id = $3`, [
    projectId,
    caller.userId,
    setId,
  ]);
  return rows[0] ?? null;
}

/** The log of a submitted or gold set, oldest first. */
export const pageSetOperations = defineUseCase({
  name: "pageSetOperations",
  permission: "annotations.read_submitted",
  scope: "project",
  input: oneSet.extend(page),
  async run({ projectId, setId, after, limit }, caller): Promise<Result<Listed<StoredOperation>>> {
    const list = `operations ${setId}`;
    const from = placeOf(list, after, [z.int().min(0).max(2_147_483_647)]);
    if (from === null) return failure("invalid", NO_PAGE, { place: "after" });
    if ((await findSet(projectId, setId, caller)) === null) return failure("not_found", NO_SET);
    const { rows } = await pool().query<OperationRow>(
      `SELECT id, revision, body AS change, gesture_id AS "gestureId", undoes, outcome, made_at AS "madeAt"
         FROM operation
        WHERE project_id = $1 AND annotation_set_id = $2 AND revision > $3
        ORDER BY revision LIMIT $4`,
      [projectId, setId, from?.[0] ?? 0, limit + 1],
    );
    const order = { limit, list, placeOf: ({ revision }: OperationRow) => [revision] };
    return paged(rows, order, (row) => ({ ...row, madeAt: row.madeAt.toISOString() }));
  },
});

type OperationRow = Omit<StoredOperation, "madeAt"> & { madeAt: Date };

/** The jobs of a project, the newest first. */
export const pageJobs = defineUseCase({
  name: "pageJobs",
  permission: "job.manage",
  scope: "project",
  input: z.strictObject({
    projectId: uuid,
    ...page,
    state: z.enum(["waiting", "running", "done", "failed", "cancelled"]).optional(),
  }),
  async run({ projectId, after, limit, state }): Promise<Result<Listed<JobView>>> {
    const from = placeOf("jobs", after, [moment, uuid]);
    if (from === null) return failure("invalid", NO_PAGE, { place: "after" });
    const { rows } = await pool().query<JobView>(
      `SELECT id AS "jobId", kind, state, done, total, problem, result, created_at AS "createdAt",
              ended_at AS "endedAt"
         FROM job
        WHERE project_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
          AND ($4::text IS NULL OR state::text = $4)
        ORDER BY created_at DESC, id DESC LIMIT $5`,
      [projectId, from?.[0] ?? null, from?.[1] ?? null, state ?? null, limit + 1],
    );
    const order = {
      limit,
      list: "jobs",
      placeOf: (row: JobView) => [row.createdAt.toISOString(), row.jobId],
    };
    return paged(rows, order, (row) => row);
  },
});

export type ListedEvent = {
  eventId: string;
  at: string;
  action: string;
  actorId: string | null;
  actor: string | null;
  targetType: string;
  targetId: string | null;
  detail: Record<string, unknown>;
};

/** What was done in a project that the audit log keeps, the latest first. Without addresses and sessions. */
export const pageAuditEvents = defineUseCase({
  name: "pageAuditEvents",
  permission: "project.configure",
  scope: "project",
  input: z.strictObject({
    projectId: uuid,
    ...page,
    action: z
      .string()
      .regex(/^[a-z_]+(\.[a-z_]+)?$/, "An action is named like document.archived.")
      .max(80)
      .optional(),
  }),
  async run({ projectId, after, limit, action }): Promise<Result<Listed<ListedEvent>>> {
    const from = placeOf("audit", after, [z.string().regex(/^\d{1,18}$/)]);
    if (from === null) return failure("invalid", NO_PAGE, { place: "after" });
    const { rows } = await pool().query<AuditRow>(
      `SELECT e.id AS "eventId", e.seq, e.at, e.action, e.actor_id AS "actorId", u.name AS actor,
              e.target_type AS "targetType", e.target_id AS "targetId", e.detail
         FROM audit_event e LEFT JOIN "user" u ON u.id = e.actor_id
        WHERE e.project_id = $1 AND ($2::bigint IS NULL OR e.seq < $2)
          AND ($3::text IS NULL OR e.action = $3)
        ORDER BY e.seq DESC LIMIT $4`,
      [projectId, from?.[0] ?? null, action ?? null, limit + 1],
    );
    const order = { limit, list: "audit", placeOf: ({ seq }: AuditRow) => [seq] };
    return paged(rows, order, ({ seq: _, ...row }) => ({ ...row, at: row.at.toISOString() }));
  },
});

type AuditRow = Omit<ListedEvent, "at"> & { seq: string; at: Date };

export type DocumentText = {
  documentId: string;
  version: number;
  text: string;
  sha256: string;
  /** Code points. */
  length: number;
  /** Flat [start, end, ...] lists. */
  tokens: number[];
  sentences: number[];
  blocks: { role: BlockRole; start: number; end: number }[];
};

/** The text that offsets count in: the latest version of a document, or an earlier one. */
export const readDocumentText = defineUseCase({
  name: "readDocumentText",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({
    projectId: uuid,
    documentId: uuid,
    version: z.int().min(1).max(2_147_483_647).optional(),
  }),
  async run({ projectId, documentId, version }): Promise<Result<DocumentText>> {
    const { rows } = await pool().query<DocumentText>(
      `SELECT v.document_id AS "documentId", v.version, v.text, v.sha256, v.length, v.tokens, v.sentences,
              (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                        ORDER BY b.position), '[]')
                 FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
         FROM document_version v
        WHERE v.project_id = $1 AND v.document_id = $2 AND ($3::int IS NULL OR v.version = $3)
        ORDER BY v.version DESC LIMIT 1`,
      [projectId, documentId, version ?? null],
    );
    const row = rows[0];
    if (row === undefined) return failure("not_found", "There is no such text in this project.");
    return success(row);
  },
});
