import { z } from "zod";

/** What splits are formed by; no group is ever divided. */
export const SPLIT_KEYS = ["none", "document", "event", "outlet", "time"] as const;
export type SplitKey = (typeof SPLIT_KEYS)[number];

/** Licences that are offered for annotations, as SPDX names them. */
export const ANNOTATION_LICENCES = [
  "CC-BY-4.0",
  "CC-BY-SA-4.0",
  "CC0-1.0",
  "CC-BY-NC-4.0",
  "CC-BY-NC-SA-4.0",
  "ODC-By-1.0",
] as const;

const share = z.number().min(0).max(1);

/** How documents are divided. The same documents, key, seed and shares give the same splits. */
export const splitSettingsSchema = z.strictObject({
  by: z.enum(SPLIT_KEYS).default("none"),
  seed: z.int().min(0).max(4_294_967_295).default(1),
  /** Parts of the documents for validation and test; the rest is for training. */
  validation: share.default(0.15),
  test: share.default(0.15),
});
export type SplitSettings = z.output<typeof splitSettingsSchema>;

const prose = z.string().max(20_000).default("");
const line = z.string().trim().max(400);

/** All that a lead chooses for a release. It is stored with the release and never changes. */
export const releaseSettingsSchema = z.strictObject({
  /** Rounds whose submissions are in it; none named means all. */
  roundIds: z.array(z.uuid()).max(1_000).default([]),
  /** Documents that may be in it; null means all. */
  documentIds: z.array(z.uuid()).max(100_000).nullable().default(null),
  /** Everyone's own annotations. */
  hasAnnotators: z.boolean().default(true),
  /** Finished adjudication, with where each annotation comes from. */
  hasGold: z.boolean().default(true),
  /** What adjudicators left contested, beside the gold annotations. */
  hasContested: z.boolean().default(true),
  /** Work on training documents and hidden checks, marked as such. */
  hasTraining: z.boolean().default(false),
  /** `none` gives offsets, hashes and short quotes; `framemark release rehydrate` puts texts back. */
  text: z.enum(["full", "none"]).default("full"),
  /** Answers that annotators wrote in their own words. */
  freeText: z.enum(["keep", "drop"]).default("keep"),
  comments: z.enum(["keep", "drop"]).default("drop"),
  /** What annotators who consented said about themselves, in bands that five people share. */
  background: z.enum(["bands", "drop"]).default("drop"),
  split: splitSettingsSchema.prefault({}),
  annotationLicence: z.enum(ANNOTATION_LICENCES, "Choose a licence for the annotations."),
  /** What the lead says of the rights in the texts. */
  textLicence: z.string().trim().min(1, "Say under what terms the texts stand.").max(400),
  authors: z.array(line.min(1)).max(100).default([]),
  contact: line.default(""),
  about: prose,
  intendedUse: prose,
  limitations: prose,
  personalInformation: prose,
});
export type ReleaseSettings = z.output<typeof releaseSettingsSchema>;
