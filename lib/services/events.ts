import "server-only";
import { z } from "zod";
import { failure, type Result, success } from "@/lib/domain/result";
import type { BlockRole } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { recordAudit } from "./audit";
import { findOrMakeEvents } from "./event-store";
import { dayInput, nameInput } from "./inputs";
import { holdingLiveProject, type Queryable } from "./project-store";
import { defineUseCase } from "./use-case";

/** Something that documents of a project report on. */
export type ProjectEvent = {
  eventId: string;
  name: string;
  happenedOn: string | null;
  documents: number;
  outlets: string[];
};

/** The events of a project by name, so that documents can be put beside each other. */
export const listEvents = defineUseCase({
  name: "listEvents",
  permission: "document.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<ProjectEvent>(
      `SELECT e.id AS "eventId", e.name, to_char(e.happened_on, 'YYYY-MM-DD') AS "happenedOn",
              coalesce(x.documents, 0) AS documents, coalesce(x.outlets, '{}') AS outlets
         FROM event e
         LEFT JOIN (SELECT d.event_id, count(*)::int AS documents,
                           array_agg(DISTINCT d.outlet) FILTER (WHERE d.outlet IS NOT NULL) AS outlets
                      FROM document d
                     WHERE d.project_id = $1 AND d.event_id IS NOT NULL AND d.archived_at IS NULL
                     GROUP BY d.event_id) x ON x.event_id = e.id
        WHERE e.project_id = $1 AND e.archived_at IS NULL ORDER BY e.name, e.id LIMIT 1000`,
      [projectId],
    );
    return success(rows);
  },
});

/** One document of an event, by lines. */
export type CoveredDocument = {
  documentId: string;
  title: string;
  outlet: string | null;
  author: string | null;
  publishedOn: string | null;
  language: string;
  duplicateOf: string | null;
  blocks: { role: BlockRole; text: string }[];
};

/** An event with its coverage, by day and outlet. */
export type OpenedEvent = {
  eventId: string;
  name: string;
  happenedOn: string | null;
  documents: CoveredDocument[];
  /** Documents beyond those shown. */
  hidden: number;
};

const MOST_SHOWN = 24;
const one = z.strictObject({ projectId: z.uuid(), eventId: z.uuid() });

/** One event with the texts of up to 24 documents, to read them beside each other. */
export const openEvent = defineUseCase({
  name: "openEvent",
  permission: "document.read",
  scope: "project",
  input: one,
  async run({ projectId, eventId }): Promise<Result<OpenedEvent>> {
    const { rows } = await pool().query<
      Omit<OpenedEvent, "documents" | "hidden"> & {
        documents: CoveredDocument[] | null;
        count: number;
      }
    >(OPEN, [projectId, eventId, MOST_SHOWN]);
    const [row] = rows;
    if (row === undefined) return noEvent();
    const { documents, count, ...event } = row;
    const shown = documents ?? [];
    return success({ ...event, documents: shown, hidden: count - shown.length });
  },
});

const OPEN = `
SELECT e.id AS "eventId", e.name, to_char(e.happened_on, 'YYYY-MM-DD') AS "happenedOn",
       (SELECT count(*)::int FROM document d
         WHERE d.project_id = $1 AND d.event_id = e.id AND d.archived_at IS NULL) AS count,
       (SELECT json_agg(x.one ORDER BY x.published_on NULLS LAST, x.outlet, x.seq)
          FROM (SELECT d.published_on, d.outlet, d.seq,
                       json_build_object('documentId', d.id, 'title', d.title, 'outlet', d.outlet,
                         'author', d.author, 'publishedOn', to_char(d.published_on, 'YYYY-MM-DD'),
                         'language', d.language, 'duplicateOf', c.title,
                         'blocks', (SELECT json_agg(json_build_object('role', b.role, 'text',
                                             substr(v.text, b.start + 1, b."end" - b.start))
                                             ORDER BY b.position)
                                      FROM block b
                                     WHERE b.project_id = $1 AND b.document_version_id = v.id)) AS one
                  FROM document d
                  LEFT JOIN document c ON c.project_id = $1 AND c.id = d.duplicate_of_id
                  JOIN LATERAL (SELECT v.id, left(v.text, 60000) AS text FROM document_version v
                                 WHERE v.project_id = $1 AND v.document_id = d.id
                                 ORDER BY v.version DESC LIMIT 1) v ON true
                 WHERE d.project_id = $1 AND d.event_id = e.id AND d.archived_at IS NULL
                 ORDER BY d.published_on NULLS LAST, d.outlet, d.seq LIMIT $3) x) AS documents
  FROM event e WHERE e.project_id = $1 AND e.id = $2 AND e.archived_at IS NULL`;

