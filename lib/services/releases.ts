import "server-only";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { FORMATS, findFormat } from "@/lib/domain/formats/catalogue";
import type { Loss } from "@/lib/domain/formats/corpus";
import { fileName } from "@/lib/domain/formats/file-name";
import type { ReleaseDifference } from "@/lib/domain/releases/compare";
import { type ReleaseSettings, releaseSettingsSchema } from "@/lib/domain/releases/settings";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { recordAudit } from "./audit";
import { proseInput } from "./inputs";
import { queueJob } from "./job-runs";
import { inLiveProject, type Queryable } from "./project-store";
import type { ReleaseManifest } from "./release-build";
import { compareStored } from "./release-compare";
import { archivePath, formatPath, indexPath, readFrom, sizeOf } from "./release-files";
import { buildFormat, endingOf, formatProblem, lossesPath } from "./release-formats";
import { previewOf, type ReleasePreview } from "./release-preview";
import { findRelease, findReleases, type ReleaseRecord } from "./release-store";
import { type Caller, defineUseCase } from "./use-case";

/** A release as its page shows it. */
export type ReleaseView = {
  releaseId: string;
  version: number;
  name: string;
  state: ReleaseRecord["state"];
  /** The job that makes it, to follow its progress. */
  jobId: string;
  settings: ReleaseSettings;
  manifest: ReleaseManifest | null;
  sha256: string | null;
  createdAt: Date;
  readyAt: Date | null;
  /** Name of the archive for people. */
  fileName: string;
};

/** A file to be sent as it is read from the disk. */
export type StoredFile = {
  name: string;
  bytes: number;
  contentType: string;
  sha256: string | null;
  open: () => AsyncIterable<Uint8Array>;
};

/** A format of a release: whether it is written already, and what it could not hold. */
export type ReleaseFormatView = {
  format: string;
  title: string;
  about: string;
  isReady: boolean;
  losses: Loss[];
};

const one = z.strictObject({ projectId: z.uuid(), releaseId: z.uuid() });
const name = proseInput(200).transform((text) => text.trim());

/** All releases of a project, newest first. */
export const listReleases = defineUseCase({
  name: "listReleases",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }): Promise<Result<ReleaseView[]>> {
    const releases = await findReleases(projectId);
    const project = await projectName(projectId);
    return success(releases.map((each) => view(each, project)));
  },
});

/** One release. */
export const openRelease = defineUseCase({
  name: "openRelease",
  permission: "dataset.export",
  scope: "project",
  input: one,
  async run({ projectId, releaseId }) {
    const release = await findRelease(projectId, releaseId);
    if (release === null) return notFound();
    const formats = await Promise.all(
      FORMATS.filter(({ write }) => write !== null).map((each) => formatView(release, each.name)),
    );
    return success({
      ...view(release, await projectName(projectId)),
      formats,
      formatProblem: formatProblem(release, findFormat("jsonl")),
    });
  },
});

/** What the form of a new release offers. */
export const listReleasable = defineUseCase({
  name: "listReleasable",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const rounds = await db().round.findMany({
      where: { projectId },
      orderBy: { position: "asc" },
      select: { id: true, name: true, kind: true },
    });
    const { rows } = await pool().query<{ documentId: string; title: string; submitted: number }>(
      `SELECT d.id AS "documentId", d.title, count(a.id)::int AS submitted
         FROM document d
         JOIN assignment a ON a.project_id = d.project_id AND a.document_id = d.id
          AND a.state = 'submitted' AND a.withdrawn_at IS NULL
        WHERE d.project_id = $1 AND d.archived_at IS NULL
        GROUP BY d.project_id, d.id ORDER BY d.seq LIMIT 2000`,
      [projectId],
    );
    const { description } = await db().project.findUniqueOrThrow({
      where: { id: projectId },
      select: { description: true },
    });
    return success({ rounds, documents: rows, description });
  },
});

/** What a release would hold and what would be missing. Nothing is stored. */
export const previewRelease = defineUseCase({
  name: "previewRelease",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), settings: releaseSettingsSchema }),
  async run({ projectId, settings }, { userId }): Promise<Result<ReleasePreview>> {
    const problem = settingsProblem(settings);
    if (problem !== null) return failure("invalid", problem);
    return success(
      await onSnapshot((client) => previewOf(client, { projectId, userId, settings })),
    );
  },
});

