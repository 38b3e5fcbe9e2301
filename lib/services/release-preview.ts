import "server-only";
import { createPersonalScan, type PersonalFinding } from "@/lib/domain/releases/personal";
import type { ReleaseSettings } from "@/lib/domain/releases/settings";
import { groupDocuments } from "@/lib/domain/releases/splits";
import type { ReleaseCounts } from "@/lib/domain/releases/tally";
import type { Queryable } from "./project-store";
import { readBackground } from "./release-background";
import {
  countRelease,
  type PlannedDocument,
  planRelease,
  type ReleaseScope,
  readReleaseAnnotators,
  readReleaseCodebooks,
} from "./release-content";
import { readLeftOut } from "./submitted-sets";

/** A place where a member's name or an e-mail address stands in what annotators wrote. */
export type FreeTextFinding = {
  documentId: string;
  title: string;
  /** `layer/attribute`, or "comment". */
  place: string;
  found: PersonalFinding[];
};

/** What a release would hold and what would be missing, before it is made. */
export type ReleasePreview = {
  counts: ReleaseCounts & { annotators: number };
  versions: number[];
  missing: {
    /** Assignments of the chosen rounds and documents that are not submitted. */
    notSubmitted: number;
    skipped: number;
    /** Documents whose adjudication is begun and not finished, and with two submissions and none. */
    undecided: { documentId: string; title: string }[];
    notAdjudicated: number;
    withoutLicence: { documentId: string; title: string }[];
    /** Documents that whoever asks has yet to annotate: nobody else's work on them goes out. */
    leftOut: { documentId: string; title: string }[];
  };
  splits: { split: string; documents: number; groups: number }[];
  freeText: { findings: FreeTextFinding[]; scanned: number; isWhole: boolean };
  /** Annotators who consented and answered questions about themselves; null where none are to be told. */
  background: { answered: number; told: number; questions: string[]; left: string[] } | null;
};

/** Texts of annotators that are looked through before a release. */
const MOST_SCANNED = 50_000;
const MOST_FINDINGS = 50;
const MOST_LISTED = 200;

/** Works out a preview on one snapshot. */
export async function previewOf(client: Queryable, scope: ReleaseScope): Promise<ReleasePreview> {
  const { projectId, userId } = scope;
  const plan = await planRelease(client, scope);
  const documentIds = [...new Set(plan.documents.map((each) => each.documentId))];
  const codebooks = await readReleaseCodebooks(client, scope);
  const open = await countOpen(client, scope);
  return {
    counts: await countRelease(client, scope),
    versions: codebooks.map(({ version }) => version),
    missing: {
      ...open,
      ...(await readUndecided(client, projectId, documentIds)),
      withoutLicence: await readWithoutLicence(client, projectId, documentIds),
      leftOut: await readLeftOut({ projectId, userId }, { client }),
    },
    splits: splitRows(plan, scope.settings),
    freeText: await scanFreeText(client, scope, documentIds, textAttributes(codebooks)),
    background: await previewBackground(client, scope),
  };
}

async function previewBackground(
  client: Queryable,
  scope: ReleaseScope,
): Promise<ReleasePreview["background"]> {
  if (scope.settings.background === "drop") return null;
  const { answered, told, questions, left } = await readBackground(client, scope.projectId, {
    annotatorIds: await readReleaseAnnotators(client, scope),
    nameOf: (id) => id,
  });
  const words = (list: typeof questions) => list.map((question) => question.words);
  return { answered, told, questions: words(questions), left: words(left) };
}

function textAttributes(codebooks: Awaited<ReturnType<typeof readReleaseCodebooks>>): string[] {
  return codebooks.flatMap(({ codebook }) =>
    codebook.layers.flatMap((layer) =>
      layer.attributes
        .filter(({ type }) => type === "text")
        .map(({ key }) => `${layer.key}/${key}`),
    ),
  );
}

function splitRows(
  { documents, splits }: { documents: PlannedDocument[]; splits: Map<string, string> },
  { split }: ReleaseSettings,
) {
  if (split.by === "none") return [];
  const groups = groupDocuments(documents, split.by);
  return ["train", "validation", "test"].map((name) => ({
    split: name,
    documents: documents.filter(({ id }) => splits.get(id) === name).length,
    groups: groups.filter(([first]) => first !== undefined && splits.get(first.id) === name).length,
  }));
}

async function countOpen(client: Queryable, { projectId, settings }: ReleaseScope) {
  const { rows } = await client.query<{ notSubmitted: number; skipped: number }>(
    `SELECT count(*) FILTER (WHERE a.state IN ('assigned', 'in_progress'))::int AS "notSubmitted",
            count(*) FILTER (WHERE a.state = 'skipped')::int AS skipped
       FROM assignment a
       JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
      WHERE a.project_id = $1 AND a.withdrawn_at IS NULL AND d.archived_at IS NULL
        AND (a.purpose = 'work' OR $4::boolean)
        AND (cardinality($2::uuid[]) = 0 OR a.round_id = ANY($2::uuid[]))
        AND ($3::uuid[] IS NULL OR d.id = ANY($3::uuid[]))`,
    [projectId, settings.roundIds, settings.documentIds, settings.hasTraining],
  );
  return rows[0] ?? { notSubmitted: 0, skipped: 0 };
}

