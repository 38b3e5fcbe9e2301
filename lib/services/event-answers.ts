import "server-only";
import { z } from "zod";
import {
  applyEventChange,
  type EventAnswer,
  type EventChange,
  eventCodebook,
} from "@/lib/domain/annotation/event-answers";
import { MOST } from "@/lib/domain/annotation/limits";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import { failure, type Result, success } from "@/lib/domain/result";
import { isStorable } from "@/lib/domain/text/storable";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { type GuardedSource, guardedSource, shownWords } from "./blind-source";
import { type EntityChoice, readEventChoices } from "./entities";
import { IS_LET_IN } from "./onboarding-gate";
import { holdingLiveProject, type Queryable } from "./project-store";
import { defineUseCase } from "./use-case";

/** An event that the caller is asked about, as the caller may see it. */
export type EventQuestions = {
  projectId: string;
  eventId: string;
  name: string;
  round: string;
  isOpen: boolean;
  /** The event layers of the codebook as layers of a document (lib/domain/annotation/event-answers.ts). */
  codebook: Codebook;
  entities: EntityChoice[];
  answers: EventAnswer[];
  revision: number;
  /** The caller's own documents of the event. */
  documents: { assignmentId: string; title: string }[];
};

export type ListedEventQuestions = { eventId: string; name: string; answers: number };

const text = (most: number) =>
  z.string().min(1).max(most).refine(isStorable, "A broken character.");

const change = z.strictObject({
  kind: z.enum(["give", "take_back"]),
  layer: text(80),
  label: text(80),
  value: text(MOST.choice).nullable().default(null),
  entity: text(MOST.entity).optional(),
});
const oneEvent = { projectId: z.uuid(), eventId: z.uuid() };

/** The events that the caller has documents of and is asked about, in their latest round. */
export const listEventQuestions = defineUseCase({
  name: "listEventQuestions",
  permission: "event.answer",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<ListedEventQuestions[]>> {
    const { rows } = await pool().query<Mine>(MINE, [projectId, userId, null]);
    const asked = latestOfEach(rows);
    const kept = await readKept(pool(), projectId, asked);
    return success(
      asked.map((each) => ({
        eventId: each.eventId,
        name: shownAll(each.name, each.documents),
        answers: kept.get(keyOf(each))?.answers.length ?? 0,
      })),
    );
  },
});

/** The questions about one event, with the caller's own answers and nobody else's. Changes nothing. */
export const openEventQuestions = defineUseCase({
  name: "openEventQuestions",
  permission: "event.answer",
  scope: "project",
  input: z.strictObject(oneEvent),
  async run({ projectId, eventId }, { userId }): Promise<Result<EventQuestions>> {
    const mine = await findMine(pool(), { projectId, eventId, userId });
    const codebook = mine === null ? null : codebookOf(mine);
    if (mine === null || codebook === null) return notAsked();
    const [entities, kept] = await Promise.all([
      readEventChoices(projectId, eventId),
      readKept(pool(), projectId, [mine]),
    ]);
    const { documents } = mine;
    const own = kept.get(keyOf(mine));
    return success({
      projectId,
      eventId,
      name: shownAll(mine.name, documents),
      round: mine.round,
      isOpen: mine.isOpen,
      codebook: { ...codebook.codebook, guidelines: "", mappings: [] },
      entities: entities.map((each) => ({ ...each, name: shownAll(each.name, documents) })),
      answers: own?.answers ?? [],
      revision: own?.revision ?? 0,
      documents: documents.map(({ assignmentId, title, source }) => ({
        assignmentId,
        title: shownWords(title, source),
      })),
    });
  },
});

/** What became of the changes of answers about an event, and the answers after them. */
type EventAnswered = {
  revision: number;
  answers: EventAnswer[];
  refused: { id: string; message: string }[];
};

/**
 * Gives and takes back answers about an event. Each change is kept in a log, judged as labels of documents
 * are; one that is stored already does nothing, and one that is refused does not stop the others.
 */
