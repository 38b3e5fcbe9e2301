import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { takeBack } from "@/lib/domain/adjudication/decide";
import { type Item, isDisputed } from "@/lib/domain/adjudication/items";
import type { AnnotationStateData } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  applyAll,
  hasAnnotated,
  OWN_WORK,
  prepare,
  withGold,
  writeGold,
} from "./adjudication-store";
import { recordAudit } from "./audit";
import { type Decision, readDecisions, revoke } from "./decision-store";
import { type Frozen, frozenItems } from "./frozen-items";
import { loadSet } from "./stored-sets";
import { latestSets, readSubmittedWork, type SubmittedDocument, shownName } from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";
import { noteEvent } from "./webhook-outbox";

/** All that the adjudication page shows. Offsets are code points. */
export type OpenAdjudication = {
  adjudicationId: string;
  state: "open" | "finished";
  /** A submission was opened again or came in since; decisions stay as they are until refreshed. */
  isStale: boolean;
  /** Whether annotators appear as letters, in an order of their own for each adjudication. */
  hidesNames: boolean;
  document: SubmittedDocument;
  codebook: Codebook;
  annotators: { id: string; name: string }[];
  items: readonly Item[];
  decisions: Decision[];
  gold: AnnotationStateData;
};

/** A document in the list of what can be adjudicated. */
export type AdjudicationRow = {
  documentId: string;
  title: string;
  outlet: string | null;
  submissions: number;
  adjudicationId: string | null;
  state: "none" | "open" | "finished";
  isStale: boolean;
  decided: number;
  adjudicator: string | null;
  /** Why the caller may not; null where they may. */
  obstacle: "own_work" | "one_submission" | null;
};

/** Documents that somebody has submitted, with how far their adjudication is. */
export const listAdjudications = defineUseCase({
  name: "listAdjudications",
  permission: "adjudicate",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }, { userId }): Promise<Result<AdjudicationRow[]>> {
    return success(await adjudicationRows({ projectId, userId }));
  },
});

/** Documents with submitted work, as somebody sees them. */
export async function adjudicationRows({ projectId, userId }: Viewer): Promise<AdjudicationRow[]> {
  const { rows } = await pool().query<AdjudicationRow>(LIST, [projectId, userId]);
  return rows;
}

type Viewer = Pick<Caller, "projectId" | "userId">;

const LIST = `
SELECT d.id AS "documentId", d.title, d.outlet, w.submissions,
       j.id AS "adjudicationId", coalesce(j.state::text, 'none') AS state,
       coalesce(j.is_stale, false) AS "isStale", coalesce(j.decided, 0) AS decided,
       j.adjudicator,
       CASE WHEN own.is_own THEN 'own_work' WHEN w.submissions < 2 THEN 'one_submission' END AS obstacle
  FROM document d
  JOIN LATERAL (
    SELECT count(DISTINCT a.annotator_id)::int AS submissions
      FROM assignment a
     WHERE a.project_id = d.project_id AND a.document_id = d.id AND a.state = 'submitted'
       AND a.withdrawn_at IS NULL AND a.purpose = 'work') w ON w.submissions > 0
  LEFT JOIN LATERAL (
    SELECT true AS is_own FROM assignment a
      JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
      JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
     WHERE a.project_id = d.project_id AND a.document_id = d.id AND n.user_id = $2
       AND (a.withdrawn_at IS NULL OR s.revision > 0) LIMIT 1) own ON true
  LEFT JOIN LATERAL (
    SELECT j.id, j.state, u.name AS adjudicator,
           (SELECT count(*)::int FROM decision x
             WHERE x.project_id = j.project_id AND x.adjudication_id = j.id
               AND x.revoked_at IS NULL) AS decided,
           EXISTS (
             SELECT 1 FROM jsonb_to_recordset(j.snapshot) AS f("setId" uuid, revision int)
               JOIN annotation_set s ON s.project_id = j.project_id AND s.id = f."setId"
              WHERE s.submitted_revision IS DISTINCT FROM f.revision) AS is_stale
      FROM adjudication j
      JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
      LEFT JOIN "user" u ON u.id = j.adjudicator_id
     WHERE j.project_id = d.project_id AND v.document_id = d.id
     ORDER BY j.started_at DESC LIMIT 1) j ON true
 WHERE d.project_id = $1 AND d.archived_at IS NULL
 ORDER BY d.seq LIMIT 2000`;

const one = z.strictObject({ projectId: z.uuid(), adjudicationId: z.uuid() });

