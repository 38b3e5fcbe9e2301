import "server-only";
import { z } from "zod";
import {
  compareLabels,
  flagsOf,
  type LabelShare,
  labelDistance,
  type PersonWork,
  type QualityFlag,
} from "@/lib/domain/campaign/quality";
import { type Likeness, likenessOf } from "@/lib/domain/campaign/quality-likeness";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { type LabelLook, labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { countExclusions } from "./exclusions";
import { readGoldPairs, readRepeatPairs } from "./quality-pairs";
import { IS_IN_FIGURES, IS_OPEN_TO_CALLER, readLeftOut } from "./submitted-sets";
import { defineUseCase } from "./use-case";

/** What figures say of one person's submitted work. Times are active seconds per 1,000 words. */
export type PersonQuality = {
  annotatorId: string;
  name: string;
  documents: number;
  emptyDocuments: number;
  pace: number | null;
  marks: number;
  labels: LabelShare[];
  /** 0 (as the others) to 1 (no label in common); null without marks to compare. */
  distance: number | null;
  flags: QualityFlag[];
  parts: { marks: number; pace: number }[];
  /** Against the gold of silent gold documents; null without any. */
  gold: Likeness | null;
  /** The second time against the first; null without any. */
  steadiness: Likeness | null;
};

export type Quality = {
  people: PersonQuality[];
  /** Names and looks of labels, by layer/label. */
  labels: Record<string, { name: string; look: LabelLook | null }>;
  excluded: { annotators: number; documents: number };
  leftOut: { documentId: string; title: string }[];
};

/**
 * How good the submitted work of a project, or of a round, seems: labels, pace and drift by person, gold
 * accuracy and consistency. Without excluded people and documents, and without documents that the
 * caller still has to annotate.
 */
export const openQuality = defineUseCase({
  name: "openQuality",
  permission: "progress.see",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), roundId: z.uuid().optional() }),
  async run({ projectId, roundId }, { userId }) {
    const asked = [projectId, userId, roundId ?? null];
    const [people, labels, parts, gold, repeats, names] = await Promise.all([
      pool().query<PersonRow>(PEOPLE, asked),
      pool().query<LabelRow>(LABELS, asked),
      pool().query<PartRow>(PARTS, asked),
      readGoldPairs(asked),
      readRepeatPairs(asked),
      readLabelNames(projectId),
    ]);
    const works = people.rows.map(
      (row): PersonWork => ({
        annotatorId: row.annotatorId,
        documents: row.documents,
        emptyDocuments: row.emptyDocuments,
        pace: row.pace,
        labels: new Map(
          labels.rows
            .filter(({ annotatorId }) => annotatorId === row.annotatorId)
            .map(({ key, count }) => [key, count]),
        ),
        parts: parts.rows.filter(({ annotatorId }) => annotatorId === row.annotatorId),
      }),
    );
    const nameOf = new Map(people.rows.map((row) => [row.annotatorId, row.name]));
    return success<Quality>({
      people: works.map((work) => ({
        name: nameOf.get(work.annotatorId) ?? "",
        ...qualityOf(work, works),
        gold: ownLikeness(gold, work.annotatorId),
        steadiness: ownLikeness(repeats, work.annotatorId),
      })),
      labels: names,
      excluded: await countExclusions(projectId),
      leftOut: await readLeftOut({ projectId, userId }),
    });
  },
});

function qualityOf(work: PersonWork, all: readonly PersonWork[]) {
  const others = all.filter(({ annotatorId }) => annotatorId !== work.annotatorId);
  const labels = compareLabels(work, others);
  const { annotatorId, documents, emptyDocuments, pace, parts } = work;
  return {
    annotatorId,
    documents,
    emptyDocuments,
    pace,
    parts: parts.map((part) => ({ marks: part.marks, pace: part.pace })),
    marks: labels.reduce((sum, { count }) => sum + count, 0),
    labels,
    distance: labelDistance(labels),
    flags: flagsOf(work, others),
  };
}

