import "server-only";
import { z } from "zod";
import { type FactsRow, readFactsTable } from "@/lib/domain/corpus/facts-table";
import { groupedBy } from "@/lib/domain/corpus/grouped";
import { failure, type Result, success } from "@/lib/domain/result";
import { isStorable } from "@/lib/domain/text/storable";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { findOrMakeEvents } from "./event-store";
import { factsInput, languageInput, nameInput, titleInput } from "./inputs";
import { holdingLiveProject, type Queryable } from "./project-store";
import { defineUseCase } from "./use-case";

/** Free fields by name, as many as a page can show. */
const freeFieldsInput = z
  .record(
    nameInput(80),
    z.string().max(2_000, "A field has at most 2000 characters.").refine(isStorable, {
      message: "This holds a character that cannot be stored.",
    }),
  )
  .refine((fields) => Object.keys(fields).length <= 50, "A document has at most 50 free fields.");

const oneInput = z.object({ title: titleInput, language: languageInput, ...factsInput });
const someInput = oneInput.extend({ facts: freeFieldsInput }).partial();

/** What is to be said of a document; what is left out stays, null or an empty text takes it away. */
export type FactsPatch = z.input<typeof someInput>;
type Patch = Partial<z.output<typeof someInput>>;

/** A document with what it said before, so that a bulk edit can be taken back. */
export type FactsBefore = { documentId: string; facts: FactsPatch };

const MOST = 1_000;

/** Corrects what is known of a document. Its text never changes. */
export const setSourceFacts = defineUseCase({
  name: "setSourceFacts",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documentId: z.uuid(),
    title: titleInput,
    language: languageInput,
    ...factsInput,
    /** Lines of `name: value`; left out, the free fields stay. */
    freeFields: z.string().max(50_000).optional(),
  }),
  async run({ projectId, documentId, freeFields, ...facts }, caller) {
    const free = freeFields === undefined ? success(undefined) : readFreeFields(freeFields);
    if (!free.ok) return free;
    const patch: Patch = free.value === undefined ? facts : { ...facts, facts: free.value };
    const saved = await holdingLiveProject(projectId, async (client) => {
      const before = await describe(client, projectId, [{ documentId, facts: patch }]);
      return before.length === 0
        ? failure("not_found", "This document does not exist in this project.")
        : success({});
    });
    if (!saved.ok) return saved;
    await recordAudit(caller, {
      action: "document.described",
      targetType: "document",
      targetId: documentId,
    });
    return saved;
  },
});

/**
 * Says the same of many documents, or of each what it is given; answers what they said before, which
 * this use case takes to undo it.
 */
export const describeDocuments = defineUseCase({
  name: "describeDocuments",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documents: z
      .array(z.strictObject({ documentId: z.uuid(), facts: someInput }))
      .min(1, "Choose a document first.")
      .max(MOST, "Describe at most 1,000 documents at once."),
  }),
  async run({ projectId, documents }, caller): Promise<Result<{ before: FactsBefore[] }>> {
    const saved = await holdingLiveProject(projectId, async (client) =>
      success({ before: await describe(client, projectId, documents) }),
    );
    if (!saved.ok) return saved;
    await recordAudit(caller, {
      action: "documents.described",
      targetType: "project",
      targetId: projectId,
      detail: { documents: saved.value.before.length },
    });
    return saved;
  },
});

/** A line of a table of facts with the document that it means, or why it means none. */
export type MatchedRow = {
  line: number;
  /** What the line names its document by. */
  key: string;
  documentId: string | null;
  title: string | null;
  facts: FactsPatch;
  problem: string | null;
};

/**
 * Reads a table of facts (CSV or TSV with a header) and finds the document of each line by its id,
 * address or title. Stores nothing: what it answers goes to describeDocuments.
 */
export const matchFactsTable = defineUseCase({
  name: "matchFactsTable",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    table: z
      .string()
      .max(2_000_000, "A table has at most 2 MB. Divide it.")
      .refine(isStorable, "The table holds a character that cannot be stored."),
  }),
  async run({ projectId, table }): Promise<Result<{ rows: MatchedRow[]; unknown: string[] }>> {
    const read = readFactsTable(table);
    if (!read.ok) return read;
    const { rows, unknown } = read.value;
    if (rows.length > MOST) {
      return failure("invalid", "A table has at most 1,000 lines. Divide it.");
    }
    const known = await findByKey(pool(), projectId, rows);
    return success({ rows: rows.map((row) => matchRow(row, known)), unknown });
  },
});

type Known = { documentId: string; title: string; key: string };

async function findByKey(
  client: Queryable,
  projectId: string,
  rows: readonly FactsRow[],
): Promise<Map<string, Known[]>> {
  const of = (by: FactsRow["by"]) => rows.filter((row) => row.by === by).map(({ key }) => key);
  const { rows: found } = await client.query<Known>(
    `SELECT id AS "documentId", title, id::text AS key FROM document
      WHERE project_id = $1 AND id = ANY($2::uuid[])
     UNION ALL SELECT id, title, url FROM document WHERE project_id = $1 AND url = ANY($3::text[])
     UNION ALL SELECT id, title, title FROM document WHERE project_id = $1 AND title = ANY($4::text[])`,
    [projectId, of("id").filter((id) => z.uuid().safeParse(id).success), of("url"), of("title")],
  );
  return groupedBy(found, ({ key }) => key);
}