/**
 * Asks for a release: numbered at once, frozen by a job. Refused where names or addresses of members stand
 * in free text, until whoever asks has seen that and says so.
 */
export const createRelease = defineUseCase({
  name: "createRelease",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({
    projectId: z.uuid(),
    name: name.default(""),
    settings: releaseSettingsSchema,
    acceptsFreeText: z.boolean().default(false),
  }),
  async run({ projectId, settings, acceptsFreeText, ...input }, caller) {
    const problem = settingsProblem(settings);
    if (problem !== null) return failure("invalid", problem);
    const preview = await onSnapshot((client) =>
      previewOf(client, { projectId, userId: caller.userId, settings }),
    );
    if (preview.counts.documents === 0) {
      return failure(
        "closed",
        "This release would hold nothing. Choose other rounds or documents.",
      );
    }
    if (preview.freeText.findings.length > 0 && !acceptsFreeText) {
      return failure(
        "conflict",
        "Free text holds names or e-mail addresses. Look at them, then leave free text out or confirm it.",
        { place: "freeText" },
      );
    }
    const releaseId = newId();
    const jobId = newId();
    const made = await inLiveProject(projectId, async (tx) => {
      const last = await tx.release.aggregate({ where: { projectId }, _max: { version: true } });
      const version = (last._max.version ?? 0) + 1;
      const salt = randomBytes(32).toString("hex");
      await tx.release.create({
        data: {
          projectId,
          id: releaseId,
          version,
          name: input.name,
          settings: { choices: settings, salt, jobId },
          createdById: caller.userId,
        },
      });
      await queueJob(tx, {
        projectId,
        kind: "release.build",
        input: { releaseId },
        requestedBy: caller.userId,
        jobId,
      });
      return success({ releaseId, jobId, version });
    });
    if (!made.ok) return made;
    await note(caller, "release.created", releaseId, {
      version: made.value.version,
      documents: preview.counts.documents,
      annotations: annotationsOf(preview.counts),
      text: settings.text,
    });
    return made;
  },
});

/** What differs between two releases, from the older to the newer. */
export const compareReleases = defineUseCase({
  name: "compareReleases",
  permission: "dataset.export",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), releaseId: z.uuid(), withId: z.uuid() }),
  async run({ projectId, releaseId, withId }) {
    const [one, other] = await Promise.all([
      findRelease(projectId, releaseId),
      findRelease(projectId, withId),
    ]);
    if (one === null || other === null) return notFound();
    const [older, newer] = one.version < other.version ? [one, other] : [other, one];
    const difference = await compareStored(
      indexPath(projectId, older.releaseId),
      indexPath(projectId, newer.releaseId),
    );
    if (difference === null) return failure("closed", "Both releases must be ready.");
    return success<{ older: number; newer: number; difference: ReleaseDifference }>({
      older: older.version,
      newer: newer.version,
      difference,
    });
  },
});

/** The archive of a release. */
export const downloadRelease = defineUseCase({
  name: "downloadRelease",
  permission: "dataset.export",
  scope: "project",
  input: one,
  async run({ projectId, releaseId }, caller): Promise<Result<StoredFile>> {
    const release = await findRelease(projectId, releaseId);
    if (release === null) return notFound();
    if (release.state !== "ready") return failure("closed", "This release is not ready yet.");
    const file = archivePath(projectId, releaseId);
    const bytes = await sizeOf(file);
    if (bytes !== release.manifest?.bytes) {
      return failure(
        "closed",
        "The file of this release is missing or damaged. Restore it from a backup.",
      );
    }
    await note(caller, "release.downloaded", releaseId, { version: release.version, bytes });
    return success({
      name: archiveName(release, await projectName(projectId)),
      bytes,
      contentType: "application/zip",
      sha256: release.sha256,
      open: () => readFrom(file),
    });
  },
});

/** Releases up to this size are written in a format while one waits; larger ones by a job. */
const AT_ONCE = 20_000;

/** What becomes of asking for a format: the file, or the job that writes it. */
export type FormatDownload = { kind: "file"; file: StoredFile } | { kind: "job"; jobId: string };

