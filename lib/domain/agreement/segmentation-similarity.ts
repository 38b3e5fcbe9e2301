import { type BoundaryString, boundaryEdits } from "./boundary-edits";
import { type Measured, measured, undefinedBecause } from "./measured";

/** A similarity with the fraction it is: agreeing over possible. */
export type Similarity = Measured<{ readonly agreeing: number; readonly possible: number }>;

/**
 * Boundary similarity B (Fournier 2013, eq. 1), 0 to 1: 1 - (additions + weighted substitutions and transpositions) over
 * all edits and matches. A transposition costs its distance over `reach`, a substitution the distance of its types over
 * their range. Undefined when neither has a boundary.
 */
export function boundarySimilarity(a: BoundaryString, b: BoundaryString, reach = 2): Similarity {
  const edits = boundaryEdits(a, b, reach);
  const matches = a.reduce(
    (sum, types, at) => sum + types.filter((type) => b[at]?.includes(type)).length,
    0,
  );
  const possible =
    edits.additions + edits.substitutions.length + edits.transpositions.length + matches;
  if (possible === 0) return undefinedBecause("nothing_marked");
  const agreeing = possible - weightedEdits(a, b, reach);
  return measured(agreeing / possible, { agreeing, possible });
}

/**
 * Segmentation similarity S (Fournier and Inkpen 2012, eq. 6), 0 to 1: 1 - edits over potential boundaries (positions times
 * types). Positions without a boundary count as agreement, so it is high for sparse boundaries. Undefined without a
 * potential boundary.
 */
export function segmentationSimilarity(
  a: BoundaryString,
  b: BoundaryString,
  reach = 2,
): Similarity {
  const possible = a.length * Math.max(1, typesOf(a, b).size);
  if (possible === 0) return undefinedBecause("empty_text");
  const agreeing = possible - weightedEdits(a, b, reach);
  return measured(agreeing / possible, { agreeing, possible });
}

function weightedEdits(a: BoundaryString, b: BoundaryString, reach: number): number {
  const edits = boundaryEdits(a, b, reach);
  const types = [...typesOf(a, b)];
  const range = types.length === 0 ? 1 : Math.max(...types) - Math.min(...types) + 1;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return edits.additions + sum(edits.substitutions) / range + sum(edits.transpositions) / reach;
}

function typesOf(a: BoundaryString, b: BoundaryString): Set<number> {
  return new Set([...a.flat(), ...b.flat()]);
}

/** Segmentations of one text by several annotators, in the same order in every text. */
export type SegmentedText = readonly BoundaryString[];

/**
 * Fleiss' pi with boundary similarity as agreement (Fournier and Inkpen 2012, section 3.3): chance is the squared mean share
 * of boundaries. `chance: "own"` gives the multi-kappa of Davies and Fleiss, with each annotator's own share.
 */
export function boundaryAgreement(
  texts: readonly SegmentedText[],
  options: { readonly reach?: number; readonly chance: "pooled" | "own" },
): Measured<{ readonly observed: number; readonly chance: number }> {
  const annotators = texts[0]?.length ?? 0;
  if (texts.length === 0) return undefinedBecause("no_data");
  if (annotators < 2) return undefinedBecause("too_few_annotators");
  const observed = pooledSimilarity(texts, options.reach ?? 2);
  if (observed === null) return undefinedBecause("nothing_marked");
  const chance = options.chance === "own" ? ownChance(texts, annotators) : pooledChance(texts);
  if (chance >= 1 - 1e-12) return undefinedBecause("chance_is_complete");
  return measured((observed - chance) / (1 - chance), { observed, chance });
}

function pooledSimilarity(texts: readonly SegmentedText[], reach: number): number | null {
  let agreeing = 0;
  let possible = 0;
  for (const text of texts) {
    text.forEach((a, first) => {
      for (const b of text.slice(first + 1)) {
        const similarity = boundarySimilarity(a, b, reach);
        if (similarity.value === null) continue;
        agreeing += similarity.agreeing;
        possible += similarity.possible;
      }
    });
  }
  return possible === 0 ? null : agreeing / possible;
}

function boundaryCount(segmentation: BoundaryString): number {
  return segmentation.reduce((sum, types) => sum + types.length, 0);
}

function pooledChance(texts: readonly SegmentedText[]): number {
  const shares = texts.flatMap((text) =>
    text.map((segmentation) => boundaryCount(segmentation) / Math.max(1, segmentation.length)),
  );
  return (shares.reduce((sum, share) => sum + share, 0) / shares.length) ** 2;
}

function ownChance(texts: readonly SegmentedText[], annotators: number): number {
  const shares = Array.from({ length: annotators }, (_, annotator) => {
    let boundaries = 0;
    let positions = 0;
    for (const text of texts) {
      boundaries += boundaryCount(text[annotator] ?? []);
      positions += text[annotator]?.length ?? 0;
    }
    return positions === 0 ? 0 : boundaries / positions;
  });
  let sum = 0;
  let pairs = 0;
  shares.forEach((share, first) => {
    for (const other of shares.slice(first + 1)) {
      sum += share * other;
      pairs++;
    }
  });
  return sum / pairs;
}
