import "server-only";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import {
  type AnnotationState,
  hull,
  type Relation,
  type SetComment,
  type Span,
  type UnitLabel,
} from "@/lib/domain/annotation/state";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { noteEvent } from "./webhook-outbox";

/** What one batch changes. */
export type BatchWrite = {
  projectId: string;
  setId: string;
  assignmentId: string;
  codebookVersionId: string;
  textLength: number;
  userId: string;
  clientId: string;
  /** Revision that the batch was judged on. */
  revision: number;
  operations: StoredOperation[];
  before: AnnotationState;
  after: AnnotationState;
  activeSeconds: number;
  submits: boolean;
};

/**
 * Stores operations and their effect on the projection in one statement. Answers false, and stores
 * nothing, where the set has moved on from the revision the batch was judged on.
 */
export async function writeBatch(write: BatchWrite): Promise<boolean> {
  const { text, values } = withoutEmptyParts([
    ...projectionValues(write),
    write.revision,
    write.revision + write.operations.length,
    write.after.flags,
    write.submits,
    write.assignmentId,
    write.activeSeconds,
    write.submits ? newId() : [],
  ]);
  const { rows } = await pool().query<{ written: boolean }>(text, values);
  return rows[0]?.written === true;
}

/** The statement with only those parts that have something to do: planning all takes as long as storing. */
function withoutEmptyParts(all: readonly unknown[]): { text: string; values: unknown[] } {
  const parts = [...PARTS, SUBMITTED]
    .filter(([value]) => !isEmpty(all[value - 1]))
    .map(([, sql]) => sql);
  const statement = `${[WRITE, ...parts].join(", ")} ${WRITTEN}`;
  const used = [...new Set([...statement.matchAll(/\$(\d+)/g)].map(([, value]) => Number(value)))];
  const places = new Map(used.map((value, place) => [value, place + 1]));
  return {
    text: statement.replace(/\$(\d+)/g, (_, value) => `$${places.get(Number(value))}`),
    values: used.map((value) => all[value - 1]),
  };
}

function isEmpty(value: unknown): boolean {
  return value === "[]" || (Array.isArray(value) && value.length === 0);
}

/** What operations are stored with, and the states that they lead from and to. */
export type LoggedWrite = Pick<
  BatchWrite,
  | "projectId"
  | "setId"
  | "codebookVersionId"
  | "textLength"
  | "clientId"
  | "operations"
  | "before"
  | "after"
> & { userId: string | null };

/** The values of LOG_AND_PROJECTION, $1 to $14. */
export function projectionValues(write: LoggedWrite): unknown[] {
  const { before, after } = write;
  const spans = differences(before.spans, after.spans);
  const relations = differences(before.relations, after.relations);
  const units = differences(before.unitLabels, after.unitLabels);
  const comments = differences(before.comments, after.comments);
  return [
    write.projectId,
    write.setId,
    write.textLength,
    write.codebookVersionId,
    write.clientId,
    write.userId,
    JSON.stringify(write.operations.map(operationRow)),
    JSON.stringify(spans.put.map(spanRow)),
    spans.gone.map((span) => span.id),
    JSON.stringify(relations.put.map(relationRow)),
    relations.gone.map((relation) => relation.id),
    JSON.stringify([
      ...units.put.map((unit) => unitRow(unit, false)),
      ...units.gone.map((unit) => unitRow(unit, true)),
    ]),
    JSON.stringify(comments.put.map(commentRow)),
    comments.gone.map((comment) => comment.id),
  ];
}

