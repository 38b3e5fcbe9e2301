import "server-only";
import { z } from "zod";
import {
  Coverage,
  OPENING,
  type Proposal,
  packTerms,
  type Report,
  reportTerms,
  termOf,
  WINDOW,
} from "@/lib/domain/corpus/event-suggestion";
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
          input: { anew: true },
          requestedBy: userId || null,
        }),
      }),
    );
  },
});

/** Forgets that documents were compared, and what was proposed and not decided on. */
export async function forgetComparisons(projectId: string): Promise<void> {
  await holdingLiveProject(projectId, async (client) => {
    await client.query(
      `UPDATE document_signature SET is_compared = false WHERE project_id = $1 AND is_compared`,
      [projectId],
    );
    await client.query(
      `DELETE FROM event_suggestion WHERE project_id = $1 AND state = 'proposed'`,
      [projectId],
    );
    return success(null);
  });
}

const PAGE = 2_000;
/** Documents whose words say what is common, where few are compared. */
const BACKGROUND = 2_000;
const MOST = 2_000;
const MOST_WORDS = 6;

type Progress = (done: number, total?: number) => Promise<void>;

/**
 * Proposes events for the live documents that were not compared yet, reprints left out, among those of the
 * same days: what it takes follows what came in, and not the size of the project. A proposal that nobody
 * decided on grows by what fits it; what was rejected does not come back.
 */
export async function proposeEvents({
  projectId,
  progress = async () => {},
  signal,
}: {
  projectId: string;
  progress?: Progress;
  signal?: AbortSignal;
}): Promise<{ proposed: number }> {
  const fresh = await readFresh(projectId);
  if (fresh.length === 0) return { proposed: 0 };
  await rememberWords(projectId, fresh, signal);
  const open = await readOpen(projectId);
  const coverage = await readCoverage(projectId, { fresh, open, progress, signal });
  const proposals = coverage.suggest().slice(0, MOST);
  const described = await describe(projectId, proposals);
  signal?.throwIfAborted();
  const stored = await holdingLiveProject(projectId, async (client) => {
    const rejected = await readRejected(client, projectId);
    const wanted = described.filter(({ ids }) => !rejected.some((old) => isLike(ids, old)));
    await storeProposals(client, projectId, { wanted, open });
    await client.query(
      `UPDATE document_signature SET is_compared = true
        WHERE project_id = $1 AND document_id = ANY($2::uuid[]) AND words IS NOT NULL`,
      [projectId, fresh.map(({ id }) => id)],
    );
    return success({ proposed: wanted.length });
  });
  return stored.ok ? stored.value : { proposed: 0 };
}

type Fresh = { id: string; day: number | null; isLive: boolean; hasWords: boolean };
type Open = { id: string; documentIds: string[] };
type Described = Proposal & { name: string; words: string[] };

async function readFresh(projectId: string): Promise<Fresh[]> {
  const { rows } = await pool().query<Fresh>(
    `SELECT d.id, d.published_on - DATE '1970-01-01' AS day, s.words IS NOT NULL AS "hasWords",
            d.archived_at IS NULL AND d.duplicate_of_id IS NULL AS "isLive"
       FROM document_signature s
       JOIN document d ON d.project_id = s.project_id AND d.id = s.document_id
      WHERE s.project_id = $1 AND NOT s.is_compared`,
    [projectId],
  );
  return rows;
}

