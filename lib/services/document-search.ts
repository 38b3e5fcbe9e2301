import "server-only";
import { z } from "zod";
import { type Cursor, readCursor, SORTS, type Sort, writeCursor } from "@/lib/domain/corpus/cursor";
import { searchableQuery } from "@/lib/domain/corpus/searchable";
import { failure, type Result, success } from "@/lib/domain/result";
import { isStorable } from "@/lib/domain/text/storable";
import { pool } from "@/lib/server/db";
import { dayInput, optionalNameInput } from "./inputs";
import type { StateCounts } from "./projects";
import { defineUseCase } from "./use-case";

/** A document in the list, with its assignments by state. */
export type ListedDocument = {
  documentId: string;
  title: string;
  outlet: string | null;
  publishedOn: string | null;
  language: string;
  event: string | null;
  eventId: string | null;
  /** Code points. */
  length: number;
  version: number;
  /** The document that is annotated in its place. */
  duplicateOf: { documentId: string; title: string; outlet: string | null } | null;
  /** How many reprints it stands for. */
  reprints: number;
  work: StateCounts;
  isArchived: boolean;
};

export type DocumentPage = { documents: ListedDocument[]; next: string | null };

const PAGE = 50;

/** How far the work on a document is: none, some that is not finished, or all of it submitted. */
const WORK_STATES = ["unassigned", "open", "submitted"] as const;
/** Documents that stand for themselves, those with reprints, and reprints. */
const GROUPINGS = ["annotated", "chosen", "linked"] as const;

/** What the list can be narrowed by, as addresses and the API name it. */
const filterInput = {
  search: z.string().max(200).default(""),
  state: z.enum(["live", "archived"]).default("live"),
  outlet: optionalNameInput(),
  language: z.string().max(40).nullable().default(null),
  from: dayInput,
  to: dayInput,
  /** An event's id, or `none` for documents without one. */
  event: z
    .union([z.uuid(), z.literal("none")])
    .nullable()
    .default(null),
  work: z.enum(WORK_STATES).nullable().default(null),
  grouping: z.enum(GROUPINGS).nullable().default(null),
};

const filterSchema = z.strictObject(filterInput);
export type DocumentFilter = z.output<typeof filterSchema>;

/**
 * Documents of a project, a page at a time. `search` is what people type: words, "phrases", -exclusions
 * and or; words are found in their other forms too.
 */
export const listDocuments = defineUseCase({
  name: "listDocuments",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    ...filterInput,
    sort: z.enum(SORTS).default("-added"),
    after: z.string().max(2_000).optional(),
    limit: z.number().int().min(1).max(200).default(PAGE),
  }),
  async run({ projectId, sort, after, limit, ...filter }): Promise<Result<DocumentPage>> {
    if (!isStorable(filter.search)) return success({ documents: [], next: null });
    const cursor = after === undefined ? null : readCursor(after, sort);
    if (after !== undefined && cursor === null) {
      return failure("invalid", "This is no page of the list.");
    }
    const query = new Query(projectId);
    addFilter(query, filter, await readSearch(projectId, filter));
    const statement = listQuery(query, sort, cursor, limit + 1);
    const { rows } = await pool().query<Row>(statement, query.values);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return success({
      documents: shown.map(({ seq: _, sortKey: __, ...document }) => document),
      next:
        rows.length > limit && last !== undefined
          ? writeCursor(sort, last.sortKey, last.seq)
          : null,
    });
  },
});

/** The ids of all documents that a filter lets through, up to ten thousand, for acts on all of them. */
export const listDocumentIds = defineUseCase({
  name: "listDocumentIds",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), ...filterInput }),
  async run({ projectId, ...filter }): Promise<Result<{ documentIds: string[]; isCut: boolean }>> {
    if (!isStorable(filter.search)) return success({ documentIds: [], isCut: false });
    const query = new Query(projectId);
    addFilter(query, filter, await readSearch(projectId, filter));
    const { rows } = await pool().query<{ id: string }>(
      `SELECT d.id FROM document d WHERE ${query.conditions()} ORDER BY d.seq DESC LIMIT ${MOST_IDS + 1}`,
      query.values,
    );
    return success({
      documentIds: rows.slice(0, MOST_IDS).map(({ id }) => id),
      isCut: rows.length > MOST_IDS,
    });
  },
});

