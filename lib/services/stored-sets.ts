import "server-only";
import {
  type AnnotationState,
  type AnnotationStateData,
  type AttributeValues,
  type Flag,
  type Origin,
  type QuotedRange,
  type Relation,
  type SetComment,
  type Span,
  stateFromData,
  type Unit,
  type UnitLabel,
} from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";

/** A span as a row of the projection. */
export type SpanRow = {
  id: string;
  layer_key: string;
  label_key: string;
  ranges: number[];
  quotes: string[];
  attributes: AttributeValues;
  flags: Flag[];
  origin: Origin;
};

type RelationRow = {
  id: string;
  layer_key: string;
  label_key: string;
  from_span_id: string;
  to_span_id: string;
  attributes: AttributeValues;
};

type UnitLabelRow = {
  layer_key: string;
  label_key: string;
  unit: Unit;
  unit_start: number;
  unit_end: number;
  value: string | null;
  evidence: string[];
  attributes: AttributeValues;
  entity: string;
};

type CommentRow = { id: string; span_id: string | null; body: string };

type SetRow = {
  flags: Flag[] | null;
  spans: SpanRow[] | null;
  relations: RelationRow[] | null;
  unit_labels: UnitLabelRow[] | null;
  comments: CommentRow[] | null;
};

/**
 * Which spans and relations of a set are needed: those that meet `near`, those named in `ids`, what
 * these overlap, the ends of relations named there, and what else joins the same ends.
 */
export type Part = { near: { start: number; end: number }; ids: string[] };

/** Everything in a set, from the projection. */
export async function loadState(
  projectId: string,
  setId: string,
  client: Queryable = pool(),
): Promise<AnnotationState> {
  return stateFromData(await loadStateData(client, projectId, setId, null));
}

/** Everything in a set as plain data. */
export function loadSet(
  projectId: string,
  setId: string,
  client: Queryable = pool(),
): Promise<AnnotationStateData> {
  return loadStateData(client, projectId, setId, null);
}

/** As loadState, with only those spans and relations that a few edits can depend on. */
export async function loadPart(
  projectId: string,
  setId: string,
  part: Part,
  client: Queryable = pool(),
): Promise<AnnotationState> {
  return stateFromData(await loadStateData(client, projectId, setId, part));
}

type Queryable = Pick<ReturnType<typeof pool>, "query">;

async function loadStateData(
  client: Queryable,
  projectId: string,
  setId: string,
  part: Part | null,
): Promise<AnnotationStateData> {
  const { rows } = await client.query<SetRow>(
    `SELECT s.flags,
       (SELECT json_agg(json_build_object('id', x.id, 'layer_key', x.layer_key,
                 'label_key', x.label_key, 'ranges', x.ranges, 'quotes', x.quotes,
                 'attributes', x.attributes, 'flags', x.flags, 'origin', x.origin)
               ORDER BY x.start, x."end" DESC, x.id)
          FROM span x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed
           AND ($3::int IS NULL OR x.id = ANY($5::uuid[]) OR (x.start < $4 AND x."end" > $3)
             OR EXISTS (SELECT 1 FROM span t
                         WHERE t.project_id = x.project_id AND t.annotation_set_id = s.id
                           AND t.id = ANY($5::uuid[]) AND x.start < t."end" AND x."end" > t.start)
             OR EXISTS (SELECT 1 FROM relation r
                         WHERE r.project_id = x.project_id AND r.id = ANY($5::uuid[])
                           AND x.id IN (r.from_span_id, r.to_span_id)))
       ) AS spans,
       (SELECT json_agg(x ORDER BY x.id) FROM relation x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed
           AND ($3::int IS NULL OR x.id = ANY($5::uuid[]) OR x.from_span_id = ANY($5::uuid[])
                OR x.to_span_id = ANY($5::uuid[])
                OR EXISTS (SELECT 1 FROM relation r
                            WHERE r.project_id = x.project_id AND r.id = ANY($5::uuid[])
                              AND r.from_span_id = x.from_span_id
                              AND r.to_span_id = x.to_span_id))) AS relations,
       (SELECT json_agg(x) FROM unit_label x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id AND NOT x.is_removed
       ) AS unit_labels,
       (SELECT json_agg(json_build_object('id', x.id, 'span_id', x.span_id, 'body', x.body))
          FROM comment x
         WHERE x.project_id = s.project_id AND x.annotation_set_id = s.id
           AND x.removed_at IS NULL AND x.parent_id IS NULL) AS comments
      FROM annotation_set s WHERE s.project_id = $1 AND s.id = $2`,
    [projectId, setId, part?.near.start ?? null, part?.near.end ?? null, part?.ids ?? []],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No annotation set ${setId}.`);
  return {
    spans: (row.spans ?? []).map(toSpan),
    relations: (row.relations ?? []).map(toRelation),
    unitLabels: (row.unit_labels ?? []).map(toUnitLabel),
    comments: (row.comments ?? []).map(toComment),
    flags: row.flags ?? [],
  };
}

/** The span that a row of the projection holds. */
export function toSpan(row: SpanRow): Span {
  const ranges: QuotedRange[] = row.quotes.map((quote, index) => ({
    start: codePoint(row.ranges[2 * index] ?? 0),
    end: codePoint(row.ranges[2 * index + 1] ?? 0),
    quote,
  }));
  return {
    id: row.id,
    layer: row.layer_key,
    label: row.label_key,
    ranges,
    attributes: row.attributes,
    flags: row.flags,
    origin: row.origin,
  };
}

function toRelation(row: RelationRow): Relation {
  return {
    id: row.id,
    layer: row.layer_key,
    label: row.label_key,
    from: row.from_span_id,
    to: row.to_span_id,
    attributes: row.attributes,
  };
}

function toUnitLabel(row: UnitLabelRow): UnitLabel {
  return {
    layer: row.layer_key,
    label: row.label_key,
    unit: row.unit,
    start: codePoint(row.unit_start),
    end: codePoint(row.unit_end),
    value: row.value,
    evidence: row.evidence,
    ...(row.entity === "" ? {} : { entity: row.entity }),
    ...(Object.keys(row.attributes).length === 0 ? {} : { attributes: row.attributes }),
  };
}

function toComment(row: CommentRow): SetComment {
  return { id: row.id, spanId: row.span_id, body: row.body };
}
