import { z } from "zod";
import { failure, type Result, success } from "../result";
import { isStorable } from "../text/storable";
import { ENCODINGS } from "./encodings";
import { COLUMN_USES } from "./fact-names";

const line = (most: number) =>
  z
    .string()
    .max(most, `This has at most ${most} characters.`)
    .refine(isStorable, "This holds a character that cannot be stored.");

/** Where a label of a file goes: a layer and label of ours, or nowhere. */
const labelChoice = z.strictObject({
  kind: z.enum(["span", "relation", "unit"]),
  layer: line(200),
  label: line(400),
  to: z.strictObject({ layer: line(80), label: line(80) }).nullable(),
});

/** Whose work the annotations of an author become: kept as imported, a member's, or left out. */
const authorChoice = z.strictObject({
  name: line(400),
  as: z.union([z.literal("imported"), z.literal("skip"), z.uuid()]),
});

/** What a person chose for an import; everything has a default, so that nothing need be chosen. */
export const importSettings = z.strictObject({
  /** Of articles whose source does not tell. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, "Give a language code such as en or de-AT.")
    .default("en"),
  encoding: z.enum(ENCODINGS).default("auto"),
  /** `auto`, `articles`, or the name of an annotated format. */
  readAs: line(40).default("auto"),
  /** Facts of all its articles whose source says nothing else. */
  facts: z
    .strictObject({
      outlet: line(200).default(""),
      author: line(200).default(""),
      publishedOn: line(40).default(""),
      url: line(2000).default(""),
      country: line(80).default(""),
      section: line(200).default(""),
      licence: line(200).default(""),
      event: line(200).default(""),
    })
    .prefault({}),
  /** What each column is; null until somebody chose, and then by the names of the columns. */
  columns: z
    .record(line(400), z.enum([...COLUMN_USES, "free", "skip"]))
    .nullable()
    .default(null),
  /** Labels not named here go where a label of ours has the same name. */
  labels: z.array(labelChoice).max(5_000).default([]),
  /** Authors not named here are kept as imported. */
  authors: z.array(authorChoice).max(1_000).default([]),
});

export type ImportSettings = z.output<typeof importSettings>;

/** Some of the choices; the others stay. Judged together with those that stay, by `changeSettings`. */
export const settingsChange = z.custom<Partial<z.input<typeof importSettings>>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "The settings are an object.",
);

/** Settings with some choices made anew. */
export function changeSettings(
  before: object,
  change: z.output<typeof settingsChange>,
): Result<ImportSettings> {
  const parsed = importSettings.safeParse({ ...before, ...change });
  if (parsed.success) return success(parsed.data);
  const issue = parsed.error.issues[0];
  return failure("invalid", issue?.message ?? "These settings are not valid.", {
    place: `settings.${issue?.path.join(".") ?? ""}`,
  });
}
export type LabelChoice = z.output<typeof labelChoice>;
