import "server-only";
import { z } from "zod";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Colour } from "@/lib/domain/codebook/palette";
import { failure, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { templates } from "./codebook-store";
import { defineUseCase } from "./use-case";

/** A codebook that a project can start from. */
export type Template = {
  key: string;
  name: string;
  description: string;
  /** What it annotates, with the number of labels to choose from. */
  layers: { name: string; level: string; labels: number }[];
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
  const { key, name, description } = codebook;
  return { key, name, description, layers, preview: preview.slice(0, PREVIEWED_LABELS) };
}

/** The published codebook of a project. */
export type OpenedCodebook = {
  version: number;
  publishedOn: string;
  sha256: string;
  codebook: Codebook;
};

/** What a project annotates by, for everyone in it. */
export const openCodebook = defineUseCase({
  name: "openCodebook",
  permission: "codebook.read",
  scope: "project",
  input: z.strictObject({ projectId: z.uuid() }),
  async run({ projectId }) {
    const { rows } = await pool().query<Omit<OpenedCodebook, "codebook"> & { content: unknown }>(
      `SELECT version, sha256, content,
              to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "publishedOn"
         FROM codebook_version WHERE project_id = $1 AND state = 'published'
        ORDER BY version DESC LIMIT 1`,
      [projectId],
    );
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This project has no codebook.");
    const { content, ...facts } = row;
    return success<OpenedCodebook>({ ...facts, codebook: codebookSchema.parse(content) });
  },
});