/** What a write may do to log and projection, and the value that says to what; left out where that is empty. */
const PARTS: readonly (readonly [value: number, sql: string])[] = [
  [
    7,
    `logged AS (
  INSERT INTO operation (project_id, id, annotation_set_id, revision, kind, body, gesture_id, undoes,
                         outcome, client_id, user_id, made_at)
  SELECT $1, o.id, $2, o.revision, o.kind, o.body, o.gesture_id, o.undoes,
         o.outcome::operation_outcome, $5, $6, o.made_at
    FROM guard, jsonb_to_recordset($7::jsonb) AS o(id uuid, revision int, kind text, body jsonb,
         gesture_id uuid, undoes uuid, outcome text, made_at timestamptz)
)`,
  ],
  [
    8,
    `spans_put AS (
  INSERT INTO span AS x (project_id, id, annotation_set_id, text_length, codebook_version_id,
                         layer_key, label_key, start, "end", ranges, quotes, attributes, flags, origin)
  SELECT $1, o.id, $2, $3, $4, o.layer_key, o.label_key, o.start, o."end", o.ranges, o.quotes,
         o.attributes, o.flags, o.origin
    FROM guard, jsonb_to_recordset($8::jsonb) AS o(id uuid, layer_key text, label_key text, start int,
         "end" int, ranges int[], quotes text[], attributes jsonb, flags text[], origin text)
  ON CONFLICT (project_id, id) DO UPDATE SET
    layer_key = excluded.layer_key, label_key = excluded.label_key, start = excluded.start,
    "end" = excluded."end", ranges = excluded.ranges, quotes = excluded.quotes,
    attributes = excluded.attributes, flags = excluded.flags, origin = excluded.origin,
    is_removed = false, updated_at = now()
  WHERE x.annotation_set_id = excluded.annotation_set_id
)`,
  ],
  [
    9,
    `spans_gone AS (
  UPDATE span x SET is_removed = true, updated_at = now()
    FROM guard WHERE x.project_id = $1 AND x.annotation_set_id = $2 AND x.id = ANY($9::uuid[])
)`,
  ],
  [
    10,
    `relations_put AS (
  INSERT INTO relation AS x (project_id, id, annotation_set_id, text_length, codebook_version_id,
                             layer_key, label_key, from_span_id, to_span_id, attributes)
  SELECT $1, o.id, $2, $3, $4, o.layer_key, o.label_key, o.from_span_id, o.to_span_id, o.attributes
    FROM guard, jsonb_to_recordset($10::jsonb) AS o(id uuid, layer_key text, label_key text,
         from_span_id uuid, to_span_id uuid, attributes jsonb)
  ON CONFLICT (project_id, id) DO UPDATE SET
    layer_key = excluded.layer_key, label_key = excluded.label_key,
    from_span_id = excluded.from_span_id, to_span_id = excluded.to_span_id, attributes = excluded.attributes, is_removed = false,
    updated_at = now()
  WHERE x.annotation_set_id = excluded.annotation_set_id
)`,
  ],
  [
    11,
    `relations_gone AS (
  UPDATE relation x SET is_removed = true, updated_at = now()
    FROM guard WHERE x.project_id = $1 AND x.annotation_set_id = $2 AND x.id = ANY($11::uuid[])
)`,
  ],
  [
    12,
    `units_put AS (
  INSERT INTO unit_label AS x (project_id, annotation_set_id, text_length, codebook_version_id,
                               layer_key, label_key, unit, unit_start, unit_end, entity, value, evidence, attributes,
                               is_removed)
  SELECT $1, $2, $3, $4, o.layer_key, o.label_key, o.unit::unit, o.unit_start, o.unit_end, o.entity, o.value,
         o.evidence, o.attributes, o.is_removed
    FROM guard, jsonb_to_recordset($12::jsonb) AS o(layer_key text, label_key text, unit text, unit_start int,
         unit_end int, entity text, value text, evidence uuid[], attributes jsonb, is_removed boolean)
  ON CONFLICT (project_id, annotation_set_id, layer_key, label_key, unit_start, unit_end, entity) DO UPDATE SET
    unit = excluded.unit, value = excluded.value, evidence = excluded.evidence,
    attributes = excluded.attributes, is_removed = excluded.is_removed,
    updated_at = now()
)`,
  ],
  [
    13,
    `comments_put AS (
  INSERT INTO comment AS x (project_id, id, annotation_set_id, span_id, author_id, body)
  SELECT $1, o.id, $2, o.span_id, $6, o.body
    FROM guard, jsonb_to_recordset($13::jsonb) AS o(id uuid, span_id uuid, body text)
  ON CONFLICT (project_id, id) DO UPDATE SET removed_at = NULL, body = excluded.body,
    span_id = excluded.span_id
  WHERE x.annotation_set_id = excluded.annotation_set_id
)`,
  ],
  [
    14,
    `comments_gone AS (
  UPDATE comment x SET removed_at = now()
    FROM guard WHERE x.project_id = $1 AND x.annotation_set_id = $2 AND x.id = ANY($14::uuid[])
)`,
  ],
];

/** The common end of every write: where `guard` holds the set, its operations are logged and projected. */
export const LOG_AND_PROJECTION = PARTS.map(([, sql]) => sql).join(", ");

/**
 * The assignment is locked before the set, as by those who skip, withdraw or reopen it: they wait for
 * each other in one order, and the state is the latest.
 */
