import "server-only";
import { createHmac } from "node:crypto";
import type { Flag, Relation, SetComment, UnitLabel } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import type {
  GoldDecision,
  GoldSet,
  Naming,
  ReleaseDocument,
  ReleaseSet,
} from "@/lib/domain/releases/content";
import type { ReleaseSettings } from "@/lib/domain/releases/settings";
import { type SplitDocument, splitDocuments } from "@/lib/domain/releases/splits";
import type { ReleaseCounts } from "@/lib/domain/releases/tally";
import { codePoint } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import type { Queryable } from "./project-store";
import { type SpanRow, toSpan } from "./stored-sets";

/** Whose view of a project a release is made from, and what was chosen. */
export type ReleaseScope = { projectId: string; userId: string; settings: ReleaseSettings };

/** A document version of a release before its content is read. */
export type PlannedDocument = SplitDocument & {
  documentId: string;
  versionId: string;
  seq: number;
  version: number;
};

/** Which sets and gold sets are in: parameters $1 to $6 of the statements below. */
function parametersOf({ projectId, userId, settings }: ReleaseScope): unknown[] {
  return [
    projectId,
    userId,
    settings.roundIds.length === 0 ? null : settings.roundIds,
    settings.documentIds,
    settings.hasTraining,
    settings.hasAnnotators,
  ];
}

/**
 * Submitted work that a release may hold. Who still has to annotate a document does not release others'
 * work on it, as everywhere.
 */
const CHOSEN = `
chosen AS (
  SELECT s.id, s.project_id, s.document_version_id, s.codebook_version_id, d.seq, d.id AS document_id,
         n.id AS annotator_id, a.id AS assignment_id
    FROM annotation_set s
    JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
    JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
    JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
   WHERE s.project_id = $1 AND s.kind = 'annotator' AND $6::boolean
     AND a.state = 'submitted' AND a.withdrawn_at IS NULL AND (a.purpose = 'work' OR $5::boolean)
     AND ($3::uuid[] IS NULL OR a.round_id = ANY($3::uuid[]))
     AND ($4::uuid[] IS NULL OR d.id = ANY($4::uuid[]))
     AND d.archived_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM assignment own
                       JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
                      WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2::uuid
                        AND own.state <> 'submitted' AND own.withdrawn_at IS NULL)
)`;

/** Finished adjudication. With rounds chosen, only of documents whose work is in. $7: whether gold is wanted. */
const GOLD = `
gold AS (
  SELECT s.id, s.project_id, s.document_version_id, s.codebook_version_id, j.id AS adjudication_id,
         d.seq, d.id AS document_id
    FROM adjudication j
    JOIN annotation_set s ON s.project_id = j.project_id AND s.id = j.gold_set_id
    JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
    JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
   WHERE j.project_id = $1 AND j.state = 'finished' AND $7::boolean
     AND d.archived_at IS NULL AND ($4::uuid[] IS NULL OR d.id = ANY($4::uuid[]))
     AND ($3::uuid[] IS NULL OR EXISTS (SELECT 1 FROM chosen c WHERE c.document_version_id = v.id))
     AND NOT EXISTS (SELECT 1 FROM assignment own
                       JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
                      WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2::uuid
                        AND own.state <> 'submitted' AND own.withdrawn_at IS NULL)
)`;

/** The documents of a release in order of the project, with the split of each. */
export async function planRelease(
  client: Queryable,
  scope: ReleaseScope,
): Promise<{ documents: PlannedDocument[]; splits: Map<string, string> }> {
  const { rows } = await client.query<PlannedDocument>(
    `WITH ${CHOSEN}, ${GOLD}
     SELECT d.id AS "documentId", v.id AS "versionId", d.seq::int AS seq, v.version,
            CASE WHEN v.version = 1 THEN d.id::text ELSE d.id || '-v' || v.version END AS id,
            e.name AS event, d.outlet, to_char(d.published_on, 'YYYY-MM-DD') AS "publishedOn",
            coalesce(d.duplicate_of_id, d.id)::text AS cluster
       FROM document_version v
       JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
       LEFT JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
      WHERE v.project_id = $1 AND v.id IN (SELECT document_version_id FROM chosen
                                           UNION SELECT document_version_id FROM gold)
      ORDER BY d.seq, v.version`,
    [...parametersOf(scope), scope.settings.hasGold],
  );
  return { documents: rows, splits: splitDocuments(rows, scope.settings.split) };
}