function ownLikeness(
  pairs: Awaited<ReturnType<typeof readGoldPairs>>,
  annotatorId: string,
): Likeness | null {
  const own = pairs.filter((pair) => pair.annotatorId === annotatorId);
  return own.length === 0 ? null : likenessOf(own);
}

type PersonRow = {
  annotatorId: string;
  name: string;
  documents: number;
  emptyDocuments: number;
  pace: number | null;
};
type LabelRow = { annotatorId: string; key: string; count: number };
type PartRow = { annotatorId: string; marks: number; pace: number };

/** Submitted first tries that count: $1 project, $2 caller, $3 round or null. */
const WORK = `
WITH work AS MATERIALIZED (
  SELECT a.annotator_id, a.submitted_at, a.id, a.active_seconds, s.id AS set_id,
         greatest(coalesce(cardinality(v.tokens), 0) / 2, 1) AS words
    FROM assignment a
    JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
    JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
    JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
   WHERE a.project_id = $1 AND a.state = 'submitted' AND a.withdrawn_at IS NULL
     AND a.purpose = 'work' AND a.repetition = 0 AND d.archived_at IS NULL
     AND ($3::uuid IS NULL OR a.round_id = $3)
     AND ${IS_OPEN_TO_CALLER} AND ${IS_IN_FIGURES}
), mark AS MATERIALIZED (
  SELECT x.annotation_set_id AS set_id, x.layer_key || '/' || x.label_key AS key
    FROM span x WHERE x.project_id = $1 AND NOT x.is_removed
  UNION ALL
  SELECT x.annotation_set_id, x.layer_key || '/' || x.label_key
    FROM unit_label x WHERE x.project_id = $1 AND NOT x.is_removed
), counted AS (
  SELECT w.*, coalesce(m.marks, 0) AS marks
    FROM work w LEFT JOIN (SELECT set_id, count(*) AS marks FROM mark GROUP BY set_id) m USING (set_id)
)`;

const PEOPLE = `${WORK}
SELECT n.id AS "annotatorId", coalesce(u.name, n.pseudonym) AS name, count(*)::int AS documents,
       count(*) FILTER (WHERE c.marks = 0)::int AS "emptyDocuments",
       percentile_cont(0.5) WITHIN GROUP (ORDER BY c.active_seconds * 1000.0 / c.words) AS pace
  FROM counted c
  JOIN annotator n ON n.project_id = $1 AND n.id = c.annotator_id
  LEFT JOIN "user" u ON u.id = n.user_id
 GROUP BY n.id, n.pseudonym, u.name ORDER BY coalesce(u.name, n.pseudonym), n.pseudonym`;

const LABELS = `${WORK}
SELECT w.annotator_id AS "annotatorId", m.key, count(*)::int AS count
  FROM work w JOIN mark m USING (set_id) GROUP BY 1, 2`;

/** Each person's work in ten parts of as many documents, early to late. */
const PARTS = `${WORK}, placed AS (
  SELECT c.*, ntile(10) OVER (PARTITION BY annotator_id ORDER BY submitted_at, id) AS part FROM counted c
)
SELECT annotator_id AS "annotatorId", (sum(marks) * 1000.0 / sum(words))::float8 AS marks,
       (sum(active_seconds) * 1000.0 / sum(words))::float8 AS pace
  FROM placed GROUP BY annotator_id, part ORDER BY annotator_id, part`;

/** Labels of all published versions; where several know a label, as the newest names it. */
async function readLabelNames(projectId: string): Promise<Quality["labels"]> {
  const { rows } = await pool().query<{ content: unknown }>(
    `SELECT content FROM codebook_version WHERE project_id = $1 AND state <> 'draft' ORDER BY version`,
    [projectId],
  );
  return Object.fromEntries(
    rows.flatMap(({ content }) => {
      const codebook = codebookSchema.parse(content);
      const looks = labelLooks(codebook);
      return codebook.layers.flatMap((layer) =>
        layer.labels.map(({ key, name }) => [
          `${layer.key}/${key}`,
          { name, look: looks.get(lookKey(layer.key, key)) ?? null },
        ]),
      );
    }),
  );
}
