import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { type BlockRole, isAnnotatable } from "@/lib/domain/text/roles";
import { segmentText } from "@/lib/domain/text/segment";
import { db, pool } from "@/lib/server/db";
import { sha256 } from "@/lib/server/tokens";
import { recordAudit } from "./audit";
import {
  findTwin,
  type NewDocument,
  readText,
  type SourceFacts,
  type Stored,
  storeDocuments,
} from "./document-store";
import { factsInput, languageInput, titleInput } from "./inputs";
import { defineUseCase } from "./use-case";

/** The text as pasted, or the bytes of a text file, which are then kept as they are. */
const sourceInput = z.union([
  z.string(),
  z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array,
    "Give a text or the bytes of a file.",
  ),
]);

const documentInput = z.strictObject({
  title: titleInput.nullable().default(null),
  text: sourceInput,
  language: languageInput.default("en"),
  ...factsInput,
});

/** A document to import. */
export type DocumentInput = z.input<typeof documentInput>;

/** What became of one document of an import; `index` counts from 0 in the order given. */
export type ImportedDocument = { index: number; documentId: string; title: string; isNew: boolean };
export type ImportProblem = { index: number; place: string; message: string };
export type ImportReport = { documents: ImportedDocument[]; problems: ImportProblem[] };

/**
 * Stores up to 200 documents, each judged by itself: a broken one is reported with its place and does
 * not stop the rest. A text that the project has already is answered as not new.
 */
export const importDocuments = defineUseCase({
  name: "importDocuments",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documents: z
      .array(z.custom<DocumentInput>())
      .min(1, "Choose a document first.")
      .max(200, "Import at most 200 documents at once."),
  }),
  async run({ projectId, documents }, caller) {
    const report: ImportReport = { documents: [], problems: [] };
    const parsed = documents.map(parseDocument);
    const stored = await storeDocuments(
      projectId,
      parsed.flatMap((each) => (each.ok ? [each.value] : [])),
    );
    let next = 0;
    for (const [index, each] of parsed.entries()) {
      const outcome = each.ok ? stored[next++] : each;
      if (outcome === undefined) throw new Error("A document was not stored.");
      if (outcome.ok) {
        const { documentId, title, isNew } = outcome.value as Stored;
        report.documents.push({ index, documentId, title, isNew });
      } else if (outcome.failure.kind === "closed") return outcome;
      else {
        const { place = "", message } = outcome.failure;
        report.problems.push({ index, place, message });
      }
    }
    const added = report.documents.filter((each) => each.isNew).length;
    if (added > 0) {
      await recordAudit(caller, {
        action: "documents.imported",
        targetType: "project",
        targetId: projectId,
        detail: { added, refused: report.problems.length },
      });
    }
    return success(report);
  },
});

function parseDocument(raw: unknown): Result<NewDocument> {
  const parsed = documentInput.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return failure("invalid", issue?.message ?? "This document is not valid.", {
      place: issue?.path.join(".") ?? "",
    });
  }
  const { text, ...facts } = parsed.data;
  return success({ ...facts, source: text });
}

export type ShownBlock = { position: number; role: BlockRole; text: string };

/** What an import would make of a text. */
export type Preview = {
  title: string;
  /** Code points. */
  length: number;
  words: number;
  sentences: number;
  /** Blocks that annotators can mark. */
  annotatable: number;
  blocks: ShownBlock[];
  /** Blocks beyond those shown. */
  hiddenBlocks: number;
  /** Sentences on what to look at before storing. */
  problems: string[];
};

const PREVIEWED_BLOCKS = 300;

