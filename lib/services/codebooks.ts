import "server-only";
import { z } from "zod";
import { type CodebookChange, diffCodebooks } from "@/lib/domain/codebook/diff";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Colour } from "@/lib/domain/codebook/palette";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { findVersion, type PublishedVersion, templates } from "./codebook-store";
import { defineUseCase } from "./use-case";

/** A codebook that a project can start from. */
export type Template = {
  key: string;
  name: string;
  description: string;
  /** What it annotates, with the number of labels to choose from. */
  layers: { name: string; level: string; labels: number }[];
  citation: string;
  language: string;
  stance: Codebook["stance"] | null;
  /** What was written from memory and must be compared with the paper before use. */
  checkAgainstPaper: string | null;
  /** Some of its labels as they look on a text. */
  preview: { name: string; colour: Colour; code: string }[];
};

const PREVIEWED_LABELS = 8;

/** The codebooks that come with the product, the recommended one first. */
export const listTemplates = defineUseCase({
  name: "listTemplates",
  permission: "project.create",
  scope: "instance",
  input: z.strictObject({}),
  async run() {
    return success(templates().map(toTemplate));
  },
});

function toTemplate(codebook: Codebook): Template {
  const looks = labelLooks(codebook);
  const layers = codebook.layers.map((layer) => ({
    name: layer.name,
    level: layer.level,
    labels: selectableLabels(layer).length,
  }));
  const preview = codebook.layers.flatMap((layer) =>
    selectableLabels(layer).flatMap(({ key, name }) => {
      const look = looks.get(lookKey(layer.key, key));
      return look === undefined ? [] : [{ name, colour: look.colour, code: look.code }];
    }),
  );
  const { key, name, description, citation, language } = codebook;
  return {
    key,
    name,
    description,
    citation,
    language,
    stance: codebook.stance ?? null,
    checkAgainstPaper: codebook.checkAgainstPaper ?? null,
    layers,
    preview: preview.slice(0, PREVIEWED_LABELS),
  };
}

/** A codebook that comes with the product, whole. */
export const openTemplate = defineUseCase({
  name: "openTemplate",
  permission: "project.create",
  scope: "instance",
  input: z.strictObject({ key: z.string().max(80) }),
  async run({ key }) {
    const found = templates().find((each) => each.key === key);
    return found === undefined
      ? failure("not_found", "There is no such codebook. Choose one from the list.")
      : success(found);
  },
});

/** A version of a project's codebook. */
export type OpenedCodebook = Omit<PublishedVersion, "id" | "rules">;

const versionInput = z.number().int().min(1);
const NO_CODEBOOK = "This project has no codebook.";
const NO_VERSION = "There is no such version of the codebook.";

/** What a project annotates by, for everyone in it: the version in force, or an earlier one. */
export const openCodebook = defineUseCase({
  name: "openCodebook",
  permission: "codebook.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), version: versionInput.optional() }),
  async run({ projectId, version }): Promise<Result<OpenedCodebook>> {
    const found = await findVersion(projectId, version);
    if (found === null) {
      return failure("not_found", version === undefined ? NO_CODEBOOK : NO_VERSION);
    }
    const { id: _id, rules: _rules, ...opened } = found;
    return success(opened);
  },
});

/** A version in the list of all, the draft among them. */
export type ListedVersion = {
  version: number;
  state: "draft" | "published" | "superseded";
  name: string;
  /** Days, in UTC. */
  publishedOn: string | null;
  changedOn: string;
  /** Documents of an annotator, or of a decision, that are kept under this version. */
  sets: number;
  /** What they hold. */
  annotations: number;
};

/** All versions of a project's codebook, newest first, with what was annotated under each. */
export const listCodebookVersions = defineUseCase({
  name: "listCodebookVersions",
  permission: "codebook.edit",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<ListedVersion>(VERSIONS, [projectId]);
    return success(rows);
  },
});

const VERSIONS = `
SELECT c.version, c.state, c.name,
       to_char(c.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "publishedOn",
       to_char(c.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "changedOn",
       (SELECT count(*)::int FROM annotation_set s
         WHERE s.project_id = $1 AND s.codebook_version_id = c.id AND s.revision > 0) AS sets,
       (SELECT count(*)::int FROM span x
         WHERE x.project_id = $1 AND x.codebook_version_id = c.id AND NOT x.is_removed)
       + (SELECT count(*)::int FROM relation x
           WHERE x.project_id = $1 AND x.codebook_version_id = c.id AND NOT x.is_removed)
       + (SELECT count(*)::int FROM unit_label x
           WHERE x.project_id = $1 AND x.codebook_version_id = c.id AND NOT x.is_removed)
         AS annotations
  FROM codebook_version c WHERE c.project_id = $1 ORDER BY c.version DESC`;

/** A version as a file, for another project or for publication. */
export const exportCodebook = defineUseCase({
  name: "exportCodebook",
  permission: "codebook.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), version: versionInput.optional() }),
  async run({ projectId, version }): Promise<Result<{ fileName: string; content: string }>> {
    const found = await findVersion(projectId, version);
    if (found === null) {
      return failure("not_found", version === undefined ? NO_CODEBOOK : NO_VERSION);
    }
    const fileName = `${found.codebook.key.replaceAll(/[^A-Za-z0-9_-]/g, "_")}-v${found.version}.json`;
    return success({ fileName, content: `${JSON.stringify(found.codebook, null, 2)}\n` });
  },
});

/** What one version says otherwise than another, in words. */
export const compareVersions = defineUseCase({
  name: "compareVersions",
  permission: "codebook.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid(), from: versionInput, to: versionInput }),
  async run({ projectId, from, to }): Promise<Result<{ changes: CodebookChange[] }>> {
    const before = await findVersion(projectId, from);
    const after = await findVersion(projectId, to);
    if (before === null || after === null) return failure("not_found", NO_VERSION);
    return success({ changes: diffCodebooks(before.codebook, after.codebook) });
  },
});
