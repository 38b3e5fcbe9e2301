import type { Codebook, Mapping } from "./language";

/** The tables that lead from a codebook to other schemes, by the name of the scheme. */
export function mappingsTo(codebook: Pick<Codebook, "mappings">, scheme: string): Mapping[] {
  return codebook.mappings.filter((mapping) => mapping.to === scheme);
}

/**
 * Annotations with the labels of another scheme. What its tables map to nothing is left out and
 * counted; a layer without a table is left out as a whole.
 */
export function mapAnnotations<One extends { layer: string; label: string }>(
  annotations: readonly One[],
  mappings: readonly Mapping[],
): { mapped: One[]; leftOut: number } {
  const tables = new Map(mappings.map((mapping) => [mapping.layer, mapping.labels]));
  const mapped = annotations.flatMap((each) => {
    const label = tables.get(each.layer)?.[each.label] ?? null;
    return label === null ? [] : [{ ...each, label }];
  });
  return { mapped, leftOut: annotations.length - mapped.length };
}
