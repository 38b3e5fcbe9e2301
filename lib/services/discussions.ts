import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { type GuardedSource, maskedText, SOURCE_FOR_READER, shownWords } from "./blind-source";
import { nameInput, pageInput, proseInput } from "./inputs";
import { inTransaction } from "./project-store";
import { IS_OPEN_TO_CALLER } from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";

/** What a thread is about. Offsets are code points of the document's version. */
export type DiscussionSubject =
  | { kind: "document"; documentId: string; title: string }
  | {
      kind: "span";
      documentId: string;
      title: string;
      start: number;
      end: number;
      quote: string;
    }
  | { kind: "label"; layer: string; label: string };

export type DiscussionRow = {
  discussionId: string;
  title: string;
  subject: DiscussionSubject;
  round: string | null;
  by: string;
  /** Days, in UTC. */
  on: string;
  resolvedBy: string | null;
  resolvedOn: string | null;
  messages: number;
  lastAt: string;
  /** Whether the caller is named in a message that they have not seen. */
  isMentioned: boolean;
};

/**
 * Whether the caller may see thread `t` about document `d`. Whoever still has to annotate the document
 * sees nothing of it; annotators see only what they have submitted themselves, since the queue may give
 * them any other. $1 project, $2 caller, $3 whether the caller is an annotator.
 */
const IS_VISIBLE = `
  (t.document_id IS NULL OR (d.archived_at IS NULL AND ${IS_OPEN_TO_CALLER}
    AND (NOT $3::boolean OR EXISTS (
      SELECT 1 FROM assignment mine
        JOIN annotator self ON self.project_id = mine.project_id AND self.id = mine.annotator_id
       WHERE mine.project_id = $1 AND mine.document_id = d.id AND self.user_id = $2
         AND mine.state = 'submitted' AND mine.withdrawn_at IS NULL))))`;

/** As `IS_VISIBLE` names its parameters. */
function visibleTo({ projectId, userId, projectRole, instanceRole }: Caller): unknown[] {
  return [
    projectId,
    userId,
    projectRole === "annotator" || (projectRole === null && instanceRole !== "admin"),
  ];
}

/** The name under which people meet in threads: leads know their team, others see pseudonyms. */
const SHOWN_NAME = `coalesce(CASE WHEN $4::boolean OR w.user_id IS NULL THEN w.name END, w.pseudonym, w.name, 'Somebody')`;

const PEOPLE = `
  SELECT u.id AS user_id, u.name, n.pseudonym FROM "user" u
    LEFT JOIN annotator n ON n.project_id = $1 AND n.user_id = u.id`;

const SUBJECT = `
  CASE WHEN t.layer_key IS NOT NULL
         THEN json_build_object('kind', 'label', 'layer', t.layer_key, 'label', t.label_key)
       WHEN t.start IS NULL
         THEN json_build_object('kind', 'document', 'documentId', d.id, 'title', d.title)
       ELSE json_build_object('kind', 'span', 'documentId', d.id, 'title', d.title,
                              'start', t.start, 'end', t."end", 'quote', t.quote) END`;

/** A row as it is read; what the reader may not know of the source is masked in it before it is shown. */
type StoredRow = DiscussionRow & { source: GuardedSource | null; versionId: string | null };

const ROW = `
  CASE WHEN d.id IS NOT NULL AND NOT $4::boolean THEN ${SOURCE_FOR_READER} END AS source,
  t.document_version_id AS "versionId",
  t.id AS "discussionId", t.title, ${SUBJECT} AS subject, r.name AS round,
  (SELECT ${SHOWN_NAME} FROM (${PEOPLE}) w WHERE w.user_id = t.created_by_id) AS by,
  to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS on,
  (SELECT ${SHOWN_NAME} FROM (${PEOPLE}) w WHERE w.user_id = t.resolved_by_id) AS "resolvedBy",
  to_char(t.resolved_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "resolvedOn",
  (SELECT count(*)::int FROM discussion_message m
    WHERE m.project_id = $1 AND m.discussion_id = t.id AND m.removed_at IS NULL) AS messages,
  (SELECT to_char(max(m.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM discussion_message m
    WHERE m.project_id = $1 AND m.discussion_id = t.id) AS "lastAt",
  EXISTS (SELECT 1 FROM discussion_message m JOIN discussion_mention x
             ON x.project_id = m.project_id AND x.message_id = m.id
           WHERE m.project_id = $1 AND m.discussion_id = t.id AND m.removed_at IS NULL
             AND x.user_id = $2 AND x.seen_at IS NULL) AS "isMentioned"`;