function matchRow(row: FactsRow, known: ReadonlyMap<string, Known[]>): MatchedRow {
  const found = known.get(row.by === "id" ? row.key.toLowerCase() : row.key) ?? [];
  const parsed = someInput.safeParse(row.facts);
  const issue = parsed.error?.issues[0];
  const problem =
    row.problem ??
    (found.length === 0 ? "The project has no such document." : null) ??
    (found.length > 1 ? `${found.length} documents are called so. Name it by its id.` : null) ??
    (issue === undefined ? null : `${issue.path.join(".")}: ${issue.message}`);
  const document = found.length === 1 ? found[0] : undefined;
  return {
    line: row.line,
    key: row.key,
    documentId: document?.documentId ?? null,
    title: document?.title ?? null,
    facts: row.facts,
    problem,
  };
}

/** Lines of `name: value`, as the form shows free fields. */
function readFreeFields(text: string): Result<Record<string, string>> {
  const fields: Record<string, string> = Object.create(null);
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const at = line.indexOf(":");
    if (at < 1) {
      return failure("invalid", "Write each free field as “name: value” on its own line.", {
        place: "freeFields",
      });
    }
    fields[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  const parsed = freeFieldsInput.safeParse({ ...fields });
  const problem = parsed.error?.issues[0]?.message;
  return parsed.success
    ? success(parsed.data)
    : failure("invalid", problem ?? "These fields are not valid.", { place: "freeFields" });
}

type BeforeRow = {
  id: string;
  title: string;
  language: string;
  outlet: string | null;
  author: string | null;
  publishedOn: string | null;
  url: string | null;
  country: string | null;
  section: string | null;
  licence: string | null;
  event: string | null;
  facts: Record<string, string>;
};

/** Writes patches and answers what the same fields said before; documents of others are passed over. */
async function describe(
  client: Queryable,
  projectId: string,
  documents: readonly { documentId: string; facts: Patch }[],
): Promise<FactsBefore[]> {
  const { rows } = await client.query<BeforeRow>(BEFORE, [
    projectId,
    documents.map(({ documentId }) => documentId),
  ]);
  const before = new Map(rows.map(({ id, ...row }) => [id, row]));
  const changed = documents.flatMap(({ documentId, facts }) => {
    const row = before.get(documentId);
    return row === undefined ? [] : [{ documentId, facts, row }];
  });
  const after = changed.map(({ documentId, facts, row }) => ({
    id: documentId,
    ...row,
    ...facts,
    facts: facts.facts === undefined ? row.facts : withoutEmpty({ ...row.facts, ...facts.facts }),
  }));
  const events = await findOrMakeEvents(
    client,
    projectId,
    after.map(({ event }) => event),
  );
  await client.query(WRITE, [
    projectId,
    JSON.stringify(
      after.map(({ publishedOn, event, ...row }) => ({
        ...row,
        published_on: publishedOn,
        event_id: event === null ? null : (events.get(event) ?? null),
      })),
    ),
  ]);
  return changed.map(({ documentId, facts, row }) => ({
    documentId,
    facts: beforeOf(facts, row),
  }));
}

/** The fields of a patch with the values that they had; free fields that were not there are empty. */
function beforeOf(patch: Patch, row: Omit<BeforeRow, "id">): FactsPatch {
  const names = Object.keys(patch).filter((name) => name !== "facts") as (keyof typeof row)[];
  const own = Object.fromEntries(names.map((name) => [name, row[name]]));
  if (patch.facts === undefined) return own;
  const free = Object.keys(patch.facts).map((name) => [name, row.facts[name] ?? ""]);
  return { ...own, facts: Object.fromEntries(free) };
}

function withoutEmpty(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ""));
}

const BEFORE = `
SELECT d.id, d.title, d.language, d.outlet, d.author, to_char(d.published_on, 'YYYY-MM-DD') AS "publishedOn",
       d.url, d.country, d.section, d.licence, d.facts, e.name AS event
  FROM document d LEFT JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
 WHERE d.project_id = $1 AND d.id = ANY($2::uuid[]) FOR UPDATE OF d`;

/** Full text search holds title, source and language, so it is made anew where one of these changes. */
const WRITE = `
UPDATE document d
   SET title = r.title, language = r.language, outlet = r.outlet, author = r.author,
       published_on = r.published_on, url = r.url, country = r.country, section = r.section,
       licence = r.licence, facts = r.facts, event_id = r.event_id,
       search = CASE
         WHEN d.language IS DISTINCT FROM r.language AND search_rules(r.language) <> 'simple'::regconfig
         THEN (SELECT corpus_search(r.title, concat_ws(' ', r.outlet, r.author, r.section), r.language, v.text)
                 FROM document_version v WHERE v.project_id = d.project_id AND v.document_id = d.id
                ORDER BY v.version DESC LIMIT 1)
         WHEN (d.title, d.outlet, d.author, d.section)
              IS NOT DISTINCT FROM (r.title, r.outlet, r.author, r.section) THEN d.search
         ELSE setweight(to_tsvector('simple', r.title), 'A')
           || setweight(to_tsvector('simple', concat_ws(' ', r.outlet, r.author, r.section)), 'B')
           || ts_filter(d.search, '{c,d}') END
  FROM jsonb_to_recordset($2::jsonb)
       AS r(id uuid, title text, language text, outlet text, author text, published_on date, url text,
            country text, section text, licence text, facts jsonb, event_id uuid)
 WHERE d.project_id = $1 AND d.id = r.id`;
