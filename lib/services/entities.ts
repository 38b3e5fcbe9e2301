import "server-only";
import { z } from "zod";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import { proposeEntities as proposeNames } from "@/lib/domain/corpus/entity-proposal";
import { failure, type Result, success } from "@/lib/domain/result";
import { indexText } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { nameInput } from "./inputs";
import { holdingLiveProject, type Queryable } from "./project-store";
import { defineUseCase } from "./use-case";

/** One choice of a closed list. `key` is what annotations hold, and never changes. */
export type ListedEntity = {
  entityId: string;
  key: string;
  name: string;
  aliases: string[];
  mentions: number;
  isRemoved: boolean;
  mergedIntoId: string | null;
};

/** What annotators choose from; one that was removed or merged keeps its name for stored answers. */
export type EntityChoice = { key: string; name: string; aliases: string[]; isRemoved: boolean };

const listKey = {
  projectId: z.uuid(),
  of: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("document"), id: z.uuid() }),
    z.strictObject({ kind: z.literal("event"), id: z.uuid() }),
  ]),
};
type Of = { kind: "document" | "event"; id: string };

const aliasesInput = z.array(nameInput()).max(50);

/** Changes of a list, each small enough to be taken back. */
const changeInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("add"), name: nameInput(), aliases: aliasesInput.default([]) }),
  z.strictObject({
    kind: z.literal("describe"),
    entityId: z.uuid(),
    name: nameInput(),
    aliases: aliasesInput,
  }),
  z.strictObject({ kind: z.literal("merge"), entityId: z.uuid(), intoId: z.uuid() }),
  z.strictObject({ kind: z.literal("remove"), entityId: z.uuid() }),
  z.strictObject({ kind: z.literal("restore"), entityId: z.uuid() }),
  z.strictObject({ kind: z.literal("order"), entityIds: z.array(z.uuid()).max(500) }),
]);
export type EntityChange = z.input<typeof changeInput>;

/** The closed list of a document or of an event, in its order, with what was removed at the end. */
export const listEntities = defineUseCase({
  name: "listEntities",
  permission: "document.read",
  scope: "project",
  input: z.strictObject(listKey),
  async run({ projectId, of }): Promise<Result<ListedEntity[]>> {
    return success(await readList(pool(), projectId, of));
  },
});

/** Adds the names that a document mentions and the list has not; for an event, those of its documents. */
export const proposeEntities = defineUseCase({
  name: "proposeEntities",
  permission: "document.import",
  scope: "project",
  input: z.strictObject(listKey),
  async run({ projectId, of }, caller): Promise<Result<{ added: string[] }>> {
    const made = await holdingLiveProject(projectId, async (client) => {
      const texts = await readTexts(client, projectId, of);
      if (texts.length === 0) return failure("not_found", "There is no text to find names in.");
      return success({ added: await addNames(client, projectId, { of, texts }) });
    });
    if (made.ok) await note(caller, of, "proposed");
    return made;
  },
});

/** Changes a list; answers the id of what was added. Nothing is deleted, so stored answers keep their meaning. */
export const editEntities = defineUseCase({
  name: "editEntities",
  permission: "document.import",
  scope: "project",
  input: z.strictObject({ ...listKey, change: changeInput }),
  async run({ projectId, of, change }, caller): Promise<Result<{ entityId: string | null }>> {
    const made = await holdingLiveProject(projectId, (client) =>
      edit(client, projectId, { of, change }),
    );
    if (made.ok) await note(caller, of, change.kind);
    return made;
  },
});

/** What can be chosen in a document: its own list, then that of its event; removed ones marked so. */
export async function readChoices(projectId: string, documentId: string): Promise<EntityChoice[]> {
  const { rows } = await pool().query<EntityChoice>(
    `SELECT e.key, coalesce(m.name, e.name) AS name, e.aliases, e.removed_at IS NOT NULL AS "isRemoved"
       FROM entity e
       JOIN document d ON d.project_id = e.project_id AND d.id = $2
       LEFT JOIN entity m ON m.project_id = e.project_id AND m.id = e.merged_into_id
      WHERE e.project_id = $1 AND (e.document_id = d.id OR e.event_id = d.event_id)
      ORDER BY e.event_id IS NOT NULL, e.position, e.key`,
    [projectId, documentId],
  );
  const seen = new Set<string>();
  return rows.filter(({ key }) => !seen.has(key) && seen.add(key));
}

