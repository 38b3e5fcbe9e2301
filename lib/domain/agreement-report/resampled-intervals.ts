import {
  acceleratedInterval,
  type Bootstrap,
  bootstrapTogether,
  type ClusterRows,
  leaveClustersOut,
  percentileInterval,
  sumClusters,
} from "../agreement/bootstrap";
import type { Measured } from "../agreement/measured";
import { createRandom } from "../agreement/random";
import type { ResampledInterval } from "./layer-report";

/** Resamples of the documents, the seed of all drawing, and the confidence level. */
export const RESAMPLING = {
  replicates: 1_000,
  seed: 42,
  level: 0.95,
  fewestDocuments: 10,
} as const;

export type Subject = ResampledInterval["subject"];

/**
 * Intervals of several figures from the same draws of documents; those without a value are left out. `leftOut` are their
 * values with one document left out in turn, where they are known more cheaply than from the sums.
 */
export function intervalsOf(
  rows: ClusterRows,
  subjects: readonly Subject[],
  figures: (sums: Float64Array) => readonly Measured[],
  leftOut: () => readonly (readonly (number | null)[])[] = () => leaveClustersOut(rows, figures),
): ResampledInterval[] {
  if (rows.offsets.length - 1 < RESAMPLING.fewestDocuments) return [];
  const values = figures(sumClusters(rows));
  const bootstraps = bootstrapTogether(rows, figures, {
    replicates: RESAMPLING.replicates,
    random: createRandom(RESAMPLING.seed),
  });
  const left = leftOut();
  return subjects.flatMap((subject, place) => {
    const value = values[place]?.value ?? null;
    const bootstrap = bootstraps[place];
    if (value === null || bootstrap === undefined) return [];
    const own = endsOf(bootstrap, value, { leftOut: left[place] ?? [], subject });
    return own === null ? [] : [own];
  });
}

function endsOf(
  bootstrap: Bootstrap,
  value: number,
  { leftOut, subject }: { leftOut: readonly (number | null)[]; subject: Subject },
): ResampledInterval | null {
  const { level } = RESAMPLING;
  const known = leftOut.filter((each) => each !== null);
  const accelerated =
    known.length < leftOut.length
      ? null
      : acceleratedInterval(bootstrap, value, { leftOut: known, level });
  const ends = accelerated ?? percentileInterval(bootstrap, level);
  if (ends === null || !Number.isFinite(ends.low) || !Number.isFinite(ends.high)) return null;
  return {
    subject,
    low: ends.low,
    high: ends.high,
    method: accelerated === null ? "percentile" : "BCa",
    replicates: bootstrap.replicates.length,
  };
}