/**
 * Begins on a document: freezes the submissions as they are and makes an empty gold set. Nobody
 * adjudicates a document that they annotated themselves.
 */
export const startAdjudication = defineUseCase({
  name: "startAdjudication",
  permission: "adjudicate",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), documentId: z.uuid() }),
  async run({ documentId }, caller): Promise<Result<{ adjudicationId: string }>> {
    const started = await beginAdjudication(caller, documentId);
    if (!started.ok) return started;
    const { adjudicationId, isNew, submissions } = started.value;
    if (isNew) {
      await recordAudit(caller, {
        action: "adjudication.started",
        targetType: "adjudication",
        targetId: adjudicationId,
        detail: { documentId, submissions },
      });
    }
    return success({ adjudicationId });
  },
});

/** Begins, or finds the adjudication of this text that is there. */
export async function beginAdjudication(
  viewer: Viewer,
  documentId: string,
): Promise<Result<{ adjudicationId: string; isNew: boolean; submissions: number }>> {
  const frozen = await freeze(viewer, documentId);
  if (!frozen.ok) return frozen;
  const { snapshot, documentVersionId, codebookVersionId } = frozen.value;
  const { rows } = await pool().query<{ id: string; made: boolean }>(START, [
    viewer.projectId,
    newId(),
    newId(),
    documentVersionId,
    codebookVersionId,
    viewer.userId,
    JSON.stringify(snapshot),
  ]);
  const started = rows[0];
  if (started === undefined) {
    return failure("conflict", "Somebody else began with this document just now. Reload the page.");
  }
  const { id, made } = started;
  return success({ adjudicationId: id, isNew: made, submissions: snapshot.length });
}

/** An adjudication of the same text that is there already is gone on with. */
const START = `
WITH known AS (
  SELECT id FROM adjudication WHERE project_id = $1 AND document_version_id = $4
   ORDER BY started_at DESC LIMIT 1
), gold AS (
  INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length,
                              codebook_version_id, flags, name)
  SELECT $1, $3, 'gold', $4, v.length, $5, '{}', 'gold' FROM document_version v
   WHERE v.project_id = $1 AND v.id = $4 AND NOT EXISTS (SELECT 1 FROM known)
  RETURNING id
), made AS (
  INSERT INTO adjudication (project_id, id, document_version_id, gold_set_id, adjudicator_id, snapshot)
  SELECT $1, $2, $4, gold.id, $6, $7::jsonb FROM gold
  ON CONFLICT DO NOTHING RETURNING id
)
SELECT id, true AS made FROM made UNION ALL SELECT id, false FROM known`;

type FrozenDocument = { snapshot: Frozen[]; documentVersionId: string; codebookVersionId: string };

async function freeze(caller: Viewer, documentId: string): Promise<Result<FrozenDocument>> {
  if (await hasAnnotated(pool(), caller, documentId)) return failure("forbidden", OWN_WORK);
  const work = await readSubmittedWork(caller, { documentId });
  const document = work.documents.at(-1);
  if (document === undefined) return failure("not_found", "Nobody has submitted this document.");
  const sets = latestSets(
    work.sets.filter((set) => set.documentVersionId === document.versionId && set.repetition === 0),
  );
  const codebookVersionId = work.codebooks.find(({ id }) =>
    sets.some((set) => set.codebookVersionId === id),
  )?.id;
  if (codebookVersionId === undefined) {
    return failure("not_found", "Nobody has submitted this document.");
  }
  const revisions = await pool().query<{ id: string; revision: number }>(
    `SELECT id, submitted_revision AS revision FROM annotation_set
      WHERE project_id = $1 AND id = ANY($2::uuid[]) AND submitted_revision IS NOT NULL`,
    [caller.projectId, sets.map(({ setId }) => setId)],
  );
  const revisionOf = new Map(revisions.rows.map(({ id, revision }) => [id, revision]));
  const snapshot = sets.flatMap(({ setId, annotator }) => {
    const revision = revisionOf.get(setId);
    return revision === undefined ? [] : [{ setId, annotatorId: annotator.id, revision }];
  });
  return success({ snapshot, documentVersionId: document.versionId, codebookVersionId });
}