/** Reads a text as an import would, without storing it. */
export const previewDocument = defineUseCase({
  name: "previewDocument",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    text: sourceInput,
    language: languageInput.default("en"),
  }),
  async run({ projectId, text, language }) {
    const read = readText(text);
    if (!read.ok) return read;
    const { blocks, title } = read.value;
    const index = indexText(read.value.text);
    const segments = segmentText(read.value.text, blocks, language);
    const twin = await findTwin(db(), projectId, sha256(read.value.text));
    const annotatable = blocks.filter((block) => isAnnotatable(block.role)).length;
    return success<Preview>({
      title,
      length: index.length,
      words: segments.tokens.length / 2,
      sentences: segments.sentences.length / 2,
      annotatable,
      blocks: blocks.slice(0, PREVIEWED_BLOCKS).map(({ role, start, end }, position) => ({
        position,
        role,
        text: index.slice(start, end),
      })),
      hiddenBlocks: Math.max(0, blocks.length - PREVIEWED_BLOCKS),
      problems: [
        ...(twin === null ? [] : [`The project has this text already, as “${twin.title}”.`]),
        ...(annotatable === 0 ? ["No line would be open to annotation."] : []),
        ...(blocks.some((block) => block.role === "headline")
          ? []
          : ["No headline was found. The first line is taken as the title."]),
      ],
    });
  },
});

/** A document of a group of reprints; `likeness` is from 0 to 1. */
export type LinkedDocument = {
  documentId: string;
  title: string;
  outlet: string | null;
  publishedOn: string | null;
  likeness: number;
};

/** A document with its text by blocks and who works on it. */
export type OpenedDocument = SourceFacts & {
  documentId: string;
  title: string;
  language: string;
  event: string | null;
  isArchived: boolean;
  importedOn: string;
  /** Code points. */
  length: number;
  words: number;
  sentences: number;
  sha256: string;
  eventId: string | null;
  /** Free fields by name. */
  facts: Record<string, string>;
  version: number;
  versions: number;
  blocks: ShownBlock[];
  /** Roles are part of what annotators see: once there is work, they change in a new version only. */
  areRolesLocked: boolean;
  /** The document that is annotated in its place, and those in whose place it is. */
  duplicateOf: LinkedDocument | null;
  reprints: LinkedDocument[];
  assignments: {
    assignmentId: string;
    name: string;
    pseudonym: string;
    state: "assigned" | "in_progress" | "submitted" | "skipped";
    isWithdrawn: boolean;
  }[];
};

type OpenRow = Omit<OpenedDocument, "blocks" | "areRolesLocked" | "assignments" | "reprints"> & {
  text: string;
  hasSets: boolean;
  reprints: LinkedDocument[] | null;
  blocks: { position: number; role: BlockRole; start: number; end: number }[] | null;
  assignments: OpenedDocument["assignments"] | null;
};

/** One document for its leads. An admin who is no member is noted in the audit log. */
export const openDocument = defineUseCase({
  name: "openDocument",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), documentId: z.uuid() }),
  async run({ projectId, documentId }, caller): Promise<Result<OpenedDocument>> {
    const { rows } = await pool().query<OpenRow>(OPEN, [projectId, documentId]);
    const row = rows[0];
    if (row === undefined) return noDocument();
    if (caller.projectRole === null) {
      await recordAudit(caller, {
        action: "document.opened_by_admin",
        targetType: "document",
        targetId: documentId,
      });
    }
    const { text, blocks, assignments, hasSets, reprints, ...facts } = row;
    const index = indexText(text);
    return success({
      ...facts,
      blocks: (blocks ?? []).map(({ position, role, start, end }) => ({
        position,
        role,
        text: index.slice(codePoint(start), codePoint(end)),
      })),
      areRolesLocked: assignments !== null || hasSets,
      reprints: reprints ?? [],
      assignments: assignments ?? [],
    });
  },
});