export const answerEvent = defineUseCase({
  name: "answerEvent",
  permission: "event.answer",
  scope: "project",
  input: z.strictObject({
    ...oneEvent,
    operations: z
      .array(z.strictObject({ id: z.uuid(), madeAt: z.iso.datetime(), change }))
      .min(1)
      .max(100),
  }),
  run({ projectId, eventId, operations }, { userId }): Promise<Result<EventAnswered>> {
    return holdingLiveProject(projectId, async (client): Promise<Result<EventAnswered>> => {
      const mine = await findMine(client, { projectId, eventId, userId });
      const codebook = mine === null ? null : codebookOf(mine);
      if (mine === null || codebook === null) return notAsked();
      if (!mine.isOpen) return failure("closed", "This round is over. Ask your project lead.");
      const set = await takeSet(client, projectId, mine);
      const choices = await readEventChoices(projectId, eventId);
      const entities = new Set(choices.map(({ key }) => key));
      const known = await readKnown(client, projectId, { setId: set.id, operations });
      if (known.foreign) return failure("invalid", "An id belongs to something else.");
      const fresh = operations.filter(({ id }) => !known.ids.has(id));
      const { written, refused, answers } = judgeAll(set.answers, fresh, { codebook, entities });
      const revision = set.revision + written.length;
      await client.query(WRITE, [
        projectId,
        set.id,
        set.revision,
        userId,
        JSON.stringify(written),
        JSON.stringify(answers),
        mine.codebookVersionId,
      ]);
      return success({ revision, answers, refused });
    });
  },
});

type EventOperation = { id: string; madeAt: string; change: EventChange };

/** Judges changes one after the other, each once. */
function judgeAll(
  before: readonly EventAnswer[],
  operations: readonly EventOperation[],
  { codebook, entities }: { codebook: CodebookIndex; entities: ReadonlySet<string> },
) {
  const written: (EventOperation & { outcome: string })[] = [];
  const refused: EventAnswered["refused"] = [];
  let answers: readonly EventAnswer[] = before;
  for (const operation of operations) {
    if (written.some(({ id }) => id === operation.id)) continue;
    const judged = applyEventChange(answers, operation.change, codebook, entities);
    answers = judged.answers;
    if (judged.outcome !== "refused") written.push({ ...operation, outcome: judged.outcome });
    else refused.push({ id: operation.id, message: judged.message ?? "" });
  }
  return { written, refused, answers: [...answers] };
}

type Mine = {
  eventId: string;
  name: string;
  annotatorId: string;
  roundId: string;
  round: string;
  isOpen: boolean;
  codebookVersionId: string;
  content: unknown;
  documents: { assignmentId: string; title: string; source: GuardedSource }[];
};

/** $1 project, $2 user, $3 event or all. A row for each event and round, the latest round first. */
const MINE = `
SELECT e.id AS "eventId", e.name, n.id AS "annotatorId", r.id AS "roundId", r.name AS round,
       (r.opens_at IS NULL OR r.opens_at <= now()) AND (r.closes_at IS NULL OR r.closes_at > now()) AS "isOpen",
       r.codebook_version_id AS "codebookVersionId", c.content,
       json_agg(json_build_object('assignmentId', a.id, 'title', d.title,
                                  'source', ${guardedSource("d", "r")}) ORDER BY d.seq) AS documents
  FROM annotator n
  JOIN assignment a ON a.project_id = n.project_id AND a.annotator_id = n.id AND a.withdrawn_at IS NULL
  JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
  JOIN codebook_version c ON c.project_id = r.project_id AND c.id = r.codebook_version_id
  JOIN document d ON d.project_id = a.project_id AND d.id = a.document_id AND d.archived_at IS NULL
  JOIN event e ON e.project_id = d.project_id AND e.id = d.event_id
 WHERE n.project_id = $1 AND n.user_id = $2 AND ($3::uuid IS NULL OR e.id = $3) AND ${IS_LET_IN}
   AND c.content @> '{"layers": [{"level": "event"}]}'
 GROUP BY e.id, e.name, n.id, r.id, r.name, r.position, r.opens_at, r.closes_at, r.codebook_version_id,
          c.content
 ORDER BY e.name, e.id, r.position DESC
 LIMIT 500`;

