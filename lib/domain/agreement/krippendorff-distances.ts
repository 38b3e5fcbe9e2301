import { bipolarDistance, ratioDistance } from "./agreement-weights";
import { realAt } from "./columns";

/** Levels of measurement with Krippendorff's squared distance between categories (Krippendorff 2004, ch. 11). */
export type Level = "nominal" | "ordinal" | "interval" | "ratio" | "circular" | "bipolar";

/** What a distance may look at: the categories as numbers and how often each occurs among pairable values. */
export type DistanceContext = { readonly values: Float64Array; readonly counts: Float64Array };

/**
 * Squared distances delta^2 between categories, at `c * categories + k`. Ordinal distances depend on the counts n_g:
 * (sum of n_g from c to k, less half of both ends)^2. Circular and bipolar scales take their extent from the categories.
 */
export function squaredDistances(level: Level, context: DistanceContext): Float64Array {
  const size = context.values.length;
  const distance = DISTANCES[level](context);
  const squared = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) squared[c * size + k] = c === k ? 0 : distance(c, k);
  }
  return squared;
}

type Distance = (c: number, k: number) => number;

const DISTANCES: Record<Level, (context: DistanceContext) => Distance> = {
  nominal: () => () => 1,
  ordinal: ({ counts }) => ordinalDistance(counts),
  interval:
    ({ values }) =>
    (c, k) =>
      (realAt(values, c) - realAt(values, k)) ** 2,
  ratio:
    ({ values }) =>
    (c, k) =>
      ratioDistance(realAt(values, c), realAt(values, k)),
  circular: ({ values }) => {
    const span = Math.max(...values) - Math.min(...values) + 1;
    return (c, k) => Math.sin((Math.PI * (realAt(values, c) - realAt(values, k))) / span) ** 2;
  },
  bipolar: ({ values }) => {
    const scale = { low: Math.min(...values), high: Math.max(...values) };
    return (c, k) => bipolarDistance(realAt(values, c), realAt(values, k), scale);
  },
};

function ordinalDistance(counts: Float64Array): Distance {
  const before = new Float64Array(counts.length + 1);
  counts.forEach((count, index) => {
    before[index + 1] = realAt(before, index) + count;
  });
  return (c, k) => {
    const low = Math.min(c, k);
    const high = Math.max(c, k);
    const between = realAt(before, high + 1) - realAt(before, low);
    return (between - (realAt(counts, c) + realAt(counts, k)) / 2) ** 2;
  };
}
