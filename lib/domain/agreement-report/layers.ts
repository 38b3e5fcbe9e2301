import type { Codebook } from "../codebook/language";
import type { AgreementChoice } from "./choice";
import type { LayerReport } from "./layer-report";
import type { ReportWork } from "./report-work";
import { reportSpanLayer } from "./span-report";
import { reportUnitLayer } from "./unit-report";

/** The reports of all layers of a codebook that agreement can be told of, in its order. */
export function reportLayers(
  codebook: Pick<Codebook, "layers">,
  work: ReportWork,
  choice: AgreementChoice,
): LayerReport[] {
  return codebook.layers.flatMap((layer) => {
    if (layer.level === "span") return [reportSpanLayer(layer, work, choice)];
    if (layer.level === "document" || layer.level === "block" || layer.level === "sentence") {
      return [reportUnitLayer(layer, work, choice)];
    }
    return [];
  });
}
