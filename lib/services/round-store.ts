import "server-only";
import type { Plan, PlanAnnotator, PlanDocument } from "@/lib/domain/campaign/planned";
import { type RoundSettings, roundSettingsSchema } from "@/lib/domain/campaign/round-settings";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";

/** Rows in one statement. */
const CHUNK = 2_000;

/**
 * Whether an assignment `a` of a round `r` is to be worked on now: the round has begun and not ended,
 * its batch has come, and a repeat has waited its days since the first submission.
 */
export const IS_DUE = `
  (r.opens_at IS NULL OR r.opens_at <= now()) AND (r.closes_at IS NULL OR r.closes_at > now())
  AND (a.batch = 1 OR r.settings #>> '{plan,batchDays}' IS NULL
       OR coalesce(r.opens_at, r.created_at)
          + make_interval(days => (a.batch - 1) * (r.settings #>> '{plan,batchDays}')::int) <= now())
  AND (a.repeat_after_days IS NULL OR EXISTS (
    SELECT 1 FROM assignment f
     WHERE f.project_id = a.project_id AND f.round_id = a.round_id AND f.document_id = a.document_id
       AND f.annotator_id = a.annotator_id AND f.repetition = 0
       AND f.submitted_at + make_interval(days => a.repeat_after_days) <= now()))`;

/**
 * The documents of a project that can be planned, all or those named, with their length in words. Of
 * an article and its reprints all means the one that was chosen; a reprint can still be named.
 */
export async function planDocuments(
  projectId: string,
  documentIds: readonly string[] | null,
): Promise<PlanDocument[]> {
  const { rows } = await pool().query<PlanDocument>(
    `SELECT d.id AS "documentId", d.outlet, d.event_id AS "eventId",
            (SELECT cardinality(v.tokens) / 2 FROM document_version v
              WHERE v.project_id = d.project_id AND v.document_id = d.id
              ORDER BY v.version DESC LIMIT 1) AS words
       FROM document d
      WHERE d.project_id = $1 AND d.archived_at IS NULL
        AND CASE WHEN $2::uuid[] IS NULL THEN d.duplicate_of_id IS NULL ELSE d.id = ANY($2) END
      ORDER BY d.seq`,
    [projectId, documentIds],
  );
  return rows;
}

/** Adds a round after the others. */
export async function insertRound(
  tx: Transaction,
  round: {
    projectId: string;
    kind: "pilot" | "training" | "main" | "reannotation" | "adjudication";
    name: string;
    codebookVersionId: string;
    instructions: string;
    opensAt: Date | null;
    closesAt: Date | null;
    settings: StoredSettings;
  },
): Promise<string> {
  const id = newId();
  const last = await tx.round.aggregate({
    where: { projectId: round.projectId },
    _max: { position: true },
  });
  await tx.round.create({ data: { ...round, id, position: (last._max.position ?? 0) + 1 } });
  return id;
}

/** What is kept of a round's making: its settings and for whom it was planned. */
export type StoredSettings = RoundSettings & {
  annotators: Pick<PlanAnnotator, "userId" | "groups">[];
};

/** The settings of a round as stored; defaults for rounds from before there were any. */
export function readSettings(stored: unknown): StoredSettings {
  const { annotators = [], ...settings } = (stored ?? {}) as Partial<StoredSettings>;
  return { ...roundSettingsSchema.parse(settings), annotators };
}

/** Stores a plan in chunks. What is there already stays as it is, so that it can be run again. */
export async function storePlan(
  tx: Transaction,
  { projectId, roundId, plan }: { projectId: string; roundId: string; plan: Plan },
  stored: (done: number) => Promise<void> = async () => {},
): Promise<void> {
  const total = plan.assignments.length;
  for (let start = 0; start < total; start += CHUNK) {
    const rows = plan.assignments.slice(start, start + CHUNK).map((each) => ({
      assignment_id: newId(),
      set_id: newId(),
      document_id: each.documentId,
      user_id: each.userId,
      purpose: each.purpose,
      repetition: each.repetition,
      repeat_after_days: each.repeatAfterDays,
      batch: each.batch,
      position: each.position,
    }));
    await insertPlanned(tx, projectId, roundId, rows);
    await stored(Math.min(total, start + CHUNK));
  }
  for (let start = 0; start < plan.queue.length; start += CHUNK) {
    const rows = plan.queue.slice(start, start + CHUNK).map((each) => ({
      document_id: each.documentId,
      batch: each.batch,
      position: each.position,
      wanted: each.wanted,
    }));
    await tx.$executeRaw`
      INSERT INTO round_document (project_id, round_id, document_id, batch, position, wanted)
      SELECT ${projectId}::uuid, ${roundId}::uuid, w.document_id, w.batch, w.position, w.wanted
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS w(document_id uuid, batch int, position int, wanted int)
      ON CONFLICT DO NOTHING`;
  }
}

async function insertPlanned(
  tx: Transaction,
  projectId: string,
  roundId: string,
  rows: object[],
): Promise<void> {
  await tx.$executeRaw`
    WITH wanted AS (
      SELECT w.*, n.id AS annotator_id, v.id AS version_id, v.length, r.codebook_version_id
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS w(assignment_id uuid, set_id uuid, document_id uuid, user_id uuid, purpose text,
                  repetition int, repeat_after_days int, batch int, position int)
        JOIN round r ON r.project_id = ${projectId}::uuid AND r.id = ${roundId}::uuid
        JOIN annotator n ON n.project_id = r.project_id AND n.user_id = w.user_id
        JOIN LATERAL (SELECT v.id, v.length FROM document_version v
                       WHERE v.project_id = r.project_id AND v.document_id = w.document_id
                       ORDER BY v.version DESC LIMIT 1) v ON true
    ), made AS (
      INSERT INTO assignment (project_id, id, round_id, document_id, document_version_id,
                              annotator_id, purpose, repetition, repeat_after_days, batch, position)
      SELECT ${projectId}::uuid, assignment_id, ${roundId}::uuid, document_id, version_id,
             annotator_id, purpose::assignment_purpose, repetition, repeat_after_days, batch, position
        FROM wanted ORDER BY document_id, annotator_id, repetition
      ON CONFLICT (project_id, round_id, document_id, annotator_id, repetition) DO NOTHING
      RETURNING id
    )
    INSERT INTO annotation_set (project_id, id, kind, document_version_id, text_length,
                                codebook_version_id, annotator_id, assignment_id, flags)
    SELECT ${projectId}::uuid, w.set_id, 'annotator', w.version_id, w.length,
           w.codebook_version_id, w.annotator_id, w.assignment_id, '{}'
      FROM wanted w JOIN made ON made.id = w.assignment_id`;
}
