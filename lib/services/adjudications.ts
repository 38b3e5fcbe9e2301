import "server-only";
import { z } from "zod";
import {
  DECISION_KINDS,
  DECISION_REASONS,
  type DecisionKind,
  decideItem,
  takeBack,
} from "@/lib/domain/adjudication/decide";
import { findItems, type Item, isDisputed } from "@/lib/domain/adjudication/items";
import { MERGE_RULES, type MergeRule, mergeItem } from "@/lib/domain/adjudication/merge";
import type { Change } from "@/lib/domain/annotation/operation";
import type { AnnotationState, AnnotationStateData } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import {
  applyAll,
  type Frozen,
  type Gold,
  loadGold,
  loadSubmissions,
  withGold,
  writeGold,
} from "./adjudication-store";
import { recordAudit } from "./audit";
import { proseInput } from "./inputs";
import { loadSet } from "./stored-sets";
import {
  latestSets,
  type Queryable,
  readSubmittedWork,
  type SubmittedDocument,
  shownName,
} from "./submitted-sets";
import { type Caller, defineUseCase } from "./use-case";

/** A decision that stands. `spanId` is the span of the gold set that it made. */
export type Decision = {
  decisionId: string;
  itemKey: string;
  kind: DecisionKind;
  optionKeys: string[];
  spanId: string | null;
  reason: string | null;
  note: string;
  /** The rule that decided, where no person looked. */
  rule: string | null;
  decidedBy: string | null;
};

/** All that the adjudication page shows. Offsets are code points. */
export type OpenAdjudication = {
  adjudicationId: string;
  state: "open" | "finished";
  /** A submission was opened again or came in since; decisions stay as they are until refreshed. */
  isStale: boolean;
  document: SubmittedDocument;
  codebook: Codebook;
  annotators: { id: string; name: string }[];
  items: Item[];
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
    const { rows } = await pool().query<AdjudicationRow>(LIST, [projectId, userId]);
    return success(rows);
  },
});

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
  async run({ projectId, documentId }, caller): Promise<Result<{ adjudicationId: string }>> {
    const frozen = await freeze(caller, documentId);
    if (!frozen.ok) return frozen;
    const { snapshot, documentVersionId, codebookVersionId } = frozen.value;
    const { rows } = await pool().query<{ id: string; made: boolean }>(START, [
      projectId,
      newId(),
      newId(),
      documentVersionId,
      codebookVersionId,
      caller.userId,
      JSON.stringify(snapshot),
    ]);
    const started = rows[0];
    if (started === undefined) {
      return failure(
        "conflict",
        "Somebody else began with this document just now. Reload the page.",
      );
    }
    if (started.made) {
      await recordAudit(caller, {
        action: "adjudication.started",
        targetType: "adjudication",
        targetId: started.id,
        detail: { documentId, submissions: snapshot.length },
      });
    }
    return success({ adjudicationId: started.id });
  },
});

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

async function freeze(caller: Caller, documentId: string): Promise<Result<FrozenDocument>> {
  const own = await pool().query(OWN_WORK, [caller.projectId, documentId, caller.userId]);
  if (own.rows.length > 0) {
    return failure(
      "forbidden",
      "You have annotated this document yourself; somebody else decides on it.",
    );
  }
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

const OWN_WORK = `
SELECT 1 FROM assignment a
  JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
  JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
 WHERE a.project_id = $1 AND a.document_id = $2 AND n.user_id = $3
   AND (a.withdrawn_at IS NULL OR s.revision > 0) LIMIT 1`;

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
      goldSetId: string;
      documentId: string;
      documentVersionId: string;
      content: unknown;
    }>(OPEN, [projectId, adjudicationId]);
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This adjudication does not exist.");
    const own = await pool().query(OWN_WORK, [projectId, row.documentId, caller.userId]);
    if (own.rows.length > 0) {
      return failure(
        "forbidden",
        "You have annotated this document yourself; somebody else decides on it.",
      );
    }
    const [work, submissions, decisions, gold] = await Promise.all([
      readSubmittedWork(caller, { documentId: row.documentId }),
      loadSubmissions(projectId, row.snapshot),
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
      annotators: row.snapshot.map(({ annotatorId }) => {
        const annotator = known.get(annotatorId);
        return {
          id: annotatorId,
          name: annotator === undefined ? "former annotator" : shownName(annotator, caller),
        };
      }),
      items: findItems(submissions, codebook),
      decisions,
      gold,
    });
  },
});