const WRITE = `
WITH work AS (
  SELECT a.id FROM assignment a
   WHERE a.project_id = $1 AND a.id = $19 AND a.state IN ('assigned', 'in_progress')
     AND (NOT $18 OR a.withdrawn_at IS NULL)
     FOR NO KEY UPDATE
), guard AS (
  UPDATE annotation_set s
     SET revision = $16, flags = $17::text[], updated_at = now(),
         submitted_revision = CASE WHEN $18 THEN $16 ELSE submitted_revision END
    FROM work
   WHERE s.project_id = $1 AND s.id = $2 AND s.revision = $15 AND s.codebook_version_id = $4
     AND s.assignment_id = work.id
  RETURNING s.id
), progress AS (
  UPDATE assignment a
     SET state = (CASE WHEN $18 THEN 'submitted' ELSE 'in_progress' END)::assignment_state,
         started_at = coalesce(started_at, now()),
         submitted_at = CASE WHEN $18 THEN now() ELSE submitted_at END,
         -- Whoever works keeps what they took from a queue; not moved at each change, since it is indexed.
         lease_until = CASE WHEN $18 OR lease_until IS NULL THEN NULL ELSE (
           SELECT CASE WHEN a.lease_until > now() + 0.9 * l.lease THEN a.lease_until ELSE now() + l.lease END
             FROM (SELECT make_interval(mins => coalesce((r.settings ->> 'leaseMinutes')::int, 1440)) AS lease
                     FROM round r WHERE r.project_id = $1 AND r.id = a.round_id) l) END,
         active_seconds = active_seconds + $20
    FROM guard WHERE a.project_id = $1 AND a.id = $19
)`;
/** Webhooks are told of a submission by the statement that stores it; $21 is there only then. */
const SUBMITTED: (typeof PARTS)[number] = [
  21,
  `told AS (
  ${noteEvent("submission.made", {
    happened: "guard",
    projectId: "$1",
    eventId: "$21",
    payload: `jsonb_build_object('assignmentId', $19::uuid, 'revision', $16::int, 'documentId', (
      SELECT a.document_id FROM assignment a WHERE a.project_id = $1 AND a.id = $19))`,
  })}
)`,
];

const WRITTEN = "SELECT EXISTS (SELECT 1 FROM guard) AS written";

/** Operations and all that they made in a set that was empty, as rows of the log and the projection. */
export function projectionRows(operations: StoredOperation[], after: AnnotationState) {
  return {
    operations: operations.map(operationRow),
    spans: [...after.spans.values()].map(spanRow),
    relations: [...after.relations.values()].map(relationRow),
    unitLabels: [...after.unitLabels.values()].map((unit) => unitRow(unit, false)),
    comments: [...after.comments.values()].map(commentRow),
  };
}

/** Entries that are new or changed, and entries that are gone. Unchanged entries are the same object. */
function differences<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>) {
  const put = [...after.entries()].filter(([key, value]) => before.get(key) !== value);
  const gone = [...before.entries()].filter(([key]) => !after.has(key));
  return { put: put.map(([, value]) => value), gone: gone.map(([, value]) => value) };
}

function operationRow(operation: StoredOperation) {
  return {
    id: operation.id,
    revision: operation.revision,
    kind: operation.change.kind,
    body: operation.change,
    gesture_id: operation.gestureId,
    undoes: operation.undoes,
    outcome: operation.outcome,
    made_at: operation.madeAt,
  };
}

function spanRow(span: Span) {
  return {
    id: span.id,
    layer_key: span.layer,
    label_key: span.label,
    ...hull(span),
    ranges: span.ranges.flatMap(({ start, end }) => [start, end]),
    quotes: span.ranges.map(({ quote }) => quote),
    attributes: span.attributes,
    flags: span.flags,
    origin: span.origin,
  };
}

function relationRow(relation: Relation) {
  return {
    id: relation.id,
    layer_key: relation.layer,
    label_key: relation.label,
    from_span_id: relation.from,
    to_span_id: relation.to,
    attributes: relation.attributes,
  };
}

function unitRow(unit: UnitLabel, isRemoved: boolean) {
  return {
    layer_key: unit.layer,
    label_key: unit.label,
    unit: unit.unit,
    unit_start: unit.start,
    unit_end: unit.end,
    entity: unit.entity ?? "",
    value: unit.value,
    evidence: unit.evidence,
    attributes: unit.attributes ?? {},
    is_removed: isRemoved,
  };
}

function commentRow(comment: SetComment) {
  return { id: comment.id, span_id: comment.spanId, body: comment.body };
}
