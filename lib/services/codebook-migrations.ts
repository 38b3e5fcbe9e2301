import "server-only";
import { z } from "zod";
import { type CodebookChange, diffCodebooks } from "@/lib/domain/codebook/diff";
import type { Codebook } from "@/lib/domain/codebook/language";
import { describeRule, type MigrationRule } from "@/lib/domain/codebook/rules";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { type Migration, migrateSet, revertSet } from "./codebook-migrate-set";
import { findVersion } from "./codebook-store";
import { countTouched, subjectOf, type Touches } from "./codebook-use";
import { defineJob, queueJob } from "./job-runs";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

/** What a rule touches; `rule` is null where a label or answer is only archived and annotations keep it. */
export type RuleTouch = Touches & { sentence: string; rule: MigrationRule | null };

/**
 * What a migration did. `remaining`: annotations that it left to people. Where it `isRunning`, a job goes on
 * with it.
 */
export type MigrationOutcome = {
  migrationId: string;
  sets: number;
  changed: number;
  remaining: number;
  isRunning: boolean;
};

/** How a long piece of work tells how far it is, and learns that it is to stop. */
type Course = { progress?: (done: number, total: number) => Promise<void>; signal?: AbortSignal };

/** So many sets are brought along at once; more are left to the worker. */
const HERE = 50;

export type ListedMigration = {
  migrationId: string;
  toVersion: number;
  scope: "open" | "all";
  state: "running" | "applied" | "reverting" | "reverted";
  sets: number;
  changed: number;
  remaining: number;
  /** Day, in UTC. */
  madeOn: string;
  madeBy: string | null;
  /** The latest piece of work on it that was left to the worker. */
  job: {
    jobId: string;
    state: "waiting" | "running" | "done" | "failed" | "cancelled";
    done: number;
    total: number | null;
    problem: string | null;
  } | null;
};

/** The kind of the job that does what is left of a migration. */
const MIGRATION_JOB = "codebook.migrate";

const scopeInput = z.enum(["open", "all"]);
const target = z.strictObject({
  projectId: z.uuid(),
  version: z.number().int().min(1),
  scope: scopeInput,
});

/** All migrations of a project, newest first. */
export const listMigrations = defineUseCase({
  name: "listMigrations",
  permission: "codebook.publish",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<ListedMigration>(LIST, [projectId]);
    return success(rows);
  },
});

/** What the rules that lead to a version would touch, of annotations made under other versions. */
export const previewMigration = defineUseCase({
  name: "previewMigration",
  permission: "codebook.publish",
  scope: "project",
  input: target.omit({ scope: true }),
  async run({ projectId, version }): Promise<Result<{ touched: RuleTouch[] }>> {
    const found = await findVersion(projectId, version);
    if (found === null) return failure("not_found", "There is no such version of the codebook.");
    const before = await findVersion(projectId, Math.max(1, version - 1));
    const changes = before === null ? [] : diffCodebooks(before.codebook, found.codebook);
    return success({
      touched: await touchedBy(projectId, {
        codebook: found.codebook,
        rules: found.rules,
        changes,
        versionId: found.id,
      }),
    });
  },
});

/**
 * Brings annotations to a version by its rules: the open work of its rounds, or with `all` also what was
 * submitted, decided and imported. It can be taken back.
 */
export const applyMigration = defineUseCase({
  name: "applyMigration",
  permission: "codebook.publish",
  scope: "project",
  needsLiveProject: true,
  input: target,
  async run({ projectId, version, scope }, caller): Promise<Result<MigrationOutcome>> {
    const found = await findVersion(projectId, version);
    if (found === null) return failure("not_found", "There is no such version of the codebook.");
    if (found.state !== "published") {
      return failure("closed", "Annotations are brought to the version in force only.");
    }
    const migrationId = newId();
    const isLong = await inTransaction(async (tx) => {
      await tx.codebookMigration.create({
        data: {
          projectId,
          id: migrationId,
          toVersionId: found.id,
          scope,
          createdById: caller.userId || null,
        },
      });
      return queueIfLong(tx, { projectId, migrationId, requestedBy: caller.userId || null });
    });
    await recordAudit(caller, {
      action: "codebook.migrated",
      targetType: "codebook",
      targetId: migrationId,
      detail: { version, scope },
    });
    return success(isLong ? left(migrationId) : await runMigration(projectId, migrationId));
  },
});

