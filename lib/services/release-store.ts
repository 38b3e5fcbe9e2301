import "server-only";
import { z } from "zod";
import { releaseSettingsSchema } from "@/lib/domain/releases/settings";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import type { ReleaseManifest, StoredRelease } from "./release-build";
import { noteEvent } from "./webhook-outbox";

/** What the settings column holds; the salt leaves it only as the names that are made with it. */
const storedSettingsSchema = z.strictObject({
  choices: releaseSettingsSchema,
  salt: z.string().min(32),
  jobId: z.uuid(),
});

export type ReleaseState = "preparing" | "ready" | "failed";

/** A release with what was asked for, and what it became. */
export type ReleaseRecord = StoredRelease & {
  state: ReleaseState;
  jobId: string;
  manifest: ReleaseManifest | null;
  sha256: string | null;
  createdAt: Date;
  readyAt: Date | null;
};

const columns = {
  projectId: true,
  id: true,
  version: true,
  name: true,
  state: true,
  settings: true,
  manifest: true,
  sha256: true,
  createdById: true,
  createdAt: true,
  readyAt: true,
} as const;

/** One release, or null. */
export async function findRelease(
  projectId: string,
  releaseId: string,
): Promise<ReleaseRecord | null> {
  const row = await db().release.findUnique({
    where: { projectId_id: { projectId, id: releaseId } },
    select: columns,
  });
  return row === null ? null : toRecord(row);
}

/** All releases of a project, newest first. */
export async function findReleases(projectId: string): Promise<ReleaseRecord[]> {
  const rows = await db().release.findMany({
    where: { projectId },
    orderBy: { version: "desc" },
    select: columns,
  });
  return rows.map(toRecord);
}

const RELEASE_READY = noteEvent("release.ready", {
  happened: "made",
  projectId: "$1",
  eventId: "$5",
  payload: `jsonb_build_object('releaseId', $2::uuid, 'version', (SELECT version FROM made),
                               'sha256', (SELECT sha256 FROM made))`,
});

/** Notes what a release became; a ready one never changes again. */
export async function markReady(
  { projectId, releaseId }: Pick<StoredRelease, "projectId" | "releaseId">,
  built: { manifest: ReleaseManifest; sha256: string },
): Promise<void> {
  await pool().query(
    `WITH made AS (
       UPDATE release SET state = 'ready', manifest = $3, sha256 = $4, ready_at = now()
        WHERE project_id = $1 AND id = $2 AND state <> 'ready' RETURNING version, sha256
     )
     ${RELEASE_READY}`,
    [projectId, releaseId, JSON.stringify(built.manifest), built.sha256, newId()],
  );
}

/** Notes that a release is being made, or could not be made. */
export async function markState(
  { projectId, releaseId }: Pick<StoredRelease, "projectId" | "releaseId">,
  state: "preparing" | "failed",
): Promise<void> {
  await pool().query(
    `UPDATE release SET state = $3::release_state
      WHERE project_id = $1 AND id = $2 AND state <> 'ready'`,
    [projectId, releaseId, state],
  );
}

type Row = {
  projectId: string;
  id: string;
  version: number;
  name: string;
  state: ReleaseState;
  settings: unknown;
  manifest: unknown;
  sha256: string | null;
  createdById: string | null;
  createdAt: Date;
  readyAt: Date | null;
};

function toRecord({ id, settings, manifest, ...row }: Row): ReleaseRecord {
  const { choices, salt, jobId } = storedSettingsSchema.parse(settings);
  return {
    ...row,
    releaseId: id,
    day: row.createdAt.toISOString().slice(0, 10),
    settings: choices,
    salt,
    jobId,
    // Written by markReady alone.
    manifest: manifest as ReleaseManifest | null,
  };
}
