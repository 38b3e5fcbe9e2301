import "server-only";
import type { Item } from "@/lib/domain/adjudication/items";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { Change, StoredOperation } from "@/lib/domain/annotation/operation";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import { failure, type Result, success } from "@/lib/domain/result";
import type { Range } from "@/lib/domain/text/offsets";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { type Decision, readDecisions } from "./decision-store";
import { editContext } from "./edit-context";
import { type Frozen, frozenItems } from "./frozen-items";
import { loadPart, loadState } from "./stored-sets";
import type { Queryable } from "./submitted-sets";
import type { Caller } from "./use-case";
import { LOG_AND_PROJECTION, projectionValues } from "./write-batch";

/** The gold set of an adjudication, locked while decisions are carried out. */
export type Gold = {
  projectId: string;
  adjudicationId: string;
  setId: string;
  documentId: string;
  documentVersionId: string;
  codebookVersionId: string;
  textLength: number;
  revision: number;
  state: "open" | "finished" | "stale";
  snapshot: Frozen[];
  /** The connection that holds the lock: whoever waited for another while all are held so would wait in vain. */
  client: Queryable;
};

/** Runs with the gold set of an adjudication locked; rolled back where that is refused. */
export async function withGold<T>(
  projectId: string,
  adjudicationId: string,
  run: (client: Queryable, gold: Gold) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await pool().connect();
  let isBroken = true;
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<Omit<Gold, "client">>(
      `SELECT j.project_id AS "projectId", j.id AS "adjudicationId", s.id AS "setId",
              v.document_id AS "documentId", s.document_version_id AS "documentVersionId",
              s.codebook_version_id AS "codebookVersionId", s.text_length AS "textLength",
              s.revision, j.state, j.snapshot
         FROM adjudication j
         JOIN annotation_set s ON s.project_id = j.project_id AND s.id = j.gold_set_id
         JOIN document_version v ON v.project_id = j.project_id AND v.id = j.document_version_id
        WHERE j.project_id = $1 AND j.id = $2 FOR UPDATE OF j, s`,
      [projectId, adjudicationId],
    );
    const gold = rows[0];
    const result: Result<T> =
      gold === undefined
        ? failure("not_found", "This adjudication does not exist.")
        : await run(client, { ...gold, client });
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
    isBroken = false;
    return result;
  } finally {
    // A connection whose transaction did not end is thrown away, which ends it.
    client.release(isBroken);
  }
}

/** The gold set as it is now. */
export function loadGold({ projectId, setId, client }: Gold): Promise<AnnotationState> {
  return loadState(projectId, setId, client);
}

/** Carries out the changes of one decision over a state; nothing where one of them breaks a rule. */
export async function applyAll(
  gold: Gold,
  state: AnnotationState,
  changes: readonly Change[],
): Promise<Result<AnnotationState>> {
  const { projectId, documentVersionId, codebookVersionId, client } = gold;
  const context = await editContext(projectId, documentVersionId, codebookVersionId, client);
  let after = state;
  for (const change of changes) {
    const verdict = applyChange(after, change, context);
    if (verdict.outcome === "refused") return failure("invalid", verdict.message);
    if (verdict.outcome === "applied") after = verdict.state;
  }
  return success(after);
}

/** Logs gestures in the gold set and brings its projection up to `after`. */
export async function writeGold(
  client: Queryable,
  gold: Gold,
  write: {
    gestures: readonly { gestureId: string; changes: readonly Change[] }[];
    before: AnnotationState;
    after: AnnotationState;
    userId: string;
  },
): Promise<void> {
  const madeAt = new Date().toISOString();
  const operations = write.gestures
    .flatMap(({ gestureId, changes }) => changes.map((change) => ({ gestureId, change })))
    .map(
      ({ gestureId, change }, at): StoredOperation => ({
        id: newId(),
        gestureId,
        undoes: null,
        madeAt,
        change,
        revision: gold.revision + at + 1,
        outcome: "applied",
      }),
    );
  if (operations.length === 0) return;
  const revision = gold.revision + operations.length;
  const { rows } = await client.query<{ written: boolean }>(WRITE, [
    ...projectionValues({
      projectId: gold.projectId,
      setId: gold.setId,
      codebookVersionId: gold.codebookVersionId,
      textLength: gold.textLength,
      userId: write.userId,
      clientId: gold.adjudicationId,
      operations,
      before: write.before,
      after: write.after,
    }),
    revision,
  ]);
  if (rows[0]?.written !== true) throw new Error(`Gold set ${gold.setId} was not written.`);
}