/** Takes a migration back: annotations are as they were, but for what people changed since. */
export const revertMigration = defineUseCase({
  name: "revertMigration",
  permission: "codebook.publish",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), migrationId: z.uuid() }),
  async run({ projectId, migrationId }, caller): Promise<Result<RevertOutcome>> {
    const requestedBy = caller.userId || null;
    const begun = await inTransaction(async (tx) => {
      const { count } = await tx.codebookMigration.updateMany({
        where: { projectId, id: migrationId, state: { in: ["applied", "reverting"] } },
        data: { state: "reverting" },
      });
      if (count !== 1) return null;
      const sets = await tx.migratedSet.count({
        where: { projectId, migrationId, revertedRevision: null },
      });
      const isLong = sets > HERE;
      if (isLong) await queueMigration(tx, "revert", { projectId, migrationId, requestedBy });
      return { isLong };
    });
    if (begun === null) {
      return failure(
        "conflict",
        "This migration is still running, was taken back, or is not here.",
      );
    }
    await recordAudit(caller, {
      action: "codebook.migration_reverted",
      targetType: "codebook",
      targetId: migrationId,
    });
    return success(
      begun.isLong
        ? { sets: 0, restored: 0, kept: 0, isRunning: true }
        : await runRevert(projectId, migrationId),
    );
  },
});

/** Does a migration, or what is left of it after a crash: each set by itself, none twice. Throws where it is to stop. */
export async function runMigration(
  projectId: string,
  migrationId: string,
  { progress, signal }: Course = {},
): Promise<MigrationOutcome> {
  const migration = await findMigration(projectId, migrationId);
  const rules = await allRules(projectId, migration.toVersion);
  const rulesFrom = (version: number) =>
    rules.filter((each) => each.version > version).flatMap((each) => each.rules);
  const { rows } = await pool().query<{ id: string }>(WAITING, [projectId, migrationId]);
  const before = await countMigrated(projectId, migrationId);
  for (const [at, { id }] of rows.entries()) {
    signal?.throwIfAborted();
    await migrateSet(migration, id, rulesFrom);
    await progress?.(before + at + 1, before + rows.length);
  }
  await pool().query(
    `UPDATE codebook_migration SET state = 'applied', finished_at = now()
      WHERE project_id = $1 AND id = $2 AND state = 'running'`,
    [projectId, migrationId],
  );
  const counted = await pool().query<Omit<MigrationOutcome, "migrationId">>(OUTCOME, [
    projectId,
    migrationId,
  ]);
  const outcome = counted.rows[0] ?? { sets: 0, changed: 0, remaining: 0 };
  return { migrationId, ...outcome, isRunning: false };
}

async function countMigrated(projectId: string, migrationId: string): Promise<number> {
  const { rows } = await pool().query<{ sets: number }>(
    `SELECT count(*)::int AS sets FROM migrated_set WHERE project_id = $1 AND migration_id = $2`,
    [projectId, migrationId],
  );
  return rows[0]?.sets ?? 0;
}

/** What taking a migration back did; where it `isRunning`, a job goes on with it. */
type RevertOutcome = { sets: number; restored: number; kept: number; isRunning: boolean };

function left(migrationId: string): MigrationOutcome {
  return { migrationId, sets: 0, changed: 0, remaining: 0, isRunning: true };
}

type Wanted = { projectId: string; migrationId: string; requestedBy: string | null };

/** Leaves a migration to the worker where it has many sets to bring along; answers whether it did. */
export async function queueIfLong(tx: Transaction, wanted: Wanted): Promise<boolean> {
  const { projectId, migrationId } = wanted;
  const waiting = await tx.$queryRawUnsafe<unknown[]>(
    `${waitingSets("$1::uuid", "$2::uuid")} LIMIT ${HERE + 1}`,
    projectId,
    migrationId,
  );
  if (waiting.length <= HERE) return false;
  await queueMigration(tx, "apply", wanted);
  return true;
}

function queueMigration(
  tx: Transaction,
  way: "apply" | "revert",
  { projectId, migrationId, requestedBy }: Wanted,
): Promise<string> {
  return queueJob(tx, {
    projectId,
    kind: MIGRATION_JOB,
    input: { migrationId, way },
    requestedBy,
  });
}

/**
 * Applies a migration, or takes it back, where it has many sets. Each set is changed in a transaction of its
 * own and none twice, so that a run that was killed goes on where it was.
 */
export const migrationJob = defineJob({
  kind: MIGRATION_JOB,
  input: z.strictObject({ migrationId: z.uuid(), way: z.enum(["apply", "revert"]) }),
  run({ projectId, input: { migrationId, way }, progress, signal }) {
    return way === "apply"
      ? runMigration(projectId, migrationId, { progress, signal })
      : runRevert(projectId, migrationId, { progress, signal });
  },
});

async function runRevert(
  projectId: string,
  migrationId: string,
  { progress, signal }: Course = {},
): Promise<RevertOutcome> {
  const migration = await findMigration(projectId, migrationId);
  const { rows } = await pool().query<{ id: string }>(
    `SELECT annotation_set_id AS id FROM migrated_set
      WHERE project_id = $1 AND migration_id = $2 AND reverted_revision IS NULL ORDER BY 1`,
    [projectId, migrationId],
  );
  const total = { sets: 0, restored: 0, kept: 0, isRunning: false };
  const before = (await countMigrated(projectId, migrationId)) - rows.length;
  for (const [at, { id }] of rows.entries()) {
    signal?.throwIfAborted();
    const done = await revertSet(migration, id);
    await progress?.(before + at + 1, before + rows.length);
    if (done === null) continue;
    total.sets++;
    total.restored += done.restored;
    total.kept += done.kept;
  }
  await pool().query(
    `UPDATE codebook_migration SET state = 'reverted', reverted_at = now()
      WHERE project_id = $1 AND id = $2 AND state = 'reverting'`,
    [projectId, migrationId],
  );
  return total;
}

