import "server-only";
import { z } from "zod";
import type { CodebookProblem } from "@/lib/domain/codebook/check";
import { type CodebookChange, diffCodebooks } from "@/lib/domain/codebook/diff";
import { type Kept, keepUsed, unfitForUse } from "@/lib/domain/codebook/keep-used";
import { type Codebook, codebookSchema, draftSchema } from "@/lib/domain/codebook/language";
import type { MigrationRule } from "@/lib/domain/codebook/rules";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { draftProblems } from "./codebook-drafts";
import { queueIfLong, type RuleTouch, runMigration, touchedBy } from "./codebook-migrations";
import { contentSha256, writeCodebookIndex } from "./codebook-store";
import { readUsed } from "./codebook-use";
import { inLiveProject } from "./project-store";
import { defineUseCase } from "./use-case";

/** What publishing the draft would do. */
export type Publication = {
  version: number;
  revision: number;
  changes: CodebookChange[];
  /** What keeps it from being published. */
  problems: CodebookProblem[];
  /** In use, and so archived although the draft leaves it out. */
  kept: Kept[];
  touched: RuleTouch[];
  /** Rounds that go on by the new version. */
  rounds: string[];
  /** Their documents that are not submitted: begun ones are brought to the new version. */
  openWork: { untouched: number; begun: number };
  /** Documents that were submitted under earlier versions; they stay there unless asked for. */
  submittedWork: number;
};

/** What is about to happen, in words and numbers, before a draft is published. */
export const previewPublication = defineUseCase({
  name: "previewPublication",
  permission: "codebook.publish",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<Publication>> {
    const draft = await readDraft(projectId);
    if (draft === null) return failure("not_found", "There is no draft to publish.");
    const ready = await makeReady(projectId, draft);
    const changes = ready.before === null ? [] : diffCodebooks(ready.before, ready.codebook);
    const touched = await touchedBy(projectId, {
      codebook: ready.codebook,
      rules: draft.rules,
      changes,
      versionId: null,
    });
    const work = await pool().query<WorkRow>(WORK, [projectId]);
    const { rounds, untouched, begun, submitted } = work.rows[0] ?? NO_WORK;
    return success({
      version: draft.version,
      revision: draft.revision,
      changes,
      problems: ready.problems,
      kept: ready.kept,
      touched,
      rounds: rounds ?? [],
      openWork: { untouched, begun },
      submittedWork: submitted,
    });
  },
});

/**
 * Publishes the draft: it is frozen, the version in force is superseded, and rounds that are not over go
 * on by it, with the work that is open in them. Submitted work stays with its version unless asked for.
 */
export const publishDraft = defineUseCase({
  name: "publishDraft",
  permission: "codebook.publish",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    baseRevision: z.number().int().min(0),
    submittedToo: z.boolean().default(false),
  }),
  async run({ projectId, baseRevision, submittedToo }, caller) {
    const published = await inLiveProject(projectId, async (tx) => {
      const draft = await readDraft(projectId);
      if (draft === null || draft.revision !== baseRevision) return CHANGED_MEANWHILE;
      const ready = await makeReady(projectId, draft);
      const first = ready.problems[0];
      if (first !== undefined) {
        return failure<Published>("invalid", `${first.place}: ${first.message}`, {
          place: first.place,
        });
      }
      const isFrozen = await freeze(tx, projectId, draft, codebookSchema.parse(ready.codebook));
      if (!isFrozen) return CHANGED_MEANWHILE;
      await moveRounds(tx, projectId, draft.id);
      const migrationId = newId();
      await tx.codebookMigration.create({
        data: {
          projectId,
          id: migrationId,
          toVersionId: draft.id,
          scope: submittedToo ? "all" : "open",
          createdById: caller.userId || null,
        },
      });
      const isLong = await queueIfLong(tx, {
        projectId,
        migrationId,
        requestedBy: caller.userId || null,
      });
      return success<Published>({ version: draft.version, migrationId, isLong });
    });
    if (!published.ok) return published;
    const { version, migrationId, isLong } = published.value;
    await recordAudit(caller, {
      action: "codebook.published",
      targetType: "codebook",
      targetId: migrationId,
      detail: { version, submittedToo },
    });
    if (isLong) {
      return success({ version, migrationId, moved: 0, changed: 0, remaining: 0, isRunning: true });
    }
    const { sets, changed, remaining, isRunning } = await runMigration(projectId, migrationId);
    return success({ version, migrationId, moved: sets, changed, remaining, isRunning });
  },
});

