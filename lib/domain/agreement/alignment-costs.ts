import { type Continuum, type GammaRule, unitDistance } from "./gamma-continuum";

/** Units that are aligned with each other, by number; no two of the same annotator. Units in no group stand alone. */
export type AlignedGroups = readonly (readonly number[])[];

/** What aligning two groups, or a unit and a group, gains over leaving them apart. See {@link savingOf}. */
export type AlignmentCosts = {
  readonly continuum: Continuum;
  readonly distance: (a: number, b: number) => number;
  readonly deltaEmpty: number;
  /** deltaEmpty and a hair, so that of equally good alignments the one with fewer groups is taken. */
  readonly join: number;
  /** Number of pairs of annotators. */
  readonly pairs: number;
};

/** The hair: far above rounding, far below any figure that is printed. */
const TIE_SHARE = 1e-10;

/** The costs of a continuum under a rule. */
export function alignmentCosts(continuum: Continuum, rule: GammaRule): AlignmentCosts {
  return {
    continuum,
    distance: unitDistance(continuum, rule),
    deltaEmpty: rule.deltaEmpty,
    join: rule.deltaEmpty * (1 + TIE_SHARE),
    pairs: Math.max(1, (continuum.annotators * (continuum.annotators - 1)) / 2),
  };
}

/** What a group saves over its units standing alone: deltaEmpty (k - 1) + (deltaEmpty C(k, 2) - sum d) / C(n, 2). */
export function savingOf(
  costs: Pick<AlignmentCosts, "distance" | "deltaEmpty" | "join" | "pairs">,
  group: readonly number[],
): number {
  const size = group.length;
  let apart = 0;
  for (let first = 0; first < size; first++) {
    for (let second = 0; second < first; second++) {
      apart += costs.distance(group[first] ?? 0, group[second] ?? 0);
    }
  }
  const inside = (size * (size - 1)) / 2;
  return costs.join * (size - 1) + (costs.deltaEmpty * inside - apart) / costs.pairs;
}
