import "server-only";
import { findItems, type Item, type Submission } from "@/lib/domain/adjudication/items";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import { replay } from "@/lib/domain/annotation/replay";
import { type AnnotationStateData, stateToData } from "@/lib/domain/annotation/state";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { editContext } from "./edit-context";
import { loadSet } from "./stored-sets";
import type { Queryable } from "./submitted-sets";

/** A submission as it was when adjudication began: its set at a revision. */
export type Frozen = { setId: string; annotatorId: string; revision: number };

/** What the items of an adjudication are made from; all of it stays as it is. */
export type FrozenWork = {
  projectId: string;
  codebookVersionId: string;
  snapshot: readonly Frozen[];
};

type Kept = { items: Promise<readonly Item[]>; spans: number };

/** Spans in kept items, of all adjudications together: some 20 MB. */
const MOST_SPANS = 50_000;
const kept = new Map<string, Kept>();
let keptSpans = 0;

/**
 * What there is to decide, as the snapshot has it. Kept for the next decision: submissions at their
 * revisions never change, and what else they are read by is part of the key.
 */
export async function frozenItems(client: Queryable, work: FrozenWork): Promise<readonly Item[]> {
  const sets = await readSets(client, work);
  const { projectId, codebookVersionId, snapshot } = work;
  const key = JSON.stringify([projectId, codebookVersionId, snapshot, sets]);
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    return known.items;
  }
  const items = findFrozen(client, work, sets);
  const entry: Kept = { items, spans: 0 };
  kept.set(key, entry);
  try {
    entry.spans = spansIn(await items);
  } catch (error) {
    if (kept.get(key) === entry) kept.delete(key);
    throw error;
  }
  // Somebody else may have taken it out meanwhile, to make room.
  if (kept.get(key) === entry) keptSpans += entry.spans;
  makeRoom(key);
  return items;
}

/** As frozenItems, read and aligned anew. */
export async function readFrozenItems(client: Queryable, work: FrozenWork): Promise<Item[]> {
  return findFrozen(client, work, await readSets(client, work));
}

/** Lets go of what was asked for least lately. */
function makeRoom(present: string): void {
  for (const [key, { spans }] of kept) {
    if (keptSpans <= MOST_SPANS) return;
    if (key === present) continue;
    kept.delete(key);
    keptSpans -= spans;
  }
}

function spansIn(items: readonly Item[]): number {
  return items.reduce(
    (sum, { options }) => sum + options.reduce((all, { spanIds }) => all + spanIds.length + 1, 0),
    0,
  );
}

type SetFacts = {
  setId: string;
  revision: number;
  documentVersionId: string;
  codebookVersionId: string;
};

async function readSets(
  client: Queryable,
  { projectId, snapshot }: FrozenWork,
): Promise<SetFacts[]> {
  const ids = snapshot.map(({ setId }) => setId);
  const { rows } = await client.query<SetFacts>(
    `SELECT id AS "setId", revision, document_version_id AS "documentVersionId",
            codebook_version_id AS "codebookVersionId"
       FROM annotation_set WHERE project_id = $1 AND id = ANY($2::uuid[]) ORDER BY id`,
    [projectId, ids],
  );
  if (rows.length < new Set(ids).size) throw new Error("A frozen annotation set is not there.");
  return rows;
}

async function findFrozen(
  client: Queryable,
  { projectId, codebookVersionId, snapshot }: FrozenWork,
  sets: readonly SetFacts[],
): Promise<Item[]> {
  const { rows } = await client.query<{ content: unknown }>(
    "SELECT content FROM codebook_version WHERE project_id = $1 AND id = $2",
    [projectId, codebookVersionId],
  );
  const factsOf = new Map(sets.map((set) => [set.setId, set]));
  const submissions: Submission[] = [];
  // One after the other: it may all be on one connection.
  for (const frozen of snapshot) {
    const { annotatorId, setId } = frozen;
    const { spans, unitLabels } = await stateAt(client, projectId, {
      facts: factsOf.get(setId),
      frozen,
    });
    submissions.push({ annotatorId, setId, spans, unitLabels });
  }
  return findItems(submissions, codebookSchema.parse(rows[0]?.content));
}

/** A set as it was at a revision: from the log where it has moved on since. */
async function stateAt(
  client: Queryable,
  projectId: string,
  { facts, frozen }: { facts: SetFacts | undefined; frozen: Frozen },
): Promise<AnnotationStateData> {
  const { setId, revision } = frozen;
  if (facts === undefined) throw new Error(`No annotation set ${setId}.`);
  if (facts.revision === revision) return loadSet(projectId, setId, client);
  const { documentVersionId, codebookVersionId } = facts;
  const context = await editContext(projectId, documentVersionId, codebookVersionId, client);
  const log = await client.query<StoredOperation>(
    `SELECT id, gesture_id AS "gestureId", undoes, made_at AS "madeAt", revision, outcome,
            body AS change
       FROM operation
      WHERE project_id = $1 AND annotation_set_id = $2 AND revision <= $3 ORDER BY revision`,
    [projectId, setId, revision],
  );
  return stateToData(replay(log.rows, context).state);
}