const FROM = `
  FROM discussion t
  LEFT JOIN document d ON d.project_id = t.project_id AND d.id = t.document_id
  LEFT JOIN round r ON r.project_id = t.project_id AND r.id = t.round_id
 WHERE t.project_id = $1 AND ${IS_VISIBLE}`;

const PAGE = 50;

const filterInput = {
  state: z.enum(["open", "resolved", "all"]).default("open"),
  about: z.enum(["span", "document", "label"]).optional(),
  documentId: z.uuid().optional(),
  roundId: z.uuid().optional(),
  /** Only threads in which the caller is named. */
  mine: z.enum(["all", "mentioned"]).default("all"),
};

/** The threads of a project that the caller may see, newest first, fifty at a time. */
export const listDiscussions = defineUseCase({
  name: "listDiscussions",
  permission: "discussion.take_part",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), ...filterInput, after: pageInput }),
  async run({ state, about, documentId, roundId, mine, after }, caller) {
    const { rows } = await pool().query<StoredRow & { seq: string }>(LIST, [
      ...visibleTo(caller),
      knowsTeam(caller),
      state,
      about ?? null,
      documentId ?? null,
      roundId ?? null,
      mine === "mentioned",
      after ?? null,
      PAGE + 1,
    ]);
    const shown = rows.slice(0, PAGE);
    return success({
      discussions: await Promise.all(
        shown.map(({ seq: _, ...row }) => shownRow(caller.projectId, row)),
      ),
      next: rows.length > PAGE ? (shown.at(-1)?.seq ?? null) : null,
    });
  },
});

const LIST = `
SELECT t.seq, ${ROW} ${FROM}
   AND CASE $5::text WHEN 'open' THEN t.resolved_at IS NULL WHEN 'resolved' THEN t.resolved_at IS NOT NULL ELSE true END
   AND CASE $6::text WHEN 'span' THEN t.start IS NOT NULL WHEN 'document' THEN t.document_id IS NOT NULL AND t.start IS NULL
                     WHEN 'label' THEN t.layer_key IS NOT NULL ELSE true END
   AND ($7::uuid IS NULL OR t.document_id = $7) AND ($8::uuid IS NULL OR t.round_id = $8)
   AND (NOT $9::boolean OR EXISTS (SELECT 1 FROM discussion_message m JOIN discussion_mention x
             ON x.project_id = m.project_id AND x.message_id = m.id
           WHERE m.project_id = $1 AND m.discussion_id = t.id AND m.removed_at IS NULL AND x.user_id = $2))
   AND ($10::bigint IS NULL OR t.seq < $10)
 ORDER BY t.seq DESC LIMIT $11`;

/** What somebody wrote. `body` is null once it was taken back. */
export type Message = {
  messageId: string;
  by: string;
  isOwn: boolean;
  body: string | null;
  at: string;
  mentions: string[];
};

export type OpenedDiscussion = DiscussionRow & {
  thread: Message[];
  /** Members who can be named, by the name the caller knows. */
  members: { userId: string; name: string }[];
};

/** One thread with its messages; what names the caller counts as seen from then on. */
export const openDiscussion = defineUseCase({
  name: "openDiscussion",
  permission: "discussion.take_part",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), discussionId: z.uuid() }),
  async run({ projectId, discussionId }, caller): Promise<Result<OpenedDiscussion>> {
    const found = await findDiscussion(caller, discussionId);
    if (found === null) return failure("not_found", NOT_HERE);
    const params = [projectId, caller.userId, knowsTeam(caller)];
    const [row, thread, members] = await Promise.all([
      shownRow(projectId, found),
      pool().query<Message>(MESSAGES, [...params, discussionId]),
      listMembersByName(caller),
    ]);
    if (found.isMentioned) await pool().query(SEEN, [projectId, caller.userId, discussionId]);
    return success({ ...row, thread: shownThread(thread.rows, found), members });
  },
});

/** A row without what its reader may not know of the document's source. */
async function shownRow(
  projectId: string,
  { source, versionId, ...row }: StoredRow,
): Promise<DiscussionRow> {
  const { subject } = row;
  if (source === null || !source.isBlind || subject.kind === "label") return row;
  const title = shownWords(row.title, source);
  const about = { ...subject, title: shownWords(subject.title, source) };
  if (about.kind === "document" || versionId === null) return { ...row, title, subject: about };
  const { text } = await maskedText(projectId, versionId, source);
  const quote = text.slice(codePoint(about.start), codePoint(about.end));
  return { ...row, title, subject: { ...about, quote } };
}

