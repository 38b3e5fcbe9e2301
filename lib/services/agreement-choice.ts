import "server-only";
import { z } from "zod";
import type { AgreementChoice } from "@/lib/domain/agreement-report/choice";

/** A list as the query of an address gives it: nothing, one or several. */
function listOf<Schema extends z.ZodType>(item: Schema) {
  return z
    .union([z.array(item).max(1000), item.transform((one) => [one])])
    .optional()
    .transform((values) => values ?? []);
}

const round = z.coerce.number().int().min(0);

/** The settings of a report, each with what is usual where it is left out. */
export const choiceFields = {
  version: z.coerce.number().int().min(1).nullish(),
  unit: z.enum(["characters", "tokens"]).default("characters"),
  compare: z.enum(["labels", "any"]).default("labels"),
  distance: z.enum(["jaccard", "masi"]).default("jaccard"),
  level: z.enum(["codebook", "nominal", "ordinal", "interval"]).default("codebook"),
  missing: z.enum(["left_out", "category"]).default("left_out"),
  repeats: z.enum(["latest", "first"]).default("latest"),
  exclusions: z.enum(["left_out", "counted"]).default("left_out"),
  rounds: listOf(round),
  without: listOf(z.uuid()),
  leaveOut: listOf(z.uuid()),
};

const fields = z.object(choiceFields);

/** The choice that an input holds. */
export function choiceOf(input: z.output<typeof fields>): AgreementChoice {
  const { version, unit, compare, distance, level, missing, repeats, exclusions } = input;
  const { rounds, without, leaveOut } = input;
  return {
    version: version ?? null,
    unit,
    compare,
    distance,
    level,
    missing,
    repeats,
    exclusions,
    rounds: rounds.map(Number),
    without: without.map(String),
    leaveOut: leaveOut.map(String),
  };
}