/** What somebody is told who would judge their own work. */
export const OWN_WORK = "You have annotated this document yourself; somebody else decides on it.";

/** Whether the caller has or had a document to annotate. */
export async function hasAnnotated(
  client: Queryable,
  { projectId, userId }: Pick<Caller, "projectId" | "userId">,
  documentId: string,
): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM assignment a
       JOIN annotator n ON n.project_id = a.project_id AND n.id = a.annotator_id
       JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
      WHERE a.project_id = $1 AND a.document_id = $2 AND n.user_id = $3
        AND (a.withdrawn_at IS NULL OR s.revision > 0) LIMIT 1`,
    [projectId, documentId, userId],
  );
  return rows.length > 0;
}

/** What decisions rest on, read with the gold set locked. */
export type Ready = { items: readonly Item[]; decisions: Decision[]; state: AnnotationState };

type Judge = Pick<Caller, "projectId" | "userId">;

/** Reads all that decisions need; refused where it is finished or the document is the caller's own work. */
export async function prepare(
  client: Queryable,
  gold: Gold,
  caller: Judge,
): Promise<Result<Ready>> {
  const refusal = await refusalOf(client, gold, caller);
  if (refusal !== null) return refusal;
  const items = await frozenItems(client, gold);
  const decisions = await readDecisions(client, gold.projectId, gold.adjudicationId);
  return success({ items, decisions, state: await loadGold(gold) });
}

/** What one decision rests on; `state` is the part of the gold set that it can touch. */
export type ReadyItem = { item: Item; earlier: Decision | null; state: AnnotationState };

/** As `prepare`, for one item and the words that it may be given. */
export async function prepareItem(
  client: Queryable,
  gold: Gold,
  caller: Judge,
  wanted: { itemKey: string; ranges?: readonly Range[] | undefined },
): Promise<Result<ReadyItem>> {
  const refusal = await refusalOf(client, gold, caller);
  if (refusal !== null) return refusal;
  const items = await frozenItems(client, gold);
  const item = items.find(({ key }) => key === wanted.itemKey);
  if (item === undefined) return failure("not_found", "This item is not there any more.");
  const { projectId, adjudicationId } = gold;
  const [earlier] = await readDecisions(client, projectId, adjudicationId, [wanted.itemKey]);
  const words = [item, ...(wanted.ranges ?? [])];
  const near = {
    start: Math.min(...words.map(({ start }) => start)),
    end: Math.max(...words.map(({ end }) => end)),
  };
  const ids = typeof earlier?.spanId === "string" ? [earlier.spanId] : [];
  const state = await loadPart(projectId, gold.setId, { near, ids }, client);
  return success({ item, earlier: earlier ?? null, state });
}

async function refusalOf(
  client: Queryable,
  gold: Gold,
  caller: Judge,
): Promise<Result<never> | null> {
  if (gold.state === "finished") {
    return failure("closed", "This adjudication is finished. Open it again to change it.");
  }
  return (await hasAnnotated(client, caller, gold.documentId))
    ? failure("forbidden", OWN_WORK)
    : null;
}

const WRITE = `
WITH guard AS (
  UPDATE annotation_set s SET revision = $15, updated_at = now()
   WHERE s.project_id = $1 AND s.id = $2 AND s.codebook_version_id = $4
  RETURNING s.id
), ${LOG_AND_PROJECTION}
SELECT EXISTS (SELECT 1 FROM guard) AS written`;
