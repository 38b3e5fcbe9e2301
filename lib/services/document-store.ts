import "server-only";
import { type Result, success } from "@/lib/domain/result";
import { isBlank } from "@/lib/domain/text/characters";
import { cleanName, decodeText, normaliseText } from "@/lib/domain/text/normalise";
import { codePointLength, indexText } from "@/lib/domain/text/offsets";
import { SEGMENTER, type Segments, segmentText } from "@/lib/domain/text/segment";
import { type Block, findBlocks } from "@/lib/domain/text/structure";
import type { Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { sha256 } from "@/lib/server/tokens";
import { inLiveProject } from "./project-store";

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
};

/** A text as it will be stored, with its blocks. */
export type ReadText = { text: string; original: Uint8Array; blocks: Block[]; title: string };

export type Stored = { documentId: string; title: string; isNew: boolean };

/** Signs that cannot be seen, but for the joiners of scripts and the variants of emoji. */
const HIDDEN = /(?![\uFE0E\uFE0F\u200C\u200D])\p{DI}/gu;

type PreparedText = ReadText & Segments & { hash: string };

/** Longest title, in UTF-16 code units; a headline that is longer is cut. */
const TITLE = 300;

/** Decodes and normalises a text and finds its blocks; stores nothing. */
export function readText(source: string | Uint8Array): Result<ReadText> {
  const decoded = typeof source === "string" ? success(source) : decodeText(source);
  if (!decoded.ok) return decoded;
  const normal = normaliseText(decoded.value);
  if (!normal.ok) return normal;
  const text = normal.value;
  const original = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const blocks = findBlocks(text);
  return success({ text, original, blocks, title: findTitle(text, blocks) });
}

/**
 * Stores one document with its text, blocks, tokens and sentences. A text that the project has
 * already is not stored again: the document that has it is answered.
 */
export async function storeDocument(
  projectId: string,
  document: NewDocument,
): Promise<Result<Stored>> {
  const read = readText(document.source);
  if (!read.ok) return read;
  const { text, blocks } = read.value;
  // Before the project is held: a long text takes a while.
  const prepared: PreparedText = {
    ...read.value,
    ...segmentText(text, blocks, document.language),
    hash: sha256(text),
  };
  return inLiveProject(projectId, async (tx) => {
    const twin = await findTwin(tx, projectId, prepared.hash);
    if (twin !== null) return success({ ...twin, isNew: false });
    return success(await writeDocument(tx, projectId, document, prepared));
  });
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

/** The event of this name, made where there is none. The caller holds the project's row. */
export async function findOrMakeEvent(
  tx: Transaction,
  projectId: string,
  name: string,
): Promise<string> {
  const known = await tx.event.findFirst({ where: { projectId, name }, select: { id: true } });
  if (known !== null) return known.id;
  const id = newId();
  await tx.event.create({ data: { projectId, id, name } });
  return id;
}

/** A day as the database keeps it: midnight in UTC. */
export function toDate(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}

async function writeDocument(
  tx: Transaction,
  projectId: string,
  document: NewDocument,
  prepared: PreparedText,
): Promise<Stored> {
  const { source: _, event, title, publishedOn, ...facts } = document;
  const documentId = newId();
  const named = title ?? prepared.title;
  const eventId = event === null ? null : await findOrMakeEvent(tx, projectId, event);
  await tx.document.create({
    data: {
      projectId,
      id: documentId,
      title: named,
      eventId,
      publishedOn: toDate(publishedOn),
      ...facts,
    },
  });
  await writeVersion(tx, { projectId, documentId }, prepared);
  return { documentId, title: named, isNew: true };
}

/** By hand, since the client takes seconds over the lists of a long text. */
async function writeVersion(
  tx: Transaction,
  { projectId, documentId }: { projectId: string; documentId: string },
  { text, hash, original, blocks, tokens, sentences }: PreparedText,
): Promise<void> {
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO document_version (project_id, id, document_id, version, text, sha256, length,
                                  original, segmenter, tokens, sentences)
    VALUES (${projectId}::uuid, ${id}::uuid, ${documentId}::uuid, 1, ${text}, ${hash},
            ${codePointLength(text)}, ${new Uint8Array(original)}, ${SEGMENTER},
            ${arrayText(tokens)}::int[], ${arrayText(sentences)}::int[])`;
  const rows = blocks.map((block, position) => ({ position, ...block }));
  await tx.$executeRaw`
    INSERT INTO block (project_id, document_version_id, position, role, start, "end")
    SELECT ${projectId}::uuid, ${id}::uuid, b.position, b.role, b.start, b."end"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS b(position int, role text, start int, "end" int)`;
}

/** A list of numbers as PostgreSQL writes it. */
function arrayText(numbers: number[]): string {
  return `{${numbers.join(",")}}`;
}

/** The headline, or else the first line; without characters that a name may not hold. */
function findTitle(text: string, blocks: Block[]): string {
  const block = blocks.find((each) => each.role === "headline") ?? blocks[0];
  const line = block === undefined ? "" : indexText(text).slice(block.start, block.end);
  const clean = cleanName(line.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replace(HIDDEN, ""));
  if (isBlank(clean)) return "Untitled";
  return clean.length <= TITLE ? clean : `${[...clean].slice(0, TITLE / 2).join("")}…`;
}
