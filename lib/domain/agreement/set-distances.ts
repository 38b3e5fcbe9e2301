/** Distances between sets of labels, 0 to 1. */
export type SetDistance =
  | { readonly kind: "nominal" }
  | { readonly kind: "jaccard" }
  | { readonly kind: "dice" }
  | { readonly kind: "masi_2004" }
  | {
      readonly kind: "masi";
      /** M for a set inside the other and for sets that overlap; 2/3 and 1/3 where left out. */
      readonly subset?: number;
      readonly overlap?: number;
    };

/**
 * Distance between two sets given as lists of different labels. Two empty sets are 0 apart, an empty set and another 1.
 *
 * - nominal: 0 for the same set, else 1.
 * - jaccard: 1 - |A and B| / |A or B|. dice: 1 - 2 |A and B| / (|A| + |B|).
 * - masi: 1 - J M with M = 1 for the same set, 2/3 for a subset, 1/3 for an overlap, 0 apart (Passonneau 2006).
 * - masi_2004: 1 - M alone, an empty set being a subset of any (Passonneau 2004).
 */
export function setDistance<Label extends string | number>(
  a: readonly Label[],
  b: readonly Label[],
  rule: SetDistance,
): number {
  const shared = a.filter((label) => b.includes(label)).length;
  if (shared === a.length && shared === b.length) return 0;
  if (rule.kind === "nominal") return 1;
  if (rule.kind === "dice") return 1 - (2 * shared) / (a.length + b.length);
  const jaccard = shared / (a.length + b.length - shared);
  if (rule.kind === "jaccard") return 1 - jaccard;
  const subset = shared === Math.min(a.length, b.length);
  if (rule.kind === "masi_2004") return 1 - monotonicity(subset, shared, 2 / 3, 1 / 3);
  return 1 - jaccard * monotonicity(subset, shared, rule.subset ?? 2 / 3, rule.overlap ?? 1 / 3);
}

function monotonicity(
  isSubset: boolean,
  shared: number,
  forSubset: number,
  forOverlap: number,
): number {
  if (isSubset) return forSubset;
  return shared > 0 ? forOverlap : 0;
}