/** Counts rows by themselves and not what a release read, so that it can be checked by it. */
export async function countRelease(
  client: Queryable,
  scope: ReleaseScope,
): Promise<ReleaseCounts & { annotators: number }> {
  const of = (table: string, sets: string) =>
    `(SELECT count(*)::int FROM ${table} x JOIN ${sets} v ON v.id = x.annotation_set_id
       WHERE x.project_id = $1 AND NOT x.is_removed)`;
  const { rows } = await client.query<ReleaseCounts & { annotators: number }>(
    `WITH ${CHOSEN}, ${GOLD}, texts AS (SELECT document_version_id FROM chosen
                                        UNION SELECT document_version_id FROM gold)
     SELECT (SELECT count(*)::int FROM texts) AS documents,
            (SELECT coalesce(sum(v.length), 0)::float8 FROM document_version v
              WHERE v.project_id = $1 AND v.id IN (SELECT document_version_id FROM texts)) AS characters,
            (SELECT count(*)::int FROM chosen) AS submissions,
            (SELECT count(DISTINCT annotator_id)::int FROM chosen) AS annotators,
            ${of("span", "chosen")} AS spans, ${of("relation", "chosen")} AS relations,
            ${of("unit_label", "chosen")} AS "unitLabels",
            (SELECT count(DISTINCT document_version_id)::int FROM gold) AS "goldDocuments",
            ${of("span", "gold")} + ${of("unit_label", "gold")} AS "goldAnnotations"`,
    [...parametersOf(scope), scope.settings.hasGold],
  );
  const row = rows[0];
  if (row === undefined) throw new Error("A count answers one row.");
  return row;
}

/** Who has work in a release. */
export async function readReleaseAnnotators(
  client: Queryable,
  scope: ReleaseScope,
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `WITH ${CHOSEN} SELECT DISTINCT annotator_id AS id FROM chosen ORDER BY 1`,
    parametersOf(scope),
  );
  return rows.map(({ id }) => id);
}

/** A version of the codebook that work was done under. */
export type ReleaseCodebook = { version: number; sha256: string; codebook: Codebook };

/** Versions of the codebook that the release's work was done under, newest first. */
export async function readReleaseCodebooks(
  client: Queryable,
  scope: ReleaseScope,
): Promise<ReleaseCodebook[]> {
  const { rows } = await client.query<{ version: number; sha256: string; content: unknown }>(
    `WITH ${CHOSEN}, ${GOLD}
     SELECT version, sha256, content FROM codebook_version
      WHERE project_id = $1 AND id IN (SELECT codebook_version_id FROM chosen
                                       UNION SELECT codebook_version_id FROM gold)
      ORDER BY version DESC`,
    [...parametersOf(scope), scope.settings.hasGold],
  );
  return rows.map(({ content, ...row }) => ({ ...row, codebook: codebookSchema.parse(content) }));
}

const MOST_KNOWN = 10_000;

/** Names for one release: pseudonyms and ids that lead neither to a person nor to another release. */
export function createNaming(
  salt: string,
  settings: ReleaseSettings,
  codebooks: readonly ReleaseCodebook[],
): Naming & {
  pseudonymOf: (annotatorId: string) => string;
  curatorOf: (userId: string) => string;
} {
  const digest = (what: string) => createHmac("sha256", salt).update(what).digest("hex");
  // A document's ids are asked for again by each of its tables.
  const known = new Map<string, string>();
  const idOf = (id: string): string => {
    const made = known.get(id);
    if (made !== undefined) return made;
    if (known.size >= MOST_KNOWN) known.clear();
    const name = digest(`id ${id}`).slice(0, 24);
    known.set(id, name);
    return name;
  };
  const freeText = codebooks.flatMap(({ codebook }) =>
    codebook.layers.flatMap((layer) =>
      layer.attributes
        .filter(({ type }) => type === "text")
        .map(({ key }) => `${layer.key}/${key}`),
    ),
  );
  return {
    idOf,
    pseudonymOf: (id) => `annotator-${digest(`annotator ${id}`).slice(0, 10)}`,
    curatorOf: (id) => `curator-${digest(`curator ${id}`).slice(0, 10)}`,
    freeText: new Set(freeText),
    hasText: settings.text === "full",
    keepsFreeText: settings.freeText === "keep",
    keepsComments: settings.comments === "keep",
    hasContested: settings.hasContested,
  };
}

/** Documents read at a time. */
const BATCH = 10;