/** What can be chosen in answers about an event: its own list, removed ones marked so. */
export async function readEventChoices(
  projectId: string,
  eventId: string,
): Promise<EntityChoice[]> {
  const { rows } = await pool().query<EntityChoice>(
    `SELECT e.key, coalesce(m.name, e.name) AS name, e.aliases, e.removed_at IS NOT NULL AS "isRemoved"
       FROM entity e
       LEFT JOIN entity m ON m.project_id = e.project_id AND m.id = e.merged_into_id
      WHERE e.project_id = $1 AND e.event_id = $2 ORDER BY e.position, e.key`,
    [projectId, eventId],
  );
  return rows;
}

/**
 * The keys that answers in a document must name: those of its closed list, removed ones with them since
 * they were given before; none where nothing can be chosen. `asked` are those that layers ask about. Null where
 * the codebook asks for no names.
 */
export async function namesToChoose(
  projectId: string,
  documentId: string,
  { codebook }: CodebookIndex,
): Promise<{ names: { entities: ReadonlySet<string>; asked: string[] } } | null> {
  const asksForNames = codebook.layers.some(
    ({ per, attributes }) => per === "entity" || attributes.some(({ type }) => type === "entity"),
  );
  if (!asksForNames) return null;
  const choices = await readChoices(projectId, documentId);
  const asked = choices.filter(({ isRemoved }) => !isRemoved).map(({ key }) => key);
  const entities = new Set(asked.length > 0 ? choices.map(({ key }) => key) : []);
  return { names: { asked, entities } };
}

const column = (of: Of) => (of.kind === "document" ? "document_id" : "event_id");

async function readList(client: Queryable, projectId: string, of: Of): Promise<ListedEntity[]> {
  const { rows } = await client.query<ListedEntity>(
    `SELECT id AS "entityId", key, name, aliases, coalesce(cardinality(mentions), 0) / 2 AS mentions,
            removed_at IS NOT NULL AS "isRemoved", merged_into_id AS "mergedIntoId"
       FROM entity WHERE project_id = $1 AND ${column(of)} = $2
      ORDER BY removed_at IS NOT NULL, position, key`,
    [projectId, of.id],
  );
  return rows;
}

type Text = {
  versionId: string;
  text: string;
  language: string;
  tokens: number[];
  sentences: number[];
  blocks: { role: BlockRole; start: number; end: number }[] | null;
};

async function readTexts(client: Queryable, projectId: string, of: Of): Promise<Text[]> {
  const { rows } = await client.query<Text>(
    `SELECT v.id AS "versionId", v.text, d.language, v.tokens, v.sentences,
            (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                             ORDER BY b.position)
               FROM block b WHERE b.project_id = $1 AND b.document_version_id = v.id) AS blocks
       FROM document d
       JOIN LATERAL (SELECT v.* FROM document_version v
                      WHERE v.project_id = d.project_id AND v.document_id = d.id
                      ORDER BY v.version DESC LIMIT 1) v ON true
      WHERE d.project_id = $1 AND d.${of.kind === "document" ? "id" : "event_id"} = $2
      ORDER BY d.seq LIMIT 50`,
    [projectId, of.id],
  );
  return rows;
}

const MOST = 300;

type NewName = {
  id: string;
  name: string;
  aliases: string[];
  mentions: number[];
  versionId: string;
};

/** The names of some texts that are not taken, each once. */
function newNames(texts: readonly Text[], taken: Set<string>): NewName[] {
  return texts.flatMap(({ versionId, text, language, tokens, sentences, blocks }) => {
    const article = { index: indexText(text), tokens, sentences, blocks: blocks ?? [], language };
    return proposeNames(article).flatMap((proposed) => {
      const forms = [proposed.name, ...proposed.aliases].map(fold);
      const isFree = !forms.some((form) => taken.has(form));
      if (!isFree || !nameInput().safeParse(proposed.name).success) return [];
      for (const form of forms) taken.add(form);
      return [{ id: newId(), versionId, ...proposed }];
    });
  });
}

async function addNames(
  client: Queryable,
  projectId: string,
  { of, texts }: { of: Of; texts: Text[] },
): Promise<string[]> {
  const list = await readList(client, projectId, of);
  const taken = list.flatMap(({ key, name, aliases }) => [key, name, ...aliases].map(fold));
  const room = Math.max(0, MOST - list.length);
  // Places are of one text; an event has several.
  const added = newNames(texts, new Set(taken))
    .slice(0, room)
    .map((each) => (of.kind === "document" ? each : { ...each, mentions: [] }));
  await client.query(
    `INSERT INTO entity (project_id, id, ${column(of)}, key, name, aliases, position, mentions, version_id)
     SELECT $1, r.id, $2, r.name, r.name, r.aliases, $4::int + r.position, r.mentions, r.version_id
       FROM jsonb_to_recordset($3::jsonb)
            AS r(id uuid, name text, aliases text[], position int, mentions int[], version_id uuid)`,
    [
      projectId,
      of.id,
      JSON.stringify(
        added.map(({ versionId, ...each }, position) => ({
          ...each,
          position,
          version_id: of.kind === "document" ? versionId : null,
        })),
      ),
      list.length,
    ],
  );
  return added.map(({ id }) => id);
}

