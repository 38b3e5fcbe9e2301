import "server-only";
import type { Flag, Relation, SetComment, Span, UnitLabel } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { codePoint, type Range } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { type SpanRow, toSpan } from "./stored-sets";
import type { Caller } from "./use-case";

/** One annotator's finished work on one document. */
export type SubmittedSet = {
  setId: string;
  documentId: string;
  documentVersionId: string;
  codebookVersionId: string;
  /** The name is null where the account was erased. */
  annotator: { id: string; pseudonym: string; name: string | null };
  round: { position: number; name: string };
  repetition: number;
  /** Day, in UTC. */
  submittedOn: string;
  activeSeconds: number;
  flags: Flag[];
  spans: Span[];
  relations: Relation[];
  unitLabels: UnitLabel[];
  comments: SetComment[];
};

/** A document version that somebody has submitted. Offsets are code points. */
export type SubmittedDocument = {
  documentId: string;
  versionId: string;
  version: number;
  title: string;
  outlet: string | null;
  author: string | null;
  publishedOn: string | null;
  url: string | null;
  language: string;
  country: string | null;
  section: string | null;
  licence: string | null;
  event: string | null;
  text: string;
  sha256: string;
  length: number;
  /** Flat [start, end, ...] lists. */
  tokens: number[];
  sentences: number[];
  blocks: (Range & { role: BlockRole })[];
  /** The blocks that could be marked. */
  annotatable: Range[];
};

export type SubmittedCodebook = {
  id: string;
  version: number;
  sha256: string;
  codebook: Codebook;
};

/** All that was submitted in a project, as far as the caller may see it. */
export type SubmittedWork = {
  /** By document, then by pseudonym, then by round. */
  sets: SubmittedSet[];
  /** In the order of the project. */
  documents: SubmittedDocument[];
  /** Newest first. */
  codebooks: SubmittedCodebook[];
  /** Documents left out because the caller has yet to submit their own work on them. */
  leftOut: { documentId: string; title: string }[];
};

export type Queryable = Pick<ReturnType<typeof pool>, "query">;

/**
 * Whether the caller ($2) may see others' work on document `d` of the project ($1): who still has to
 * annotate it sees nobody else's, whatever their role.
 */
export const IS_OPEN_TO_CALLER = `
  NOT EXISTS (SELECT 1 FROM assignment own
                JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
               WHERE own.project_id = $1 AND own.document_id = d.id AND me.user_id = $2
                 AND own.state <> 'submitted' AND own.withdrawn_at IS NULL)`;

/** Whether figures count assignment `a` of document `d`: neither is excluded at present. $1 is the project. */
export const IS_IN_FIGURES = `
  NOT EXISTS (SELECT 1 FROM figure_exclusion x
               WHERE x.project_id = $1 AND x.lifted_at IS NULL
                 AND (x.annotator_id = a.annotator_id OR x.document_id = d.id))`;

/**
 * What counts as submitted work, over the tables `s` (annotation set), `a` (assignment) and `d`
 * (document). $1 is the project, $2 the caller.
 */
export const IS_VISIBLE_WORK = `
  s.project_id = $1 AND s.kind = 'annotator'
  AND a.state = 'submitted' AND a.withdrawn_at IS NULL AND a.purpose = 'work'
  AND d.archived_at IS NULL
  AND ${IS_OPEN_TO_CALLER}`;

type ReadOptions = {
  documentId?: string | null;
  client?: Queryable;
  /** Whether annotators and documents that a lead excluded from figures are read too. */
  exclusions?: "read" | "left_out";
};

