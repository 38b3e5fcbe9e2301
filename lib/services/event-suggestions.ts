import "server-only";
import { z } from "zod";
import { Coverage, type Report, reportTerms } from "@/lib/domain/corpus/event-suggestion";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { findOrMakeEvents } from "./event-store";
import { nameInput } from "./inputs";
import { queueJob } from "./job-runs";
import { holdingLiveProject, inLiveProject, type Queryable } from "./project-store";
import { defineUseCase } from "./use-case";

/** Documents that seem to report on one event. */
export type SuggestedEvent = {
  suggestionId: string;
  name: string;
  /** The event that they would be added to. */
  event: string | null;
  words: string[];
  /** From 0 to 1. */
  score: number;
  documents: {
    documentId: string;
    title: string;
    outlet: string | null;
    publishedOn: string | null;
  }[];
};

/** Suggestions that nobody has decided on, the surest first, up to a hundred. */
export const listEventSuggestions = defineUseCase({
  name: "listEventSuggestions",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<SuggestedEvent[]>> {
    const { rows } = await pool().query<SuggestedEvent>(
      `SELECT s.id AS "suggestionId", s.name, e.name AS event, s.words, s.score,
              (SELECT json_agg(json_build_object('documentId', d.id, 'title', d.title, 'outlet', d.outlet,
                        'publishedOn', to_char(d.published_on, 'YYYY-MM-DD'))
                        ORDER BY d.published_on, d.outlet, d.seq)
                 FROM document d
                WHERE d.project_id = $1 AND d.id = ANY(s.document_ids)) AS documents
         FROM event_suggestion s
         LEFT JOIN event e ON e.project_id = s.project_id AND e.id = s.event_id
        WHERE s.project_id = $1 AND s.state = 'proposed' ORDER BY s.score DESC, s.id LIMIT 100`,
      [projectId],
    );
    return success(rows);
  },
});

/** Groups the documents of a suggestion under an event, new or the one that it names. */
export const acceptEventSuggestion = defineUseCase({
  name: "acceptEventSuggestion",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    suggestionId: z.uuid(),
    name: nameInput().optional(),
  }),
  async run({ projectId, suggestionId, name }, caller): Promise<Result<{ eventId: string }>> {
    const accepted = await holdingLiveProject(
      projectId,
      async (client): Promise<Result<{ eventId: string }>> => {
        const suggestion = await decide(client, projectId, {
          suggestionId,
          state: "accepted",
          userId: caller.userId,
        });
        if (suggestion === null) return alreadyDecided();
        const eventId =
          suggestion.eventId ?? (await makeEvent(client, projectId, name ?? suggestion.name));
        const added = await client.query<{ id: string }>(
          `UPDATE document SET event_id = $3
          WHERE project_id = $1 AND id = ANY($2::uuid[]) AND event_id IS NULL
      RETURNING id`,
          [projectId, suggestion.documentIds, eventId],
        );
        await client.query(
          `UPDATE event_suggestion SET event_id = $3, had_event = event_id IS NOT NULL, added_ids = $4
            WHERE project_id = $1 AND id = $2`,
          [projectId, suggestionId, eventId, added.rows.map(({ id }) => id)],
        );
        return success({ eventId });
      },
    );
    if (accepted.ok) await note(caller, "event.accepted", accepted.value.eventId);
    return accepted;
  },
});

/** Says no to a suggestion; it is not made again. */
export const rejectEventSuggestion = defineUseCase({
  name: "rejectEventSuggestion",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), suggestionId: z.uuid() }),
  async run({ projectId, suggestionId }, caller): Promise<Result<null>> {
    const suggestion = await decide(pool(), projectId, {
      suggestionId,
      state: "rejected",
      userId: caller.userId,
    });
    if (suggestion === null) return alreadyDecided();
    await note(caller, "event.rejected", suggestionId);
    return success(null);
  },
});

