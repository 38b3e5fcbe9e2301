import "server-only";
import { createHash } from "node:crypto";
import { v5 } from "uuid";
import { findGaps } from "@/lib/domain/annotation/completeness";
import type { EditContext } from "@/lib/domain/annotation/edit";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import { EMPTY_STATE } from "@/lib/domain/annotation/state";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { type CodebookIndex, indexCodebook } from "@/lib/domain/codebook/lookup";
import type { CorpusSet } from "@/lib/domain/formats/corpus";
import { type LabelMap, labelMap } from "@/lib/domain/imports/label-matching";
import { type PlacedSet, placeSet } from "@/lib/domain/imports/place-annotations";
import type { ImportSettings } from "@/lib/domain/imports/settings";
import { pool } from "@/lib/server/db";
import { makeAssignments } from "./assignment-store";
import type { PreparedText } from "./document-store";
import { inTransaction } from "./project-store";
import { projectionRows, writeBatch } from "./write-batch";

/** Under which codebook annotations are imported, and where its labels come from. */
export type ImportCodebook = {
  codebookVersionId: string;
  index: CodebookIndex;
  map: LabelMap;
};

/** The codebook of the latest round, since the annotations are compared with those made there. */
export async function importCodebook(
  projectId: string,
  settings: ImportSettings,
): Promise<ImportCodebook | null> {
  const { rows } = await pool().query<{ id: string; content: unknown }>(
    `SELECT c.id, c.content FROM round r
       JOIN codebook_version c ON c.project_id = r.project_id AND c.id = r.codebook_version_id
      WHERE r.project_id = $1 ORDER BY r.position DESC LIMIT 1`,
    [projectId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const codebook = codebookSchema.parse(row.content);
  const index = indexCodebook(codebook);
  return { codebookVersionId: row.id, index, map: labelMap(codebook, settings.labels) };
}

/** What would become of the sets of a document. */
export function placeSets(
  sets: readonly CorpusSet[],
  text: PreparedText,
  codebook: ImportCodebook,
): { placed: number; problems: string[] } {
  const context = makeEditContext(text, codebook.index);
  let placed = 0;
  const problems: string[] = [];
  for (const set of sets) {
    const result = placeSet(set, { context, map: codebook.map, idOf: (name) => name });
    placed += result.changes.length;
    problems.push(...named(set, result.problems, sets.length > 1));
  }
  return { placed, problems };
}

type SetPlace = {
  projectId: string;
  documentId: string;
  versionId: string;
  userId: string | null;
};

/**
 * Stores the sets of one document as operations and their effect, each once however often it is imported.
 * Answers what was left out.
 */
export async function storeSets(
  sets: readonly CorpusSet[],
  text: PreparedText,
  at: SetPlace,
  { codebook, settings }: { codebook: ImportCodebook; settings: ImportSettings },
): Promise<string[]> {
  const context = makeEditContext(text, codebook.index);
  const problems: string[] = [];
  for (const set of sets) {
    const as = settings.authors.find(({ name }) => name === set.name)?.as ?? "imported";
    if (as === "skip") continue;
    // The same annotations of the same text are the same set, whichever file they come in.
    const setId = idFor(at, JSON.stringify(set));
    const idOf = (name: string) => idFor(at, `${setId} ${name}`);
    const placed = placeSet(set, { context, map: codebook.map, idOf });
    const write: SetWrite = { set, setId, idOf, placed, context, codebook, at };
    const left = as === "imported" ? await storeImported(write) : await storeAsMember(write, as);
    problems.push(...named(set, [...placed.problems, ...left], sets.length > 1));
  }
  return problems;
}

type SetWrite = {
  set: CorpusSet;
  setId: string;
  idOf: (name: string) => string;
  placed: PlacedSet;
  context: EditContext;
  codebook: ImportCodebook;
  at: SetPlace;
};

/** A namespace of our own (RFC 9562, section 5.5). */
const NAMESPACE = "5b0c9c52-6c2e-4c0b-9d0e-3f6f6d1a7e11";

function idFor({ projectId, documentId }: SetPlace, name: string): string {
  const hash = createHash("sha256").update(name).digest("hex");
  return v5(`${projectId} ${documentId} ${hash}`, NAMESPACE);
}

function named(set: CorpusSet, problems: readonly string[], isOneOfMany: boolean): string[] {
  return isOneOfMany ? problems.map((problem) => `${set.name}: ${problem}`) : [...problems];
}

function operationsOf({ placed, idOf }: SetWrite, from: number): StoredOperation[] {
  const madeAt = new Date().toISOString();
  return placed.changes.map((change, at) => ({
    id: idOf(`operation ${at}`),
    gestureId: idOf("gesture"),
    undoes: null,
    madeAt,
    change,
    revision: from + at + 1,
    outcome: "applied",
  }));
}

/** A set of kind imported, with its log: all in one statement, and nothing where it is there already. */
async function storeImported(write: SetWrite): Promise<string[]> {
  const { set, setId, placed, at, codebook, context } = write;
  const operations = operationsOf(write, 0);
  const rows = projectionRows(operations, placed.after);
  await pool().query(INSERT_SET, [
    at.projectId,
    setId,
    set.kind === "model" ? "model" : "imported",
    at.versionId,
    context.text.length,
    codebook.codebookVersionId,
    set.name,
    operations.length,
    placed.after.flags,
    write.idOf("client"),
    at.userId,
    JSON.stringify(rows.operations),
    JSON.stringify(rows.spans),
    JSON.stringify(rows.relations),
    JSON.stringify(rows.unitLabels),
    JSON.stringify(rows.comments),
  ]);
  return [];
}

const INSERT_SET = `
WITH made AS (
  INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length,
                              codebook_version_id, name, revision, submitted_revision, flags)
  VALUES ($1, $2, $3::set_kind, $4, $5, $6, $7, $8, $8, $9::text[])
  ON CONFLICT (project_id, id) DO NOTHING
  RETURNING id
), logged AS (
  INSERT INTO operation (project_id, id, annotation_set_id, revision, kind, body, gesture_id, undoes,
                         outcome, client_id, user_id, made_at)
  SELECT $1, o.id, $2, o.revision, o.kind, o.body, o.gesture_id, o.undoes,
         o.outcome::operation_outcome, $10, $11, o.made_at
    FROM made, jsonb_to_recordset($12::jsonb) AS o(id uuid, revision int, kind text, body jsonb,
         gesture_id uuid, undoes uuid, outcome text, made_at timestamptz)
), spans AS (
  INSERT INTO span (project_id, id, annotation_set_id, text_length, codebook_version_id,
                    layer_key, label_key, start, "end", ranges, quotes, attributes, flags, origin)
  SELECT $1, o.id, $2, $5, $6, o.layer_key, o.label_key, o.start, o."end", o.ranges, o.quotes,
         o.attributes, o.flags, o.origin
    FROM made, jsonb_to_recordset($13::jsonb) AS o(id uuid, layer_key text, label_key text, start int,
         "end" int, ranges int[], quotes text[], attributes jsonb, flags text[], origin text)
), relations AS (
  INSERT INTO relation (project_id, id, annotation_set_id, text_length, codebook_version_id,
                        layer_key, label_key, from_span_id, to_span_id, attributes)
  SELECT $1, o.id, $2, $5, $6, o.layer_key, o.label_key, o.from_span_id, o.to_span_id, o.attributes
    FROM made, jsonb_to_recordset($14::jsonb) AS o(id uuid, layer_key text, label_key text,
         from_span_id uuid, to_span_id uuid, attributes jsonb)
), units AS (
  INSERT INTO unit_label (project_id, annotation_set_id, text_length, codebook_version_id,
                          layer_key, label_key, unit, unit_start, unit_end, value, evidence)
  SELECT $1, $2, $5, $6, o.layer_key, o.label_key, o.unit::unit, o.unit_start, o.unit_end, o.value,
         o.evidence
    FROM made, jsonb_to_recordset($15::jsonb) AS o(layer_key text, label_key text, unit text,
         unit_start int, unit_end int, value text, evidence uuid[])
), comments AS (
  INSERT INTO comment (project_id, id, annotation_set_id, span_id, author_id, body)
  SELECT $1, o.id, $2, o.span_id, $11, o.body
    FROM made, jsonb_to_recordset($16::jsonb) AS o(id uuid, span_id uuid, body text)
)
SELECT EXISTS (SELECT 1 FROM made) AS made`;

/**
 * The work of a member: an assignment with its set, submitted where nothing is missing. Work that the
 * member has done already is never touched.
 */
async function storeAsMember(write: SetWrite, userId: string): Promise<string[]> {
  const { at, placed, context, codebook } = write;
  const planned = await inTransaction((tx) =>
    makeAssignments(tx, at.projectId, [{ documentId: at.documentId, userId }]),
  );
  const assignmentId = planned[0]?.assignmentId;
  if (assignmentId === undefined) {
    return ["All annotations were left out: this person is no annotator of the project."];
  }
  const { rows } = await pool().query<{ id: string; revision: number; known: boolean }>(
    `SELECT s.id, s.revision, EXISTS (SELECT 1 FROM operation o
              WHERE o.project_id = $1 AND o.annotation_set_id = s.id AND o.id = $3) AS known
       FROM annotation_set s WHERE s.project_id = $1 AND s.assignment_id = $2`,
    [at.projectId, assignmentId, write.idOf("operation 0")],
  );
  const row = rows[0];
  if (row === undefined || row.known) return [];
  if (row.revision > 0) {
    return ["All annotations were left out: this annotator has work on the document already."];
  }
  const gap = findGaps(placed.after, context)[0];
  await writeBatch({
    projectId: at.projectId,
    assignmentId,
    userId: at.userId ?? userId,
    setId: row.id,
    codebookVersionId: codebook.codebookVersionId,
    textLength: context.text.length,
    clientId: write.idOf("client"),
    revision: 0,
    operations: operationsOf(write, 0),
    before: EMPTY_STATE,
    after: placed.after,
    activeSeconds: 0,
    submits: gap === undefined,
  });
  return gap === undefined ? [] : [`Stored, and not submitted. ${gap.message}`];
}
