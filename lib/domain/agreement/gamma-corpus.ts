import { deviationOf, meanOf } from "./columns";
import { type Gamma, type GammaOptions, gamma } from "./gamma";
import { unitsOfDocument } from "./gamma-continuum";
import { type Measured, measured, undefinedBecause } from "./measured";
import type { SpanDocument } from "./span-document";

/** Gamma over documents. */
export type CorpusGamma = {
  /** One per document with two or more submissions and a unit, in the order of the documents. */
  readonly documents: readonly { readonly id: string; readonly gamma: Gamma }[];
  /** Plain mean of the documents that have a value. */
  readonly mean: Measured<{ readonly deviation: number; readonly documents: number }>;
  /** 1 - sum of observed over sum of expected disorder, each times the mean number of units of its document. */
  readonly pooled: Measured;
};

/**
 * Gamma document by document, then their mean and a pooled value. Mathet et al. define gamma for one continuum; how documents
 * are brought together is this project's convention. Documents without any unit say nothing and are left out.
 */
export function corpusGamma(
  documents: readonly SpanDocument[],
  labels: readonly string[],
  options: GammaOptions,
): CorpusGamma {
  const results = documents.flatMap((document) => {
    const lists = unitsOfDocument(document, labels);
    const units = lists.flat().length;
    if (lists.length < 2 || units === 0) return [];
    const weight = units / lists.length;
    return [{ id: document.id, gamma: gamma(lists, document.length, options), weight }];
  });
  const values = results.flatMap(({ gamma: own }) => (own.value === null ? [] : [own.value]));
  const mean = meanOf(values);
  return {
    documents: results.map(({ id, gamma: own }) => ({ id, gamma: own })),
    mean:
      mean === null
        ? undefinedBecause("no_pairable")
        : measured(mean, { deviation: deviationOf(values) ?? 0, documents: values.length }),
    pooled: pooledGamma(results),
  };
}

function pooledGamma(
  results: readonly { readonly gamma: Gamma; readonly weight: number }[],
): Measured {
  let observed = 0;
  let expected = 0;
  for (const { gamma: own, weight } of results) {
    if (own.value === null) continue;
    observed += own.observed * weight;
    expected += own.expected * weight;
  }
  return expected === 0 ? undefinedBecause("no_pairable") : measured(1 - observed / expected);
}
