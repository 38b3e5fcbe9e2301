import "server-only";
import { z } from "zod";
import { brokenTexts, type CodebookProblem, checkCodebook } from "@/lib/domain/codebook/check";
import { readCodebookFile as readFile } from "@/lib/domain/codebook/files/read-file";
import { type Codebook, draftSchema } from "@/lib/domain/codebook/language";
import { placeOf } from "@/lib/domain/codebook/places";
import {
  type MigrationRule,
  MOST_RULES,
  migrationRuleSchema,
  ruleProblems,
} from "@/lib/domain/codebook/rules";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { contentSha256, findVersion, templates } from "./codebook-store";
import { inLiveProject } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

/** The draft of a project's next codebook version. `revision` counts its saves. */
export type OpenedDraft = {
  version: number;
  /** The version that it goes out from. */
  basedOn: number | null;
  revision: number;
  content: Codebook;
  rules: MigrationRule[];
  /** What keeps it from being published. */
  problems: CodebookProblem[];
  /** ISO moment. */
  changedOn: string;
  changedBy: string | null;
};

/** Largest draft as JSON, in characters. */
const MOST_CONTENT = 2_000_000;

const projectInput = z.strictObject({ projectId: z.uuid() });
const rulesInput = z.array(migrationRuleSchema).max(MOST_RULES, "These are too many rules.");

/** The draft, or null where there is none. */
export const openDraft = defineUseCase({
  name: "openDraft",
  permission: "codebook.edit",
  scope: "project",
  input: projectInput,
  async run({ projectId }): Promise<Result<OpenedDraft | null>> {
    return success(await readDraft(projectId));
  },
});

/** Starts the next version, from a published one, a template or a file; a project has one draft at a time. */
export const createDraft = defineUseCase({
  name: "createDraft",
  permission: "codebook.edit",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    from: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("published") }),
      z.strictObject({ kind: z.literal("version"), version: z.number().int().min(1) }),
      z.strictObject({ kind: z.literal("template"), key: z.string().max(80) }),
      z.strictObject({
        kind: z.literal("file"),
        text: z.string().max(MOST_CONTENT, "This file is too large for a codebook."),
        fileName: z.string().max(400).optional(),
      }),
    ]),
  }),
  async run({ projectId, from }, caller) {
    const source = await findSource(projectId, from);
    if (!source.ok) return source;
    const made = await inLiveProject(projectId, (tx) => insertDraft(tx, caller, source.value));
    if (!made.ok) return made;
    await recordAudit(caller, {
      action: "codebook.draft_created",
      targetType: "codebook",
      detail: { version: made.value.version, from: from.kind },
    });
    return opened(projectId);
  },
});

/**
 * Keeps the draft as it is now, unfinished or not. `baseRevision` is the save that the editor knows:
 * where somebody else has saved since, nothing is overwritten.
 */
export const saveDraft = defineUseCase({
  name: "saveDraft",
  permission: "codebook.edit",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    baseRevision: z.number().int().min(0),
    content: draftSchema,
    rules: rulesInput.default([]),
  }),
  async run({ projectId, baseRevision, content, rules }, caller) {
    const json = JSON.stringify(content);
    if (json.length > MOST_CONTENT) return failure("invalid", "This codebook is too large.");
    const broken = brokenTexts(content)[0];
    if (broken !== undefined) {
      const place = placeOf(content, broken.path);
      return failure("invalid", `${place}: ${broken.message}`, { place });
    }
    return inLiveProject(projectId, async (tx) => {
      const rows = await tx.$queryRaw<{ revision: number; changed_at: Date }[]>`
        UPDATE codebook_version
           SET content = ${json}::jsonb, rules = ${JSON.stringify(rules)}::jsonb,
               name = ${content.name || "Draft"}, sha256 = ${contentSha256(content)},
               revision = revision + 1, changed_at = now(), changed_by_id = ${caller.userId}::uuid
         WHERE project_id = ${projectId}::uuid AND state = 'draft' AND revision = ${baseRevision}
        RETURNING revision, changed_at`;
      const row = rows[0];
      if (row === undefined) return await whySaveFailed(projectId);
      return success({
        revision: row.revision,
        problems: draftProblems(content, rules),
        changedOn: row.changed_at.toISOString(),
      });
    });
  },
});

/** Throws the draft away; published versions stay as they are. */
export const discardDraft = defineUseCase({
  name: "discardDraft",
  permission: "codebook.edit",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), baseRevision: z.number().int().min(0) }),
  async run({ projectId, baseRevision }, caller): Promise<Result<Record<never, never>>> {
    const { rowCount } = await pool().query(
      `DELETE FROM codebook_version
        WHERE project_id = $1 AND state = 'draft' AND revision = $2`,
      [projectId, baseRevision],
    );
    if (rowCount !== 1) return whySaveFailed(projectId);
    await recordAudit(caller, { action: "codebook.draft_discarded", targetType: "codebook" });
    return success({});
  },
});