function shownThread(thread: Message[], { source }: Pick<StoredRow, "source">): Message[] {
  if (source === null || !source.isBlind) return thread;
  return thread.map((message) => ({
    ...message,
    body: message.body === null ? null : shownWords(message.body, source),
  }));
}

const NOT_HERE =
  "This discussion does not exist, or it is about a document that you still have to annotate.";

const MESSAGES = `
SELECT m.id AS "messageId",
       (SELECT ${SHOWN_NAME.replace("$4", "$3")} FROM (${PEOPLE}) w WHERE w.user_id = m.author_id) AS by,
       m.author_id = $2 AS "isOwn", CASE WHEN m.removed_at IS NULL THEN m.body END AS body,
       to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at,
       (SELECT coalesce(json_agg(${SHOWN_NAME.replace("$4", "$3")} ORDER BY w.user_id), '[]')
          FROM discussion_mention x JOIN (${PEOPLE}) w ON w.user_id = x.user_id
         WHERE x.project_id = $1 AND x.message_id = m.id AND m.removed_at IS NULL) AS mentions
  FROM discussion_message m
 WHERE m.project_id = $1 AND m.discussion_id = $4 ORDER BY m.seq`;

const SEEN = `
UPDATE discussion_mention x SET seen_at = now() FROM discussion_message m
 WHERE x.project_id = $1 AND x.user_id = $2 AND x.seen_at IS NULL
   AND m.project_id = $1 AND m.id = x.message_id AND m.discussion_id = $3`;

const bodyInput = proseInput(5_000).refine((text) => text.trim() !== "", "Write something.");
const mentionsInput = z.array(z.uuid()).max(20).default([]);

/** Begins a thread on words of a document, on a document, or on a label. */
export const startDiscussion = defineUseCase({
  name: "startDiscussion",
  permission: "discussion.take_part",
  scope: "project",
  needsLiveProject: true,
  input: z.strictObject({
    projectId: z.uuid(),
    title: nameInput(300),
    body: bodyInput,
    mentions: mentionsInput,
    about: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("document"), documentId: z.uuid() }),
      z.strictObject({
        kind: z.literal("span"),
        documentId: z.uuid(),
        start: z.int().min(0),
        end: z.int().min(1),
      }),
      z.strictObject({
        kind: z.literal("label"),
        layer: z.string().min(1).max(80),
        label: z.string().min(1).max(80),
      }),
    ]),
  }),
  async run(input, caller): Promise<Result<{ discussionId: string }>> {
    const subject = await subjectOf(caller, input.about);
    if (!subject.ok) return subject;
    const discussionId = newId();
    const { projectId } = caller;
    return inTransaction(async (tx) => {
      await tx.discussion.create({
        data: {
          projectId,
          id: discussionId,
          title: input.title,
          createdById: caller.userId,
          ...subject.value,
        },
      });
      const refused = await writeMessage(tx, caller, { ...input, discussionId });
      return refused ?? success({ discussionId });
    });
  },
});

type Subject = {
  documentId?: string;
  documentVersionId?: string;
  start?: number;
  end?: number;
  quote?: string;
  layerKey?: string;
  labelKey?: string;
  roundId?: string | null;
};

/** What is written down of the subject, if the caller may talk about it. */
async function subjectOf(
  caller: Caller,
  about:
    | { kind: "document"; documentId: string }
    | { kind: "span"; documentId: string; start: number; end: number }
    | { kind: "label"; layer: string; label: string },
): Promise<Result<Subject>> {
  if (about.kind === "label") {
    const { rows } = await pool().query(
      `SELECT 1 FROM label WHERE project_id = $1 AND layer_key = $2 AND key = $3 LIMIT 1`,
      [caller.projectId, about.layer, about.label],
    );
    if (rows.length === 0)
      return failure("invalid", "The codebook has no such label.", { place: "about" });
    return success({ layerKey: about.layer, labelKey: about.label });
  }
  const { rows } = await pool().query<{ versionId: string; text: string; roundId: string | null }>(
    TEXT,
    [...visibleTo(caller), about.documentId],
  );
  const text = rows[0];
  if (text === undefined) {
    return failure("not_found", "This document does not exist, or you still have to annotate it.");
  }
  const { documentId } = about;
  if (about.kind === "document") return success({ documentId, roundId: text.roundId });
  const index = indexText(text.text);
  if (about.start >= about.end || about.end > index.length) {
    return failure("invalid", "These words are not in the document.", { place: "about" });
  }
  const { start, end } = about;
  return success({
    documentId,
    documentVersionId: text.versionId,
    start,
    end,
    quote: [...text.text].slice(start, end).join(""),
    roundId: text.roundId,
  });
}

