import "server-only";
import attributionVoice from "@/codebooks/attribution-voice.json";
import babe from "@/codebooks/babe.json";
import basil from "@/codebooks/basil.json";
import connotationFrames from "@/codebooks/connotation-frames.json";
import entman from "@/codebooks/entman.json";
import episodicThematic from "@/codebooks/episodic-thematic.json";
import mbic from "@/codebooks/mbic.json";
import mediaBiasTaxonomy from "@/codebooks/media-bias-taxonomy.json";
import moralFoundations from "@/codebooks/moral-foundations.json";
import mpqa from "@/codebooks/mpqa.json";
import starter from "@/codebooks/news-bias-starter.json";
import policyFrames from "@/codebooks/policy-frames.json";
import ptc18 from "@/codebooks/ptc18.json";
import recasens from "@/codebooks/recasens.json";
import semetkoValkenburg from "@/codebooks/semetko-valkenburg.json";
import semeval2020Task11 from "@/codebooks/semeval2020-task11.json";
import semeval2023Frames from "@/codebooks/semeval2023-frames.json";
import semeval2023Genre from "@/codebooks/semeval2023-genre.json";
import semeval2023Persuasion from "@/codebooks/semeval2023-persuasion.json";
import semeval2025EntityRoles from "@/codebooks/semeval2025-entity-roles.json";
import warPeaceJournalism from "@/codebooks/war-peace-journalism.json";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import type { MigrationRule } from "@/lib/domain/codebook/rules";
import { pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { sha256 } from "@/lib/server/tokens";

/** Imported, not read at run time, so that the built server holds them wherever it is started. */
const FILES: unknown[] = [
  starter,
  attributionVoice,
  babe,
  mbic,
  basil,
  mediaBiasTaxonomy,
  recasens,
  ptc18,
  semeval2020Task11,
  semeval2023Persuasion,
  semeval2023Frames,
  semeval2023Genre,
  semeval2025EntityRoles,
  policyFrames,
  semetkoValkenburg,
  entman,
  episodicThematic,
  warPeaceJournalism,
  moralFoundations,
  connotationFrames,
  mpqa,
];

let parsed: Codebook[] | undefined;

/** The codebooks that come with the product, the recommended one first. */
export function templates(): readonly Codebook[] {
  parsed ??= FILES.map((file) => codebookSchema.parse(file));
  return parsed;
}

/**
 * Stores a codebook as the project's next version and publishes it; earlier versions stay for the
 * annotations made under them. The caller holds the project's row, so that numbers are not doubled.
 */
export async function publishCodebook(
  tx: Transaction,
  projectId: string,
  codebook: Codebook,
): Promise<{ codebookVersionId: string; version: number }> {
  const last = await tx.codebookVersion.aggregate({
    where: { projectId },
    _max: { version: true },
  });
  const version = (last._max.version ?? 0) + 1;
  await tx.codebookVersion.updateMany({
    where: { projectId, state: "published" },
    data: { state: "superseded" },
  });
  const codebookVersionId = newId();
  await tx.codebookVersion.create({
    data: {
      projectId,
      id: codebookVersionId,
      version,
      state: "published",
      name: codebook.name,
      content: codebook,
      sha256: contentSha256(codebook),
      publishedAt: new Date(),
    },
  });
  await writeCodebookIndex(tx, { projectId, codebookVersionId }, codebook);
  return { codebookVersionId, version };
}

/** A version of a project's codebook as it was published. */
export type PublishedVersion = {
  id: string;
  version: number;
  state: "published" | "superseded";
  /** Day, in UTC. */
  publishedOn: string;
  sha256: string;
  codebook: Codebook;
  rules: MigrationRule[];
};

/** A published version, the one in force unless another is named; null where there is none. */
export async function findVersion(
  projectId: string,
  version?: number,
): Promise<PublishedVersion | null> {
  const { rows } = await pool().query<Omit<PublishedVersion, "codebook"> & { content: unknown }>(
    `SELECT id, version, state, sha256, content, rules,
            to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "publishedOn"
       FROM codebook_version
      WHERE project_id = $1 AND CASE WHEN $2::int IS NULL THEN state = 'published'
                                     ELSE version = $2 AND state <> 'draft' END
      ORDER BY version DESC LIMIT 1`,
    [projectId, version ?? null],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { content, ...facts } = row;
  return { ...facts, codebook: codebookSchema.parse(content) };
}

/** The SHA-256 of a codebook document, whatever the order of its keys. */
export function contentSha256(codebook: Codebook): string {
  return sha256(canonicalJson(codebook));
}

/** Layers, labels and attributes as rows, which annotations refer to. */
export async function writeCodebookIndex(
  tx: Transaction,
  keys: { projectId: string; codebookVersionId: string },
  { layers }: Codebook,
): Promise<void> {
  await tx.layer.createMany({
    data: layers.map(({ key, level, name }, position) => ({ ...keys, key, level, name, position })),
  });
  await tx.label.createMany({
    data: layers.flatMap((layer) =>
      layer.labels.map((label, position) => ({
        ...keys,
        layerKey: layer.key,
        key: label.key,
        parentKey: label.parent ?? null,
        name: label.name,
        position,
        isArchived: label.archived,
      })),
    ),
  });
  await tx.attribute.createMany({
    data: layers.flatMap((layer) =>
      layer.attributes.map(({ key, type, name }, position) => ({
        ...keys,
        layerKey: layer.key,
        key,
        type,
        name,
        position,
      })),
    ),
  });
}

/** JSON with sorted keys (as RFC 8785), so that the hash does not depend on how jsonb orders them. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