/** Works out the words of documents that were stored or corrected without them. */
async function rememberWords(
  projectId: string,
  fresh: readonly Fresh[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const bare = fresh.filter(({ hasWords }) => !hasWords).map(({ id }) => id);
  for (let at = 0; at < bare.length; at += PAGE) {
    signal?.throwIfAborted();
    const openings = await readOpenings(projectId, bare.slice(at, at + PAGE));
    const packed = openings.map(({ title, opening }) => packTerms(reportTerms(title, opening)));
    await pool().query(
      `UPDATE document_signature s SET words = r.words
         FROM unnest($2::uuid[], $3::bytea[]) AS r(id, words)
        WHERE s.project_id = $1 AND s.document_id = r.id`,
      [projectId, openings.map(({ id }) => id), packed.map((each) => Buffer.from(each))],
    );
  }
}

async function readOpen(projectId: string): Promise<Open[]> {
  const { rows } = await pool().query<Open>(
    `SELECT id, document_ids AS "documentIds" FROM event_suggestion
      WHERE project_id = $1 AND state = 'proposed'`,
    [projectId],
  );
  return rows;
}

async function readCoverage(
  projectId: string,
  {
    fresh,
    open,
    progress,
    signal,
  }: {
    fresh: readonly Fresh[];
    open: readonly Open[];
    progress: Progress;
    signal: AbortSignal | undefined;
  },
): Promise<Coverage> {
  const coverage = new Coverage();
  const live = fresh.filter(({ isLive }) => isLive);
  const freshIds = new Set(live.map(({ id }) => id));
  const proposalOf = new Map(
    open.flatMap(({ id, documentIds }) => documentIds.map((each) => [each, id] as const)),
  );
  const seen = new Set<string>();
  for (const range of rangesOf(live.map(({ day }) => day))) {
    for await (const page of pagesOf(projectId, range, signal)) {
      for (const { id, outlet, day, eventId, words } of page) {
        const proposalId = proposalOf.get(id) ?? null;
        coverage.add({ id, outlet, day, eventId, words, proposalId, isNew: freshIds.has(id) });
        seen.add(id);
      }
      await progress(seen.size);
    }
  }
  if (seen.size < BACKGROUND) await addBackground(projectId, coverage, seen);
  return coverage;
}

type ReportRow = Omit<Report, "isNew" | "proposalId"> & { seq: string };
type DayRange = { from: number | null; to: number };

/** The live reports of some days, or those without a day, page by page. */
async function* pagesOf(
  projectId: string,
  { from, to }: DayRange,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReportRow[]> {
  const pageAfter = (day: number, seq: string) =>
    pool().query<ReportRow>(from === null ? UNDATED : DATED, [projectId, day, seq, to, PAGE]);
  let page = pageAfter(from ?? 0, "0");
  for (;;) {
    signal?.throwIfAborted();
    const { rows } = await page;
    const last = rows.at(-1);
    const isLast = last === undefined || rows.length < PAGE;
    // The database looks for the next page while this one is counted.
    if (!isLast) page = pageAfter(last.day ?? 0, last.seq);
    page.catch(() => {});
    yield rows;
    if (isLast) return;
  }
}

async function addBackground(
  projectId: string,
  coverage: Coverage,
  seen: ReadonlySet<string>,
): Promise<void> {
  const { rows } = await pool().query<{ id: string; words: Uint8Array }>(
    `SELECT document_id AS id, words FROM document_signature
      WHERE project_id = $1 AND words IS NOT NULL ORDER BY document_id DESC LIMIT $2`,
    [projectId, BACKGROUND],
  );
  for (const { id, words } of rows) if (!seen.has(id)) coverage.addBackground(words);
}

/** The days that documents of some days are compared with, and apart from them those without a day. */
function rangesOf(days: readonly (number | null)[]): DayRange[] {
  const ranges: DayRange[] = [];
  const known = [...new Set(days.filter((day) => day !== null))].sort((a, b) => a - b);
  let last: { from: number; to: number } | null = null;
  for (const day of known) {
    if (last !== null && day - WINDOW <= last.to + 1) last.to = day + WINDOW;
    else {
      last = { from: day - WINDOW, to: day + WINDOW };
      ranges.push(last);
    }
  }
  return days.includes(null) ? [...ranges, { from: null, to: 0 }] : ranges;
}

const reports = (isOfRange: string, order: string) => `
SELECT d.id, d.seq, d.outlet, d.event_id AS "eventId", d.published_on - DATE '1970-01-01' AS day, s.words
  FROM document d
  JOIN document_signature s ON s.project_id = d.project_id AND s.document_id = d.id
 WHERE d.project_id = $1 AND ${isOfRange}
   AND d.archived_at IS NULL AND d.duplicate_of_id IS NULL AND s.words IS NOT NULL
 ORDER BY ${order} LIMIT $5`;

const DATED = reports(
  `(d.published_on, d.seq) > (DATE '1970-01-01' + $2::int, $3::bigint)
   AND d.published_on <= DATE '1970-01-01' + $4::int`,
  "d.published_on, d.seq",
);
const UNDATED = reports(
  `d.published_on IS NULL AND d.seq > $3::bigint AND $2::int = 0 AND $4::int = 0`,
  "d.seq",
);

/** Gives proposals a name, and the words that their documents share. */
async function describe(projectId: string, proposals: readonly Proposal[]): Promise<Described[]> {
  const described: Described[] = [];
  for (let at = 0; at < proposals.length; at += 200) {
    const some = proposals.slice(at, at + 200);
    const openings = new Map(
      (
        await readOpenings(
          projectId,
          some.flatMap(({ ids }) => ids.slice(0, MOST_WORDS)),
        )
      ).map((each) => [each.id, each]),
    );
    for (const proposal of some) {
      const words = new Map<number, string>();
      for (const id of proposal.ids.slice(0, MOST_WORDS)) {
        const { title = "", opening = "" } = openings.get(id) ?? {};
        for (const word of reportTerms(title, opening).keys()) words.set(termOf(word), word);
      }
      described.push({
        ...proposal,
        name: openings.get(proposal.ids[0] ?? "")?.title.slice(0, 200) ?? "",
        words: proposal.terms.flatMap((term) => words.get(term) ?? []).slice(0, MOST_WORDS),
      });
    }
  }
  return described;
}

async function readOpenings(
  projectId: string,
  documentIds: readonly string[],
): Promise<{ id: string; title: string; opening: string }[]> {
  const { rows } = await pool().query<{ id: string; title: string; opening: string }>(
    `SELECT d.id, d.title, left(v.text, $3) AS opening
       FROM document d
       JOIN LATERAL (SELECT v.text FROM document_version v
                      WHERE v.project_id = d.project_id AND v.document_id = d.id
                      ORDER BY v.version DESC LIMIT 1) v ON true
      WHERE d.project_id = $1 AND d.id = ANY($2::uuid[])`,
    [projectId, [...new Set(documentIds)], OPENING],
  );
  return rows;
}

/** Writes proposals in place of the open ones that they go on from, and lets go of those that are settled. */
async function storeProposals(
  client: Queryable,
  projectId: string,
  { wanted, open }: { wanted: readonly Described[]; open: readonly Open[] },
): Promise<void> {
  const { rows: replaced } = await client.query<{ id: string }>(
    `DELETE FROM event_suggestion
      WHERE project_id = $1 AND state = 'proposed' AND id = ANY($2::uuid[]) RETURNING id`,
    [projectId, wanted.flatMap(({ proposalId }) => proposalId ?? [])],
  );
  const gone = new Set(replaced.map(({ id }) => id));
  const before = new Map(open.map(({ id, documentIds }) => [id, documentIds]));
  await client.query(
    `INSERT INTO event_suggestion (project_id, id, name, document_ids, words, score, event_id)
     SELECT $1, r.id, r.name, r.document_ids::uuid[], r.words, r.score, r.event_id
       FROM jsonb_to_recordset($2::jsonb)
            AS r(id uuid, name text, document_ids text[], words text[], score float8, event_id uuid)`,
    [
      projectId,
      JSON.stringify(
        wanted.map(({ ids, name, words, score, eventId, proposalId }) => ({
          id: newId(),
          name,
          document_ids: [
            ...new Set([
              ...(proposalId !== null && gone.has(proposalId)
                ? (before.get(proposalId) ?? [])
                : []),
              ...ids,
            ]),
          ],
          words,
          score,
          event_id: eventId,
        })),
      ),
    ],
  );
  await client.query(
    `DELETE FROM event_suggestion s
      WHERE s.project_id = $1 AND s.state = 'proposed'
        AND NOT EXISTS (SELECT 1 FROM document d
                         WHERE d.project_id = $1 AND d.id = ANY(s.document_ids)
                           AND d.event_id IS NULL AND d.archived_at IS NULL)`,
    [projectId],
  );
}

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
