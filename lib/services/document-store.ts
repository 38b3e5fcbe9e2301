import "server-only";
import { OPENING, packTerms, reportTerms } from "@/lib/domain/corpus/event-suggestion";
import { groupedBy } from "@/lib/domain/corpus/grouped";
import { type Signature, shinglesOf, signatureOf } from "@/lib/domain/corpus/minhash";
import { searchableText } from "@/lib/domain/corpus/searchable";
import { reportWords } from "@/lib/domain/corpus/words";
import { type Result, success } from "@/lib/domain/result";
import { isBlank } from "@/lib/domain/text/characters";
import { cleanName, decodeText, normaliseText } from "@/lib/domain/text/normalise";
import { indexText } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { SEGMENTER, type Segments, segmentText } from "@/lib/domain/text/segment";
import { type Block, findBlocks } from "@/lib/domain/text/structure";
import type { Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { sha256 } from "@/lib/server/tokens";
import { findOrMakeEvents } from "./event-store";
import { holdingLiveProject, type Queryable } from "./project-store";
import { findReprints, type Match, writeSignatures } from "./reprints";

/** What is known of where an article came from. */
export type SourceFacts = {
  outlet: string | null;
  author: string | null;
  publishedOn: string | null;
  url: string | null;
  country: string | null;
  section: string | null;
  licence: string | null;
};

export type NewDocument = SourceFacts & {
  /** Found in the text where null. */
  title: string | null;
  language: string;
  /** Name of the event it reports on; made where the project has none of this name. */
  event: string | null;
  /** The text as pasted, or the bytes of its file. */
  source: string | Uint8Array;
  /** Bytes to keep as the original, where they are not the text itself: of a web page, a table row. */
  original?: Uint8Array;
  /** Roles that the source says outright, by number of the line in the text, from 0. */
  roles?: ReadonlyMap<number, BlockRole>;
  /** Free fields by name. */
  facts?: Readonly<Record<string, string>>;
};

/** A text as it will be stored, with its blocks. */
export type ReadText = { text: string; original: Uint8Array; blocks: Block[]; title: string };

/** The version of a text with all that follows from it; plain data, so that a thread can make it. */
export type PreparedText = ReadText &
  Segments & { hash: string; length: number; signature: Signature; searchable: string };

/** A document that is ready to be stored. */
export type PreparedDocument = PreparedText & {
  named: string;
  /** What its event is known by (lib/domain/corpus/event-suggestion.ts). */
  words: Uint8Array;
  document: Omit<NewDocument, "source" | "original" | "roles">;
};

/** What became of a document; `duplicateOf` is the one that is annotated in its place. */
export type Stored = {
  documentId: string;
  versionId: string;
  title: string;
  isNew: boolean;
  duplicateOf: { documentId: string; title: string; likeness: number } | null;
};

/** Signs that cannot be seen, but for the joiners of scripts and the variants of emoji. */
const HIDDEN = /(?![\uFE0E\uFE0F\u200C\u200D])\p{DI}/gu;

/** Longest title, in UTF-16 code units; a headline that is longer is cut. */
const TITLE = 300;

/** Decodes and normalises a text and finds its blocks; stores nothing. */
export function readText(
  source: string | Uint8Array,
  { original, roles }: Pick<NewDocument, "original" | "roles"> = {},
): Result<ReadText> {
  const decoded = typeof source === "string" ? success(source) : decodeText(source);
  if (!decoded.ok) return decoded;
  const normal = normaliseText(decoded.value);
  if (!normal.ok) return normal;
  const text = normal.value;
  const kept = original ?? (typeof source === "string" ? new TextEncoder().encode(source) : source);
  const blocks = findBlocks(text, roles);
  return success({ text, original: kept, blocks, title: findTitle(text, blocks) });
}

/** Does all the work on a document that needs no database. */
export function prepareDocument(document: NewDocument): Result<PreparedDocument> {
  const { source, original, roles, ...rest } = document;
  const read = readText(source, {
    ...(original === undefined ? {} : { original }),
    ...(roles === undefined ? {} : { roles }),
  });
  if (!read.ok) return read;
  const prepared = prepareText(read.value, document.language);
  const named = document.title ?? read.value.title;
  const words = packTerms(reportTerms(named, read.value.text.slice(0, OPENING)));
  return success({ ...prepared, named, words, document: rest });
}

/** Divides a text with known blocks and says what it is found and recognised by. */
export function prepareText(read: ReadText, language: string): PreparedText {
  const { text, blocks } = read;
  const segments = segmentText(text, blocks, language);
  const index = indexText(text);
  const words = reportWords({ index, tokens: segments.tokens, blocks });
  return {
    ...read,
    ...segments,
    hash: sha256(text),
    length: index.length,
    signature: signatureOf(shinglesOf(words)),
    searchable: searchableText(index, segments.tokens),
  };
}

/**
 * Stores up to 500 prepared documents as one; answers in their order. A text that the project has
 * already is answered as not new, unless both name an outlet and these differ. What reprints an older
 * document is linked to it. Refuses as a whole where the project is archived.
 */
export function storePrepared(
  projectId: string,
  prepared: readonly PreparedDocument[],
): Promise<Result<Stored[]>> {
  return holdingLiveProject(projectId, async (client) => {
    const twins = await findTwins(client, projectId, prepared);
    const places = prepared.map((_, at) => at).filter((at) => twins[at] === at);
    const made = await writeDocuments(
      client,
      projectId,
      prepared.filter((_, at) => twins[at] === at),
    );
    const byPlace = new Map(places.map((place, at) => [place, made[at]]));
    return success(prepared.map((_, at) => storedAs(at, twins, byPlace)));
  });
}

function storedAs(
  at: number,
  twins: readonly (Stored | number)[],
  byPlace: ReadonlyMap<number, Stored | undefined>,
): Stored {
  const twin = twins[at];
  if (typeof twin === "object") return twin;
  if (twin !== undefined && twin !== at) {
    return { ...storedAs(twin, twins, byPlace), isNew: false };
  }
  const stored = byPlace.get(at);
  if (stored === undefined) throw new Error("A document was not stored.");
  return stored;
}

/** Prepares and stores some documents, each judged by itself; answers in their order. */
export async function storeDocuments(
  projectId: string,
  documents: readonly NewDocument[],
): Promise<Result<Stored>[]> {
  const results = documents.map(prepareDocument);
  const good = results.flatMap((each) => (each.ok ? [each.value] : []));
  const stored = await storePrepared(projectId, good);
  let next = 0;
  return results.map((each) => {
    if (!each.ok) return each;
    if (!stored.ok) return stored;
    const value = stored.value[next++];
    if (value === undefined) throw new Error("A document was not stored.");
    return success(value);
  });
}

/** Stores one document with its text, blocks, tokens and sentences. */
export async function storeDocument(
  projectId: string,
  document: NewDocument,
): Promise<Result<Stored>> {
  const [stored] = await storeDocuments(projectId, [document]);
  if (stored === undefined) throw new Error("Nothing was stored.");
  return stored;
}

/** The document of this project that has exactly this text. */
export async function findTwin(
  tx: Pick<Transaction, "documentVersion">,
  projectId: string,
  hash: string,
): Promise<{ documentId: string; title: string } | null> {
  const version = await tx.documentVersion.findFirst({
    where: { projectId, sha256: hash },
    select: { documentId: true, document: { select: { title: true } } },
  });
  return version === null
    ? null
    : { documentId: version.documentId, title: version.document.title };
}

/** A list of numbers as PostgreSQL writes it. */
export function arrayText(numbers: readonly number[]): string {
  return `{${numbers.join(",")}}`;
}

/** Writes the versions of texts, with their blocks and signatures; `version` counts from 1. */
export async function writeVersions(
  client: Queryable,
  projectId: string,
  rows: readonly { id: string; documentId: string; version: number; text: PreparedText }[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO document_version (project_id, id, document_id, version, text, sha256, length,
                                   original, segmenter, tokens, sentences)
     SELECT $1, r.id, r.document_id, r.version, r.text, r.sha256, r.length, r.original, $2,
            r.tokens::int[], r.sentences::int[]
       FROM unnest($3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::int[], $9::bytea[],
                   $10::text[], $11::text[])
            AS r(id, document_id, version, text, sha256, length, original, tokens, sentences)`,
    [
      projectId,
      SEGMENTER,
      rows.map(({ id }) => id),
      rows.map(({ documentId }) => documentId),
      rows.map(({ version }) => version),
      rows.map(({ text }) => text.text),
      rows.map(({ text }) => text.hash),
      rows.map(({ text }) => text.length),
      rows.map(({ text }) => Buffer.from(text.original)),
      rows.map(({ text }) => arrayText(text.tokens)),
      rows.map(({ text }) => arrayText(text.sentences)),
    ],
  );
  const blocks = rows.flatMap(({ id, text }) =>
    text.blocks.map((block, position) => ({ id, position, ...block })),
  );
  await client.query(
    `INSERT INTO block (project_id, document_version_id, position, role, start, "end")
     SELECT $1, r.* FROM unnest($2::uuid[], $3::int[], $4::text[], $5::int[], $6::int[]) AS r`,
    [
      projectId,
      blocks.map(({ id }) => id),
      blocks.map(({ position }) => position),
      blocks.map(({ role }) => role),
      blocks.map(({ start }) => start),
      blocks.map(({ end }) => end),
    ],
  );
}

/**
 * For each document: one that the project has, or the place of the first in the list with the same
 * text and outlet, which is its own place where it is to be stored.
 */
async function findTwins(
  client: Queryable,
  projectId: string,
  prepared: readonly PreparedDocument[],
): Promise<(Stored | number)[]> {
  const { rows } = await client.query<TwinRow>(
    `WITH found AS MATERIALIZED (
       SELECT sha256, id, document_id, version FROM document_version
        WHERE project_id = $1 AND sha256 = ANY($2::text[]))
     SELECT v.sha256, v.id AS version_id, d.id AS document_id, d.title, d.outlet,
            d.duplicate_of_id, d.likeness, c.title AS chosen
       FROM found v
       JOIN document d ON d.project_id = $1 AND d.id = v.document_id
       LEFT JOIN document c ON c.project_id = $1 AND c.id = d.duplicate_of_id
      ORDER BY d.seq, v.version`,
    [projectId, prepared.map(({ hash }) => hash)],
  );
  const known = groupedBy(rows, (row) => row.sha256);
  const fresh = new Map<string, { outlet: string | null; at: number }[]>();
  return prepared.map(({ hash, document: { outlet } }, at) => {
    const row = known.get(hash)?.find((each) => isSameCopy(each.outlet, outlet));
    if (row !== undefined) return toStored(row);
    const earlier = fresh.get(hash)?.find((each) => isSameCopy(each.outlet, outlet));
    if (earlier === undefined) fresh.set(hash, [...(fresh.get(hash) ?? []), { outlet, at }]);
    return earlier?.at ?? at;
  });
}

type TwinRow = {
  sha256: string;
  version_id: string;
  document_id: string;
  title: string;
  outlet: string | null;
  duplicate_of_id: string | null;
  likeness: number | null;
  chosen: string | null;
};

function toStored(row: TwinRow): Stored {
  return {
    documentId: row.document_id,
    versionId: row.version_id,
    title: row.title,
    isNew: false,
    duplicateOf:
      row.duplicate_of_id === null
        ? null
        : {
            documentId: row.duplicate_of_id,
            title: row.chosen ?? "",
            likeness: row.likeness ?? 0,
          },
  };
}

/** Of two documents with the same words, by outlet: those of another outlet are another document, a reprint. */
export function isSameCopy(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

async function writeDocuments(
  client: Queryable,
  projectId: string,
  prepared: readonly PreparedDocument[],
): Promise<Stored[]> {
  if (prepared.length === 0) return [];
  const events = await findOrMakeEvents(
    client,
    projectId,
    prepared.map(({ document }) => document.event),
  );
  const matches = await findReprints(client, projectId, prepared);
  const rows = prepared.map((text) => ({ id: newId(), versionId: newId(), text }));
  const target = (match: Match | null | undefined) => {
    if (match === null || match === undefined) return null;
    return match.documentId ?? rows[match.index ?? -1]?.id ?? null;
  };
  await client.query(INSERT_DOCUMENTS, [
    projectId,
    rows.map(({ id }) => id),
    prepared.map(({ named }) => named),
    prepared.map(({ document }) => events.get(document.event ?? "") ?? null),
    JSON.stringify(prepared.map(({ document }) => factsRow(document))),
    matches.map(target),
    matches.map((match) => match?.likeness ?? null),
    prepared.map(({ searchable }) => searchable),
  ]);
  await writeVersions(
    client,
    projectId,
    rows.map(({ id, versionId, text }) => ({ id: versionId, documentId: id, version: 1, text })),
  );
  await writeSignatures(
    client,
    projectId,
    rows.map(({ id, text: { signature, words } }) => ({ documentId: id, signature, words })),
  );
  return rows.map(({ id, versionId, text }, at) => {
    const match = matches[at];
    const chosen = target(match);
    return {
      documentId: id,
      versionId,
      title: text.named,
      isNew: true,
      duplicateOf:
        chosen === null || !match
          ? null
          : { documentId: chosen, title: match.title, likeness: match.likeness },
    };
  });
}

const INSERT_DOCUMENTS = `
INSERT INTO document (project_id, id, title, event_id, outlet, author, published_on, url, language,
                      country, section, licence, facts, duplicate_of_id, likeness, search)
SELECT $1, r.id, r.title, r.event_id, f.outlet, f.author, f.published_on, f.url, f.language, f.country,
       f.section, f.licence, f.facts, r.duplicate_of_id, r.likeness,
       corpus_search(r.title, concat_ws(' ', f.outlet, f.author, f.section), f.language, r.searchable)
  FROM ROWS FROM (
         unnest($2::uuid[]), unnest($3::text[]), unnest($4::uuid[]),
         jsonb_to_recordset($5::jsonb) AS (outlet text, author text, published_on date, url text,
           language text, country text, section text, licence text, facts jsonb),
         unnest($6::uuid[]), unnest($7::float8[]), unnest($8::text[])
       ) WITH ORDINALITY
       AS r(id, title, event_id, outlet, author, published_on, url, language, country, section, licence,
            facts, duplicate_of_id, likeness, searchable, place)
  CROSS JOIN LATERAL (SELECT r.outlet, r.author, r.published_on, r.url, r.language, r.country, r.section,
                             r.licence, coalesce(r.facts, '{}') AS facts) f
 ORDER BY r.place`;

function factsRow(document: PreparedDocument["document"]) {
  const { outlet, author, publishedOn, url, language, country, section, licence } = document;
  return {
    outlet,
    author,
    published_on: publishedOn,
    url,
    language,
    country,
    section,
    licence,
    facts: document.facts ?? {},
  };
}

/** The headline, or else the first line; without characters that a name may not hold. */
function findTitle(text: string, blocks: Block[]): string {
  const block = blocks.find((each) => each.role === "headline") ?? blocks[0];
  const line = block === undefined ? "" : indexText(text).slice(block.start, block.end);
  const clean = cleanName(line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replace(HIDDEN, ""));
  if (isBlank(clean)) return "Untitled";
  return clean.length <= TITLE ? clean : `${[...clean].slice(0, TITLE / 2).join("")}…`;
}