/** The documents of a plan with all that is released of them, a few at a time. */
export async function* readReleaseDocuments(
  client: Queryable,
  scope: ReleaseScope,
  plan: { documents: readonly PlannedDocument[]; splits: ReadonlyMap<string, string> },
  naming: ReturnType<typeof createNaming>,
): AsyncGenerator<{ planned: PlannedDocument; document: ReleaseDocument }> {
  const batches: PlannedDocument[][] = [];
  for (let at = 0; at < plan.documents.length; at += BATCH) {
    batches.push(plan.documents.slice(at, at + BATCH));
  }
  const read = (batch: readonly PlannedDocument[] = []) => {
    const found = readBatch(client, scope, batch);
    // Awaited when its turn comes; until then a failure is no unhandled one.
    found.catch(() => {});
    return found;
  };
  let next = read(batches[0]);
  for (const [at, batch] of batches.entries()) {
    const { texts, sets, gold } = await next;
    // The database reads on while these are written.
    if (at + 1 < batches.length) next = read(batches[at + 1]);
    for (const planned of batch) {
      const text = texts.find((row) => row.versionId === planned.versionId);
      if (text === undefined) throw new Error(`No text ${planned.versionId}.`);
      const ofThis = ({ versionId }: { versionId: string }) => versionId === planned.versionId;
      const goldRow = gold.find(ofThis);
      yield {
        planned,
        document: {
          ...toText(text),
          id: planned.id,
          version: planned.version,
          cluster: planned.cluster,
          split: plan.splits.get(planned.id) ?? null,
          event: planned.event,
          outlet: planned.outlet,
          publishedOn: planned.publishedOn,
          sets: sets
            .filter(ofThis)
            .map((row) => toSet(row, naming.pseudonymOf))
            .sort(bySet),
          gold: goldRow === undefined ? null : toGold(goldRow, naming.curatorOf),
        },
      };
    }
  }
}

async function readBatch(
  client: Queryable,
  scope: ReleaseScope,
  batch: readonly PlannedDocument[],
): Promise<{ texts: TextRow[]; sets: SetRow[]; gold: GoldRow[] }> {
  const versionIds = batch.map(({ versionId }) => versionId);
  const given = [...parametersOf(scope), scope.settings.hasGold, versionIds];
  const texts = await client.query<TextRow>(TEXTS, [scope.projectId, versionIds]);
  const sets = await client.query<SetRow>(SETS, given);
  const gold = scope.settings.hasGold ? await client.query<GoldRow>(GOLD_SETS, given) : null;
  return { texts: texts.rows, sets: sets.rows, gold: gold?.rows ?? [] };
}

/** By pseudonym, so that the order says nothing about who is who; then by round and try. */
function bySet(a: ReleaseSet, b: ReleaseSet): number {
  if (a.annotator !== b.annotator) return a.annotator < b.annotator ? -1 : 1;
  return a.roundPosition - b.roundPosition || a.repetition - b.repetition;
}

type Content = {
  setId: string;
  versionId: string;
  codebookVersion: number;
  flags: Flag[];
  spans: SpanRow[];
  relations: Relation[];
  unitLabels: (Required<Omit<UnitLabel, "entity">> & { entity: string | null })[];
};

type SetRow = Content & {
  annotatorId: string;
  round: string;
  roundPosition: number;
  purpose: ReleaseSet["purpose"];
  repetition: number;
  batch: number;
  submittedOn: string;
  activeSeconds: number;
  comments: SetComment[];
};

type GoldRow = Content & { decisions: (GoldDecision & { decidedById: string | null })[] };

const CONTENT = `
  s.id AS "setId", s.document_version_id AS "versionId", s.flags, w.version AS "codebookVersion",
  (SELECT coalesce(json_agg(json_build_object('id', x.id, 'layer_key', x.layer_key,
            'label_key', x.label_key, 'ranges', x.ranges, 'quotes', x.quotes,
            'attributes', x.attributes, 'flags', x.flags, 'origin', x.origin)
            ORDER BY x.start, x."end" DESC, x.id), '[]')
     FROM span x
    WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS spans,
  (SELECT coalesce(json_agg(json_build_object('id', x.id, 'layer', x.layer_key, 'label', x.label_key,
            'from', x.from_span_id, 'to', x.to_span_id, 'attributes', x.attributes)
            ORDER BY x.id), '[]')
     FROM relation x
    WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS relations,
  (SELECT coalesce(json_agg(json_build_object('layer', x.layer_key, 'label', x.label_key,
            'unit', x.unit, 'start', x.unit_start, 'end', x.unit_end, 'value', x.value,
            'evidence', x.evidence, 'attributes', x.attributes, 'entity', nullif(x.entity, ''))
            ORDER BY x.layer_key, x.unit_start, x.unit_end, x.label_key, x.entity), '[]')
     FROM unit_label x
    WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS "unitLabels"`;

