import "server-only";
import type { Queryable } from "./project-store";

/** An answer about an event as exports and releases have it. */
export type ExportedEventAnswer = {
  setId: string;
  event: string;
  annotatorId: string;
  pseudonym: string;
  round: string;
  codebook: { key: string; name: string; version: number };
  layer: string;
  label: string;
  labelName: string;
  value: string | null;
  entity: string | null;
  answeredOn: string;
};

/** Which answers: of some rounds or all, of events with some documents or all. */
type EventAnswerScope = {
  projectId: string;
  userId: string;
  roundIds: readonly string[] | null;
  documentIds: readonly string[] | null;
  /** Whether annotators and documents that a lead excluded from figures are read too. */
  exclusions: "read" | "left_out";
};

/**
 * Answers about events of annotators who submitted a document of the event in the same round. Whoever still
 * has to annotate a document of an event gets nobody's answers about it, as everywhere.
 */
export async function readEventAnswers(
  client: Queryable,
  { projectId, userId, roundIds, documentIds, exclusions }: EventAnswerScope,
): Promise<ExportedEventAnswer[]> {
  const { rows } = await client.query<ExportedEventAnswer>(ANSWERS, [
    projectId,
    userId,
    roundIds,
    documentIds,
    exclusions === "left_out",
  ]);
  return rows;
}

const ANSWERS = `
SELECT s.id AS "setId", e.name AS event, n.id AS "annotatorId", n.pseudonym, r.name AS round,
       json_build_object('key', c.content ->> 'key', 'name', c.name, 'version', c.version) AS codebook,
       x.layer, x.label, coalesce(l.name, x.label) AS "labelName", x.value, x.entity,
       to_char(s.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "answeredOn"
  FROM event_set s
  JOIN event e ON e.project_id = s.project_id AND e.id = s.event_id
  JOIN annotator n ON n.project_id = s.project_id AND n.id = s.annotator_id
  JOIN round r ON r.project_id = s.project_id AND r.id = s.round_id
  JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
 CROSS JOIN LATERAL jsonb_to_recordset(s.answers) AS x(layer text, label text, value text, entity text)
  LEFT JOIN label l ON l.project_id = s.project_id AND l.codebook_version_id = s.codebook_version_id
   AND l.layer_key = x.layer AND l.key = x.label
 WHERE s.project_id = $1 AND ($3::uuid[] IS NULL OR s.round_id = ANY($3::uuid[]))
   AND EXISTS (SELECT 1 FROM assignment a
                 JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
                WHERE a.project_id = $1 AND a.annotator_id = s.annotator_id AND a.round_id = s.round_id
                  AND a.state = 'submitted' AND a.withdrawn_at IS NULL AND d.archived_at IS NULL
                  AND d.event_id = s.event_id AND ($4::uuid[] IS NULL OR d.id = ANY($4::uuid[])))
   AND NOT EXISTS (SELECT 1 FROM assignment own
                     JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
                     JOIN document d ON d.project_id = own.project_id AND d.id = own.document_id
                    WHERE own.project_id = $1 AND me.user_id = $2::uuid AND d.event_id = s.event_id
                      AND own.state <> 'submitted' AND own.withdrawn_at IS NULL)
   AND NOT ($5::boolean AND EXISTS (SELECT 1 FROM figure_exclusion f
                                     WHERE f.project_id = $1 AND f.lifted_at IS NULL
                                       AND f.annotator_id = s.annotator_id))
 ORDER BY e.name, s.event_id, n.pseudonym, r.position, x.layer, x.label, x.entity NULLS FIRST`;
