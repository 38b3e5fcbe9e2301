import "server-only";
import { findItems, type Item, type Submission } from "@/lib/domain/adjudication/items";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { Change, StoredOperation } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import {
  type AnnotationState,
  type AnnotationStateData,
  stateToData,
} from "@/lib/domain/annotation/state";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { type Decision, readDecisions } from "./decision-store";
import { editContext } from "./edit-context";
import { loadSet, loadState } from "./stored-sets";
import type { Queryable } from "./submitted-sets";
import type { Caller } from "./use-case";
import { LOG_AND_PROJECTION, projectionValues } from "./write-batch";

/** A submission as it was when adjudication began: its set at a revision. */
export type Frozen = { setId: string; annotatorId: string; revision: number };

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
};

/** The submissions of a snapshot as they were: from the log where a set has moved on since. */
export async function loadSubmissions(
  projectId: string,
  snapshot: readonly Frozen[],
): Promise<Submission[]> {
  return Promise.all(
    snapshot.map(async ({ setId, annotatorId, revision }) => {
      const { spans, unitLabels } = await stateAt(projectId, setId, revision);
      return { annotatorId, setId, spans, unitLabels };
    }),
  );
}

async function stateAt(
  projectId: string,
  setId: string,
  revision: number,
): Promise<AnnotationStateData> {
  const { rows } = await pool().query<{
    revision: number;
    documentVersionId: string;
    codebookVersionId: string;
  }>(
    `SELECT revision, document_version_id AS "documentVersionId",
            codebook_version_id AS "codebookVersionId"
       FROM annotation_set WHERE project_id = $1 AND id = $2`,
    [projectId, setId],
  );
  const set = rows[0];
  if (set === undefined) throw new Error(`No annotation set ${setId}.`);
  if (set.revision === revision) return loadSet(projectId, setId);
  const context = await editContext(projectId, set.documentVersionId, set.codebookVersionId);
  const log = await pool().query<StoredOperation>(
    `SELECT id, gesture_id AS "gestureId", undoes, made_at AS "madeAt", revision, outcome,
            body AS change
       FROM operation
      WHERE project_id = $1 AND annotation_set_id = $2 AND revision <= $3 ORDER BY revision`,
    [projectId, setId, revision],
  );
  return stateToData(replay(log.rows, context).state);
}

/** Runs with the gold set of an adjudication locked; rolled back where that is refused. */
export async function withGold<T>(
  projectId: string,
  adjudicationId: string,
  run: (client: Queryable, gold: Gold) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query<Gold>(
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
        : await run(client, gold);
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** The gold set as it is now. */
export function loadGold({ projectId, setId }: Gold): Promise<AnnotationState> {
  return loadState(projectId, setId);
}

/** Carries out the changes of one decision over a state; nothing where one of them breaks a rule. */
export async function applyAll(
  gold: Gold,
  state: AnnotationState,
  changes: readonly Change[],
): Promise<Result<AnnotationState>> {
  const context = await editContext(gold.projectId, gold.documentVersionId, gold.codebookVersionId);
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

/** What a decision rests on, read with the gold set locked. */
export type Ready = { items: Item[]; decisions: Decision[]; state: AnnotationState };

/** Reads all that decisions need; refused where it is finished or the document is the caller's own work. */
export async function prepare(
  client: Queryable,
  gold: Gold,
  caller: Pick<Caller, "projectId" | "userId">,
): Promise<Result<Ready>> {
  if (gold.state === "finished") {
    return failure("closed", "This adjudication is finished. Open it again to change it.");
  }
  if (await hasAnnotated(client, caller, gold.documentId)) return failure("forbidden", OWN_WORK);
  const [items, decisions, state] = await Promise.all([
    itemsOf(client, gold),
    readDecisions(client, gold.projectId, gold.adjudicationId),
    loadGold(gold),
  ]);
  return success({ items, decisions, state });
}

/** What there is to decide, as the snapshot has it. */
export async function itemsOf(client: Queryable, gold: Gold): Promise<Item[]> {
  const { rows } = await client.query<{ content: unknown }>(
    "SELECT content FROM codebook_version WHERE project_id = $1 AND id = $2",
    [gold.projectId, gold.codebookVersionId],
  );
  const codebook = codebookSchema.parse(rows[0]?.content);
  return findItems(await loadSubmissions(gold.projectId, gold.snapshot), codebook);
}

const WRITE = `
WITH guard AS (
  UPDATE annotation_set s SET revision = $15, updated_at = now()
   WHERE s.project_id = $1 AND s.id = $2 AND s.codebook_version_id = $4
  RETURNING s.id
), ${LOG_AND_PROJECTION}
SELECT EXISTS (SELECT 1 FROM guard) AS written`;
