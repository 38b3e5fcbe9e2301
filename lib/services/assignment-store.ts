import "server-only";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { TAKE_AGAIN } from "./claims";

export type Pair = { documentId: string; userId: string };

/** One document for one annotator. `restored`: it had been withdrawn before. */
export type Planned = Pair & {
  assignmentId: string;
  outcome: "made" | "restored" | "existing";
};

/**
 * Gives each pair its assignment with an empty annotation set, in the project's latest round. What
 * exists stays as it is; what was withdrawn is given back with its labels. Two callers at once make
 * one assignment, by its unique key.
 */
export async function makeAssignments(
  tx: Transaction,
  projectId: string,
  pairs: Pair[],
): Promise<Planned[]> {
  const made = await insertMissing(tx, projectId, pairs);
  const restored = await restoreWithdrawn(tx, projectId, pairs);
  const rows = await tx.$queryRaw<{ id: string; document_id: string; user_id: string }[]>`
    SELECT a.id, a.document_id, w.user_id
      FROM jsonb_to_recordset(${JSON.stringify(pairs.map(pairRow))}::jsonb)
           AS w(document_id uuid, user_id uuid)
      JOIN annotator n ON n.project_id = ${projectId}::uuid AND n.user_id = w.user_id
      JOIN assignment a ON a.project_id = n.project_id AND a.annotator_id = n.id
       AND a.document_id = w.document_id AND a.repetition = 0
     WHERE a.round_id = (SELECT r.id FROM round r WHERE r.project_id = ${projectId}::uuid
                          ORDER BY r.position DESC LIMIT 1)`;
  return rows.map(({ id, document_id, user_id }) => ({
    assignmentId: id,
    documentId: document_id,
    userId: user_id,
    outcome: made.has(id) ? "made" : restored.has(id) ? "restored" : "existing",
  }));
}

/**
 * Opens a submitted or skipped assignment again, in one statement with its annotation set; false
 * where it is in another state or withdrawn. The log keeps that it was submitted.
 */
export async function reopen(
  projectId: string,
  assignmentId: string,
  from: ("submitted" | "skipped")[],
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `WITH opened AS (
       UPDATE assignment a
          SET state = (CASE WHEN s.revision > 0 THEN 'in_progress' ELSE 'assigned' END)::assignment_state,
              submitted_at = NULL, skip_reason = NULL
         FROM annotation_set s
        WHERE a.project_id = $1 AND a.id = $2 AND a.state = ANY($3::assignment_state[])
          AND a.withdrawn_at IS NULL AND s.project_id = $1 AND s.assignment_id = a.id
       RETURNING s.id, a.round_id, a.document_id, a.repetition
     ), changed AS (
       SELECT o.round_id, o.document_id, o.repetition FROM opened o
         JOIN assignment b ON b.project_id = $1 AND b.id = $2 AND b.state = 'skipped'
     ), taken AS (${TAKE_AGAIN})
     UPDATE annotation_set s SET submitted_revision = NULL, updated_at = now()
       FROM opened WHERE s.project_id = $1 AND s.id = opened.id`,
    [projectId, assignmentId, from],
  );
  return rowCount === 1;
}

async function insertMissing(
  tx: Transaction,
  projectId: string,
  pairs: Pair[],
): Promise<Set<string>> {
  const wanted = pairs.map((pair) => ({
    ...pairRow(pair),
    assignment_id: newId(),
    set_id: newId(),
  }));
  // One order for all callers, so that two of them cannot wait for each other.
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH wanted AS (
      SELECT w.assignment_id, w.set_id, w.document_id, n.id AS annotator_id,
             v.id AS version_id, v.length, r.id AS round_id, r.codebook_version_id
        FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
             AS w(assignment_id uuid, set_id uuid, document_id uuid, user_id uuid)
        JOIN annotator n ON n.project_id = ${projectId}::uuid AND n.user_id = w.user_id
        JOIN LATERAL (SELECT v.id, v.length FROM document_version v
                       WHERE v.project_id = n.project_id AND v.document_id = w.document_id
                       ORDER BY v.version DESC LIMIT 1) v ON true
        JOIN LATERAL (SELECT r.id, r.codebook_version_id FROM round r
                       WHERE r.project_id = n.project_id
                       ORDER BY r.position DESC LIMIT 1) r ON true
    ), made AS (
      INSERT INTO assignment
             (project_id, id, round_id, document_id, document_version_id, annotator_id)
      SELECT ${projectId}::uuid, assignment_id, round_id, document_id, version_id, annotator_id
        FROM wanted ORDER BY document_id, annotator_id
      ON CONFLICT (project_id, round_id, document_id, annotator_id, repetition) DO NOTHING
      RETURNING id
    ), sets AS (
      INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length,
                                  codebook_version_id, annotator_id, assignment_id, flags)
      SELECT ${projectId}::uuid, w.set_id, 'annotator', w.version_id, w.length,
             w.codebook_version_id, w.annotator_id, w.assignment_id, '{}'
        FROM wanted w JOIN made ON made.id = w.assignment_id
    )
    SELECT id FROM made`;
  return new Set(rows.map((row) => row.id));
}

async function restoreWithdrawn(
  tx: Transaction,
  projectId: string,
  pairs: Pair[],
): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE assignment a SET withdrawn_at = NULL
      FROM jsonb_to_recordset(${JSON.stringify(pairs.map(pairRow))}::jsonb)
           AS w(document_id uuid, user_id uuid)
      JOIN annotator n ON n.project_id = ${projectId}::uuid AND n.user_id = w.user_id
     WHERE a.project_id = n.project_id AND a.annotator_id = n.id AND a.repetition = 0
       AND a.document_id = w.document_id AND a.withdrawn_at IS NOT NULL
    RETURNING a.id`;
  return new Set(rows.map((row) => row.id));
}

function pairRow({ documentId, userId }: Pair) {
  return { document_id: documentId, user_id: userId };
}
