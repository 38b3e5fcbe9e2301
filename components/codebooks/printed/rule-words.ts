import type { Attribute, Condition, Layer } from "@/lib/domain/codebook/language";
import { CHOICE_WORDS, LEVEL_WORDS } from "../editing/words";

const WITHIN: Record<Layer["boundary"]["within"], string | null> = {
  sentence: "within one sentence",
  block: "within one paragraph",
  document: null,
};

const OVERLAP: Record<Layer["overlap"], string | null> = {
  any: null,
  other_labels: "the same words once per label",
  none: "marks do not overlap",
};

/** The rules of a layer as short phrases. */
export function layerRules(layer: Layer, nameOfLayer: (key: string) => string): string[] {
  const rules = [
    LEVEL_WORDS[layer.level].printed,
    ...(layer.level === "span" ? spanRules(layer) : []),
    ...(layer.level === "relation" ? [endsWords(layer, nameOfLayer)] : []),
    ...(layer.level === "span" || layer.level === "relation" ? [] : unitRules(layer)),
    layer.archived ? "archived: no longer annotated" : null,
  ];
  return rules.filter((rule) => rule !== null);
}

function spanRules({ boundary, overlap }: Layer): (string | null)[] {
  return [
    boundary.unit === "token" ? "whole words" : "any characters",
    WITHIN[boundary.within],
    boundary.discontinuous ? "several pieces allowed" : null,
    OVERLAP[overlap],
  ];
}

function unitRules(layer: Layer): (string | null)[] {
  return [
    CHOICE_WORDS[layer.choice].printed,
    layer.minimum === undefined ? null : `at least ${layer.minimum}`,
    layer.maximum === undefined ? null : `at most ${layer.maximum}`,
    layer.required ? "needed to submit" : null,
    layer.per === "entity" ? "for each entity of the document" : null,
    layer.moment === "before_reading" ? "before reading" : null,
    layer.moment === "after_reading" ? "after reading" : null,
    layer.evidence === "none" ? null : `marks as evidence ${layer.evidence}`,
  ];
}

function endsWords({ from, to }: Layer, nameOfLayer: (key: string) => string): string | null {
  if (from === undefined || to === undefined) return null;
  return `from “${nameOfLayer(from.layer)}” to “${nameOfLayer(to.layer)}”`;
}

/** Whether and when an answer is needed or asked for, to stand behind a question. */
export function obligationWords({ required, when }: Attribute, layer: Layer): string {
  const asked = when === undefined ? null : `asked where ${conditionWords(when, layer)}`;
  const needed =
    typeof required === "boolean"
      ? required
        ? "needed"
        : null
      : `needed where ${conditionWords(required, layer)}`;
  return [asked, needed].flatMap((part) => (part === null ? [] : [` · ${part}`])).join("");
}

/** A condition in words: "the label is Naming and Quote is Yes". */
function conditionWords({ attribute, is, labels }: Condition, layer: Layer): string {
  const asked = layer.attributes.find((each) => each.key === attribute);
  const names = (is ?? []).map((key) => answerName(asked, key));
  const answered =
    asked === undefined
      ? null
      : `${asked.name} is ${names.length > 0 ? names.join(" or ") : "answered"}`;
  const labelled =
    labels === undefined
      ? null
      : `the label is ${labels.map((key) => labelName(layer, key)).join(" or ")}`;
  return [labelled, answered].filter((part) => part !== null).join(" and ");
}

/** The name of a label of a layer. */
export function labelName(layer: Layer, key: string): string {
  return layer.labels.find((label) => label.key === key)?.name ?? key;
}

function answerName(attribute: Attribute | undefined, key: string): string {
  if (attribute?.type === "yes_no") return key === "yes" ? "yes" : "no";
  return attribute?.options?.find((option) => option.key === key)?.name ?? key;
}

/** What kind of answer a question without listed options takes. */
export function answerWords({ type, minimum, maximum }: Attribute): string {
  switch (type) {
    case "yes_no":
      return "yes · no";
    case "number":
      return `a number${range(minimum, maximum)}`;
    case "entity":
      return "a person or organisation of the document's list";
    case "text":
      return "free words";
    default:
      return "";
  }
}

function range(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of ${minimum} or more`;
  return maximum === undefined ? "" : ` of ${maximum} or less`;
}
