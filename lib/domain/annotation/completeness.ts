import type { Attribute, Layer } from "../codebook/language";
import { type CodebookIndex, selectableLabels } from "../codebook/lookup";
import type { Range } from "../text/offsets";
import { counted, shorten } from "../wording";
import { isAsked, isRequired, isTooLittle } from "./attributes";
import type { EditContext } from "./edit";
import {
  type AnnotationState,
  type AttributeValues,
  quoteOf,
  type Relation,
  type Span,
  spansInOrder,
} from "./state";

/** Something that is needed before a document can be submitted, and where to find it. */
export type Gap =
  | { at: "span"; spanId: string; attribute: string; message: string }
  | { at: "layer"; layer: string; message: string }
  /** The first sentence or block that a layer still asks about. */
  | { at: "unit"; layer: string; place: Range; message: string };

/** What is still missing. Empty means: ready to submit. */
export function findGaps(state: AnnotationState, context: EditContext): Gap[] {
  const { codebook } = context;
  if (state.flags.includes("not_annotatable")) return [];
  const spanGaps = spansInOrder(state).flatMap((span) => [
    ...gapsOf(span, span, codebook),
    ...[...state.relations.values()]
      .filter((relation) => relation.from === span.id)
      .flatMap((relation) => gapsOf(relation, span, codebook)),
  ]);
  const inUse = (level: "document" | "block" | "sentence") =>
    codebook.layersAt(level).filter((layer) => !layer.archived);
  const layerGaps = inUse("document").flatMap((layer) => [
    ...(layer.per === "entity"
      ? gapsOfEntities(layer, state, context.asked ?? [])
      : gapsOfLayer(layer, state)),
    ...answerGaps(layer, state),
  ]);
  const unitGaps = (["block", "sentence"] as const).flatMap((unit) =>
    inUse(unit).flatMap((layer) => [
      ...(layer.required ? gapsOfUnits(layer, unit, context, state) : []),
      ...answerGaps(layer, state),
    ]),
  );
  return [...spanGaps, ...unitGaps, ...layerGaps];
}

/** Answers that a label on a unit still needs; at most one gap for each layer. */
function answerGaps(layer: Layer, state: AnnotationState): Gap[] {
  if (layer.attributes.length === 0) return [];
  for (const given of state.unitLabels.values()) {
    if (given.layer !== layer.key) continue;
    const subject = { label: given.label, attributes: given.attributes ?? {} };
    const open = layer.attributes.find((each) => isMissing(each, subject));
    if (open === undefined) continue;
    const label = layer.labels.find((each) => each.key === given.label);
    const message = `“${label?.name ?? given.label}” needs ${open.name.toLowerCase()}.`;
    return given.unit === "document"
      ? [{ at: "layer", layer: layer.key, message }]
      : [{ at: "unit", layer: layer.key, place: given, message }];
  }
  return [];
}

/** Whether an answer is needed and is not there, or says too little. */
function isMissing(
  attribute: Attribute,
  subject: { label: string; attributes: AttributeValues },
): boolean {
  const value = subject.attributes[attribute.key];
  if (value === undefined) return isRequired(attribute, subject);
  return isAsked(attribute, subject) && isTooLittle(attribute, value);
}

/** One gap for all the sentences or blocks that a layer still asks about. */
function gapsOfUnits(
  layer: Layer,
  unit: "block" | "sentence",
  { annotatableUnits, asked }: EditContext,
  state: AnnotationState,
): Gap[] {
  const places = annotatableUnits(unit);
  const subjects = layer.per === "entity" ? (asked?.length ?? 1) : 1;
  const wanted = subjects * (layer.choice === "each" ? selectableLabels(layer).length : 1);
  const given = new Map<number, number>();
  for (const label of state.unitLabels.values()) {
    if (label.layer === layer.key) given.set(label.start, (given.get(label.start) ?? 0) + 1);
  }
  const open = places.filter((place) => (given.get(place.start) ?? 0) < wanted);
  const place = open[0];
  if (place === undefined) return [];
  const units = counted(open.length, unit === "block" ? "paragraph" : "sentence");
  return [
    { at: "unit", layer: layer.key, place, message: `“${layer.name}” is open for ${units}.` },
  ];
}

/** Required answers that a span lacks, or a relation that starts at it. */
function gapsOf(subject: Span | Relation, span: Span, codebook: CodebookIndex): Gap[] {
  const attributes = codebook.layer(subject.layer)?.attributes ?? [];
  return attributes
    .filter((each) => isMissing(each, subject))
    .map((each) => ({
      at: "span",
      spanId: span.id,
      attribute: each.key,
      message: `“${shorten(quoteOf(span), 40)}” needs ${each.name.toLowerCase()}.`,
    }));
}

function gapsOfLayer(layer: Layer, state: AnnotationState): Gap[] {
  const given = [...state.unitLabels.values()].filter((each) => each.layer === layer.key);
  const gap = (message: string): Gap[] => [{ at: "layer", layer: layer.key, message }];
  if (layer.choice === "each" && layer.required) {
    const answered = new Set(given.map((each) => each.label));
    const open = selectableLabels(layer).filter((each) => !answered.has(each.key)).length;
    const questions = open === 1 ? "question" : "questions";
    return open > 0 ? gap(`“${layer.name}” has ${open} open ${questions}.`) : [];
  }
  const minimum = Math.max(layer.minimum ?? 0, layer.required ? 1 : 0);
  if (given.length < minimum) {
    return gap(
      minimum === 1
        ? `“${layer.name}” needs an answer.`
        : `“${layer.name}” needs ${minimum} labels.`,
    );
  }
  if (layer.maximum !== undefined && given.length > layer.maximum) {
    return gap(`“${layer.name}” takes at most ${layer.maximum} labels.`);
  }
  if (layer.evidence === "required" && given.some((each) => each.evidence.length === 0)) {
    return gap(`“${layer.name}” needs a span as evidence for each label.`);
  }
  return [];
}

/** Entities that a layer is still to be answered for. */
function gapsOfEntities(layer: Layer, state: AnnotationState, asked: readonly string[]): Gap[] {
  const all = layer.required ? selectableLabels(layer).length : 0;
  const some = Math.max(layer.minimum ?? 0, layer.required ? 1 : 0);
  const least = layer.choice === "each" ? all : some;
  const given = new Map<string, number>();
  for (const { layer: key, entity } of state.unitLabels.values()) {
    if (key === layer.key && entity !== undefined) given.set(entity, (given.get(entity) ?? 0) + 1);
  }
  const open = asked.filter((entity) => (given.get(entity) ?? 0) < least).length;
  const names = counted(open, "name");
  return open === 0
    ? []
    : [{ at: "layer", layer: layer.key, message: `“${layer.name}” is open for ${names}.` }];
}
