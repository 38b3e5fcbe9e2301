import "server-only";
import type { UnitLabel } from "@/lib/domain/annotation/state";
import type { LikenessPair } from "@/lib/domain/campaign/quality-likeness";
import { codePoint } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { type SpanRow, toSpan } from "./stored-sets";
import { IS_IN_FIGURES, IS_OPEN_TO_CALLER } from "./submitted-sets";

/** Two sets of one text to be compared, and whose work it is. */
export type OwnedPair = LikenessPair & { annotatorId: string };

/** Most pairs that are compared while a person waits; the latest. */
const MOST = 2_000;

/** Silent gold documents: the gold first, the annotator second. `asked`: project, caller, round or null. */
export function readGoldPairs(asked: readonly (string | null)[]): Promise<OwnedPair[]> {
  return readPairs(GOLD, asked);
}

/** Repeats: the first time first, the later one second. `asked`: project, caller, round or null. */
export function readRepeatPairs(asked: readonly (string | null)[]): Promise<OwnedPair[]> {
  return readPairs(REPEATS, asked);
}

type Pair = { annotatorId: string; versionId: string; first: string; second: string };

async function readPairs(sql: string, asked: readonly (string | null)[]): Promise<OwnedPair[]> {
  const { rows: pairs } = await pool().query<Pair>(sql, [...asked, MOST]);
  if (pairs.length === 0) return [];
  const projectId = asked[0];
  const sets = await pool().query<SetRow>(SETS, [
    projectId,
    [...new Set(pairs.flatMap(({ first, second }) => [first, second]))],
  ]);
  const texts = await pool().query<TextRow>(TEXTS, [
    projectId,
    [...new Set(pairs.map(({ versionId }) => versionId))],
  ]);
  const setOf = new Map(sets.rows.map((row) => [row.setId, row]));
  const textOf = new Map(texts.rows.map((row) => [row.versionId, row]));
  return pairs.flatMap(({ annotatorId, versionId, first, second }) => {
    const one = setOf.get(first);
    const two = setOf.get(second);
    const text = textOf.get(versionId);
    if (one === undefined || two === undefined || text === undefined) return [];
    return [
      {
        annotatorId,
        document: {
          id: versionId,
          length: text.length,
          annotatable: text.blocks
            .filter(({ role }) => isAnnotatable(role))
            .map(({ start, end }) => ({ start: codePoint(start), end: codePoint(end) })),
        },
        spans: [one.spans.map(toSpan), two.spans.map(toSpan)] as const,
        unitLabels: [one.unitLabels, two.unitLabels] as const,
      },
    ];
  });
}

const COUNTS = `
  a.project_id = $1 AND a.state = 'submitted' AND a.withdrawn_at IS NULL AND d.archived_at IS NULL
  AND ($3::uuid IS NULL OR a.round_id = $3) AND ${IS_OPEN_TO_CALLER} AND ${IS_IN_FIGURES}`;

/** The newest gold of the text that nobody is still at. */
const GOLD = `
SELECT a.annotator_id AS "annotatorId", s.document_version_id AS "versionId", gold.id AS first, s.id AS second
  FROM assignment a
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
  JOIN LATERAL (
    SELECT g.id FROM annotation_set g
      LEFT JOIN adjudication j ON j.project_id = g.project_id AND j.gold_set_id = g.id
     WHERE g.project_id = $1 AND g.kind = 'gold' AND g.document_version_id = s.document_version_id
       AND g.superseded_by_id IS NULL AND (j.id IS NULL OR j.state = 'finished')
     ORDER BY j.finished_at DESC NULLS LAST, g.created_at DESC, g.id LIMIT 1) gold ON true
 WHERE a.purpose = 'gold_check' AND ${COUNTS}
 ORDER BY a.submitted_at DESC, a.id LIMIT $4`;

const REPEATS = `
SELECT a.annotator_id AS "annotatorId", s.document_version_id AS "versionId", f.id AS first, s.id AS second
  FROM assignment a
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
  JOIN assignment b ON b.project_id = a.project_id AND b.round_id = a.round_id AND b.document_id = a.document_id
   AND b.annotator_id = a.annotator_id AND b.repetition = 0 AND b.state = 'submitted' AND b.withdrawn_at IS NULL
  JOIN annotation_set f ON f.project_id = b.project_id AND f.assignment_id = b.id
   AND f.document_version_id = s.document_version_id
 WHERE a.repetition > 0 AND ${COUNTS}
 ORDER BY a.submitted_at DESC, a.id LIMIT $4`;

type SetRow = { setId: string; spans: SpanRow[]; unitLabels: UnitLabel[] };

const SETS = `
SELECT s.id AS "setId",
       (SELECT coalesce(json_agg(json_build_object('id', x.id, 'layer_key', x.layer_key,
                 'label_key', x.label_key, 'ranges', x.ranges, 'quotes', x.quotes,
                 'attributes', x.attributes, 'flags', x.flags, 'origin', x.origin)
                 ORDER BY x.start, x."end", x.id), '[]')
          FROM span x WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS spans,
       (SELECT coalesce(json_agg(json_build_object('layer', x.layer_key, 'label', x.label_key,
                 'unit', x.unit, 'start', x.unit_start, 'end', x.unit_end, 'value', x.value,
                 'evidence', x.evidence, 'entity', nullif(x.entity, ''))
                 ORDER BY x.layer_key, x.unit_start, x.label_key, x.entity), '[]')
          FROM unit_label x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS "unitLabels"
  FROM annotation_set s WHERE s.project_id = $1 AND s.id = ANY($2::uuid[])`;

type TextRow = {
  versionId: string;
  length: number;
  blocks: { role: BlockRole; start: number; end: number }[];
};

const TEXTS = `
SELECT v.id AS "versionId", v.length,
       (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                 ORDER BY b.position), '[]')
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
  FROM document_version v WHERE v.project_id = $1 AND v.id = ANY($2::uuid[])`;
