import { type KnownFigures, knowFigures, noFigures } from "../agreement/report-state";
import type { Codebook, Layer } from "../codebook/language";
import type { AgreementChoice } from "./choice";
import type { LayerReport } from "./layer-report";
import type { ReportWork } from "./report-work";
import { reportSpanLayer, spanInput } from "./span-report";
import { reportUnitLayer } from "./unit-report";

/** Figures of documents by layer, to be used again: by what takes long, and after a submission. */
export type KnownWork = (layer: string) => KnownFigures;

/** Figures of no document yet. */
export function noWork({ distance }: AgreementChoice): KnownWork {
  const layers = new Map<string, KnownFigures>();
  return (layer) => {
    const known = layers.get(layer) ?? noFigures({ kind: distance });
    layers.set(layer, known);
    return known;
  };
}

/** Computes the figures of documents that were read so far. `people` are all annotators of the report to come, sorted. */
export function prepareLayers(
  codebook: Pick<Codebook, "layers">,
  part: Pick<ReportWork, "documents" | "sets">,
  { known, people }: { known: KnownWork; people: readonly string[] },
): void {
  for (const layer of codebook.layers) {
    if (layer.level !== "span") continue;
    const work = { documents: part.documents, annotators: people };
    knowFigures(spanInput(layer, work, part.sets, people), known(layer.key));
  }
}

/** The reports of all layers of a codebook that agreement can be told of, in its order. */
export function reportLayers(
  codebook: Pick<Codebook, "layers">,
  work: ReportWork,
  choice: AgreementChoice,
  known: KnownWork = noWork(choice),
): LayerReport[] {
  return reportedLayers(codebook).map((layer) =>
    layer.level === "span"
      ? reportSpanLayer(layer, work, choice, known(layer.key))
      : reportUnitLayer(layer, work, choice),
  );
}

/** The layers of a codebook that agreement can be told of, in its order. */
export function reportedLayers({ layers }: Pick<Codebook, "layers">): Layer[] {
  return layers.filter(
    ({ level, per }) =>
      // A unit has an answer for each entity, and entities differ from document to document.
      per !== "entity" && ["span", "document", "block", "sentence"].includes(level),
  );
}
