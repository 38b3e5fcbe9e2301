import { AGGREGATION_VECTORS } from "./aggregation-vectors";
import { CATEGORICAL_VECTORS } from "./categorical-vectors";
import { type Difference, differencesFrom } from "./compare";
import { GAMMA_VECTORS } from "./gamma-vectors";
import { GENERATED_VECTORS } from "./generated-vectors";
import { RELIABILITY_VECTORS } from "./reliability-vectors";
import { SEGMENTATION_VECTORS } from "./segmentation-vectors";
import { SPAN_VECTORS } from "./span-vectors";
import { UNITIZING_VECTORS } from "./unitizing-vectors";
import type { Recompute, Recomputed, Vector } from "./vector";

const MEASURES: Readonly<Record<string, Recompute>> = {
  ...AGGREGATION_VECTORS,
  ...CATEGORICAL_VECTORS,
  ...GAMMA_VECTORS,
  ...GENERATED_VECTORS,
  ...RELIABILITY_VECTORS,
  ...SEGMENTATION_VECTORS,
  ...SPAN_VECTORS,
  ...UNITIZING_VECTORS,
};

/** What became of one vector. */
export type VectorOutcome =
  | {
      readonly kind: "computed";
      readonly got: Recomputed;
      readonly differences: readonly Difference[];
    }
  | { readonly kind: "failed"; readonly message: string };

/** The measure names that vectors may use. */
export function measureNames(): string[] {
  return Object.keys(MEASURES).sort();
}

/**
 * Recomputes a vector and compares it. `_degenerate` at the end of a measure's name only says that the data cannot be
 * measured; the measure is the same.
 */
export function checkVector(vector: Vector): VectorOutcome {
  const recompute =
    MEASURES[vector.measure] ?? MEASURES[vector.measure.replace(/_degenerate$/, "")];
  if (!recompute) return { kind: "failed", message: `Unknown measure ${vector.measure}.` };
  try {
    const got = recompute(vector);
    return { kind: "computed", got, differences: differencesFrom(vector, got) };
  } catch (error) {
    return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}