/** Makes an event of some documents; one of this name is added to. */
export const createEvent = defineUseCase({
  name: "createEvent",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    name: nameInput(),
    documentIds: z.array(z.uuid()).max(1_000).default([]),
  }),
  async run({ projectId, name, documentIds }, caller): Promise<Result<Regrouped>> {
    const made = await holdingLiveProject(projectId, async (client) => {
      const eventId = (await findOrMakeEvents(client, projectId, [name])).get(name) ?? null;
      return success(await regroup(client, projectId, { documentIds, eventId }));
    });
    if (made.ok) await note(caller, "event.created", made.value.eventId);
    return made;
  },
});

/** What documents belonged to before, by event, for undo. */
export type Regrouped = {
  eventId: string | null;
  before: { eventId: string | null; documentIds: string[] }[];
};

/** Puts documents under an event, or under none; answers what they belonged to. */
export const setDocumentEvent = defineUseCase({
  name: "setDocumentEvent",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    documentIds: z.array(z.uuid()).min(1, "Choose a document first.").max(1_000),
    eventId: z.uuid().nullable(),
  }),
  async run({ projectId, documentIds, eventId }, caller): Promise<Result<Regrouped>> {
    const set = await holdingLiveProject(projectId, async (client): Promise<Result<Regrouped>> => {
      if (eventId !== null && !(await wake(client, projectId, eventId))) return noEvent();
      return success(await regroup(client, projectId, { documentIds, eventId }));
    });
    if (set.ok) await note(caller, "event.documents_set", eventId);
    return set;
  },
});

/** Changes the name and the day of an event. */
export const describeEvent = defineUseCase({
  name: "describeEvent",
  permission: "document.import",
  scope: "project",
  input: one.extend({ name: nameInput(), happenedOn: dayInput }),
  async run({ projectId, eventId, name, happenedOn }, caller): Promise<Result<null>> {
    const { rowCount } = await pool().query(
      `UPDATE event SET name = $3, happened_on = $4::date
        WHERE project_id = $1 AND id = $2 AND archived_at IS NULL`,
      [projectId, eventId, name, happenedOn],
    );
    if (rowCount === 0) return noEvent();
    await note(caller, "event.described", eventId);
    return success(null);
  },
});

/** Gives all documents of an event to another one; answers which, so that they can be given back. */
export const mergeEvents = defineUseCase({
  name: "mergeEvents",
  permission: "document.import",
  scope: "project",
  input: one.extend({ intoId: z.uuid() }),
  async run({ projectId, eventId, intoId }, caller): Promise<Result<Regrouped>> {
    if (eventId === intoId) return failure("invalid", "Choose another event.");
    const merged = await holdingLiveProject(
      projectId,
      async (client): Promise<Result<Regrouped>> => {
        const { rowCount } = await client.query(
          `UPDATE event e SET archived_at = now(), merged_into_id = $3
           FROM event t
          WHERE e.project_id = $1 AND e.id = $2 AND e.archived_at IS NULL
            AND t.project_id = $1 AND t.id = $3 AND t.archived_at IS NULL`,
          [projectId, eventId, intoId],
        );
        if (rowCount === 0) return noEvent();
        const { rows } = await client.query<{ id: string }>(
          `UPDATE document SET event_id = $3 WHERE project_id = $1 AND event_id = $2 RETURNING id`,
          [projectId, eventId, intoId],
        );
        const documentIds = rows.map(({ id }) => id);
        return success({ eventId: intoId, before: [{ eventId, documentIds }] });
      },
    );
    if (merged.ok) await note(caller, "event.merged", eventId);
    return merged;
  },
});