type Published = { version: number; migrationId: string; isLong: boolean };

const CHANGED_MEANWHILE = failure<Published>(
  "conflict",
  "The draft was changed, published or discarded meanwhile. Look at it again before you publish.",
);

type Draft = {
  id: string;
  version: number;
  revision: number;
  content: Codebook;
  rules: MigrationRule[];
};

async function readDraft(projectId: string): Promise<Draft | null> {
  const { rows } = await pool().query<Draft>(
    `SELECT id, version, revision, content, rules FROM codebook_version
      WHERE project_id = $1 AND state = 'draft'`,
    [projectId],
  );
  const row = rows[0];
  return row === undefined ? null : { ...row, content: draftSchema.parse(row.content) };
}

/** The draft as it would be published: with all that is in use, and with what is wrong with it. */
async function makeReady(projectId: string, { content, rules }: Draft) {
  const { rows } = await pool().query<{ state: string; content: unknown }>(
    `SELECT state, content FROM codebook_version
      WHERE project_id = $1 AND state <> 'draft' ORDER BY version DESC`,
    [projectId],
  );
  const earlier = rows.map((row) => codebookSchema.parse(row.content));
  const inForce = rows.findIndex((row) => row.state === "published");
  const before = earlier[inForce] ?? null;
  const used = await readUsed(projectId);
  const { codebook, kept } = keepUsed(content, used, earlier);
  const unfit = before === null ? [] : unfitForUse(before, codebook, used);
  const problems = [
    ...draftProblems(codebook, rules),
    ...unfit.map(({ layer, message }) => {
      const at = codebook.layers.findIndex((each) => each.key === layer);
      return { path: ["layers", at], message, place: `layer “${codebook.layers[at]?.name}”` };
    }),
  ];
  return { before, codebook, kept, problems };
}

async function freeze(
  tx: Transaction,
  projectId: string,
  { id, revision }: Draft,
  codebook: Codebook,
): Promise<boolean> {
  await tx.codebookVersion.updateMany({
    where: { projectId, state: "published" },
    data: { state: "superseded" },
  });
  const { count } = await tx.codebookVersion.updateMany({
    where: { projectId, id, state: "draft", revision },
    data: {
      state: "published",
      content: codebook,
      name: codebook.name,
      sha256: contentSha256(codebook),
      publishedAt: new Date(),
    },
  });
  if (count !== 1) return false;
  await writeCodebookIndex(tx, { projectId, codebookVersionId: id }, codebook);
  return true;
}

/** Rounds that go by a superseded version and are not over, with their documents that nobody has begun. */
async function moveRounds(tx: Transaction, projectId: string, versionId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE round SET codebook_version_id = ${versionId}::uuid
     WHERE project_id = ${projectId}::uuid AND (closes_at IS NULL OR closes_at > now())`;
  await tx.$executeRaw`
    UPDATE annotation_set s SET codebook_version_id = ${versionId}::uuid
      FROM assignment a JOIN round r ON r.project_id = a.project_id AND r.id = a.round_id
     WHERE s.project_id = ${projectId}::uuid AND a.project_id = s.project_id
       AND a.id = s.assignment_id AND a.state <> 'submitted' AND s.revision = 0
       AND r.codebook_version_id = ${versionId}::uuid`;
}

type WorkRow = { rounds: string[] | null; untouched: number; begun: number; submitted: number };
const NO_WORK: WorkRow = { rounds: [], untouched: 0, begun: 0, submitted: 0 };

const WORK = `
WITH live AS (
  SELECT r.id, r.name, r.position FROM round r
   WHERE r.project_id = $1 AND (r.closes_at IS NULL OR r.closes_at > now())
)
SELECT (SELECT json_agg(name ORDER BY position) FROM live) AS rounds,
       count(*) FILTER (WHERE a.state <> 'submitted' AND s.revision = 0)::int AS untouched,
       count(*) FILTER (WHERE a.state <> 'submitted' AND s.revision > 0)::int AS begun,
       count(*) FILTER (WHERE a.state = 'submitted')::int AS submitted
  FROM annotation_set s
  JOIN assignment a ON a.project_id = s.project_id AND a.id = s.assignment_id
 WHERE s.project_id = $1 AND (a.state = 'submitted' OR a.round_id IN (SELECT id FROM live))`;
