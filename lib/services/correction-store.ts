import "server-only";
import type { StoredOperation } from "@/lib/domain/annotation/operation";
import { EMPTY_STATE } from "@/lib/domain/annotation/state";
import { newId } from "@/lib/server/ids";
import type { Plan, PlannedSet } from "./correction-plan";
import { writeVersions } from "./document-store";
import type { Queryable } from "./project-store";
import { writeSignatures } from "./reprints";
import { LOG_AND_PROJECTION, projectionValues } from "./write-batch";

export type CorrectionMade = { correctionId: string; version: number; lost: number };

type How = { reason: string; revertsId: string | null; userId: string };

/**
 * Holds the work on a document so that nobody writes to it meanwhile: assignments before sets, as all
 * who write do.
 */
export async function holdWork(
  client: Queryable,
  projectId: string,
  documentId: string,
): Promise<void> {
  const key = [projectId, documentId];
  await client.query(`SELECT 1 FROM document WHERE project_id = $1 AND id = $2 FOR UPDATE`, key);
  await client.query(
    `SELECT 1 FROM assignment WHERE project_id = $1 AND document_id = $2 ORDER BY id FOR NO KEY UPDATE`,
    key,
  );
  await client.query(
    `SELECT 1 FROM annotation_set s
       JOIN document_version v ON v.project_id = s.project_id AND v.id = s.document_version_id
      WHERE s.project_id = $1 AND v.document_id = $2 ORDER BY s.id FOR NO KEY UPDATE OF s`,
    key,
  );
}

/** Stores a correction as it was planned. The caller holds the work on the document. */
export async function carryOut(client: Queryable, plan: Plan, how: How): Promise<CorrectionMade> {
  const { projectId, documentId, from, number, text } = plan;
  const [versionId, correctionId] = [newId(), newId()];
  await writeVersions(client, projectId, [{ id: versionId, documentId, version: number, text }]);
  await client.query(
    `INSERT INTO correction (project_id, id, document_id, from_version_id, to_version_id, reason,
                             reverts_id, created_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      projectId,
      correctionId,
      documentId,
      from.id,
      versionId,
      how.reason,
      how.revertsId,
      how.userId,
    ],
  );
  for (const set of plan.sets) await moveSet(client, { plan, set, versionId, correctionId, how });
  await client.query(
    `UPDATE assignment SET document_version_id = $3
      WHERE project_id = $1 AND document_id = $2 AND document_version_id = $4`,
    [projectId, documentId, versionId, from.id],
  );
  await client.query(
    `UPDATE adjudication SET state = 'stale'
      WHERE project_id = $1 AND document_version_id = $2 AND state <> 'stale'`,
    [projectId, from.id],
  );
  await client.query(
    `UPDATE document d
        SET search = corpus_search(d.title, concat_ws(' ', d.outlet, d.author, d.section), d.language, $3)
      WHERE d.project_id = $1 AND d.id = $2`,
    [projectId, documentId, text.searchable],
  );
  await writeSignatures(client, projectId, [{ documentId, signature: text.signature }]);
  const lost = plan.sets.reduce((sum, { result }) => sum + result.lost.length, 0);
  return { correctionId, version: number, lost };
}

type Move = { plan: Plan; set: PlannedSet; versionId: string; correctionId: string; how: How };

/** The old set gives its assignment to the new one in the same statement that fills it. */
async function moveSet(client: Queryable, move: Move): Promise<void> {
  const { plan, set, versionId, correctionId, how } = move;
  const { projectId, text } = plan;
  const { result } = set;
  const setId = newId();
  const operations = operationsOf(result.changes);
  const values = projectionValues({
    projectId,
    setId,
    textLength: text.length,
    codebookVersionId: set.codebookVersionId,
    clientId: correctionId,
    userId: how.userId,
    operations,
    before: EMPTY_STATE,
    after: result.state,
  });
  await client.query(MOVE_SET, [
    ...values,
    set.id,
    versionId,
    operations.length,
    result.state.flags,
    set.state === "submitted",
  ]);
  await client.query(
    `INSERT INTO corrected_set (project_id, correction_id, from_set_id, to_set_id, carried, lost)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [
      projectId,
      correctionId,
      set.id,
      setId,
      JSON.stringify(result.carried),
      JSON.stringify(result.lost),
    ],
  );
  await followRemarks(client, projectId, { setId, carried: result.carried });
}

const MOVE_SET = `
WITH old AS (
  UPDATE annotation_set s SET superseded_by_id = $2, assignment_id = NULL
    FROM annotation_set o
   WHERE s.project_id = $1 AND s.id = $15 AND o.project_id = $1 AND o.id = $15
  RETURNING s.kind, s.annotator_id, o.assignment_id, s.name
), guard AS (
  INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length,
                              codebook_version_id, annotator_id, assignment_id, name, revision,
                              submitted_revision, flags)
  SELECT $1, $2, old.kind, $16, $3, $4, old.annotator_id, old.assignment_id, old.name, $17::int,
         CASE WHEN $19::boolean THEN $17::int END, $18::text[]
    FROM old
  RETURNING id
), ${LOG_AND_PROJECTION}
SELECT id FROM guard`;

function operationsOf(changes: PlannedSet["result"]["changes"]): StoredOperation[] {
  const gestureId = newId();
  const madeAt = new Date().toISOString();
  return changes.map((change, at) => ({
    id: newId(),
    gestureId,
    undoes: null,
    madeAt,
    change,
    revision: at + 1,
    outcome: "applied",
  }));
}

/** Remarks keep who wrote them and when; answers to them come along. */
async function followRemarks(
  client: Queryable,
  projectId: string,
  { setId, carried }: { setId: string; carried: Readonly<Record<string, string>> },
): Promise<void> {
  const pairs = Object.entries(carried);
  const values = [projectId, pairs.map(([old]) => old), pairs.map(([, young]) => young)];
  await client.query(
    `UPDATE comment n
        SET author_id = o.author_id, created_at = o.created_at, edited_at = o.edited_at,
            resolved_at = o.resolved_at
       FROM unnest($2::uuid[], $3::uuid[]) AS pair(old, young)
       JOIN comment o ON o.project_id = $1 AND o.id = pair.old
      WHERE n.project_id = $1 AND n.id = pair.young`,
    values,
  );
  const { rows } = await client.query<{ id: string }>(
    `SELECT o.id FROM unnest($2::uuid[]) AS pair(old)
       JOIN comment o ON o.project_id = $1 AND o.parent_id = pair.old ORDER BY o.created_at, o.id`,
    values.slice(0, 2),
  );
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO comment (project_id, id, annotation_set_id, span_id, parent_id, author_id, body,
                          created_at, edited_at, resolved_at, removed_at)
     SELECT $1, r.young, $4, root.span_id, root.id, o.author_id, o.body, o.created_at, o.edited_at,
            o.resolved_at, o.removed_at
       FROM unnest($5::uuid[], $6::uuid[]) AS r(old, young)
       JOIN comment o ON o.project_id = $1 AND o.id = r.old
       JOIN unnest($2::uuid[], $3::uuid[]) AS pair(old, young) ON pair.old = o.parent_id
       JOIN comment root ON root.project_id = $1 AND root.id = pair.young`,
    [...values, setId, rows.map(({ id }) => id), rows.map(() => newId())],
  );
}