/** Everything on one adjudication: items, decisions, the gold set so far. */
export const openAdjudication = defineUseCase({
  name: "openAdjudication",
  permission: "adjudicate",
  scope: "project",
  input: one,
  async run({ projectId, adjudicationId }, caller): Promise<Result<OpenAdjudication>> {
    const { rows } = await pool().query<{
      state: "open" | "finished" | "stale";
      snapshot: Frozen[];
      hidesNames: boolean;
      goldSetId: string;
      documentId: string;
      documentVersionId: string;
      codebookVersionId: string;
      content: unknown;
    }>(OPEN, [projectId, adjudicationId]);
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This adjudication does not exist.");
    if (await hasAnnotated(pool(), caller, row.documentId)) return failure("forbidden", OWN_WORK);
    const [work, items, decisions, gold] = await Promise.all([
      readSubmittedWork(caller, { documentId: row.documentId }),
      frozenItems(pool(), { projectId, ...row }),
      readDecisions(pool(), projectId, adjudicationId),
      loadSet(projectId, row.goldSetId),
    ]);
    const document = work.documents.find(({ versionId }) => versionId === row.documentVersionId);
    if (document === undefined) {
      return failure("closed", "All submissions of this document were opened again.");
    }
    const codebook = codebookSchema.parse(row.content);
    const known = new Map(work.sets.map((set) => [set.annotator.id, set.annotator]));
    const present = latestSets(
      work.sets.filter(
        (set) => set.documentVersionId === row.documentVersionId && set.repetition === 0,
      ),
    );
    const isStale =
      present.length !== row.snapshot.length || (await hasMoved(projectId, row.snapshot));
    return success({
      adjudicationId,
      state: row.state === "finished" ? "finished" : "open",
      isStale,
      document,
      codebook,
      hidesNames: row.hidesNames,
      annotators: row.hidesNames
        ? lettered(row.snapshot, adjudicationId)
        : row.snapshot.map(({ annotatorId }) => {
            const annotator = known.get(annotatorId);
            return {
              id: annotatorId,
              name: annotator === undefined ? "former annotator" : shownName(annotator, caller),
            };
          }),
      items,
      decisions,
      gold,
    });
  },
});

/** Names that do not tell who is who, nor in the next document whose row stood where. */
function lettered(snapshot: readonly Frozen[], adjudicationId: string) {
  const place = ({ annotatorId }: Frozen) =>
    createHash("sha256").update(`${adjudicationId}/${annotatorId}`).digest("hex");
  return [...snapshot]
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
    .map(({ annotatorId }, at) => ({
      id: annotatorId,
      name: at < 26 ? `Annotator ${String.fromCodePoint(65 + at)}` : `Annotator ${at + 1}`,
    }));
}

const OPEN = `
SELECT j.state, j.snapshot, coalesce((j.settings ->> 'hidesNames')::boolean, false) AS "hidesNames",
       j.gold_set_id AS "goldSetId", v.document_id AS "documentId",
       v.id AS "documentVersionId", c.id AS "codebookVersionId", c.content
  FROM adjudication j
  JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
  JOIN annotation_set s ON s.project_id = j.project_id AND s.id = j.gold_set_id
  JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
 WHERE j.project_id = $1 AND j.id = $2`;

