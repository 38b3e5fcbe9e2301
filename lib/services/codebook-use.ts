import "server-only";
import type { Used } from "@/lib/domain/codebook/keep-used";
import type { MigrationRule } from "@/lib/domain/codebook/rules";
import { pool } from "@/lib/server/db";
import type { Queryable } from "./submitted-sets";

/** How much a rule touches. */
export type Touch = { annotations: number; documents: number; annotators: number };

/** The same, apart for work that is still open, that was submitted, and for all that is no annotator's. */
export type Touches = { open: Touch; submitted: Touch; others: Touch };

/** What of a codebook the annotations of a project carry, removed ones too: they can be brought back. */
export async function readUsed(projectId: string, client: Queryable = pool()): Promise<Used> {
  const labels = await client.query<{ layer: string; label: string }>(USED_LABELS, [projectId]);
  const attributes = await client.query<{ layer: string; attribute: string }>(USED_ATTRIBUTES, [
    projectId,
  ]);
  return { labels: labels.rows, attributes: attributes.rows };
}

const TABLES = ["span", "relation", "unit_label"] as const;

const USED_LABELS = TABLES.map(
  (table) =>
    `SELECT DISTINCT layer_key AS layer, label_key AS label FROM ${table} WHERE project_id = $1`,
)
  .concat(
    `SELECT DISTINCT body ->> 'layer', body ->> 'label' FROM event_operation WHERE project_id = $1`,
  )
  .join("\nUNION\n");

const USED_ATTRIBUTES = TABLES.map(
  (table) =>
    `SELECT DISTINCT x.layer_key AS layer, k.key AS attribute
       FROM ${table} x CROSS JOIN LATERAL jsonb_object_keys(x.attributes) AS k(key)
      WHERE x.project_id = $1 AND x.attributes <> '{}'`,
).join("\nUNION\n");

/** What annotations a rule, or the archiving of a label, speaks of. */
export type Subject =
  | { layer: string; labels: string[] }
  | { layer: string; attribute: string; answers: string[] | null };

/** The annotations that a rule speaks of. */
export function subjectOf(rule: MigrationRule): Subject {
  switch (rule.kind) {
    case "merge_labels":
      return { layer: rule.layer, labels: rule.labels };
    case "split_label":
    case "move_label":
      return { layer: rule.layer, labels: [rule.label] };
    case "map_answers":
      return {
        layer: rule.layer,
        attribute: rule.attribute,
        answers: Object.keys(rule.answers),
      };
  }
}

type CountRow = Touch & { bucket: keyof Touches };

/** Counts live annotations of a subject that are not under `versionId` yet. */
export async function countTouched(
  projectId: string,
  subject: Subject,
  versionId: string | null,
): Promise<Touches> {
  const isLabels = "labels" in subject;
  const { rows } = await pool().query<CountRow>(COUNT, [
    projectId,
    subject.layer,
    isLabels ? subject.labels : null,
    isLabels ? null : subject.attribute,
    isLabels ? null : subject.answers,
    versionId,
  ]);
  const touch = (bucket: keyof Touches): Touch => {
    const row = rows.find((each) => each.bucket === bucket);
    return {
      annotations: row?.annotations ?? 0,
      documents: row?.documents ?? 0,
      annotators: row?.annotators ?? 0,
    };
  };
  return { open: touch("open"), submitted: touch("submitted"), others: touch("others") };
}

/** An answer as a word: yes and no for true and false, each option of a list by itself. */
const HAS_ANSWER = `
  ($5::text[] IS NULL OR CASE jsonb_typeof(x.attributes -> $4)
     WHEN 'array' THEN (x.attributes -> $4) ?| $5
     WHEN 'boolean' THEN (CASE x.attributes ->> $4 WHEN 'true' THEN 'yes' ELSE 'no' END) = ANY($5)
     ELSE (x.attributes ->> $4) = ANY($5) END)`;

const COUNT = `
SELECT CASE WHEN s.kind <> 'annotator' THEN 'others'
            WHEN a.state = 'submitted' THEN 'submitted' ELSE 'open' END AS bucket,
       count(*)::int AS annotations, count(DISTINCT v.document_id)::int AS documents,
       count(DISTINCT s.annotator_id)::int AS annotators
  FROM (${TABLES.map(
    (table) =>
      `SELECT x.annotation_set_id AS set_id FROM ${table} x
        WHERE x.project_id = $1 AND x.layer_key = $2 AND NOT x.is_removed
          AND ($3::text[] IS NULL OR x.label_key = ANY($3))
          AND ($4::text IS NULL OR (x.attributes ? $4 AND ${HAS_ANSWER}))`,
  ).join("\n UNION ALL ")}) x
  JOIN annotation_set s ON s.project_id = $1 AND s.id = x.set_id
  JOIN document_version v ON v.project_id = $1 AND v.id = s.document_version_id
  LEFT JOIN assignment a ON a.project_id = $1 AND a.id = s.assignment_id
 WHERE $6::uuid IS NULL OR s.codebook_version_id <> $6
 GROUP BY 1`;
