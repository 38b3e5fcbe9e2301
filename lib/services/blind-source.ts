import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type {
  BatchAnswer,
  Change,
  Operation,
  StoredOperation,
} from "@/lib/domain/annotation/operation";
import type { AnnotationStateData, QuotedRange } from "@/lib/domain/annotation/state";
import { failure, type Result, success } from "@/lib/domain/result";
import {
  fitsMasked,
  MASK,
  maskMentions,
  maskSource,
  type TextSource,
} from "@/lib/domain/text/mask";
import { indexText, type TextIndex } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { defineUseCase } from "./use-case";

/** Whether the annotator of an assignment is kept from its source, and what that is. */
export type GuardedSource = TextSource & { isBlind: boolean };

/** SQL that gives a GuardedSource of a document `d` in a round `r`. */
export function guardedSource(document: string, round: string): string {
  return `json_build_object(
    'isBlind', coalesce((${round}.settings ->> 'isSourceBlind')::boolean, false),
    'outlet', ${document}.outlet, 'author', ${document}.author, 'url', ${document}.url)`;
}

/**
 * SQL that gives the GuardedSource of a document `d` as somebody meets it outside their work: hidden from
 * whoever was given it with its source hidden, until they asked for the source. $1 project, $2 caller.
 */
export const SOURCE_FOR_READER = `
  json_build_object('isBlind', EXISTS (
      SELECT 1 FROM assignment blind
        JOIN round hiding ON hiding.project_id = blind.project_id AND hiding.id = blind.round_id
        JOIN annotator reader ON reader.project_id = blind.project_id AND reader.id = blind.annotator_id
       WHERE blind.project_id = $1 AND blind.document_id = d.id AND reader.user_id = $2
         AND blind.withdrawn_at IS NULL AND (hiding.settings ->> 'isSourceBlind')::boolean
    ) AND NOT EXISTS (
      SELECT 1 FROM audit_event look
        JOIN assignment seen ON seen.project_id = look.project_id AND seen.id::text = look.target_id
       WHERE look.project_id = $1 AND look.actor_id = $2 AND look.action = 'source.revealed'
         AND seen.document_id = d.id),
    'outlet', d.outlet, 'author', d.author, 'url', d.url)`;

/** A title or a name as the annotator may read it. */
export function shownWords(words: string, source: GuardedSource): string {
  return source.isBlind ? maskMentions(words, source) : words;
}

/** The text of a document version as the annotator sees it. */
export type ShownText = { text: TextIndex; sha256: string };

const KEPT = 100;
const masked = new Map<string, ShownText>();