/** Reads the submitted work of a project, or of one of its documents. */
export async function readSubmittedWork(
  { projectId, userId }: Pick<Caller, "projectId" | "userId">,
  { documentId = null, client = pool(), exclusions = "read" }: ReadOptions = {},
): Promise<SubmittedWork> {
  const { rows } = await client.query<SetRow>(SETS, [
    projectId,
    userId,
    documentId,
    exclusions === "left_out",
  ]);
  const sets = rows.map(toSet);
  const versionIds = [...new Set(sets.map((set) => set.documentVersionId))];
  const codebookIds = [...new Set(sets.map((set) => set.codebookVersionId))];
  const documents = await client.query<DocumentRow>(DOCUMENTS, [projectId, versionIds]);
  const codebooks = await client.query<CodebookRow>(CODEBOOKS, [projectId, codebookIds]);
  return {
    sets,
    documents: documents.rows.map(toDocument),
    codebooks: codebooks.rows.map(({ content, ...row }) => ({
      ...row,
      codebook: codebookSchema.parse(content),
    })),
    leftOut: await readLeftOut({ projectId, userId }, { documentId, client }),
  };
}

/** Documents that the caller has yet to annotate, so that others' work on them stays hidden. */
export async function readLeftOut(
  { projectId, userId }: Pick<Caller, "projectId" | "userId">,
  { documentId = null, client = pool() }: { documentId?: string | null; client?: Queryable } = {},
): Promise<{ documentId: string; title: string }[]> {
  const { rows } = await client.query<{ documentId: string; title: string }>(LEFT_OUT, [
    projectId,
    userId,
    documentId,
  ]);
  return rows;
}

/**
 * One set per text and annotator, in the order given: of several that of the latest round, first try.
 * Agreement of a person with themselves is another question.
 */
export function latestSets(sets: readonly SubmittedSet[]): SubmittedSet[] {
  const chosen = new Map<string, SubmittedSet>();
  for (const set of sets) {
    const key = `${set.documentVersionId}/${set.annotator.id}`;
    const known = chosen.get(key);
    if (known === undefined || isLater(set, known)) chosen.set(key, set);
  }
  return sets.filter((set) => chosen.get(`${set.documentVersionId}/${set.annotator.id}`) === set);
}

function isLater(set: SubmittedSet, other: SubmittedSet): boolean {
  return (
    set.round.position > other.round.position ||
    (set.round.position === other.round.position && set.repetition < other.repetition)
  );
}

/** The name under which the caller meets an annotator: leads know their team, others see pseudonyms. */
export function shownName(
  { pseudonym, name }: SubmittedSet["annotator"],
  { projectRole, instanceRole }: Pick<Caller, "projectRole" | "instanceRole">,
): string {
  const knowsTeam = projectRole === "lead" || instanceRole === "admin";
  return knowsTeam && name !== null ? name : pseudonym;
}

type SetRow = Omit<SubmittedSet, "spans" | "unitLabels" | "annotator" | "round"> & {
  unitLabels: (Required<Omit<UnitLabel, "entity">> & { entity: string | null })[];
  annotatorId: string;
  pseudonym: string;
  name: string | null;
  roundPosition: number;
  roundName: string;
  spans: SpanRow[];
};