/** The newest text of a document that the caller may talk about, and the latest round it is in. */
const TEXT = `
SELECT v.id AS "versionId", v.text,
       (SELECT a.round_id FROM assignment a JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
         WHERE a.project_id = $1 AND a.document_id = d.id AND a.withdrawn_at IS NULL
           AND (NOT $3::boolean OR a.annotator_id IN (SELECT id FROM annotator WHERE project_id = $1 AND user_id = $2))
         ORDER BY r.position DESC LIMIT 1) AS "roundId"
  FROM document d
  JOIN document_version v ON v.project_id = d.project_id AND v.document_id = d.id
  CROSS JOIN LATERAL (SELECT d.id AS document_id) t
 WHERE d.project_id = $1 AND d.id = $4 AND d.archived_at IS NULL AND ${IS_VISIBLE}
 ORDER BY v.version DESC LIMIT 1`;

/** Adds a message to a thread. */
export const replyToDiscussion = defineUseCase({
  name: "replyToDiscussion",
  permission: "discussion.take_part",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    discussionId: z.uuid(),
    body: bodyInput,
    mentions: mentionsInput,
  }),
  async run(input, caller): Promise<Result<object>> {
    if ((await findDiscussion(caller, input.discussionId)) === null) {
      return failure("not_found", NOT_HERE);
    }
    return inTransaction(async (tx) => (await writeMessage(tx, caller, input)) ?? success({}));
  },
});

async function writeMessage(
  tx: Transaction,
  { projectId, userId }: Caller,
  message: { discussionId: string; body: string; mentions: string[] },
): Promise<Result<never> | null> {
  const mentions = [...new Set(message.mentions)];
  const members = await tx.membership.count({
    where: { projectId, userId: { in: mentions }, endedAt: null, role: { not: "viewer" } },
  });
  if (members !== mentions.length) {
    return failure("invalid", "Somebody named is no member of this project any more.", {
      place: "mentions",
    });
  }
  const id = newId();
  await tx.discussionMessage.create({
    data: {
      projectId,
      id,
      discussionId: message.discussionId,
      authorId: userId,
      body: message.body,
    },
  });
  await tx.discussionMention.createMany({
    data: mentions.map((each) => ({ projectId, messageId: id, userId: each })),
  });
  return null;
}

/** Takes an own message back; that there was one stays to be seen. */
export const removeMessage = defineUseCase({
  name: "removeMessage",
  permission: "discussion.take_part",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), discussionId: z.uuid(), messageId: z.uuid() }),
  async run({ projectId, discussionId, messageId }, caller): Promise<Result<object>> {
    if ((await findDiscussion(caller, discussionId)) === null)
      return failure("not_found", NOT_HERE);
    const { rowCount } = await pool().query(
      `UPDATE discussion_message SET removed_at = now()
        WHERE project_id = $1 AND id = $2 AND discussion_id = $3 AND author_id = $4 AND removed_at IS NULL`,
      [projectId, messageId, discussionId, caller.userId],
    );
    return rowCount === 0
      ? failure("closed", "Only your own messages can be taken back, once.")
      : success({});
  },
});

const stateInput = z.strictObject({ projectId: z.uuid(), discussionId: z.uuid() });

/** Puts a thread among those that are settled. */
export const resolveDiscussion = defineUseCase({
  name: "resolveDiscussion",
  permission: "discussion.take_part",
  scope: "project",
  input: stateInput,
  run: ({ discussionId }, caller) => changeState(caller, discussionId, "resolved"),
});

/** Takes a settled thread up again. */
export const reopenDiscussion = defineUseCase({
  name: "reopenDiscussion",
  permission: "discussion.take_part",
  scope: "project",
  input: stateInput,
  run: ({ discussionId }, caller) => changeState(caller, discussionId, "open"),
});

async function changeState(
  caller: Caller,
  discussionId: string,
  to: "open" | "resolved",
): Promise<Result<object>> {
  if ((await findDiscussion(caller, discussionId)) === null) return failure("not_found", NOT_HERE);
  const { projectId, userId } = caller;
  const { rowCount } = await pool().query(
    to === "resolved"
      ? `UPDATE discussion SET resolved_at = now(), resolved_by_id = $3
          WHERE project_id = $1 AND id = $2 AND resolved_at IS NULL`
      : `UPDATE discussion SET resolved_at = NULL, resolved_by_id = NULL
          WHERE project_id = $1 AND id = $2 AND resolved_at IS NOT NULL AND $3::uuid IS NOT NULL`,
    [projectId, discussionId, userId],
  );
  if (rowCount === 0) return failure("closed", "Somebody did this meanwhile. Reload the page.");
  await recordAudit(caller, {
    action: to === "resolved" ? "discussion.resolved" : "discussion.reopened",
    targetType: "discussion",
    targetId: discussionId,
  });
  return success({});
}