type Named = { documentId: string; title: string };

async function readUndecided(client: Queryable, projectId: string, documentIds: string[]) {
  const { rows } = await client.query<Named & { state: string | null; submissions: number }>(
    `SELECT d.id AS "documentId", d.title,
            (SELECT min(j.state::text) FROM adjudication j
               JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
              WHERE j.project_id = d.project_id AND v.document_id = d.id
                AND j.state <> 'finished') AS state,
            (SELECT count(*)::int FROM assignment a
              WHERE a.project_id = d.project_id AND a.document_id = d.id AND a.state = 'submitted'
                AND a.withdrawn_at IS NULL AND a.purpose = 'work'
                AND NOT EXISTS (SELECT 1 FROM adjudication j
                                  JOIN document_version v ON v.project_id = j.project_id
                                   AND v.id = j.document_version_id
                                 WHERE j.project_id = d.project_id AND v.document_id = d.id)
            ) AS submissions
       FROM document d WHERE d.project_id = $1 AND d.id = ANY($2::uuid[]) ORDER BY d.seq`,
    [projectId, documentIds],
  );
  return {
    undecided: rows
      .filter(({ state }) => state !== null)
      .slice(0, MOST_LISTED)
      .map(({ documentId, title }) => ({ documentId, title })),
    notAdjudicated: rows.filter(({ submissions }) => submissions > 1).length,
  };
}

async function readWithoutLicence(client: Queryable, projectId: string, documentIds: string[]) {
  const { rows } = await client.query<Named>(
    `SELECT id AS "documentId", title FROM document
      WHERE project_id = $1 AND id = ANY($2::uuid[]) AND coalesce(licence, '') = '' ORDER BY seq
      LIMIT ${MOST_LISTED}`,
    [projectId, documentIds],
  );
  return rows;
}

async function scanFreeText(
  client: Queryable,
  { projectId, settings }: ReleaseScope,
  documentIds: string[],
  attributes: string[],
): Promise<ReleasePreview["freeText"]> {
  const { rows } = await client.query<Named & { place: string; body: string }>(FREE_TEXT, [
    projectId,
    documentIds,
    settings.freeText === "keep" ? attributes : [],
    settings.comments === "keep",
    settings.hasAnnotators,
    settings.hasGold,
  ]);
  const people = await client.query<{ name: string; email: string }>(
    `SELECT u.name, u.email FROM membership m JOIN "user" u ON u.id = m.user_id
      WHERE m.project_id = $1`,
    [projectId],
  );
  const scan = createPersonalScan(people.rows);
  const findings = rows.flatMap(({ body, ...at }) => {
    const found = scan(body);
    return found.length === 0 ? [] : [{ ...at, found }];
  });
  return {
    findings: findings.slice(0, MOST_FINDINGS),
    scanned: rows.length,
    isWhole: rows.length < MOST_SCANNED,
  };
}

const FREE_TEXT = `
WITH texts AS (
  SELECT s.id, s.project_id, v.document_id
    FROM annotation_set s
    JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
   WHERE s.project_id = $1 AND v.document_id = ANY($2::uuid[])
     AND ((s.kind = 'annotator' AND $5::boolean) OR (s.kind = 'gold' AND $6::boolean))
), said AS (
  SELECT t.document_id, x.layer_key || '/' || kv.key AS place, kv.value AS body
    FROM texts t JOIN span x ON x.project_id = t.project_id AND x.annotation_set_id = t.id,
         jsonb_each_text(x.attributes::jsonb) kv
   WHERE NOT x.is_removed AND x.layer_key || '/' || kv.key = ANY($3::text[])
  UNION ALL
  SELECT t.document_id, x.layer_key || '/' || kv.key, kv.value
    FROM texts t JOIN relation x ON x.project_id = t.project_id AND x.annotation_set_id = t.id,
         jsonb_each_text(x.attributes::jsonb) kv
   WHERE NOT x.is_removed AND x.layer_key || '/' || kv.key = ANY($3::text[])
  UNION ALL
  SELECT t.document_id, x.layer_key || '/' || kv.key, kv.value
    FROM texts t JOIN unit_label x ON x.project_id = t.project_id AND x.annotation_set_id = t.id,
         jsonb_each_text(x.attributes::jsonb) kv
   WHERE NOT x.is_removed AND x.layer_key || '/' || kv.key = ANY($3::text[])
  UNION ALL
  SELECT t.document_id, 'comment', x.body
    FROM texts t JOIN comment x ON x.project_id = t.project_id AND x.annotation_set_id = t.id
   WHERE x.removed_at IS NULL AND $4::boolean
)
SELECT d.id AS "documentId", d.title, said.place, said.body
  FROM said JOIN document d ON d.project_id = $1 AND d.id = said.document_id
 ORDER BY d.seq LIMIT ${MOST_SCANNED}`;
