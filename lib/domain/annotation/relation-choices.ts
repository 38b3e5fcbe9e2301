import type { Label, Layer } from "../codebook/language";
import { type CodebookIndex, selectableLabels } from "../codebook/lookup";
import type { Relation, Span } from "./state";

/** A relation that may be made: its label and which span leads to which. */
export type RelationChoice = Pick<Relation, "layer" | "label" | "from" | "to">;

/** Whether a relation layer may start, or end, at this span. */
export function fitsEnd(end: Layer["from"], span: Pick<Span, "layer" | "label">): boolean {
  return (
    end !== undefined &&
    end.layer === span.layer &&
    (end.labels === undefined || end.labels.includes(span.label))
  );
}

/** Whether a label of a relation may join these two; where it names no pairs, whatever its layer may. */
export function fitsPairs(
  label: Pick<Label, "pairs"> | undefined,
  from: Pick<Span, "layer" | "label">,
  to: Pick<Span, "layer" | "label">,
): boolean {
  const { pairs } = label ?? {};
  return (
    pairs === undefined || pairs.some((pair) => fitsEnd(pair.from, from) && fitsEnd(pair.to, to))
  );
}

/** All relations that the codebook allows between two spans, those from the first one first. */
export function relationChoices(first: Span, second: Span, codebook: CodebookIndex) {
  return [...choicesFrom(first, second, codebook), ...choicesFrom(second, first, codebook)];
}

/** Whether a relation can lead from this span, or to it. */
export function canRelate(span: Span, codebook: CodebookIndex): boolean {
  return codebook
    .layersAt("relation")
    .some((layer) => fitsEnd(layer.from, span) || fitsEnd(layer.to, span));
}

function choicesFrom(from: Span, to: Span, codebook: CodebookIndex): RelationChoice[] {
  if (from.id === to.id) return [];
  return codebook
    .layersAt("relation")
    .filter((layer) => fitsEnd(layer.from, from) && fitsEnd(layer.to, to))
    .flatMap((layer) =>
      selectableLabels(layer)
        .filter((label) => fitsPairs(label, from, to))
        .map((label) => ({ layer: layer.key, label: label.key, from: from.id, to: to.id })),
    );
}
