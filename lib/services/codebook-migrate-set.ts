import "server-only";
import { type Migrated, migrateState, revertState } from "@/lib/domain/annotation/migrate";
import type { Change, StoredOperation } from "@/lib/domain/annotation/operation";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import type { MigrationRule } from "@/lib/domain/codebook/rules";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { editContext } from "./edit-context";
import { loadState } from "./stored-sets";
import type { Queryable } from "./submitted-sets";
import { LOG_AND_PROJECTION, projectionValues } from "./write-batch";

/** A migration with the version that it leads to. */
export type Migration = {
  projectId: string;
  migrationId: string;
  toVersionId: string;
  toVersion: number;
  userId: string | null;
};

type LockedSet = {
  id: string;
  revision: number;
  versionId: string;
  version: number;
  documentVersionId: string;
  textLength: number;
};

/**
 * Brings one annotation set to the migration's version: a gesture at the end of its log, first the turn
 * to the other codebook, then the edits that the rules make. Nothing where it is there already.
 */
export function migrateSet(
  migration: Migration,
  setId: string,
  rulesFrom: (version: number) => MigrationRule[],
): Promise<{ changed: number; remaining: number } | null> {
  return withLockedSet(migration.projectId, setId, async (client, set) => {
    if (set.versionId === migration.toVersionId) return null;
    const context = await editContext(
      migration.projectId,
      set.documentVersionId,
      migration.toVersionId,
    );
    const before = await loadState(migration.projectId, setId);
    const result = migrateState(before, rulesFrom(set.version), context);
    await moveSet(client, migration.projectId, setId, migration.toVersionId);
    const gestureId = newId();
    const toRevision = await writeGesture(client, migration, set, {
      gestureId,
      turn: { kind: "change_codebook", from: set.version, to: migration.toVersion },
      changes: result.changes,
      before,
      after: result.state,
      versionId: migration.toVersionId,
    });
    await client.query(
      `INSERT INTO migrated_set (project_id, migration_id, annotation_set_id, from_version_id,
                                 gesture_id, from_revision, to_revision, before, after, remaining)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        migration.projectId,
        migration.migrationId,
        setId,
        set.versionId,
        gestureId,
        set.revision,
        toRevision,
        JSON.stringify(result.before),
        JSON.stringify(result.after),
        JSON.stringify(result.remaining),
      ],
    );
    return { changed: touchedBy(result), remaining: result.remaining.length };
  });
}

/**
 * Takes back what a migration did to one set, as a gesture of its own. The set goes back to its earlier
 * version where that knows all that is in it now; what people changed since stays.
 */
export function revertSet(
  migration: Migration,
  setId: string,
): Promise<{ restored: number; kept: number } | null> {
  const { projectId, migrationId } = migration;
  return withLockedSet(projectId, setId, async (client, set) => {
    const { rows } = await client.query<RevertRow>(
      `SELECT m.from_version_id AS "versionId", c.version, m.before, m.after
         FROM migrated_set m
         JOIN codebook_version c ON c.project_id = m.project_id AND c.id = m.from_version_id
        WHERE m.project_id = $1 AND m.migration_id = $2 AND m.annotation_set_id = $3
          AND m.reverted_revision IS NULL`,
      [projectId, migrationId, setId],
    );
    const done = rows[0];
    if (done === undefined) return null;
    const before = await loadState(projectId, setId);
    const old = await editContext(projectId, set.documentVersionId, done.versionId);
    const present = await editContext(projectId, set.documentVersionId, set.versionId);
    const isThere = set.versionId === migration.toVersionId;
    const back = revertState(before, done, old);
    const isMovable =
      isThere && (await knowsAll(client, projectId, setId, done.versionId, back.state));
    const result = isMovable ? back : revertState(before, done, present);
    const turn: Change = {
      kind: "change_codebook",
      from: set.version,
      to: isMovable ? done.version : set.version,
    };
    const toRevision = await writeGesture(client, migration, set, {
      gestureId: newId(),
      turn,
      changes: result.changes,
      before,
      after: result.state,
      versionId: set.versionId,
    });
    if (isMovable) {
      await client.query(FORGET_STRANGE_ROWS, [projectId, setId, done.versionId]);
      await moveSet(client, projectId, setId, done.versionId);
    }
    await client.query(
      `UPDATE migrated_set SET reverted_revision = $4
        WHERE project_id = $1 AND migration_id = $2 AND annotation_set_id = $3`,
      [projectId, migrationId, setId, toRevision],
    );
    return { restored: touchedBy({ before: done.before }) - result.kept, kept: result.kept };
  });
}

type RevertRow = Pick<Migrated, "before" | "after"> & { versionId: string; version: number };

function touchedBy({ before }: Pick<Migrated, "before">): number {
  return before.spans.length + before.relations.length + before.unitLabels.length;
}

/** Removed rows of the projection that only newer labels could stand in; the log still tells of them. */
const FORGET_STRANGE_ROWS = `
DELETE FROM unit_label x
 WHERE x.project_id = $1 AND x.annotation_set_id = $2 AND x.is_removed
   AND NOT EXISTS (SELECT 1 FROM label l
                    WHERE l.project_id = $1 AND l.codebook_version_id = $3
                      AND l.layer_key = x.layer_key AND l.key = x.label_key)`;

/** Whether a version has the labels of everything in a state, and of removed spans and links, which stay. */
async function knowsAll(
  client: Queryable,
  projectId: string,
  setId: string,
  versionId: string,
  state: AnnotationState,
): Promise<boolean> {
  const live = [...state.spans.values(), ...state.relations.values(), ...state.unitLabels.values()];
  const ids = [...state.spans.keys(), ...state.relations.keys()];
  const { rows } = await client.query<{ strange: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM (
         SELECT layer, label FROM jsonb_to_recordset($4::jsonb) AS x(layer text, label text)
         UNION
         SELECT layer_key, label_key FROM span
          WHERE project_id = $1 AND annotation_set_id = $2 AND id <> ALL($5::uuid[])
         UNION
         SELECT layer_key, label_key FROM relation
          WHERE project_id = $1 AND annotation_set_id = $2 AND id <> ALL($5::uuid[])) used
        WHERE NOT EXISTS (SELECT 1 FROM label l
                           WHERE l.project_id = $1 AND l.codebook_version_id = $3
                             AND l.layer_key = used.layer AND l.key = used.label)) AS strange`,
    [
      projectId,
      setId,
      versionId,
      JSON.stringify(live.map(({ layer, label }) => ({ layer, label }))),
      ids,
    ],
  );
  return rows[0]?.strange === false;
}

/** Runs with the set locked, its assignment before it, as writers of annotations lock them. */
async function withLockedSet<T>(
  projectId: string,
  setId: string,
  run: (client: Queryable, set: LockedSet) => Promise<T>,
): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    await client.query(
      `SELECT 1 FROM assignment a
        JOIN annotation_set s ON s.project_id = a.project_id AND s.assignment_id = a.id
       WHERE a.project_id = $1 AND s.id = $2 FOR NO KEY UPDATE OF a`,
      [projectId, setId],
    );
    const { rows } = await client.query<LockedSet>(
      `SELECT s.id, s.revision, s.codebook_version_id AS "versionId", c.version,
              s.document_version_id AS "documentVersionId", s.text_length AS "textLength"
         FROM annotation_set s
         JOIN codebook_version c ON c.project_id = s.project_id AND c.id = s.codebook_version_id
        WHERE s.project_id = $1 AND s.id = $2 FOR UPDATE OF s`,
      [projectId, setId],
    );
    const set = rows[0];
    if (set === undefined) throw new Error(`No annotation set ${setId}.`);
    const result = await run(client, set);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

/** Its rows move along: they refer to it by its version too. */
async function moveSet(client: Queryable, projectId: string, setId: string, versionId: string) {
  await client.query(
    `UPDATE annotation_set SET codebook_version_id = $3 WHERE project_id = $1 AND id = $2`,
    [projectId, setId, versionId],
  );
}

type Gesture = {
  gestureId: string;
  turn: Change;
  changes: Change[];
  before: AnnotationState;
  after: AnnotationState;
  versionId: string;
};

/** Logs and projects a gesture; what was submitted stays submitted, at its new revision. */
async function writeGesture(
  client: Queryable,
  { projectId, migrationId, userId }: Migration,
  set: LockedSet,
  { gestureId, turn, changes, before, after, versionId }: Gesture,
): Promise<number> {
  const madeAt = new Date().toISOString();
  const operations = [turn, ...changes].map(
    (change, at): StoredOperation => ({
      id: newId(),
      gestureId,
      undoes: null,
      madeAt,
      change,
      revision: set.revision + at + 1,
      outcome: "applied",
    }),
  );
  const revision = set.revision + operations.length;
  const { rows } = await client.query<{ written: boolean }>(WRITE, [
    ...projectionValues({
      projectId,
      setId: set.id,
      codebookVersionId: versionId,
      textLength: set.textLength,
      userId,
      // The log tells by it which migration made the edits.
      clientId: migrationId,
      operations,
      before,
      after,
    }),
    revision,
  ]);
  if (rows[0]?.written !== true) throw new Error(`Set ${set.id} was not written.`);
  return revision;
}

const WRITE = `
WITH guard AS (
  UPDATE annotation_set s
     SET revision = $15::int, updated_at = now(),
         submitted_revision = CASE WHEN s.submitted_revision IS NULL THEN NULL ELSE $15::int END
   WHERE s.project_id = $1 AND s.id = $2 AND s.codebook_version_id = $4
  RETURNING s.id
), ${LOG_AND_PROJECTION}
SELECT EXISTS (SELECT 1 FROM guard) AS written`;
