import type { AnnotationState } from "@/lib/domain/annotation/state";
import type { Layer } from "@/lib/domain/codebook/language";
import { type CodebookIndex, selectableLabels } from "@/lib/domain/codebook/lookup";

/** Questions about the document that are asked before reading and have no whole answer yet. */
export function openQuestions(codebook: CodebookIndex, annotations: AnnotationState): Layer[] {
  const given = [...annotations.unitLabels.values()];
  return codebook
    .layersAt("document")
    .filter(({ moment }) => moment === "before_reading")
    .filter((layer) => {
      const own = given.filter((each) => each.layer === layer.key);
      return layer.choice === "each" && layer.per === "unit"
        ? own.length < selectableLabels(layer).length
        : own.length === 0;
    });
}

/**
 * Whether a document opens with its questions and without its text: while nobody has begun to mark it,
 * and a question is needed or none has been answered.
 */
export function asksBeforeReading(codebook: CodebookIndex, annotations: AnnotationState): boolean {
  if (annotations.spans.size > 0) return false;
  const open = openQuestions(codebook, annotations);
  return (
    open.some(({ required }) => required) || (open.length > 0 && annotations.unitLabels.size === 0)
  );
}