async function findMine(
  client: Queryable,
  { projectId, eventId, userId }: { projectId: string; eventId: string; userId: string },
): Promise<Mine | null> {
  const { rows } = await client.query<Mine>(MINE, [projectId, userId, eventId]);
  return latestOfEach(rows)[0] ?? null;
}

/** Of each event the latest round; none whose codebook asks nothing of events any more. */
function latestOfEach(rows: readonly Mine[]): Mine[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    if (seen.has(row.eventId) || codebookOf(row) === null) return false;
    seen.add(row.eventId);
    return true;
  });
}

function codebookOf({ content }: Mine) {
  return eventCodebook(codebookSchema.parse(content));
}

function shownAll(words: string, documents: Mine["documents"]): string {
  return documents.reduce((shown, { source }) => shownWords(shown, source), words);
}

type Kept = { eventId: string; roundId: string; answers: EventAnswer[]; revision: number };

const keyOf = ({ eventId, roundId }: Pick<Kept, "eventId" | "roundId">) => `${eventId} ${roundId}`;

async function readKept(
  client: Queryable,
  projectId: string,
  of: readonly Mine[],
): Promise<ReadonlyMap<string, Kept>> {
  const { rows } = await client.query<Kept>(
    `SELECT event_id AS "eventId", round_id AS "roundId", answers, revision FROM event_set
      WHERE project_id = $1 AND annotator_id = $2::uuid AND event_id = ANY($3::uuid[])`,
    [projectId, of[0]?.annotatorId ?? null, of.map(({ eventId }) => eventId)],
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** The set of answers, made where there is none. Held, so that two tabs come one after the other. */
async function takeSet(
  client: Queryable,
  projectId: string,
  { eventId, annotatorId, roundId, codebookVersionId }: Mine,
): Promise<{ id: string; revision: number; answers: EventAnswer[] }> {
  await client.query(
    `INSERT INTO event_set (project_id, id, event_id, annotator_id, round_id, codebook_version_id)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (project_id, event_id, annotator_id, round_id) DO NOTHING`,
    [projectId, newId(), eventId, annotatorId, roundId, codebookVersionId],
  );
  const { rows } = await client.query<{ id: string; revision: number; answers: EventAnswer[] }>(
    `SELECT id, revision, answers FROM event_set
      WHERE project_id = $1 AND event_id = $2 AND annotator_id = $3 AND round_id = $4
        FOR NO KEY UPDATE`,
    [projectId, eventId, annotatorId, roundId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("A set of answers was not made.");
  return row;
}

async function readKnown(
  client: Queryable,
  projectId: string,
  { setId, operations }: { setId: string; operations: readonly { id: string }[] },
): Promise<{ ids: ReadonlySet<string>; foreign: boolean }> {
  const { rows } = await client.query<{ id: string; own: boolean }>(
    `SELECT id, set_id = $3 AS own FROM event_operation
      WHERE project_id = $1 AND id = ANY($2::uuid[])`,
    [projectId, operations.map(({ id }) => id), setId],
  );
  return { ids: new Set(rows.map(({ id }) => id)), foreign: rows.some(({ own }) => !own) };
}

/** Log and projection, in one statement. */
const WRITE = `
WITH logged AS (
  INSERT INTO event_operation (project_id, id, set_id, revision, body, outcome, user_id, made_at)
  SELECT $1, (o.each ->> 'id')::uuid, $2, $3::int + o.place, o.each -> 'change',
         (o.each ->> 'outcome')::operation_outcome, $4, (o.each ->> 'madeAt')::timestamptz
    FROM jsonb_array_elements($5::jsonb) WITH ORDINALITY AS o(each, place)
)
UPDATE event_set
   SET revision = $3::int + jsonb_array_length($5::jsonb), answers = $6::jsonb, updated_at = now(),
       codebook_version_id = $7::uuid
 WHERE project_id = $1 AND id = $2 AND jsonb_array_length($5::jsonb) > 0`;

function notAsked<T>(): Result<T> {
  return failure("not_found", "You are not asked about this event.");
}
