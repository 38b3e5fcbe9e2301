import type { Recomputed, Vector } from "./vector";

/** Where a recomputed figure differs from the one to reach. */
export type Difference = {
  readonly place: string;
  readonly expected: unknown;
  readonly got: unknown;
};

/**
 * Compares every figure that a vector asks for, numbers within its absolute tolerance (never finer than 1e-12, the noise
 * of adding in another order). Figures that the vector does not name are not looked at.
 */
export function differencesFrom(vector: Vector, got: Recomputed): Difference[] {
  return compareValues(vector.expected, got, {
    place: "",
    tolerance: Math.max(vector.tolerance, 1e-12),
  });
}

type Where = { readonly place: string; readonly tolerance: number };

function compareValues(expected: unknown, got: unknown, where: Where): Difference[] {
  const { place, tolerance } = where;
  if (typeof expected === "number") {
    const near = typeof got === "number" && Math.abs(got - expected) <= tolerance;
    return near ? [] : [{ place, expected, got }];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return [{ place, expected, got }];
    return expected.flatMap((value, index) =>
      compareValues(value, got[index], { place: `${place}[${index}]`, tolerance }),
    );
  }
  if (isRecord(expected)) {
    if (!isRecord(got)) return [{ place, expected, got }];
    return Object.entries(expected).flatMap(([key, value]) =>
      compareValues(value, got[key], { place: place === "" ? key : `${place}.${key}`, tolerance }),
    );
  }
  return expected === got ? [] : [{ place, expected, got }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
