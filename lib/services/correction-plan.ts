import "server-only";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { unitLabelKey } from "@/lib/domain/annotation/state";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { type Carried, carrySet, type Lost, withRecovered } from "@/lib/domain/corpus/carry";
import { type CorrectedLine, correctedText } from "@/lib/domain/corpus/corrected-text";
import { followPlaces, type PlaceMap } from "@/lib/domain/corpus/place-map";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { newId } from "@/lib/server/ids";
import { type PreparedText, prepareText, type ReadText, readText } from "./document-store";
import type { Queryable } from "./project-store";
import { loadSet } from "./stored-sets";

/** What becomes of one annotation set. */
export type SetFate = {
  setId: string;
  /** Whose it is. */
  author: string;
  kind: "annotator" | "gold" | "model" | "imported";
  state: "assigned" | "in_progress" | "submitted" | "skipped" | null;
  /** Spans, links, labels and remarks that follow. */
  carried: number;
  lost: { id: string; kind: Lost["kind"]; quote: string; label: string; reason: string }[];
  /** Somebody wrote in it within the last minutes. */
  isActive: boolean;
};

/** What a correction would do, or did. */
export type CorrectionPreview = {
  /** Code points. */
  length: number;
  lines: { role: BlockRole; text: string; isChanged: boolean }[];
  sets: SetFate[];
  /** Decisions of adjudicators on the old text: they stay readable and are marked as out of date. */
  adjudications: number;
};

type VersionRow = {
  id: string;
  version: number;
  text: string;
  original: Uint8Array;
  language: string;
  title: string;
  blocks: { role: BlockRole; start: number; end: number }[];
};

type SetRow = {
  id: string;
  kind: SetFate["kind"];
  codebookVersionId: string;
  content: unknown;
  author: string;
  state: SetFate["state"];
  isActive: boolean;
};

export type PlannedSet = SetRow & { result: Carried };

/** A correction that is ready to be stored. */
export type Plan = {
  projectId: string;
  documentId: string;
  from: VersionRow;
  number: number;
  text: PreparedText;
  sets: PlannedSet[];
  adjudications: number;
};

type Place = { projectId: string; documentId: string };
type Recover = ReadonlyMap<string, { lost: Lost[]; carried: Record<string, string> }>;

/** Works out a correction of the lines of a document. */
export async function planCorrection(
  client: Queryable,
  { lines, version, ...place }: Place & { version: number; lines: CorrectedLine[] },
): Promise<Result<Plan>> {
  const from = await readVersion(client, place, null);
  if (from === null) return failure("not_found", "This document does not exist in this project.");
  if (from.version !== version) {
    return failure("conflict", "Somebody corrected this document meanwhile. Load it again.");
  }
  const blocks = toBlocks(from);
  const corrected = correctedText(indexText(from.text), blocks, lines);
  const read = readText(corrected.text, { roles: corrected.roles });
  if (!read.ok) return read;
  if (read.value.text === from.text && isSame(read.value.blocks, from.blocks)) {
    return failure("conflict", "Nothing was changed.");
  }
  return success(await planText(client, { ...place, from, read: read.value, recover: new Map() }));
}

/** Works out the way back from the latest correction to the text before it. */
export async function planReversal(
  client: Queryable,
  { correctionId, ...place }: Place & { correctionId: string },
): Promise<Result<Plan>> {
  const { rows } = await client.query<{ from_id: string; to_id: string }>(
    `SELECT from_version_id AS from_id, to_version_id AS to_id FROM correction
      WHERE project_id = $1 AND document_id = $2 AND id = $3`,
    [place.projectId, place.documentId, correctionId],
  );
  const correction = rows[0];
  const from = await readVersion(client, place, null);
  const target =
    correction === undefined ? null : await readVersion(client, place, correction.from_id);
  if (correction === undefined || from === null || target === null) {
    return failure("not_found", "This document has no such correction.");
  }
  if (from.id !== correction.to_id) {
    return failure("conflict", "Only the latest correction can be taken back.");
  }
  const { text, original, title } = target;
  const recover = await readLosses(client, place.projectId, correctionId);
  const read = { text, original, title, blocks: toBlocks(target) };
  return success(await planText(client, { ...place, from, read, recover }));
}