const OPEN = `
SELECT j.state, j.snapshot, j.gold_set_id AS "goldSetId", v.document_id AS "documentId",
       v.id AS "documentVersionId", c.content
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

const range = z.strictObject({
  start: z.int().min(0).transform(codePoint),
  end: z.int().min(1).transform(codePoint),
  quote: z.string().max(100_000),
});

/** Decides on one item; a decision that stood before is taken back and kept in the history. */
export const decide = defineUseCase({
  name: "decide",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({
    itemKey: z.string().min(1).max(500),
    kind: z.enum(DECISION_KINDS),
    optionKeys: z.array(z.string().max(20_000)).max(100).default([]),
    ranges: z.array(range).min(1).max(40).optional(),
    label: z.string().min(1).max(80).optional(),
    reason: z.enum(DECISION_REASONS).nullable().default(null),
    note: proseInput(2_000).default(""),
  }),
  async run(input, caller): Promise<Result<{ decisionId: string }>> {
    const { projectId, adjudicationId, itemKey } = input;
    return withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const item = ready.value.items.find(({ key }) => key === itemKey);
      if (item === undefined) return failure("not_found", "This item is not there any more.");
      const earlier = ready.value.decisions.find((each) => each.itemKey === itemKey);
      const decided = decideItem(item, input, {
        state: ready.value.state,
        earlierSpanId: earlier?.spanId ?? null,
        newSpanId: newId(),
      });
      if ("problem" in decided) return failure("invalid", decided.problem);
      const after = await applyAll(gold, ready.value.state, decided.changes);
      if (!after.ok) return after;
      const gestureId = newId();
      await writeGold(client, gold, {
        gestures: [{ gestureId, changes: decided.changes }],
        before: ready.value.state,
        after: after.value,
        userId: caller.userId,
      });
      await revoke(client, gold, [itemKey]);
      const decisionId = newId();
      await insertDecisions(client, gold, caller.userId, [
        {
          decisionId,
          itemKey,
          kind: input.kind,
          optionKeys: input.optionKeys,
          sourceSpanIds: decided.sourceSpanIds,
          spanId: decided.spanId,
          reason: input.reason,
          note: input.note,
          rule: null,
          gestureId,
          votes: item.options[0]?.annotatorIds.length ?? 0,
        },
      ]);
      return success({ decisionId });
    });
  },
});

/** Takes a decision back; the item is undecided again. */
export const undoDecision = defineUseCase({
  name: "undoDecision",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({ itemKey: z.string().min(1).max(500) }),
  async run({ projectId, adjudicationId, itemKey }, caller): Promise<Result<null>> {
    return withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const { items, decisions, state } = ready.value;
      const item = items.find(({ key }) => key === itemKey);
      const earlier = decisions.find((each) => each.itemKey === itemKey);
      if (item === undefined || earlier === undefined) {
        return failure("conflict", "This item is not decided. Reload the page.");
      }
      const changes = takeBack(item, state, earlier.spanId);
      const after = await applyAll(gold, state, changes);
      if (!after.ok) return after;
      await writeGold(client, gold, {
        gestures: [{ gestureId: newId(), changes }],
        before: state,
        after: after.value,
        userId: caller.userId,
      });
      await revoke(client, gold, [itemKey]);
      return success(null);
    });
  },
});

/** Decides by a rule on every item that nobody has decided; the rest is left to people. */
export const mergeByRule = defineUseCase({
  name: "mergeByRule",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({
    rule: z.union([
      z.enum(["unanimous", "majority", "anyone"]),
      z.strictObject({
        minimumVotes: z.int().min(1).max(1_000),
        minimumShare: z.number().min(0).max(1),
      }),
    ]),
  }),
  async run({ projectId, adjudicationId, rule }, caller): Promise<Result<{ decided: number }>> {
    const merge = typeof rule === "string" ? MERGE_RULES[rule] : rule;
    const words =
      typeof rule === "string"
        ? rule
        : `at least ${rule.minimumVotes} votes and ${Math.round(rule.minimumShare * 100)} %`;
    const merged = await withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const { gestures, rows, state } = await mergeUndecided(gold, ready.value, merge, words);
      await writeGold(client, gold, {
        gestures,
        before: ready.value.state,
        after: state,
        userId: caller.userId,
      });
      await insertDecisions(client, gold, caller.userId, rows);
      return success({ decided: rows.length });
    });
    if (merged.ok && merged.value.decided > 0) {
      await recordAudit(caller, {
        action: "adjudication.merged",
        targetType: "adjudication",
        targetId: adjudicationId,
        detail: { rule: words, decided: merged.value.decided },
      });
    }
    return merged;
  },
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
        `UPDATE adjudication SET state = 'finished', finished_at = now()
          WHERE project_id = $1 AND id = $2`,
        [projectId, adjudicationId],
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
      const now = await itemsOf(client, { ...gold, snapshot: frozen.value.snapshot });
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

/** Decisions by rule on all that is undecided, with the gestures that carry them out. */
async function mergeUndecided(
  gold: Gold,
  { items, decisions, state: before }: Ready,
  rule: MergeRule,
  words: string,
) {
  const done = new Set(decisions.map((each) => each.itemKey));
  const gestures: { gestureId: string; changes: Change[] }[] = [];
  const rows: NewDecision[] = [];
  let state = before;
  for (const item of items.filter(({ key }) => !done.has(key))) {
    const { option, votes } = mergeItem(item, rule, gold.snapshot.length);
    if (option === null) continue;
    const accept = { kind: "accept", optionKeys: [option.key] } as const;
    const decided = decideItem(item, accept, { state, earlierSpanId: null, newSpanId: newId() });
    if ("problem" in decided) continue;
    const after = await applyAll(gold, state, decided.changes);
    // The codebook does not allow it beside what is there already: a person decides.
    if (!after.ok) continue;
    state = after.value;
    const gestureId = newId();
    gestures.push({ gestureId, changes: decided.changes });
    const { sourceSpanIds, spanId } = decided;
    rows.push({
      decisionId: newId(),
      itemKey: item.key,
      kind: "accept",
      optionKeys: [option.key],
      sourceSpanIds,
      spanId,
      reason: null,
      note: "",
      rule: words,
      gestureId,
      votes,
    });
  }
  return { gestures, rows, state };
}

type Ready = { items: Item[]; decisions: Decision[]; state: AnnotationState };

async function prepare(client: Queryable, gold: Gold, caller: Caller): Promise<Result<Ready>> {
  if (gold.state === "finished") {
    return failure("closed", "This adjudication is finished. Open it again to change it.");
  }
  const own = await client.query(
    `SELECT 1 FROM document_version v WHERE v.project_id = $1 AND v.id = $2 AND EXISTS (
       SELECT 1 FROM assignment a
         JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
         JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
        WHERE a.project_id = $1 AND a.document_id = v.document_id AND n.user_id = $3
          AND (a.withdrawn_at IS NULL OR s.revision > 0))`,
    [gold.projectId, gold.documentVersionId, caller.userId],
  );
  if (own.rows.length > 0) {
    return failure(
      "forbidden",
      "You have annotated this document yourself; somebody else decides on it.",
    );
  }
  const [items, decisions, state] = await Promise.all([
    itemsOf(client, gold),
    readDecisions(client, gold.projectId, gold.adjudicationId),
    loadGold(gold),
  ]);
  return success({ items, decisions, state });
}

async function itemsOf(client: Queryable, gold: Gold): Promise<Item[]> {
  const { rows } = await client.query<{ content: unknown }>(
    "SELECT content FROM codebook_version WHERE project_id = $1 AND id = $2",
    [gold.projectId, gold.codebookVersionId],
  );
  const codebook = codebookSchema.parse(rows[0]?.content);
  return findItems(await loadSubmissions(gold.projectId, gold.snapshot), codebook);
}

async function readDecisions(
  client: Queryable,
  projectId: string,
  adjudicationId: string,
): Promise<Decision[]> {
  const { rows } = await client.query<Decision>(
    `SELECT x.id AS "decisionId", x.subject AS "itemKey", x.kind, x.result_span_id AS "spanId",
            x.reason, x.note, x.rule, u.name AS "decidedBy",
            coalesce(x.detail -> 'optionKeys', '[]') AS "optionKeys"
       FROM decision x LEFT JOIN "user" u ON u.id = x.decided_by_id
      WHERE x.project_id = $1 AND x.adjudication_id = $2 AND x.revoked_at IS NULL
      ORDER BY x.decided_at, x.id`,
    [projectId, adjudicationId],
  );
  return rows;
}

type NewDecision = Omit<Decision, "decidedBy"> & {
  sourceSpanIds: string[];
  gestureId: string;
  votes: number;
};

async function insertDecisions(
  client: Queryable,
  { projectId, adjudicationId, snapshot }: Gold,
  userId: string,
  decisions: readonly NewDecision[],
): Promise<void> {
  const rows = decisions.map((each) => ({
    id: each.decisionId,
    subject: each.itemKey,
    kind: each.kind,
    source_span_ids: each.sourceSpanIds,
    result_span_id: each.spanId,
    reason: each.reason,
    note: each.note,
    rule: each.rule,
    gesture_id: each.gestureId,
    detail: { optionKeys: each.optionKeys, votes: each.votes, annotators: snapshot.length },
  }));
  await client.query(
    `INSERT INTO decision (project_id, id, adjudication_id, subject, kind, source_span_ids,
                           result_span_id, reason, note, rule, gesture_id, detail, decided_by_id)
     SELECT $1, d.id, $2, d.subject, d.kind::decision_kind, d.source_span_ids, d.result_span_id,
            d.reason, d.note, d.rule, d.gesture_id, d.detail, $3
       FROM jsonb_to_recordset($4::jsonb)
            AS d(id uuid, subject text, kind text, source_span_ids uuid[], result_span_id uuid,
                 reason text, note text, rule text, gesture_id uuid, detail jsonb)`,
    [projectId, adjudicationId, userId, JSON.stringify(rows)],
  );
}

async function revoke(
  client: Queryable,
  { projectId, adjudicationId }: Gold,
  itemKeys: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE decision SET revoked_at = now()
      WHERE project_id = $1 AND adjudication_id = $2 AND subject = ANY($3::text[])
        AND revoked_at IS NULL`,
    [projectId, adjudicationId, itemKeys],
  );
}

function noteAct(caller: Caller, action: string, adjudicationId: string): Promise<void> {
  return recordAudit(caller, { action, targetType: "adjudication", targetId: adjudicationId });
}