/** What can be talked about: documents that the caller may see talk of, and labels of the newest codebook. */
export const listDiscussable = defineUseCase({
  name: "listDiscussable",
  permission: "discussion.take_part",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, caller) {
    const [documents, labels, rounds, members] = await Promise.all([
      pool().query<{ documentId: string; title: string; source: GuardedSource }>(
        DISCUSSABLE,
        visibleTo(caller),
      ),
      pool().query<{ layer: string; label: string; name: string }>(LABELS, [projectId]),
      pool().query<{ roundId: string; name: string }>(
        `SELECT id AS "roundId", name FROM round WHERE project_id = $1 ORDER BY position`,
        [projectId],
      ),
      listMembersByName(caller),
    ]);
    return success({
      documents: documents.rows.map(({ documentId, title, source }) => ({
        documentId,
        title: knowsTeam(caller) ? title : shownWords(title, source),
      })),
      labels: labels.rows,
      rounds: rounds.rows,
      members,
    });
  },
});

/** Documents that somebody was given; newest first, as many as a list can hold. */
const DISCUSSABLE = `
SELECT d.id AS "documentId", d.title, ${SOURCE_FOR_READER} AS source FROM document d
  CROSS JOIN LATERAL (SELECT d.id AS document_id) t
 WHERE d.project_id = $1 AND d.archived_at IS NULL AND ${IS_VISIBLE}
 ORDER BY d.seq DESC LIMIT 500`;

const LABELS = `
SELECT l.layer_key AS layer, l.key AS label, l.name FROM label l
  JOIN codebook_version c ON c.project_id = l.project_id AND c.id = l.codebook_version_id
 WHERE l.project_id = $1 AND c.state = 'published' AND NOT l.is_archived
 ORDER BY l.layer_key, l.position`;

/** Threads of a round with all their messages, for reading through in a meeting. */
export const digestDiscussions = defineUseCase({
  name: "digestDiscussions",
  permission: "discussion.take_part",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    roundId: z.uuid().optional(),
    state: z.enum(["open", "resolved", "all"]).default("open"),
  }),
  async run({ projectId, roundId, state }, caller) {
    const rows = await pool().query<StoredRow>(DIGEST, [
      ...visibleTo(caller),
      knowsTeam(caller),
      state,
      roundId ?? null,
    ]);
    const discussions = await Promise.all(
      rows.rows.map(async (row) => {
        const params = [projectId, caller.userId, knowsTeam(caller), row.discussionId];
        const { rows: thread } = await pool().query<Message>(MESSAGES, params);
        return { ...(await shownRow(projectId, row)), thread: shownThread(thread, row) };
      }),
    );
    return success({ discussions });
  },
});

/** Threads on labels belong to every round. */
const DIGEST = `
SELECT ${ROW} ${FROM}
   AND CASE $5::text WHEN 'open' THEN t.resolved_at IS NULL WHEN 'resolved' THEN t.resolved_at IS NOT NULL ELSE true END
   AND ($6::uuid IS NULL OR t.round_id = $6 OR t.layer_key IS NOT NULL)
 ORDER BY t.layer_key, t.label_key, d.seq, t.start NULLS FIRST, t.seq LIMIT 200`;

async function findDiscussion(caller: Caller, discussionId: string): Promise<StoredRow | null> {
  const { rows } = await pool().query<StoredRow>(`SELECT ${ROW} ${FROM} AND t.id = $5`, [
    ...visibleTo(caller),
    knowsTeam(caller),
    discussionId,
  ]);
  return rows[0] ?? null;
}

async function listMembersByName(caller: Caller): Promise<{ userId: string; name: string }[]> {
  const { rows } = await pool().query<{ userId: string; name: string }>(
    `SELECT w.user_id AS "userId", ${SHOWN_NAME.replace("$4", "$3")} AS name
       FROM (${PEOPLE}) w
       JOIN membership m ON m.project_id = $1 AND m.user_id = w.user_id AND m.ended_at IS NULL
      WHERE m.role <> 'viewer' AND w.user_id <> $2 ORDER BY name`,
    [caller.projectId, caller.userId, knowsTeam(caller)],
  );
  return rows;
}

function knowsTeam({ projectRole, instanceRole }: Caller): boolean {
  return projectRole === "lead" || instanceRole === "admin";
}