async function hasMoved(projectId: string, snapshot: readonly Frozen[]): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM jsonb_to_recordset($2::jsonb) AS f("setId" uuid, revision int)
       JOIN annotation_set s ON s.project_id = $1 AND s.id = f."setId"
      WHERE s.submitted_revision IS DISTINCT FROM f.revision LIMIT 1`,
    [projectId, JSON.stringify(snapshot)],
  );
  return rows.length > 0;
}

const FINISHED = noteEvent("adjudication.finished", {
  happened: "finished",
  projectId: "$1",
  eventId: "$3",
  payload: `jsonb_build_object('adjudicationId', $2::uuid,
                               'goldSetId', (SELECT gold_set_id FROM finished))`,
});

/** Ends an adjudication: its gold set counts from now on. Every dispute must be decided. */
export const finishAdjudication = defineUseCase({
  name: "finishAdjudication",
  permission: "adjudicate",
  scope: "project",
  input: one,
  async run({ projectId, adjudicationId }, caller): Promise<Result<null>> {
    const finished = await withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const done = new Set(ready.value.decisions.map((each) => each.itemKey));
      const left = ready.value.items.filter((item) => !done.has(item.key));
      const disputed = left.filter(isDisputed).length;
      if (disputed > 0) {
        return failure("closed", `${disputed} of the disputes are not decided yet.`);
      }
      if (left.length > 0) {
        return failure("closed", "Accept what all agree on first: it belongs to the gold set too.");
      }
      await client.query(
        `WITH finished AS (
           UPDATE adjudication SET state = 'finished', finished_at = now()
            WHERE project_id = $1 AND id = $2 AND state <> 'finished' RETURNING gold_set_id
         )
         ${FINISHED}`,
        [projectId, adjudicationId, newId()],
      );
      await client.query(
        `UPDATE annotation_set SET submitted_revision = revision, updated_at = now()
          WHERE project_id = $1 AND id = $2`,
        [projectId, gold.setId],
      );
      return success(null);
    });
    if (finished.ok) await noteAct(caller, "adjudication.finished", adjudicationId);
    return finished;
  },
});

/** Hides or shows the names of the annotators to whoever adjudicates. */
export const changeAdjudication = defineUseCase({
  name: "changeAdjudication",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({ hidesNames: z.boolean() }),
  async run({ projectId, adjudicationId, hidesNames }, caller): Promise<Result<null>> {
    const { rowCount } = await pool().query(
      `UPDATE adjudication SET settings = settings || jsonb_build_object('hidesNames', $3::boolean)
        WHERE project_id = $1 AND id = $2`,
      [projectId, adjudicationId, hidesNames],
    );
    if (rowCount === 0) return failure("not_found", "This adjudication does not exist.");
    await recordAudit(caller, {
      action: "adjudication.changed",
      targetType: "adjudication",
      targetId: adjudicationId,
      detail: { hidesNames },
    });
    return success(null);
  },
});

/** Opens a finished adjudication again. */
export const reopenAdjudication = defineUseCase({
  name: "reopenAdjudication",
  permission: "adjudicate",
  scope: "project",
  input: one,
  async run({ projectId, adjudicationId }, caller): Promise<Result<null>> {
    const { rowCount } = await pool().query(
      `WITH opened AS (
         UPDATE adjudication SET state = 'open', finished_at = NULL
          WHERE project_id = $1 AND id = $2 AND state = 'finished' RETURNING gold_set_id
       )
       UPDATE annotation_set s SET submitted_revision = NULL, updated_at = now()
         FROM opened WHERE s.project_id = $1 AND s.id = opened.gold_set_id`,
      [projectId, adjudicationId],
    );
    if (rowCount === 0) return failure("conflict", "This adjudication is open already.");
    await noteAct(caller, "adjudication.reopened", adjudicationId);
    return success(null);
  },
});

/**
 * Takes the submissions as they are now. Decisions stay where their item is still there with the
 * options that they rest on; the others are taken back, and kept in the history.
 */
export const refreshAdjudication = defineUseCase({
  name: "refreshAdjudication",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({ documentId: z.uuid() }),
  async run(
    { projectId, adjudicationId, documentId },
    caller,
  ): Promise<Result<{ kept: number; takenBack: number }>> {
    const frozen = await freeze(caller, documentId);
    if (!frozen.ok) return frozen;
    const refreshed = await withGold(projectId, adjudicationId, async (client, gold) => {
      if (gold.documentVersionId !== frozen.value.documentVersionId) {
        return failure("closed", "The document has a new text: begin a new adjudication of it.");
      }
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const now = await frozenItems(client, { ...gold, snapshot: frozen.value.snapshot });
      const optionsNow = new Map(now.map((item) => [item.key, item.options.map(({ key }) => key)]));
      const gone = ready.value.decisions.filter((each) => {
        const options = optionsNow.get(each.itemKey);
        return options === undefined || !each.optionKeys.every((key) => options.includes(key));
      });
      const before = ready.value.items;
      const changes = gone.flatMap((each) => {
        const item = before.find(({ key }) => key === each.itemKey);
        return item === undefined ? [] : takeBack(item, ready.value.state, each.spanId);
      });
      const after = await applyAll(gold, ready.value.state, changes);
      if (!after.ok) return after;
      await writeGold(client, gold, {
        gestures: [{ gestureId: newId(), changes }],
        before: ready.value.state,
        after: after.value,
        userId: caller.userId,
      });
      await revoke(
        client,
        gold,
        gone.map((each) => each.itemKey),
      );
      await client.query(
        `UPDATE adjudication SET snapshot = $3::jsonb, state = 'open', finished_at = NULL
          WHERE project_id = $1 AND id = $2`,
        [projectId, adjudicationId, JSON.stringify(frozen.value.snapshot)],
      );
      return success({ kept: ready.value.decisions.length - gone.length, takenBack: gone.length });
    });
    if (refreshed.ok) await noteAct(caller, "adjudication.refreshed", adjudicationId);
    return refreshed;
  },
});

function noteAct(caller: Caller, action: string, adjudicationId: string): Promise<void> {
  return recordAudit(caller, { action, targetType: "adjudication", targetId: adjudicationId });
}