/** Puts an event away; its documents belong to none. Answers them, for undo. */
export const removeEvent = defineUseCase({
  name: "removeEvent",
  permission: "document.import",
  scope: "project",
  input: one,
  async run({ projectId, eventId }, caller): Promise<Result<Regrouped>> {
    const removed = await holdingLiveProject(
      projectId,
      async (client): Promise<Result<Regrouped>> => {
        const { rowCount } = await client.query(
          `UPDATE event SET archived_at = now()
          WHERE project_id = $1 AND id = $2 AND archived_at IS NULL`,
          [projectId, eventId],
        );
        if (rowCount === 0) return noEvent();
        const { rows } = await client.query<{ id: string }>(
          `UPDATE document SET event_id = NULL WHERE project_id = $1 AND event_id = $2 RETURNING id`,
          [projectId, eventId],
        );
        return success({
          eventId: null,
          before: [{ eventId, documentIds: rows.map(({ id }) => id) }],
        });
      },
    );
    if (removed.ok) await note(caller, "event.removed", eventId);
    return removed;
  },
});

/** Makes events of the values of a field: of each value that several documents without an event have. */
export const groupByField = defineUseCase({
  name: "groupByField",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), field: nameInput(80) }),
  async run({ projectId, field }, caller): Promise<Result<{ events: number; documents: number }>> {
    const grouped = await holdingLiveProject(projectId, async (client) => {
      const { rows } = await client.query<{ value: string }>(
        `SELECT value FROM (SELECT ${FIELD} AS value FROM document d
            WHERE d.project_id = $1 AND d.event_id IS NULL AND d.archived_at IS NULL) x
          WHERE value IS NOT NULL AND btrim(value) <> '' AND length(value) <= 200
          GROUP BY value HAVING count(*) > 1 ORDER BY value LIMIT 2000`,
        [projectId, field],
      );
      const values = rows
        .map(({ value }) => value)
        .filter((value) => nameInput().safeParse(value).success);
      const events = await findOrMakeEvents(client, projectId, values);
      const { rowCount } = await client.query(
        `UPDATE document d SET event_id = r.id
           FROM unnest($3::text[], $4::uuid[]) AS r(value, id)
          WHERE d.project_id = $1 AND d.event_id IS NULL AND d.archived_at IS NULL AND ${FIELD} = r.value`,
        [projectId, field, [...events.keys()], [...events.values()]],
      );
      return success({ events: events.size, documents: rowCount ?? 0 });
    });
    if (grouped.ok) await note(caller, "event.grouped_by_field", null);
    return grouped;
  },
});

/** A fact of the source, or a free field of this name. */
const FIELD = `CASE $2::text WHEN 'section' THEN d.section WHEN 'country' THEN d.country
  ELSE d.facts ->> $2::text END`;

/** Brings an event back that was put away or merged; false where there is none. */
async function wake(client: Queryable, projectId: string, eventId: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE event SET archived_at = NULL, merged_into_id = NULL WHERE project_id = $1 AND id = $2`,
    [projectId, eventId],
  );
  return rowCount === 1;
}

async function regroup(
  client: Queryable,
  projectId: string,
  { documentIds, eventId }: { documentIds: string[]; eventId: string | null },
): Promise<Regrouped> {
  const { rows } = await client.query<{ id: string; event_id: string | null }>(
    `UPDATE document d SET event_id = $3 FROM document o
      WHERE d.project_id = $1 AND d.id = ANY($2::uuid[]) AND o.project_id = $1 AND o.id = d.id
    RETURNING d.id, o.event_id`,
    [projectId, documentIds, eventId],
  );
  const events = [...new Set(rows.map(({ event_id }) => event_id))];
  return {
    eventId,
    before: events.map((each) => ({
      eventId: each,
      documentIds: rows.filter(({ event_id }) => event_id === each).map(({ id }) => id),
    })),
  };
}

function noEvent<T>(): Result<T> {
  return failure("not_found", "This event does not exist in this project.");
}

function note(
  caller: Parameters<typeof recordAudit>[0],
  action: string,
  eventId: string | null,
): Promise<void> {
  return recordAudit(caller, {
    action,
    targetType: "event",
    ...(eventId === null ? {} : { targetId: eventId }),
  });
}
