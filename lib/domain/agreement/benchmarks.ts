import { normalCumulative } from "./distributions";
import type { Measured } from "./measured";

/** A published scale of words for coefficients: lower bounds from the top, the last is -1. */
export type BenchmarkScale = {
  readonly source: string;
  readonly levels: readonly { readonly from: number; readonly words: string }[];
};

/** Scales in use. They are conventions, some by their authors' own words arbitrary; none was made for gamma or u-alpha. */
export const BENCHMARK_SCALES: Readonly<
  Record<"landis_koch" | "fleiss" | "altman" | "krippendorff", BenchmarkScale>
> = {
  landis_koch: {
    source: "Landis and Koch 1977",
    levels: [
      { from: 0.8, words: "almost perfect" },
      { from: 0.6, words: "substantial" },
      { from: 0.4, words: "moderate" },
      { from: 0.2, words: "fair" },
      { from: 0, words: "slight" },
      { from: -1, words: "poor" },
    ],
  },
  fleiss: {
    source: "Fleiss 1981",
    levels: [
      { from: 0.75, words: "excellent" },
      { from: 0.4, words: "intermediate to good" },
      { from: -1, words: "poor" },
    ],
  },
  altman: {
    source: "Altman 1991",
    levels: [
      { from: 0.8, words: "very good" },
      { from: 0.6, words: "good" },
      { from: 0.4, words: "moderate" },
      { from: 0.2, words: "fair" },
      { from: -1, words: "poor" },
    ],
  },
  krippendorff: {
    source: "Krippendorff 2004",
    levels: [
      { from: 0.8, words: "can be relied on" },
      { from: 0.667, words: "allows tentative conclusions" },
      { from: -1, words: "too low to draw conclusions" },
    ],
  },
};

/**
 * Probability that the true coefficient lies in each class, added up from the top (Gwet 2014, section 6.3.1): a normal
 * distribution around the estimate, cut to (-1, 1]. `bounds` are the lower ends of the classes from the top, ending at -1.
 */
export function cumulativeMembership(
  estimate: { readonly coefficient: number; readonly standardError: number },
  bounds: readonly number[],
): number[] {
  const { coefficient, standardError } = estimate;
  const below = (bound: number) => normalCumulative((bound - coefficient) / standardError);
  const all = below(1) - below(-1);
  return bounds.map((bound) => (below(1) - below(Math.max(-1, bound))) / all);
}

/** The highest class that the coefficient reaches with a probability of at least `level`. */
export function benchmarkClass(
  estimate: { readonly coefficient: number; readonly standardError: number },
  scale: BenchmarkScale,
  level = 0.95,
): { readonly words: string; readonly probability: number } | null {
  const bounds = scale.levels.map((entry) => entry.from);
  const cumulative = cumulativeMembership(estimate, bounds);
  const place = cumulative.findIndex((probability) => probability >= level);
  const entry = scale.levels[place];
  return entry ? { words: entry.words, probability: cumulative[place] ?? 1 } : null;
}

/** The word of a scale for a bare value, to be read with the source and its limits. */
export function wordsFor(measure: Measured, scale: BenchmarkScale): string | null {
  if (measure.value === null) return null;
  const { value } = measure;
  return scale.levels.find((entry) => value >= entry.from)?.words ?? null;
}
