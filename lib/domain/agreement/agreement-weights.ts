import { realAt } from "./columns";
import { type Category, numericCategories } from "./ratings";

/** Schemes of weights for partial agreement (Gwet 2014, section 3.5). */
export type WeightScheme =
  | "identity"
  | "linear"
  | "quadratic"
  | "ordinal"
  | "radical"
  | "ratio"
  | "circular"
  | "bipolar";

/**
 * Weights between categories, w_kl at `k * categories + l`: 1 for the same category, less the further apart. Distances
 * use the categories as numbers, or their ranks 1, 2, ... where they are words. The ordinal weights are Gwet's and use
 * the order only; they are not Krippendorff's ordinal metric.
 */
export function agreementWeights(
  scheme: WeightScheme,
  categories: readonly Category[],
): Float64Array {
  const size = categories.length;
  const values =
    numericCategories(categories) ?? Float64Array.from(categories, (_, index) => index + 1);
  const distance = DISTANCES[scheme](values);
  const apart = new Float64Array(size * size);
  let furthest = 0;
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) {
      const value = k === l ? 0 : distance(k, l);
      apart[k * size + l] = value;
      furthest = Math.max(furthest, value);
    }
  }
  return apart.map((value) => (furthest === 0 ? 1 : 1 - value / furthest));
}

type Distance = (k: number, l: number) => number;

const DISTANCES: Record<WeightScheme, (values: Float64Array) => Distance> = {
  identity: () => () => 1,
  linear: (x) => (k, l) => Math.abs(realAt(x, k) - realAt(x, l)),
  quadratic: (x) => (k, l) => (realAt(x, k) - realAt(x, l)) ** 2,
  ordinal: () => (k, l) => ((Math.abs(k - l) + 1) * Math.abs(k - l)) / 2,
  radical: (x) => (k, l) => Math.sqrt(Math.abs(realAt(x, k) - realAt(x, l))),
  ratio: (x) => (k, l) => ratioDistance(realAt(x, k), realAt(x, l)),
  circular: (x) => {
    const span = Math.max(...x) - Math.min(...x) + 1;
    return (k, l) => Math.sin((Math.PI * (realAt(x, k) - realAt(x, l))) / span) ** 2;
  },
  bipolar: (x) => {
    const low = Math.min(...x);
    const high = Math.max(...x);
    return (k, l) => bipolarDistance(realAt(x, k), realAt(x, l), { low, high });
  },
};

/** ((a - b) / (a + b)) squared; 0 when both are 0. */
export function ratioDistance(a: number, b: number): number {
  return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2;
}

/** (a - b)^2 / ((a + b - 2 low)(2 high - a - b)); 0 at the ends of the scale, where both are the same. */
export function bipolarDistance(
  a: number,
  b: number,
  scale: { readonly low: number; readonly high: number },
): number {
  const room = (a + b - 2 * scale.low) * (2 * scale.high - a - b);
  return room === 0 ? 0 : (a - b) ** 2 / room;
}