const MOST_IDS = 10_000;

/** What there is to filter by. */
export type Facets = { outlets: string[]; languages: string[]; documents: number; isCut: boolean };

/** The outlets and languages of a project, each found by one step in an index. */
export const listFacets = defineUseCase({
  name: "listFacets",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<Facets>> {
    const [outlets, languages, count] = await Promise.all([
      distinct(projectId, "outlet"),
      distinct(projectId, "language"),
      pool().query<{ count: number }>(
        `SELECT count(*)::int AS count FROM (SELECT 1 FROM document
          WHERE project_id = $1 AND archived_at IS NULL LIMIT $2) x`,
        [projectId, MOST_COUNTED + 1],
      ),
    ]);
    const documents = count.rows[0]?.count ?? 0;
    return success({
      outlets,
      languages,
      documents: Math.min(documents, MOST_COUNTED),
      isCut: documents > MOST_COUNTED,
    });
  },
});

const MOST_COUNTED = 20_000;
const MOST_FACETS = 300;

/** Distinct values of an indexed column, skipping from one to the next. */
async function distinct(projectId: string, column: "outlet" | "language"): Promise<string[]> {
  const { rows } = await pool().query<{ value: string }>(
    `WITH RECURSIVE step AS (
       (SELECT ${column} AS value FROM document
         WHERE project_id = $1 AND ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
       UNION ALL
       SELECT (SELECT d.${column} FROM document d
                WHERE d.project_id = $1 AND d.${column} > step.value ORDER BY d.${column} LIMIT 1)
         FROM step WHERE step.value IS NOT NULL
     )
     SELECT value FROM step WHERE value IS NOT NULL LIMIT ${MOST_FACETS}`,
    [projectId],
  );
  return rows.map(({ value }) => value);
}

/** Conditions with their values, numbered as they come. */
class Query {
  readonly values: unknown[] = [];
  private readonly parts: string[] = [];

  constructor(projectId: string) {
    this.parts.push(`d.project_id = ${this.value(projectId)}`);
  }