/** A release in one of the formats, written when it is first asked for and kept. */
export const downloadReleaseFormat = defineUseCase({
  name: "downloadReleaseFormat",
  permission: "dataset.export",
  scope: "project",
  input: one.extend({ format: z.string().max(40) }),
  async run({ projectId, releaseId, format: named }, caller): Promise<Result<FormatDownload>> {
    const release = await findRelease(projectId, releaseId);
    if (release === null) return notFound();
    const format = findFormat(named);
    const problem = formatProblem(release, format);
    if (format === null || problem !== null) {
      return failure("invalid", problem ?? "There is no such format.");
    }
    const file = formatPath(projectId, releaseId, format.name);
    if ((await sizeOf(file)) === null) {
      const { counts } = release.manifest ?? { counts: null };
      if (counts === null || annotationsOf(counts) > AT_ONCE) {
        return success({ kind: "job", jobId: await queueFormat(release, format.name, caller) });
      }
      const steps = { runId: newId(), progress: async () => {} };
      const built = await buildFormat(release, format.name, steps);
      if (!built.ok) return built;
    }
    await note(caller, "release.downloaded", releaseId, {
      version: release.version,
      format: format.name,
    });
    const base = archiveName(release, await projectName(projectId)).replace(/\.zip$/, "");
    return success({
      kind: "file",
      file: {
        name: `${base}-${format.name}${endingOf(format)}`,
        bytes: (await sizeOf(file)) ?? 0,
        contentType: format.layout === "folder" ? "application/zip" : "application/octet-stream",
        sha256: null,
        open: () => readFrom(file),
      },
    });
  },
});

/** One job for each format, however often it is asked for. */
async function queueFormat(
  { projectId, releaseId }: ReleaseRecord,
  format: string,
  { userId }: Caller,
): Promise<string> {
  const result = await inLiveProject(projectId, async (tx) => {
    const waiting = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM job
       WHERE project_id = ${projectId}::uuid AND kind = 'release.format'
         AND state IN ('waiting', 'running') AND input ->> 'releaseId' = ${releaseId}
         AND input ->> 'format' = ${format} LIMIT 1`;
    const known = waiting[0];
    if (known !== undefined) return success(known.id);
    return success(
      await queueJob(tx, {
        projectId,
        kind: "release.format",
        input: { releaseId, format },
        requestedBy: userId,
      }),
    );
  });
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** What no schema can say: choices that leave nothing. */
function settingsProblem(settings: ReleaseSettings): string | null {
  if (!settings.hasAnnotators && !settings.hasGold) {
    return "Choose the annotators’ own work, the gold annotations, or both.";
  }
  return settings.split.validation + settings.split.test > 0.9
    ? "Leave a tenth of the documents or more for training."
    : null;
}

async function onSnapshot<T>(run: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL statement_timeout = 60000");
    return await run(client);
  } finally {
    await client.query("ROLLBACK").catch(() => {});
    client.release();
  }
}

async function formatView(release: ReleaseRecord, format: string): Promise<ReleaseFormatView> {
  const found = findFormat(format);
  const file = formatPath(release.projectId, release.releaseId, format);
  const losses = await readFile(lossesPath(file), "utf8").catch(() => null);
  return {
    format,
    title: found?.title ?? format,
    about: found?.about ?? "",
    isReady: (await sizeOf(file)) !== null,
    losses: losses === null ? [] : (JSON.parse(losses) as Loss[]),
  };
}

function view(release: ReleaseRecord, project: string): ReleaseView {
  const { releaseId, version, state, jobId, settings, manifest, sha256, createdAt, readyAt } =
    release;
  return {
    releaseId,
    version,
    name: release.name,
    state,
    jobId,
    settings,
    manifest,
    sha256,
    createdAt,
    readyAt,
    fileName: archiveName(release, project),
  };
}

function archiveName({ version }: ReleaseRecord, project: string): string {
  return `${fileName(project, "release", String(version))}.zip`;
}

function annotationsOf(counts: { spans: number; relations: number; unitLabels: number }): number {
  return counts.spans + counts.relations + counts.unitLabels;
}

async function projectName(projectId: string): Promise<string> {
  const project = await db().project.findUniqueOrThrow({
    where: { id: projectId },
    select: { name: true },
  });
  return project.name;
}

function notFound(): Result<never> {
  return failure("not_found", "This release does not exist.");
}

function note(
  caller: Caller,
  action: string,
  targetId: string,
  detail: Record<string, string | number | boolean | null>,
): Promise<void> {
  return recordAudit(caller, { action, targetType: "release", targetId, detail });
}
