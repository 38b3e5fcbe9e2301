import { z } from "zod";

/** A reference vector as kept in files: data, how to measure, and the figures to reach. */
export const vectorSchema = z.object({
  id: z.string(),
  source: z.string().optional(),
  measure: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  data: z.looseObject({ kind: z.string() }),
  expected: z.record(z.string(), z.unknown()),
  tolerance: z.number().nonnegative(),
});

/** One reference vector. */
export type Vector = z.infer<typeof vectorSchema>;

/** Reads a file of vectors: a JSON array of objects of this form. */
export const vectorFileSchema = z.array(vectorSchema);

/** What a recomputation answers: figures by the same names as in `expected`. */
export type Recomputed = Readonly<Record<string, unknown>>;

/** Recomputes the figures of one vector. */
export type Recompute = (vector: Vector) => Recomputed;