/** The masked text of a document version. It depends on the document's outlet, author and address of now. */
export async function maskedText(
  projectId: string,
  documentVersionId: string,
  { outlet, author, url }: TextSource,
): Promise<ShownText> {
  const key = JSON.stringify([projectId, documentVersionId, outlet, author, url]);
  const known = masked.get(key);
  if (known !== undefined) {
    masked.delete(key);
    masked.set(key, known);
    return known;
  }
  const { rows } = await pool().query<{
    text: string;
    blocks: { role: BlockRole; start: number; end: number }[];
  }>(
    `SELECT v.text,
            (SELECT coalesce(json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")), '[]')
               FROM block b
              WHERE b.project_id = v.project_id AND b.document_version_id = v.id) AS blocks
       FROM document_version v WHERE v.project_id = $1 AND v.id = $2`,
    [projectId, documentVersionId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No document version ${documentVersionId} to mask.`);
  const text = maskSource(row.text, row.blocks, { outlet, author, url });
  const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
  const shown = { text: indexText(text), sha256 };
  masked.set(key, shown);
  const oldest = masked.keys().next().value;
  if (masked.size > KEPT && oldest !== undefined) masked.delete(oldest);
  return shown;
}

/** Annotations with the words that the annotator sees. */
export function shownAnnotations(
  data: AnnotationStateData,
  { text }: ShownText,
): AnnotationStateData {
  return {
    ...data,
    spans: data.spans.map((span) => ({ ...span, ranges: requoted(span.ranges, text) })),
  };
}

type GuardedSet = { document_version_id: string; source: GuardedSource };

/** Operations as the log holds them, with the words that the annotator sees. */
export async function shownLog(
  projectId: string,
  { document_version_id: versionId, source }: GuardedSet,
  operations: StoredOperation[],
): Promise<StoredOperation[]> {
  if (!source.isBlind) return operations;
  const { text } = await maskedText(projectId, versionId, source);
  return operations.map((each) => shownOperation(each, text));
}

/** What stands between a client and the stored text while it sends operations. */
export type View = {
  /** Of the text that the client shows. */
  sha256: string;
  /** Operations over the words that the client shows, as operations over the stored text. */
  toReal: (operations: Operation[]) => Operation[];
  /** An answer to these operations in which nothing quotes what is hidden. */
  tell: (answer: BatchAnswer, operations: readonly Operation[]) => BatchAnswer;
};

/** How the annotator of a set sees its text: as it is stored, or with its source masked. */
export async function viewOf(
  projectId: string,
  { document_version_id: versionId, source }: GuardedSet,
  real: { text: TextIndex; textSha256: string },
): Promise<View> {
  if (!source.isBlind) {
    return {
      sha256: real.textSha256,
      toReal: (operations) => realOperations(operations, real.text, real.text),
      tell: (answer) => answer,
    };
  }
  const shown = await maskedText(projectId, versionId, source);
  return {
    sha256: shown.sha256,
    toReal: (operations) => realOperations(operations, shown.text, real.text),
    tell: (answer, operations) => shownAnswer(answer, operations, shown.text),
  };
}

/**
 * A quote that does not read as what is shown gets no words, so that it is refused whatever the text
 * says: nobody learns of a hidden word by guessing it. Signs masked in the quote and shown by now are
 * taken, so that marks survive a source that is no longer hidden.
 */
function realOperations(operations: Operation[], shown: TextIndex, real: TextIndex): Operation[] {
  const isMasked = shown !== real;
  const requote = (ranges: readonly QuotedRange[]) =>
    ranges.map((range) => {
      const { start, end, quote } = range;
      if (!isMasked && !quote.includes(MASK)) return range;
      if (end > shown.length || start >= end) return range;
      const fits = fitsMasked(quote, shown.slice(start, end));
      return { ...range, quote: fits ? real.slice(start, end) : "" };
    });
  return operations.map((each) => ({ ...each, change: withRanges(each.change, requote) }));
}

/** What is missing at a submit is told by quotes of the stored text, so it is told without. */
function shownAnswer(
  answer: BatchAnswer,
  operations: readonly Operation[],
  text: TextIndex,
): BatchAnswer {
  const submits = new Set(
    operations.filter(({ change }) => change.kind === "submit").map(({ id }) => id),
  );
  return {
    ...answer,
    missed: answer.missed.map((each) => shownOperation(each, text)),
    results: answer.results.map((each) =>
      each.outcome === "refused" && submits.has(each.id)
        ? { ...each, message: "Something is still to be answered: see the list beside the text." }
        : each,
    ),
  };
}

function shownOperation(operation: StoredOperation, text: TextIndex): StoredOperation {
  const change = withRanges(operation.change, (ranges) => requoted(ranges, text));
  return { ...operation, change };
}

function requoted(ranges: readonly QuotedRange[], text: TextIndex): QuotedRange[] {
  return ranges.map((range) => ({ ...range, quote: text.slice(range.start, range.end) }));
}

function withRanges(
  change: Change,
  requote: (ranges: readonly QuotedRange[]) => QuotedRange[],
): Change {
  if (change.kind === "move_span") return { ...change, ranges: requote(change.ranges) };
  if (change.kind !== "add_span") return change;
  return { ...change, span: { ...change.span, ranges: requote(change.span.ranges) } };
}

/** Where a document comes from, and its words as they are. */
export type RevealedSource = {
  title: string;
  shownTitle: string;
  outlet: string | null;
  author: string | null;
  publishedOn: string | null;
  url: string | null;
  text: string;
};

/** Shows the source of a document that the caller submitted without knowing it; noted in the log. */
export const revealSource = defineUseCase({
  name: "revealSource",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, caller): Promise<Result<RevealedSource>> {
    const { rows } = await pool().query<
      Omit<RevealedSource, "shownTitle"> & { state: string; source: GuardedSource }
    >(
      `SELECT a.state, d.title, d.outlet, d.author, d.url, v.text,
              to_char(d.published_on, 'YYYY-MM-DD') AS "publishedOn",
              ${guardedSource("d", "r")} AS source
         FROM assignment a
         JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
         JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
         JOIN document_version v ON v.project_id = a.project_id AND v.id = a.document_version_id
        WHERE a.project_id = $1 AND a.id = $2`,
      [caller.projectId, assignmentId],
    );
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This document is not there.");
    const { state, source, ...revealed } = row;
    if (source.isBlind && state !== "submitted") {
      return failure("closed", "The source is shown once you have submitted this document.");
    }
    if (source.isBlind) {
      await recordAudit(caller, {
        action: "source.revealed",
        targetType: "assignment",
        targetId: assignmentId,
      });
    }
    return success({ ...revealed, shownTitle: shownWords(row.title, source) });
  },
});

/** The title of the caller's document as they may read it, and whether its source is hidden. */
export const readSourceState = defineUseCase({
  name: "readSourceState",
  permission: "assignment.work",
  scope: "assignment",
  input: z.strictObject({ assignmentId: z.uuid() }),
  async run({ assignmentId }, { projectId }) {
    const { rows } = await pool().query<{ title: string; state: string; source: GuardedSource }>(
      `SELECT d.title, a.state, ${guardedSource("d", "r")} AS source
         FROM assignment a
         JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
         JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id
        WHERE a.project_id = $1 AND a.id = $2`,
      [projectId, assignmentId],
    );
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This document is not there.");
    return success({
      title: shownWords(row.title, row.source),
      isBlind: row.source.isBlind,
      isSubmitted: row.state === "submitted",
    });
  },
});