async function edit(
  client: Queryable,
  projectId: string,
  { of, change }: { of: Of; change: z.output<typeof changeInput> },
): Promise<Result<{ entityId: string | null }>> {
  const list = await readList(client, projectId, of);
  if (change.kind === "add") return add(client, projectId, { of, list, change });
  const named = change.kind === "order" ? change.entityIds : [change.entityId];
  const isOwn = named.every((id) => list.some(({ entityId }) => entityId === id));
  if (!isOwn) return failure("not_found", "The list has no such name.");
  if (change.kind === "merge") {
    const [from, into] = [change.entityId, change.intoId].map((id) =>
      list.find(({ entityId }) => entityId === id),
    );
    if (from === undefined || into === undefined || from === into || into.isRemoved) {
      return failure("not_found", "The list has no such name.");
    }
    const aliases = [...new Set([...into.aliases, from.name, ...from.aliases])];
    await client.query(`UPDATE entity SET aliases = $3 WHERE project_id = $1 AND id = $2`, [
      projectId,
      into.entityId,
      aliases.filter((each) => each !== into.name).slice(0, 50),
    ]);
  }
  await client.query(...statementOf(projectId, change));
  return success({ entityId: null });
}

async function add(
  client: Queryable,
  projectId: string,
  {
    of,
    list,
    change,
  }: { of: Of; list: ListedEntity[]; change: { name: string; aliases: string[] } },
): Promise<Result<{ entityId: string }>> {
  if (list.length >= 500) return failure("invalid", "A list has at most 500 names.");
  const known = list.find(({ key, name }) => [key, name].map(fold).includes(fold(change.name)));
  if (known !== undefined && !known.isRemoved) {
    return failure("conflict", `The list has “${known.name}” already.`, { place: "name" });
  }
  if (known !== undefined) {
    await client.query(...statementOf(projectId, { kind: "restore", entityId: known.entityId }));
    return success({ entityId: known.entityId });
  }
  const entityId = newId();
  const { rowCount } = await client.query(
    `INSERT INTO entity (project_id, id, ${column(of)}, key, name, aliases, position, mentions)
     SELECT $1, $2, x.id, $4, $4, $5, $6, '{}' FROM ${of.kind} x WHERE x.project_id = $1 AND x.id = $3`,
    [projectId, entityId, of.id, change.name, change.aliases, list.length],
  );
  if (rowCount === 0)
    return failure("not_found", `This ${of.kind} does not exist in this project.`);
  return success({ entityId });
}

function statementOf(
  projectId: string,
  change: Exclude<z.output<typeof changeInput>, { kind: "add" }>,
): [string, unknown[]] {
  const row = "WHERE project_id = $1 AND id = $2";
  switch (change.kind) {
    case "describe":
      return [
        `UPDATE entity SET name = $3, aliases = $4 ${row}`,
        [projectId, change.entityId, change.name, change.aliases],
      ];
    case "merge":
      return [
        `UPDATE entity SET removed_at = now(), merged_into_id = $3 ${row}`,
        [projectId, change.entityId, change.intoId],
      ];
    case "remove":
      return [
        `UPDATE entity SET removed_at = coalesce(removed_at, now()) ${row}`,
        [projectId, change.entityId],
      ];
    case "restore":
      return [
        `UPDATE entity SET removed_at = NULL, merged_into_id = NULL ${row}`,
        [projectId, change.entityId],
      ];
    case "order":
      return [
        `UPDATE entity e SET position = r.place - 1
           FROM unnest($2::uuid[]) WITH ORDINALITY AS r(id, place)
          WHERE e.project_id = $1 AND e.id = r.id`,
        [projectId, change.entityIds],
      ];
  }
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function note(caller: Parameters<typeof recordAudit>[0], of: Of, what: string): Promise<void> {
  return recordAudit(caller, {
    action: "entities.changed",
    targetType: of.kind,
    targetId: of.id,
    detail: { what },
  });
}
