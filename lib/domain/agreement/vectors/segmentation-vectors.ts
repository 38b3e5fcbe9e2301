import { z } from "zod";
import { type BoundaryString, boundariesOfMasses, boundaryEdits } from "../boundary-edits";
import {
  boundaryAgreement,
  boundarySimilarity,
  segmentationSimilarity,
} from "../segmentation-similarity";
import { pk, type WindowTask, windowDiff } from "../window-metrics";
import type { Recompute, Recomputed, Vector } from "./vector";
import { numberParameter } from "./vector-data";

const massesSchema = z.array(z.number());
const boundariesSchema = z.array(z.array(z.number()));

/** Recomputation of measures on segmentations. */
export const SEGMENTATION_VECTORS: Readonly<Record<string, Recompute>> = {
  boundary_similarity: (vector) => ({
    value: boundarySimilarity(...sides(vector), reachOf(vector)).value,
  }),
  segmentation_similarity: (vector) => ({
    value: segmentationSimilarity(...sides(vector), reachOf(vector)).value,
  }),
  window_diff: (vector) => ({ value: windowDiff(windowTask(vector)).value }),
  pk: (vector) => ({ value: pk(windowTask(vector)).value }),
  boundary_edit_distance: (vector) => {
    const edits = boundaryEdits(...sides(vector), reachOf(vector));
    return {
      additions: edits.additions,
      substitutions: edits.substitutions.length,
      transpositions: edits.transpositions.length,
    };
  },
  boundary_fleiss_pi: (vector) => datasetFigures(vector, "pooled"),
  boundary_fleiss_kappa: (vector) => datasetFigures(vector, "own"),
};

function reachOf(vector: Vector): number {
  return numberParameter(vector, "n_t", 2);
}

function sides(vector: Vector): [BoundaryString, BoundaryString] {
  return [segmentation(vector, "a"), segmentation(vector, "b")];
}

function segmentation(vector: Vector, side: "a" | "b"): BoundaryString {
  const value = vector.data[side];
  return vector.data.kind === "boundary_sets"
    ? boundariesSchema.parse(value)
    : boundariesOfMasses(massesSchema.parse(value));
}

function windowTask(vector: Vector): WindowTask {
  const window = vector.params.window_size;
  return {
    hypothesis: massesSchema.parse(vector.data.hypothesis),
    reference: massesSchema.parse(vector.data.reference),
    ...(typeof window === "number" ? { window } : {}),
  };
}

function datasetFigures(vector: Vector, chance: "pooled" | "own"): Recomputed {
  const items = z.record(z.string(), z.record(z.string(), massesSchema)).parse(vector.data.items);
  const texts = Object.values(items).map((coders) =>
    Object.keys(coders)
      .sort()
      .map((coder) => boundariesOfMasses(coders[coder] ?? [])),
  );
  const result = boundaryAgreement(texts, { chance });
  return { value: result.value };
}
