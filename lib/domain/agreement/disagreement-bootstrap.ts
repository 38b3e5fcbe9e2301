import { realAt } from "./columns";
import { type Coincidences, coincidences, scaleValues } from "./krippendorff-alpha";
import { type Level, squaredDistances } from "./krippendorff-distances";
import type { Random } from "./random";
import type { RatingTable } from "./ratings";

/**
 * Krippendorff's own bootstrap for alpha (Hayes and Krippendorff 2007; Krippendorff 2016): draws pair disagreements from the
 * observed ones and holds expected disagreement fixed. It leaves out the variation between items, so its intervals are
 * too narrow; kept to replicate published intervals. Answers sorted replicates, or null where alpha has no value.
 */
export function bootstrapDisagreements(
  table: RatingTable,
  level: Level,
  options: { readonly replicates: number; readonly random: Random },
): Float64Array | null {
  const values = scaleValues(table.categories, level);
  if (values === null) return null;
  const coincidence = coincidences(table);
  const squared = squaredDistances(level, { values, counts: coincidence.sums });
  const kinds = kindsOfPairs(coincidence, squared);
  const expected = expectedDisagreement(coincidence, squared);
  if (!(expected > 0)) return null;
  const draws = drawCount(kinds.length, (table.annotators - 1) * coincidence.total);
  const replicates = new Float64Array(options.replicates);
  for (let replicate = 0; replicate < replicates.length; replicate++) {
    let disagreement = 0;
    for (let draw = 0; draw < draws; draw++) disagreement += drawDistance(kinds, options.random());
    replicates[replicate] = Math.max(-1, 1 - disagreement / (draws * expected));
  }
  return replicates.sort();
}

/** One kind of pair, c with k: the share of pairs up to and including it, and its squared distance. */
type PairKind = { readonly upTo: number; readonly distance: number };

function kindsOfPairs(coincidence: Coincidences, squared: Float64Array): PairKind[] {
  const { size, cells, total } = coincidence;
  const kinds: PairKind[] = [];
  let upTo = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k <= c; k++) {
      const pairs = realAt(cells, c * size + k) + (c === k ? 0 : realAt(cells, k * size + c));
      if (pairs === 0) continue;
      upTo += pairs / total;
      kinds.push({ upTo, distance: realAt(squared, c * size + k) });
    }
  }
  return kinds;
}

function expectedDisagreement(coincidence: Coincidences, squared: Float64Array): number {
  const { size, sums, total } = coincidence;
  let expected = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      expected += realAt(sums, c) * realAt(sums, k) * realAt(squared, c * size + k);
    }
  }
  return expected / (total * (total - 1));
}

function drawDistance(kinds: readonly PairKind[], point: number): number {
  for (const kind of kinds) if (point < kind.upTo) return kind.distance;
  return kinds.at(-1)?.distance ?? 0;
}

/** Number of pairs drawn per replicate: the smaller of 25 times the kinds of pairs in use and half the possible pairs. */
function drawCount(kinds: number, pairs: number): number {
  return Math.max(1, Math.round(Math.min(25 * kinds, pairs / 2)));
}