const SETS = `
WITH ${CHOSEN}
SELECT ${CONTENT}, c.annotator_id AS "annotatorId", r.name AS round, r.position AS "roundPosition",
       a.purpose, a.repetition, a.batch, a.active_seconds AS "activeSeconds",
       to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "submittedOn",
       (SELECT coalesce(json_agg(json_build_object('id', x.id, 'spanId', x.span_id, 'body', x.body)
                 ORDER BY x.created_at, x.id), '[]')
          FROM comment x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND x.removed_at IS NULL) AS comments
  FROM chosen c
  JOIN annotation_set s ON s.project_id = c.project_id AND s.id = c.id
  JOIN assignment a ON a.project_id = c.project_id AND a.id = c.assignment_id
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN codebook_version w ON w.project_id = s.project_id AND w.id = s.codebook_version_id
 WHERE $7::boolean IS NOT NULL AND c.document_version_id = ANY($8::uuid[])`;

const GOLD_SETS = `
WITH ${CHOSEN}, ${GOLD}
SELECT ${CONTENT},
       (SELECT coalesce(json_agg(json_build_object('decisionId', x.id, 'itemKey', x.subject,
                 'kind', x.kind, 'rule', x.rule, 'reason', x.reason, 'decidedById', x.decided_by_id,
                 'votes', x.detail -> 'votes', 'annotators', x.detail -> 'annotators',
                 'sourceSpanIds', x.source_span_ids, 'spanId', x.result_span_id)
                 ORDER BY x.id), '[]')
          FROM decision x
         WHERE x.project_id = $1 AND x.adjudication_id = g.adjudication_id
           AND x.revoked_at IS NULL) AS decisions
  FROM gold g
  JOIN annotation_set s ON s.project_id = g.project_id AND s.id = g.id
  JOIN codebook_version w ON w.project_id = s.project_id AND w.id = s.codebook_version_id
 WHERE g.document_version_id = ANY($8::uuid[])
 ORDER BY s.id`;

type TextRow = Omit<
  ReleaseDocument,
  "id" | "version" | "cluster" | "split" | "event" | "outlet" | "publishedOn" | "sets" | "gold"
> & { versionId: string; blocks: { role: BlockRole; start: number; end: number }[] };

const TEXTS = `
SELECT v.id AS "versionId", d.title, d.author, d.url, d.language, d.country, d.section, d.licence,
       v.text, v.sha256, v.length, v.tokens, v.sentences,
       (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                 ORDER BY b.position), '[]')
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks,
       (SELECT coalesce(json_agg(json_build_object('key', y.key, 'name', y.name)
                 ORDER BY y.position, y.key), '[]')
          FROM entity y
         WHERE y.project_id = $1 AND (y.document_id = d.id OR y.event_id = d.event_id)) AS entities
  FROM document_version v
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
 WHERE v.project_id = $1 AND v.id = ANY($2::uuid[])`;

function toText({ versionId: _, blocks, ...row }: TextRow) {
  return {
    ...row,
    blocks: blocks.map(({ role, start, end }) => ({
      role,
      start: codePoint(start),
      end: codePoint(end),
    })),
  };
}

function toContent({ setId, codebookVersion, flags, spans, relations, unitLabels }: Content) {
  return {
    setId,
    codebookVersion,
    flags,
    spans: spans.map(toSpan),
    relations,
    unitLabels: unitLabels.map(({ entity, ...label }) =>
      entity === null ? label : { ...label, entity },
    ),
  };
}

function toSet(row: SetRow, pseudonymOf: (id: string) => string): ReleaseSet {
  const { round, roundPosition, purpose, repetition, batch, submittedOn, activeSeconds } = row;
  return {
    ...toContent(row),
    annotator: pseudonymOf(row.annotatorId),
    round,
    roundPosition,
    purpose,
    repetition,
    batch,
    submittedOn,
    activeSeconds,
    comments: row.comments,
  };
}

function toGold(row: GoldRow, curatorOf: (id: string) => string): GoldSet {
  return {
    ...toContent(row),
    decisions: row.decisions.map(({ decidedById, ...decision }) => ({
      ...decision,
      curator: decidedById === null ? null : curatorOf(decidedById),
    })),
  };
}
