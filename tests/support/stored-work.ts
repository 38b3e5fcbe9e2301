import type { AnnotationStateData } from "@/lib/domain/annotation/state";
import type { Codebook } from "@/lib/domain/codebook/language";
import type { BlockRole } from "@/lib/domain/text/roles";
import { query } from "./database-query";

/** An assignment as it stands in the database, read without the product's help. */
export type StoredWork = {
  assignmentId: string;
  userId: string;
  document: {
    text: string;
    textSha256: string;
    sentences: number[];
    blocks: { role: BlockRole; start: number; end: number }[];
  };
  codebook: Codebook;
  revision: number;
  annotations: AnnotationStateData;
};

export async function readWork(assignmentId: string): Promise<StoredWork> {
  const rows = await query(process.env.FRAMEMARK_TEST_DATABASE ?? "", READ, [assignmentId]);
  const work = rows[0] as StoredWork | undefined;
  if (work === undefined) throw new Error(`No assignment ${assignmentId}.`);
  return work;
}

/** In one statement, so that revision and annotations belong together. */
const READ = `
SELECT a.id AS "assignmentId", n.user_id AS "userId", c.content AS codebook, s.revision,
  json_build_object('text', v.text, 'textSha256', v.sha256, 'sentences', v.sentences, 'blocks',
    (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                     ORDER BY b.position)
       FROM block b WHERE b.project_id = v.project_id AND b.document_version_id = v.id)) AS document,
  json_build_object(
    'flags', s.flags,
    'spans', coalesce((SELECT json_agg(json_build_object(
        'id', x.id, 'layer', x.layer_key, 'label', x.label_key, 'attributes', x.attributes,
        'flags', x.flags, 'origin', x.origin, 'ranges',
        (SELECT json_agg(json_build_object('start', x.ranges[2 * q.at - 1], 'end', x.ranges[2 * q.at],
                                           'quote', q.words) ORDER BY q.at)
           FROM unnest(x.quotes) WITH ORDINALITY q(words, at)))
        ORDER BY x.start, x."end" DESC, x.id)
       FROM span x WHERE x.annotation_set_id = s.id AND NOT x.is_removed), '[]'),
    'relations', coalesce((SELECT json_agg(json_build_object(
        'id', x.id, 'layer', x.layer_key, 'label', x.label_key, 'from', x.from_span_id,
        'to', x.to_span_id, 'attributes', x.attributes) ORDER BY x.id)
       FROM relation x WHERE x.annotation_set_id = s.id AND NOT x.is_removed), '[]'),
    'unitLabels', coalesce((SELECT json_agg(jsonb_build_object(
        'layer', x.layer_key, 'label', x.label_key, 'unit', x.unit, 'start', x.unit_start,
        'end', x.unit_end, 'value', x.value, 'evidence', x.evidence)
        || CASE WHEN x.attributes = '{}' THEN '{}'::jsonb
                ELSE jsonb_build_object('attributes', x.attributes) END)
       FROM unit_label x WHERE x.annotation_set_id = s.id AND NOT x.is_removed), '[]'),
    'comments', coalesce((SELECT json_agg(json_build_object(
        'id', x.id, 'spanId', x.span_id, 'body', x.body) ORDER BY x.id)
       FROM comment x WHERE x.annotation_set_id = s.id AND x.removed_at IS NULL), '[]')
  ) AS annotations
  FROM assignment a
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
  JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
  JOIN codebook_version c ON c.project_id = a.project_id AND c.id = s.codebook_version_id
 WHERE a.id = $1`;