  value(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  where(condition: string): void {
    this.parts.push(condition);
  }

  conditions(): string {
    return this.parts.join(" AND ");
  }
}

function addFilter(query: Query, filter: DocumentFilter, known: Known): void {
  query.where(`d.archived_at IS ${filter.state === "archived" ? "NOT NULL" : "NULL"}`);
  const words = searchableQuery(filter.search.trim().normalize("NFC"));
  if (words !== "") addSearch(query, words, known);
  if (filter.outlet !== null) query.where(`d.outlet = ${query.value(filter.outlet)}`);
  if (filter.language !== null) query.where(`d.language = ${query.value(filter.language)}`);
  if (filter.from !== null) query.where(`d.published_on >= ${query.value(filter.from)}::date`);
  if (filter.to !== null) query.where(`d.published_on <= ${query.value(filter.to)}::date`);
  if (filter.event === "none") query.where("d.event_id IS NULL");
  else if (filter.event !== null) query.where(`d.event_id = ${query.value(filter.event)}::uuid`);
  if (filter.work !== null) query.where(WORKED[filter.work]);
  if (filter.grouping !== null) query.where(GROUPED[filter.grouping]);
}

/**
 * Words as they stand in titles and sources, or by the rules of a language in texts: that of the filter, or
 * each that the project has. The last word may be the beginning of one.
 */
function wordsCondition(
  query: Pick<Query, "value">,
  words: string,
  languages: readonly string[],
): string {
  const text = query.value(words);
  const isBegun = /[\p{L}\p{N}]$/u.test(words);
  const asked = ["simple", ...languages].map((language) => {
    const rules = language === "simple" ? "'simple'" : `search_rules(${query.value(language)})`;
    const plain = `websearch_to_tsquery(${rules}, ${text})`;
    return isBegun
      ? `${plain} || coalesce((nullif(${plain}::text, '') || ':*')::tsquery, '')`
      : plain;
  });
  return `d.search @@ (${asked.join(" || ")})`;
}

/** Finds by words, and by the name of the event. */
function addSearch(query: Query, words: string, known: Known): void {
  const found =
    known.documentIds === null
      ? wordsCondition(query, words, known.languages)
      : `d.id = ANY(${query.value(known.documentIds)}::uuid[])`;
  query.where(
    known.eventIds.length === 0
      ? found
      : `(${found} OR d.event_id = ANY(${query.value(known.eventIds)}::uuid[]))`,
  );
}

/** Most languages whose rules a search is read by. */
const MOST_LANGUAGES = 8;
/** Documents up to which a search is answered from the index of words alone. */
const FEW = 3_000;

/** What is known of a search before the list is read; `documentIds` are null where many documents fit. */
type Known = {
  languages: readonly string[];
  eventIds: readonly string[];
  documentIds: readonly string[] | null;
};

/**
 * Looks the words up first. The planner cannot tell how many documents a beginning of a word fits: where
 * it guesses many and there is none, it reads the whole list to find a page. Few are therefore found by the
 * index of words, and many by going through the list, of which every other fits.
 */
async function readSearch(projectId: string, filter: DocumentFilter): Promise<Known> {
  const words = searchableQuery(filter.search.trim().normalize("NFC"));
  if (words === "") return { languages: [], eventIds: [], documentIds: null };
  const [languages, eventIds] = await Promise.all([
    filter.language === null ? distinct(projectId, "language") : [filter.language],
    eventsNamed(projectId, filter.search),
  ]);
  const known = languages.slice(0, MOST_LANGUAGES);
  return { languages: known, eventIds, documentIds: await findFew(projectId, words, known) };
}

async function findFew(
  projectId: string,
  words: string,
  languages: readonly string[],
): Promise<string[] | null> {
  const query = new Query(projectId);
  query.where(wordsCondition(query, words, languages));
  const client = await pool().connect();
  try {
    await client.query("BEGIN READ ONLY");
    await client.query("SET LOCAL enable_seqscan = off");
    await client.query("SET LOCAL enable_indexscan = off");
    const { rows } = await client.query<{ id: string }>(
      `SELECT d.id FROM document d WHERE ${query.conditions()} LIMIT ${FEW + 1}`,
      query.values,
    );
    return rows.length > FEW ? null : rows.map(({ id }) => id);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

/** Events whose name holds what is looked for. */
async function eventsNamed(projectId: string, search: string): Promise<string[]> {
  const words = search.trim().normalize("NFC");
  if (words === "") return [];
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM event WHERE project_id = $1 AND name ILIKE $2 AND archived_at IS NULL LIMIT 100`,
    [projectId, `%${words.replace(/[\\%_]/g, "\\$&")}%`],
  );
  return rows.map(({ id }) => id);
}

const ASSIGNED = `SELECT 1 FROM assignment a
  WHERE a.project_id = d.project_id AND a.document_id = d.id AND a.withdrawn_at IS NULL`;

const WORKED: Record<(typeof WORK_STATES)[number], string> = {
  unassigned: `NOT EXISTS (${ASSIGNED})`,
  open: `EXISTS (${ASSIGNED} AND a.state IN ('assigned', 'in_progress'))`,
  submitted: `EXISTS (${ASSIGNED} AND a.state = 'submitted')
              AND NOT EXISTS (${ASSIGNED} AND a.state IN ('assigned', 'in_progress'))`,
};

const REPRINTED = `EXISTS (SELECT 1 FROM document r
  WHERE r.project_id = d.project_id AND r.duplicate_of_id = d.id)`;

const GROUPED: Record<(typeof GROUPINGS)[number], string> = {
  annotated: "d.duplicate_of_id IS NULL",
  chosen: REPRINTED,
  linked: "d.duplicate_of_id IS NOT NULL",
};

type Row = ListedDocument & { seq: string; sortKey: string | null };

/** What a list is ordered by; documents without a value come last, and the number of a document ends every order. */
const ORDER: Record<Sort, { column: string | null; type: string; direction: "ASC" | "DESC" }> = {
  "-added": { column: null, type: "", direction: "DESC" },
  added: { column: null, type: "", direction: "ASC" },
  title: { column: "d.title", type: "text", direction: "ASC" },
  "-title": { column: "d.title", type: "text", direction: "DESC" },
  outlet: { column: "d.outlet", type: "text", direction: "ASC" },
  "-outlet": { column: "d.outlet", type: "text", direction: "DESC" },
  published: { column: "d.published_on", type: "date", direction: "ASC" },
  "-published": { column: "d.published_on", type: "date", direction: "DESC" },
};

/**
 * The documents of one page. Those with a value and those without are read by themselves, each from its
 * place in the index, since one condition for both would read the index from its start.
 */
function pageQuery(query: Query, sort: Sort, cursor: Cursor | null, rows: number): string {
  const { column, type, direction } = ORDER[sort];
  const sign = direction === "ASC" ? ">" : "<";
  const limit = query.value(rows);
  const seq = cursor === null ? "" : `${query.value(cursor.seq)}::bigint`;
  const part = (number: number, key: string, condition: string, by: string) =>
    `(SELECT ${number} AS part, d.id, d.seq, ${key} AS key FROM document d
       WHERE ${query.conditions()}${condition === "" ? "" : ` AND ${condition}`}
       ORDER BY ${by} LIMIT ${limit})`;
  const later = cursor === null ? "" : `d.seq ${sign} ${seq}`;
  if (column === null) return part(0, "NULL::text", later, `d.seq ${direction}`);
  const filled = () => {
    const after =
      cursor === null || cursor.key === null
        ? ""
        : ` AND (${column}, d.seq) ${sign} (${query.value(cursor.key)}::${type}, ${seq})`;
    return part(
      0,
      column,
      `${column} IS NOT NULL${after}`,
      `${column} ${direction}, d.seq ${direction}`,
    );
  };
  const isAmongEmpty = cursor !== null && cursor.key === null;
  const empty = part(
    1,
    `NULL::${type}`,
    `${column} IS NULL${isAmongEmpty ? ` AND ${later}` : ""}`,
    `d.seq ${direction}`,
  );
  return isAmongEmpty ? empty : `${filled()} UNION ALL ${empty}`;
}

function listQuery(query: Query, sort: Sort, cursor: Cursor | null, rows: number): string {
  const { direction } = ORDER[sort];
  const by = (table: string) =>
    `${table}.part, ${table}.key ${direction}, ${table}.seq ${direction}`;
  return `
WITH page AS (SELECT x.* FROM (${pageQuery(query, sort, cursor, rows)}) x ORDER BY ${by("x")} LIMIT ${rows})
SELECT p.seq, p.key::text AS "sortKey", d.id AS "documentId", d.title, d.outlet,
       to_char(d.published_on, 'YYYY-MM-DD') AS "publishedOn", d.language, e.name AS event,
       d.event_id AS "eventId", v.length, v.version, d.archived_at IS NOT NULL AS "isArchived",
       (SELECT json_build_object('documentId', c.id, 'title', c.title, 'outlet', c.outlet)
          FROM document c WHERE c.project_id = d.project_id AND c.id = d.duplicate_of_id) AS "duplicateOf",
       (SELECT count(*)::int FROM document r
         WHERE r.project_id = d.project_id AND r.duplicate_of_id = d.id) AS reprints,
       ${WORK} AS work
  FROM page p
  JOIN document d ON d.project_id = $1 AND d.id = p.id
  LEFT JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
  JOIN LATERAL (SELECT v.length, v.version FROM document_version v
                 WHERE v.project_id = d.project_id AND v.document_id = d.id
                 ORDER BY v.version DESC LIMIT 1) v ON true
 ORDER BY ${by("p")}`;
}

/** Assignments of a document by state, as StateCounts. */
const WORK = `
(SELECT json_build_object(
          'assigned', count(*) FILTER (WHERE a.state = 'assigned'),
          'inProgress', count(*) FILTER (WHERE a.state = 'in_progress'),
          'submitted', count(*) FILTER (WHERE a.state = 'submitted'),
          'skipped', count(*) FILTER (WHERE a.state = 'skipped'))
   FROM assignment a
  WHERE a.project_id = d.project_id AND a.document_id = d.id AND a.withdrawn_at IS NULL)`;