/** Reads a codebook file without keeping it: what it is, what is wrong with it, what was left out. */
export const readCodebookFile = defineUseCase({
  name: "readCodebookFile",
  permission: "project.create",
  scope: "instance",
  input: z.strictObject({
    text: z.string().max(MOST_CONTENT, "This file is too large for a codebook."),
    fileName: z.string().max(400).optional(),
  }),
  async run({ text, fileName }) {
    return success(readFile(text, fileName));
  },
});

/** What keeps a draft from being published, its rules included. */
export function draftProblems(content: Codebook, rules: MigrationRule[]): CodebookProblem[] {
  const { problems } = checkCodebook(content);
  const wrongRules = ruleProblems(rules, content).map((problem) => ({
    ...problem,
    place: `rule ${Number(problem.path[1]) + 1}`,
  }));
  return [...problems, ...wrongRules];
}

type DraftRow = {
  version: number;
  basedOn: number | null;
  revision: number;
  content: unknown;
  rules: MigrationRule[];
  changedAt: Date;
  changedBy: string | null;
};

async function readDraft(projectId: string): Promise<OpenedDraft | null> {
  const { rows } = await pool().query<DraftRow>(
    `SELECT c.version, b.version AS "basedOn", c.revision, c.content, c.rules,
            c.changed_at AS "changedAt", u.name AS "changedBy"
       FROM codebook_version c
       LEFT JOIN codebook_version b ON b.project_id = c.project_id AND b.id = c.based_on_id
       LEFT JOIN "user" u ON u.id = c.changed_by_id
      WHERE c.project_id = $1 AND c.state = 'draft'`,
    [projectId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { changedAt, ...facts } = row;
  const content = draftSchema.parse(row.content);
  return {
    ...facts,
    content,
    problems: draftProblems(content, row.rules),
    changedOn: changedAt.toISOString(),
  };
}

async function opened(projectId: string): Promise<Result<OpenedDraft>> {
  const draft = await readDraft(projectId);
  return draft === null ? failure("not_found", "There is no draft any more.") : success(draft);
}

async function whySaveFailed(projectId: string): Promise<Result<never>> {
  const draft = await readDraft(projectId);
  if (draft === null) {
    return failure("conflict", "The draft was published or discarded meanwhile. Reload the page.");
  }
  const who = draft.changedBy ?? "Somebody else";
  return failure(
    "conflict",
    `${who} has saved this draft meanwhile. Reload it and go on from there.`,
  );
}

type Source = { content: Codebook; basedOnId: string | null };

type From =
  | { kind: "published" }
  | { kind: "version"; version: number }
  | { kind: "template"; key: string }
  | { kind: "file"; text: string; fileName?: string | undefined };

async function findSource(projectId: string, from: From): Promise<Result<Source>> {
  const published = await findVersion(projectId);
  const basedOnId = published?.id ?? null;
  switch (from.kind) {
    case "published":
      return published === null
        ? failure("not_found", "This project has no published codebook. Start from a template.")
        : success({ content: published.codebook, basedOnId });
    case "version": {
      const found = await findVersion(projectId, from.version);
      return found === null
        ? failure("not_found", "There is no such version.")
        : success({ content: found.codebook, basedOnId });
    }
    case "template": {
      const found = templates().find((each) => each.key === from.key);
      return found === undefined
        ? failure("not_found", "There is no such codebook. Choose one from the list.")
        : success({ content: found, basedOnId });
    }
    case "file": {
      const { draft, problems } = readFile(from.text, from.fileName);
      const first = problems[0];
      return draft === null
        ? failure("invalid", `${first?.place ?? "The file"}: ${first?.message ?? "not read"}`, {
            place: "text",
          })
        : success({ content: draft, basedOnId });
    }
  }
}

/** Begins a draft with this content; refused where there is one. */
export async function insertDraft(
  tx: Transaction,
  { projectId, userId }: Caller,
  { content, basedOnId }: Source,
): Promise<Result<{ version: number }>> {
  const known = await tx.codebookVersion.findFirst({
    where: { projectId, state: "draft" },
    select: { version: true },
  });
  if (known !== null) {
    return failure("conflict", "This project has a draft already. Open it, or discard it first.");
  }
  const last = await tx.codebookVersion.aggregate({
    where: { projectId },
    _max: { version: true },
  });
  const version = (last._max.version ?? 0) + 1;
  await tx.codebookVersion.create({
    data: {
      projectId,
      id: newId(),
      version,
      name: content.name || "Draft",
      content,
      sha256: contentSha256(content),
      basedOnId,
      changedById: userId || null,
    },
  });
  return success({ version });
}
