import "server-only";
import { z } from "zod";
import { isStorable } from "@/lib/domain/text/storable";

/** Largest number that the database's integers hold. */
const MOST_INTEGER = 2_147_483_647;

/** A whole number in a body. */
export function integer(least = 0, most = MOST_INTEGER) {
  return z.int().min(least).max(most);
}

/** A whole number in an address, written in digits only. */
export function integerInQuery(least: number, most = MOST_INTEGER) {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,9})$/, "This is a whole number.")
    .transform(Number)
    .refine(
      (value) => value >= least && value <= most,
      `This is a number from ${least} to ${most}.`,
    )
    .meta({ override: described(() => ({ type: "integer", minimum: least, maximum: most })) });
}

/** Several values under one name of an address; one is a list of one. */
export function listInQuery<Item extends z.ZodType<unknown, string>>(item: Item, most = 200) {
  return z.union([z.array(item).max(most), item.transform((one) => [one])]).meta({
    override: described(({ anyOf = [] }) => anyOf.find(({ type }) => type === "array") ?? {}),
  });
}

type Described = { type?: string; anyOf?: Described[] } & Record<string, unknown>;

/** Puts another description in the place of what the schema says of itself. */
function described(describe: (present: Described) => Record<string, unknown>) {
  return ({ jsonSchema }: { jsonSchema: object }) => {
    const present = { ...jsonSchema };
    for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
    Object.assign(jsonSchema, describe(present));
  };
}

/** Where a list goes on, and how many items of it. */
export const pageQuery = {
  after: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe("`next` of the page before; the first page without it"),
  limit: integerInQuery(1, 200).optional().describe("How many items at most; 50 without it"),
};

/** Text in an address that is compared, not kept. */
export function textInQuery(most: number) {
  return z.string().min(1).max(most).refine(isStorable, "This holds a character that is refused.");
}

export const inProject = { projectId: z.uuid() };