/**
 * Takes a decision back: the suggestion is open again. The documents that accepting it added, and that
 * are in its event still, have none again; those that the event had before stay.
 */
export const reopenEventSuggestion = defineUseCase({
  name: "reopenEventSuggestion",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), suggestionId: z.uuid() }),
  async run({ projectId, suggestionId }, caller): Promise<Result<null>> {
    const reopened = await holdingLiveProject(projectId, async (client): Promise<Result<null>> => {
      const { rows } = await client.query<{
        eventId: string | null;
        addedIds: string[];
        isMade: boolean;
      }>(
        `UPDATE event_suggestion s
            SET state = 'proposed', decided_at = NULL, decided_by_id = NULL, added_ids = '{}',
                event_id = CASE WHEN s.state = 'accepted' AND NOT s.had_event THEN NULL
                                ELSE s.event_id END
           FROM event_suggestion o
          WHERE s.project_id = $1 AND s.id = $2 AND s.state <> 'proposed'
            AND o.project_id = $1 AND o.id = s.id
      RETURNING o.event_id AS "eventId", o.added_ids AS "addedIds",
                o.state = 'accepted' AND NOT o.had_event AS "isMade"`,
        [projectId, suggestionId],
      );
      const [before] = rows;
      if (before === undefined) return alreadyDecided();
      if (before.addedIds.length > 0) {
        await client.query(
          `UPDATE document SET event_id = NULL
            WHERE project_id = $1 AND id = ANY($2::uuid[]) AND event_id = $3`,
          [projectId, before.addedIds, before.eventId],
        );
      }
      if (before.isMade) {
        await client.query(
          `UPDATE event e SET archived_at = now()
            WHERE e.project_id = $1 AND e.id = $2
              AND NOT EXISTS (SELECT FROM document d WHERE d.project_id = $1 AND d.event_id = e.id)`,
          [projectId, before.eventId],
        );
      }
      return success(null);
    });
    if (reopened.ok) await note(caller, "event.reopened", suggestionId);
    return reopened;
  },
});

/** Has all documents without an event compared anew, in the background. */
export const requestEventSuggestions = defineUseCase({
  name: "requestEventSuggestions",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  run({ projectId }, { userId }): Promise<Result<{ jobId: string }>> {
    return inLiveProject(projectId, async (tx) =>
      success({
        jobId: await queueJob(tx, {
          projectId,
          kind: "corpus",
          input: {},
          requestedBy: userId || null,
        }),
      }),
    );
  },
});

const PAGE = 2_000;
/** Characters of an opening that are compared. */
const OPENING = 900;
const MOST = 2_000;

/**
 * Proposes events among the live documents of a project, reprints left out. What nobody decided on is
 * made anew; what was rejected does not come back.
 */
export async function proposeEvents({
  projectId,
  progress = async () => {},
  signal,
}: {
  projectId: string;
  progress?: (done: number, total?: number) => Promise<void>;
  signal?: AbortSignal;
}): Promise<{ proposed: number }> {
  const coverage = await readCoverage(projectId, { progress, signal });
  const proposals = coverage.suggest().slice(0, MOST);
  const titles = await readTitles(
    projectId,
    proposals.flatMap(({ ids }) => ids[0] ?? []),
  );
  signal?.throwIfAborted();
  const stored = await holdingLiveProject(projectId, async (client) => {
    const rejected = await readRejected(client, projectId);
    const fresh = proposals.filter(({ ids }) => !rejected.some((old) => isLike(ids, old)));
    await client.query(
      `DELETE FROM event_suggestion WHERE project_id = $1 AND state = 'proposed'`,
      [projectId],
    );
    await client.query(
      `INSERT INTO event_suggestion (project_id, id, name, document_ids, words, score, event_id)
       SELECT $1, r.id, r.name, r.document_ids::uuid[], r.words, r.score, r.event_id
         FROM jsonb_to_recordset($2::jsonb)
              AS r(id uuid, name text, document_ids text[], words text[], score float8, event_id uuid)`,
      [
        projectId,
        JSON.stringify(
          fresh.map(({ ids, words, score, eventId }) => ({
            id: newId(),
            name: titles.get(ids[0] ?? "")?.slice(0, 200) ?? "",
            document_ids: ids,
            words,
            score,
            event_id: eventId,
          })),
        ),
      ],
    );
    return success({ proposed: fresh.length });
  });
  return stored.ok ? stored.value : { proposed: 0 };
}