const SETS = `
SELECT s.id AS "setId", a.document_id AS "documentId", s.document_version_id AS "documentVersionId",
       s.codebook_version_id AS "codebookVersionId", s.flags, a.repetition,
       a.active_seconds AS "activeSeconds",
       to_char(a.submitted_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "submittedOn",
       r.position AS "roundPosition", r.name AS "roundName",
       n.id AS "annotatorId", n.pseudonym, u.name,
       (SELECT coalesce(json_agg(json_build_object('id', x.id, 'layer_key', x.layer_key,
                 'label_key', x.label_key, 'ranges', x.ranges, 'quotes', x.quotes,
                 'attributes', x.attributes, 'flags', x.flags, 'origin', x.origin)
                 ORDER BY x.start, x."end" DESC, x.id), '[]')
          FROM span x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS spans,
       (SELECT coalesce(json_agg(json_build_object('id', x.id, 'layer', x.layer_key,
                 'label', x.label_key, 'from', x.from_span_id, 'to', x.to_span_id,
                 'attributes', x.attributes) ORDER BY x.id), '[]')
          FROM relation x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS relations,
       (SELECT coalesce(json_agg(json_build_object('layer', x.layer_key, 'label', x.label_key,
                 'unit', x.unit, 'start', x.unit_start, 'end', x.unit_end, 'value', x.value,
                 'evidence', x.evidence, 'attributes', x.attributes, 'entity', nullif(x.entity, ''))
                 ORDER BY x.layer_key, x.unit_start, x.label_key, x.entity), '[]')
          FROM unit_label x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND NOT x.is_removed) AS "unitLabels",
       (SELECT coalesce(json_agg(json_build_object('id', x.id, 'spanId', x.span_id, 'body', x.body)
                 ORDER BY x.created_at, x.id), '[]')
          FROM comment x
         WHERE x.project_id = $1 AND x.annotation_set_id = s.id AND x.removed_at IS NULL
           AND x.parent_id IS NULL) AS comments
  FROM annotation_set s
  JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
  LEFT JOIN "user" u ON u.id = n.user_id
 WHERE ${IS_VISIBLE_WORK} AND ($3::uuid IS NULL OR d.id = $3) AND (NOT $4 OR ${IS_IN_FIGURES})
 ORDER BY d.seq, n.pseudonym, r.position, a.repetition`;

type DocumentRow = Omit<SubmittedDocument, "blocks" | "annotatable"> & {
  blocks: { role: BlockRole; start: number; end: number }[];
};

const DOCUMENTS = `
SELECT d.id AS "documentId", v.id AS "versionId", v.version, d.title, d.outlet, d.author,
       to_char(d.published_on, 'YYYY-MM-DD') AS "publishedOn", d.url, d.language, d.country,
       d.section, d.licence, e.name AS event, v.text, v.sha256, v.length, v.tokens, v.sentences,
       (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                 ORDER BY b.position), '[]')
          FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
  FROM document_version v
  JOIN document d ON d.project_id = v.project_id AND d.id = v.document_id
  LEFT JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
 WHERE v.project_id = $1 AND v.id = ANY($2::uuid[])
 ORDER BY d.seq, v.version`;

type CodebookRow = Omit<SubmittedCodebook, "codebook"> & { content: unknown };

const CODEBOOKS = `
SELECT id, version, sha256, content FROM codebook_version
 WHERE project_id = $1 AND id = ANY($2::uuid[]) ORDER BY version DESC`;

const LEFT_OUT = `
SELECT DISTINCT d.id AS "documentId", d.title
  FROM assignment own
  JOIN annotator me ON me.project_id = own.project_id AND me.id = own.annotator_id
  JOIN document d ON d.project_id = own.project_id AND d.id = own.document_id
 WHERE own.project_id = $1 AND me.user_id = $2 AND own.state <> 'submitted'
   AND own.withdrawn_at IS NULL AND d.archived_at IS NULL AND ($3::uuid IS NULL OR d.id = $3)
 ORDER BY d.title`;

function toSet(row: SetRow): SubmittedSet {
  const { annotatorId, pseudonym, name, roundPosition, roundName, spans, unitLabels, ...rest } =
    row;
  return {
    ...rest,
    annotator: { id: annotatorId, pseudonym, name },
    round: { position: roundPosition, name: roundName },
    spans: spans.map(toSpan),
    unitLabels: unitLabels.map(({ attributes, entity, ...label }) => ({
      ...label,
      ...(entity === null ? {} : { entity }),
      ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
    })),
  };
}

function toDocument(row: DocumentRow): SubmittedDocument {
  const blocks = row.blocks.map(({ role, start, end }) => ({
    role,
    start: codePoint(start),
    end: codePoint(end),
  }));
  return {
    ...row,
    blocks,
    annotatable: blocks
      .filter(({ role }) => isAnnotatable(role))
      .map(({ start, end }) => ({ start, end })),
  };
}