const OPEN = `
SELECT d.id AS "documentId", d.title, d.language, d.outlet, d.author, d.url, d.country, d.section,
       d.licence, to_char(d.published_on, 'YYYY-MM-DD') AS "publishedOn", e.name AS event,
       d.event_id AS "eventId", d.facts, v.version,
       (SELECT count(*)::int FROM document_version o
         WHERE o.project_id = d.project_id AND o.document_id = d.id) AS versions,
       EXISTS (SELECT 1 FROM annotation_set s
                WHERE s.project_id = d.project_id AND s.document_version_id = v.id) AS "hasSets",
       (SELECT json_build_object('documentId', c.id, 'title', c.title, 'outlet', c.outlet,
                 'publishedOn', to_char(c.published_on, 'YYYY-MM-DD'), 'likeness', d.likeness)
          FROM document c
         WHERE c.project_id = d.project_id AND c.id = d.duplicate_of_id) AS "duplicateOf",
       (SELECT json_agg(json_build_object('documentId', c.id, 'title', c.title, 'outlet', c.outlet,
                 'publishedOn', to_char(c.published_on, 'YYYY-MM-DD'), 'likeness', c.likeness)
                 ORDER BY c.likeness DESC, c.seq)
          FROM document c
         WHERE c.project_id = d.project_id AND c.duplicate_of_id = d.id) AS reprints,
       d.archived_at IS NOT NULL AS "isArchived",
       to_char(d.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "importedOn",
       v.length, v.sha256, v.text, coalesce(cardinality(v.tokens), 0) / 2 AS words,
       coalesce(cardinality(v.sentences), 0) / 2 AS sentences,
       (SELECT json_agg(json_build_object('position', b.position, 'role', b.role,
                                          'start', b.start, 'end', b."end") ORDER BY b.position)
          FROM block b
         WHERE b.project_id = d.project_id AND b.document_version_id = v.id) AS blocks,
       (SELECT json_agg(json_build_object('assignmentId', a.id, 'state', a.state,
                 'name', coalesce(u.name, n.pseudonym), 'pseudonym', n.pseudonym,
                 'isWithdrawn', a.withdrawn_at IS NOT NULL) ORDER BY u.name, n.pseudonym)
          FROM assignment a
          JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
          LEFT JOIN "user" u ON u.id = n.user_id
         WHERE a.project_id = d.project_id AND a.document_id = d.id) AS assignments
  FROM document d
  LEFT JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
  JOIN LATERAL (SELECT v.* FROM document_version v
                 WHERE v.project_id = d.project_id AND v.document_id = d.id
                 ORDER BY v.version DESC LIMIT 1) v ON true
 WHERE d.project_id = $1 AND d.id = $2`;

const oneDocument = z.strictObject({ projectId: z.uuid(), documentId: z.uuid() });

/** Puts a document away. Its labels stay; nobody is asked to annotate it any more. */
export const archiveDocument = defineUseCase({
  name: "archiveDocument",
  permission: "document.import",
  scope: "project",
  needsLiveProject: true,
  input: oneDocument,
  async run({ projectId, documentId }, caller) {
    const { rowCount } = await pool().query(
      `UPDATE document SET archived_at = coalesce(archived_at, now())
        WHERE project_id = $1 AND id = $2`,
      [projectId, documentId],
    );
    if (rowCount === 0) return noDocument();
    await recordAudit(caller, {
      action: "document.archived",
      targetType: "document",
      targetId: documentId,
    });
    return success({});
  },
});

/** Takes a document up again. */
export const restoreDocument = defineUseCase({
  name: "restoreDocument",
  permission: "document.import",
  scope: "project",
  needsLiveProject: true,
  input: oneDocument,
  async run({ projectId, documentId }, caller) {
    const { rowCount } = await pool().query(
      `UPDATE document SET archived_at = NULL WHERE project_id = $1 AND id = $2`,
      [projectId, documentId],
    );
    if (rowCount === 0) return noDocument();
    await recordAudit(caller, {
      action: "document.restored",
      targetType: "document",
      targetId: documentId,
    });
    return success({});
  },
});

function noDocument<T>(): Result<T> {
  return failure("not_found", "This document does not exist in this project.");
}