async function readCoverage(
  projectId: string,
  {
    progress,
    signal,
  }: { progress: (done: number) => Promise<void>; signal: AbortSignal | undefined },
): Promise<Coverage> {
  const coverage = new Coverage();
  let done = 0;
  let after = "0";
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await pool().query<
      Omit<Report, "words"> & { seq: string; title: string; opening: string }
    >(REPORTS, [projectId, after, PAGE, OPENING]);
    for (const { seq, title, opening, ...report } of rows) {
      coverage.add({ ...report, words: reportTerms(title, opening) });
      after = seq;
    }
    done += rows.length;
    await progress(done);
    if (rows.length < PAGE) return coverage;
  }
}

async function readTitles(
  projectId: string,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool().query<{ id: string; title: string }>(
    `SELECT id, title FROM document WHERE project_id = $1 AND id = ANY($2::uuid[])`,
    [projectId, documentIds],
  );
  return new Map(rows.map(({ id, title }) => [id, title]));
}

const REPORTS = `
SELECT d.id, d.seq, d.title, d.outlet, d.event_id AS "eventId",
       d.published_on - DATE '1970-01-01' AS day, left(v.text, $4) AS opening
  FROM document d
  JOIN LATERAL (SELECT v.text FROM document_version v
                 WHERE v.project_id = d.project_id AND v.document_id = d.id
                 ORDER BY v.version DESC LIMIT 1) v ON true
 WHERE d.project_id = $1 AND d.seq > $2 AND d.archived_at IS NULL AND d.duplicate_of_id IS NULL
 ORDER BY d.seq LIMIT $3`;

async function readRejected(client: Queryable, projectId: string): Promise<Set<string>[]> {
  const { rows } = await client.query<{ document_ids: string[] }>(
    `SELECT document_ids FROM event_suggestion WHERE project_id = $1 AND state = 'rejected'`,
    [projectId],
  );
  return rows.map(({ document_ids }) => new Set(document_ids));
}

/** Whether half of the documents or more were rejected together. */
function isLike(ids: readonly string[], old: ReadonlySet<string>): boolean {
  return ids.filter((id) => old.has(id)).length * 2 >= Math.max(ids.length, old.size);
}

async function decide(
  client: Queryable,
  projectId: string,
  {
    suggestionId,
    state,
    userId,
  }: { suggestionId: string; state: "accepted" | "rejected"; userId: string },
): Promise<{ name: string; documentIds: string[]; eventId: string | null } | null> {
  const { rows } = await client.query<{
    name: string;
    documentIds: string[];
    eventId: string | null;
  }>(
    `UPDATE event_suggestion SET state = $3::suggestion_state, decided_at = now(), decided_by_id = $4
      WHERE project_id = $1 AND id = $2 AND state = 'proposed'
    RETURNING name, document_ids AS "documentIds", event_id AS "eventId"`,
    [projectId, suggestionId, state, userId || null],
  );
  return rows[0] ?? null;
}

async function makeEvent(client: Queryable, projectId: string, name: string): Promise<string> {
  const eventId = (await findOrMakeEvents(client, projectId, [name])).get(name);
  if (eventId === undefined) throw new Error("An event was not made.");
  return eventId;
}

function alreadyDecided<T>(): Result<T> {
  return failure("conflict", "Somebody decided on this meanwhile.");
}

function note(
  caller: Parameters<typeof recordAudit>[0],
  action: string,
  targetId: string,
): Promise<void> {
  return recordAudit(caller, { action, targetType: "event", targetId });
}