/** What rules and archived labels touch. */
export async function touchedBy(
  projectId: string,
  version: {
    codebook: Codebook;
    rules: readonly MigrationRule[];
    changes: readonly CodebookChange[];
    versionId: string | null;
  },
): Promise<RuleTouch[]> {
  const { codebook, rules, changes, versionId } = version;
  const touched: RuleTouch[] = [];
  const ruled = new Set<string>();
  for (const rule of rules) {
    const subject = subjectOf(rule);
    if ("labels" in subject)
      for (const label of subject.labels) ruled.add(`${rule.layer}/${label}`);
    const touches = await countTouched(projectId, subject, versionId);
    touched.push({ ...touches, rule, sentence: describeRule(rule, codebook) });
  }
  for (const change of changes) {
    if (change.what !== "label" || change.layer === null || change.key === null) continue;
    if (change.kind !== "archived" || ruled.has(`${change.layer}/${change.key}`)) continue;
    const subject = { layer: change.layer, labels: [change.key] };
    const touches = await countTouched(projectId, subject, versionId);
    touched.push({
      ...touches,
      rule: null,
      sentence: `${change.sentence} What carries it keeps it.`,
    });
  }
  return touched;
}

async function findMigration(projectId: string, migrationId: string): Promise<Migration> {
  const { rows } = await pool().query<Migration>(
    `SELECT m.project_id AS "projectId", m.id AS "migrationId", m.to_version_id AS "toVersionId",
            c.version AS "toVersion", m.created_by_id AS "userId"
       FROM codebook_migration m
       JOIN codebook_version c ON c.project_id = m.project_id AND c.id = m.to_version_id
      WHERE m.project_id = $1 AND m.id = $2`,
    [projectId, migrationId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`No migration ${migrationId}.`);
  return row;
}

/** The rules of all versions up to one, oldest first: who comes from far goes through each. */
async function allRules(projectId: string, version: number) {
  const { rows } = await pool().query<{ version: number; rules: MigrationRule[] }>(
    `SELECT version, rules FROM codebook_version
      WHERE project_id = $1 AND version <= $2 AND state <> 'draft' ORDER BY version`,
    [projectId, version],
  );
  return rows;
}

/** Open work is that of rounds that go by the version; sets that were never touched were moved with their round. */
const waitingSets = (projectId: string, migrationId: string) => `
SELECT s.id
  FROM codebook_migration m
  JOIN annotation_set s ON s.project_id = m.project_id AND s.codebook_version_id <> m.to_version_id
  LEFT JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
  LEFT JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
 WHERE m.project_id = ${projectId} AND m.id = ${migrationId}
   AND (m.scope = 'all' OR (a.state <> 'submitted' AND r.codebook_version_id = m.to_version_id))
   AND NOT EXISTS (SELECT 1 FROM migrated_set d
                    WHERE d.project_id = m.project_id AND d.migration_id = m.id
                      AND d.annotation_set_id = s.id)
 ORDER BY s.id`;
const WAITING = waitingSets("$1", "$2");

const TOUCHED = `coalesce(sum(jsonb_array_length(before -> 'spans')
  + jsonb_array_length(before -> 'relations') + jsonb_array_length(before -> 'unitLabels')), 0)::int`;
const REMAINING = `coalesce(sum(jsonb_array_length(remaining)), 0)::int`;

const OUTCOME = `
SELECT count(*)::int AS sets, ${TOUCHED} AS changed, ${REMAINING} AS remaining
  FROM migrated_set WHERE project_id = $1 AND migration_id = $2`;

const LIST = `
SELECT m.id AS "migrationId", c.version AS "toVersion", m.scope, m.state, d.sets, d.changed,
       d.remaining, to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "madeOn",
       u.name AS "madeBy",
       (SELECT json_build_object('jobId', j.id, 'state', j.state, 'done', j.done, 'total', j.total,
                                 'problem', j.problem)
          FROM job j
         WHERE j.project_id = m.project_id AND j.kind = '${MIGRATION_JOB}'
           AND j.input ->> 'migrationId' = m.id::text
         ORDER BY j.created_at DESC LIMIT 1) AS job
  FROM codebook_migration m
  JOIN codebook_version c ON c.project_id = m.project_id AND c.id = m.to_version_id
  LEFT JOIN "user" u ON u.id = m.created_by_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS sets, ${TOUCHED} AS changed, ${REMAINING} AS remaining
      FROM migrated_set x WHERE x.project_id = m.project_id AND x.migration_id = m.id) d
 WHERE m.project_id = $1 ORDER BY m.created_at DESC, m.id DESC`;
