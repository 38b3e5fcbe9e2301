import { intAt, meanOf, realAt, sumOf } from "./columns";
import { normalCumulative, normalQuantile } from "./distributions";
import type { Measured } from "./measured";
import { quantile } from "./quantiles";
import { drawIndex, type Random } from "./random";

/** Lower and upper end of an interval. */
export type Ends = { readonly low: number; readonly high: number };

/** What came of resampling. */
export type Bootstrap = {
  /** Sorted values of the resamples that have one. */
  readonly replicates: Float64Array;
  /** Resamples without a value, such as those with one category only; they are left out of the intervals. */
  readonly undefinedReplicates: number;
  readonly mean: number | null;
  /** Sample standard deviation (divides by n - 1). */
  readonly deviation: number | null;
};

/** A figure of some clusters, given by their numbers; a number may come several times. */
export type ClusterStatistic = (clusters: Int32Array) => Measured;

/**
 * Cluster bootstrap (Davison and Hinkley 1997, section 3.8): draws as many clusters as there are, with replacement, and
 * computes the figure anew. Clusters are documents: what lies in one document is not independent. 1,000 replicates or more.
 */
export function bootstrapClusters(
  clusters: number,
  statistic: ClusterStatistic,
  options: { readonly replicates: number; readonly random: Random },
): Bootstrap {
  const drawn = new Int32Array(clusters);
  const values: Measured[] = [];
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    for (let place = 0; place < clusters; place++)
      drawn[place] = drawIndex(options.random, clusters);
    values.push(statistic(drawn));
  }
  return summariseReplicates(values);
}

/** The same for resamples that are given. */
export function replayClusters(
  resamples: readonly (readonly number[])[],
  statistic: ClusterStatistic,
): Measured[] {
  return resamples.map((resample) => statistic(Int32Array.from(resample)));
}

/** Sorts the values of resamples and describes them. */
export function summariseReplicates(values: readonly Measured[]): Bootstrap {
  const defined = values.flatMap((value) => (value.value === null ? [] : [value.value]));
  const replicates = Float64Array.from(defined).sort();
  const mean = meanOf(replicates);
  const squares = sumOf(replicates.map((value) => (value - (mean ?? 0)) ** 2));
  return {
    replicates,
    undefinedReplicates: values.length - defined.length,
    mean,
    deviation: replicates.length < 2 ? null : Math.sqrt(squares / (replicates.length - 1)),
  };
}

/** Percentile interval; null without replicates. */
export function percentileInterval(bootstrap: Bootstrap, level: number): Ends | null {
  if (bootstrap.replicates.length === 0) return null;
  const tail = (1 - level) / 2;
  return {
    low: quantile(bootstrap.replicates, tail),
    high: quantile(bootstrap.replicates, 1 - tail),
  };
}

/**
 * Bias-corrected and accelerated interval (Efron 1987; Efron and Tibshirani 1993, eq. 14.9 to 14.15). `leftOut` are the values
 * with one cluster left out, from which the acceleration comes. Null where the bias cannot be said: the value lies
 * outside all replicates, or a value is missing.
 */
export function acceleratedInterval(
  bootstrap: Bootstrap,
  value: number,
  options: { readonly leftOut: ArrayLike<number>; readonly level: number },
): Ends | null {
  const { replicates } = bootstrap;
  let below = 0;
  for (const replicate of replicates)
    below += replicate < value ? 1 : replicate === value ? 0.5 : 0;
  const share = below / replicates.length;
  if (!(share > 0 && share < 1)) return null;
  const bias = normalQuantile(share);
  const acceleration = accelerationOf(options.leftOut);
  const end = (p: number) => {
    const shifted = bias + normalQuantile(p);
    return quantile(replicates, normalCumulative(bias + shifted / (1 - acceleration * shifted)));
  };
  const tail = (1 - options.level) / 2;
  return { low: end(tail), high: end(1 - tail) };
}