async function planText(
  client: Queryable,
  { from, read, recover, ...place }: Place & { from: VersionRow; read: ReadText; recover: Recover },
): Promise<Plan> {
  const text = prepareText(read, from.language);
  const follow = followPlaces(indexText(from.text), indexText(text.text));
  const sets: PlannedSet[] = [];
  for (const row of await readSets(client, place.projectId, from.id)) {
    const context = makeEditContext(text, indexCodebook(codebookSchema.parse(row.content)));
    const kept = await loadSet(place.projectId, row.id);
    const lost = recover.get(row.id);
    const { set, recovered } = withRecovered(kept, lost?.lost ?? [], lost?.carried ?? {});
    const tools = { follow: followOrStay(follow, recovered), context, newId };
    sets.push({ ...row, result: carrySet(set, tools) });
  }
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM adjudication
      WHERE project_id = $1 AND document_version_id = $2`,
    [place.projectId, from.id],
  );
  const adjudications = rows[0]?.count ?? 0;
  return { ...place, from, number: from.version + 1, text, sets, adjudications };
}

/** What comes back has its place in the text that the new one is again. */
function followOrStay(follow: PlaceMap, recovered: ReadonlySet<object>): PlaceMap {
  return (range) => (recovered.has(range) ? { start: range.start, end: range.end } : follow(range));
}

async function readLosses(
  client: Queryable,
  projectId: string,
  correctionId: string,
): Promise<Recover> {
  const { rows } = await client.query<{
    to_set_id: string;
    lost: Lost[];
    carried: Record<string, string>;
  }>(
    `SELECT to_set_id, lost, carried FROM corrected_set
      WHERE project_id = $1 AND correction_id = $2`,
    [projectId, correctionId],
  );
  return new Map(rows.map(({ to_set_id, ...row }) => [to_set_id, row]));
}

/** A version of a document, the latest where none is named. */
async function readVersion(
  client: Queryable,
  { projectId, documentId }: Place,
  versionId: string | null,
): Promise<VersionRow | null> {
  const { rows } = await client.query<VersionRow>(
    `SELECT v.id, v.version, v.text, v.original, d.language, d.title,
            (SELECT json_agg(json_build_object('role', b.role, 'start', b.start, 'end', b."end")
                             ORDER BY b.position)
               FROM block b
              WHERE b.project_id = v.project_id AND b.document_version_id = v.id) AS blocks
       FROM document d
       JOIN document_version v ON v.project_id = d.project_id AND v.document_id = d.id
      WHERE d.project_id = $1 AND d.id = $2 AND ($3::uuid IS NULL OR v.id = $3)
      ORDER BY v.version DESC LIMIT 1`,
    [projectId, documentId, versionId],
  );
  return rows[0] ?? null;
}

/**
 * The sets that stand on a version now. The result of an adjudication stays with the text that it
 * judged; the adjudication is marked as out of date.
 */
async function readSets(
  client: Queryable,
  projectId: string,
  versionId: string,
): Promise<SetRow[]> {
  const { rows } = await client.query<SetRow>(
    `SELECT s.id, s.kind, s.codebook_version_id AS "codebookVersionId", c.content, a.state,
            coalesce(u.name, n.pseudonym, nullif(s.name, ''), s.kind::text) AS author,
            s.kind = 'annotator' AND s.revision > 0 AND s.updated_at > now() - interval '5 minutes'
              AND a.state = 'in_progress' AS "isActive"
       FROM annotation_set s
       JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
       LEFT JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
       LEFT JOIN annotator n ON n.project_id = s.project_id AND n.id = s.annotator_id
       LEFT JOIN "user" u ON u.id = n.user_id
      WHERE s.project_id = $1 AND s.document_version_id = $2 AND s.superseded_by_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM adjudication j
                         WHERE j.project_id = s.project_id AND j.gold_set_id = s.id)
      ORDER BY author, s.id`,
    [projectId, versionId],
  );
  return rows;
}

/** A plan as people see it before they agree. */
export function shownPlan({ from, text, sets, adjudications }: Plan): CorrectionPreview {
  const index = indexText(text.text);
  const before = indexText(from.text);
  const old = new Set(
    toBlocks(from).map(({ role, start, end }) => `${role} ${before.slice(start, end)}`),
  );
  return {
    length: text.length,
    lines: text.blocks.map(({ role, start, end }) => {
      const line = index.slice(start, end);
      return { role, text: line, isChanged: !old.has(`${role} ${line}`) };
    }),
    sets: sets.map(({ id, author, kind, state, isActive, result }) => ({
      setId: id,
      author,
      kind,
      state,
      isActive,
      carried: Object.keys(result.carried).length + result.unitLabels,
      lost: result.lost.map(shownLoss),
    })),
    adjudications,
  };
}

/** Something that could not follow, in a line. */
export function shownLoss({ kind, quote, item, reason }: Lost): SetFate["lost"][number] {
  const id = "id" in item ? item.id : unitLabelKey(item);
  return { id, kind, quote, label: "label" in item ? item.label : "", reason };
}

function toBlocks({ blocks }: VersionRow) {
  return blocks.map(({ role, start, end }) => ({
    role,
    start: codePoint(start),
    end: codePoint(end),
  }));
}

function isSame(a: readonly { role: string; start: number; end: number }[], b: typeof a): boolean {
  return (
    a.length === b.length &&
    a.every(({ role, start, end }, at) => {
      const other = b[at];
      return role === other?.role && start === other.start && end === other.end;
    })
  );
}