/** sum d^3 / (6 (sum d^2)^1.5) with d = mean - value left out; 0 where nothing varies. */
function accelerationOf(leftOut: ArrayLike<number>): number {
  const mean = meanOf(leftOut) ?? 0;
  let squares = 0;
  let cubes = 0;
  for (let index = 0; index < leftOut.length; index++) {
    const difference = mean - (leftOut[index] ?? 0);
    squares += difference ** 2;
    cubes += difference ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

/**
 * What clusters add to sums, without the zeros: cluster c adds `value[i]` to sum `column[i]` for i from `offsets[c]` up to
 * `offsets[c + 1]`.
 */
export type ClusterRows = {
  readonly offsets: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
  /** How many sums there are. */
  readonly width: number;
};

/** Rows of equal length as {@link ClusterRows}. */
export function clusterRows(rows: readonly Float64Array[]): ClusterRows {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => {
    let filled = 0;
    for (let at = 0; at < row.length; at++) filled += Number(row[at] !== 0);
    offsets[index + 1] = intAt(offsets, index) + filled;
  });
  const column = new Int32Array(intAt(offsets, rows.length));
  const value = new Float64Array(column.length);
  let place = 0;
  for (const row of rows) {
    for (let at = 0; at < row.length; at++) {
      const own = realAt(row, at);
      if (own === 0) continue;
      column[place] = at;
      value[place] = own;
      place++;
    }
  }
  return { offsets, column, value, width: rows[0]?.length ?? 0 };
}

/**
 * Bootstrap of a figure that follows from sums over clusters: one row of `rows` per cluster, added up by how often the
 * cluster is drawn. Far faster than handing out lists where the sums are short.
 */
export function bootstrapSums(
  rows: readonly Float64Array[],
  figure: (sums: Float64Array) => Measured,
  options: { readonly replicates: number; readonly random: Random },
): Bootstrap {
  const [bootstrap] = bootstrapTogether(clusterRows(rows), (sums) => [figure(sums)], options);
  return bootstrap ?? summariseReplicates([]);
}

/** The same for several figures at once, from the same draws. */
export function bootstrapTogether(
  rows: ClusterRows,
  figures: (sums: Float64Array) => readonly Measured[],
  options: { readonly replicates: number; readonly random: Random },
): Bootstrap[] {
  const clusters = rows.offsets.length - 1;
  const times = new Int32Array(clusters);
  const sums = new Float64Array(rows.width);
  const values: Measured[][] = [];
  for (let replicate = 0; replicate < options.replicates; replicate++) {
    times.fill(0);
    for (let draw = 0; draw < clusters; draw++) {
      const cluster = drawIndex(options.random, clusters);
      times[cluster] = intAt(times, cluster) + 1;
    }
    addWeighted(rows, times, sums);
    figures(sums).forEach((value, place) => {
      const own = values[place] ?? [];
      own.push(value);
      values[place] = own;
    });
  }
  return values.map(summariseReplicates);
}

/** The sums over all clusters. */
export function sumClusters(rows: ClusterRows): Float64Array {
  const sums = new Float64Array(rows.width);
  addWeighted(rows, new Int32Array(rows.offsets.length - 1).fill(1), sums);
  return sums;
}

/** Several figures with one cluster left out in turn: for each figure its values, null where it has none. */
export function leaveClustersOut(
  rows: ClusterRows,
  figures: (sums: Float64Array) => readonly Measured[],
): (number | null)[][] {
  const all = sumClusters(rows);
  const left = new Float64Array(rows.width);
  const values: (number | null)[][] = [];
  for (let cluster = 0; cluster + 1 < rows.offsets.length; cluster++) {
    left.set(all);
    const end = intAt(rows.offsets, cluster + 1);
    for (let place = intAt(rows.offsets, cluster); place < end; place++) {
      const at = intAt(rows.column, place);
      left[at] = realAt(left, at) - realAt(rows.value, place);
    }
    figures(left).forEach(({ value }, place) => {
      const own = values[place] ?? [];
      own.push(value);
      values[place] = own;
    });
  }
  return values;
}

function addWeighted(
  { offsets, column, value }: ClusterRows,
  times: Int32Array,
  sums: Float64Array,
): void {
  sums.fill(0);
  for (let cluster = 0; cluster < times.length; cluster++) {
    const weight = intAt(times, cluster);
    if (weight === 0) continue;
    const end = intAt(offsets, cluster + 1);
    for (let place = intAt(offsets, cluster); place < end; place++) {
      const at = intAt(column, place);
      sums[at] = realAt(sums, at) + weight * realAt(value, place);
    }
  }
}

/** Values with one cluster left out in turn. */
export function leaveOneClusterOut(clusters: number, statistic: ClusterStatistic): Measured[] {
  return Array.from({ length: clusters }, (_, left) =>
    statistic(
      Int32Array.from({ length: clusters - 1 }, (_, place) => place + Number(place >= left)),
    ),
  );
}
