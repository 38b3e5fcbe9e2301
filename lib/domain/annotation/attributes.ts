import type { Attribute, Condition, Layer } from "../codebook/language";
import { counted } from "../wording";
import type { AttributeValue, AttributeValues } from "./state";

/** What a condition is tested on. */
type Subject = { label: string; attributes: AttributeValues };

/** Whether a question is asked of this span, relation or unit. */
export function isAsked(attribute: Attribute, subject: Subject): boolean {
  if (attribute.archived) return false;
  return attribute.when === undefined || holds(attribute.when, subject);
}

/** Whether the answer is needed before the document can be submitted. */
export function isRequired(attribute: Attribute, subject: Subject): boolean {
  if (!isAsked(attribute, subject)) return false;
  return typeof attribute.required === "boolean"
    ? attribute.required
    : holds(attribute.required, subject);
}

/** A sentence that says what is wrong with an answer, or null. */
export function answerProblem(attribute: Attribute, value: AttributeValue): string | null {
  switch (attribute.type) {
    case "choice":
    case "ordinal":
    case "interval":
      return typeof value === "string" && hasOption(attribute, value) ? null : unknown(attribute);
    case "multi":
      return multiProblem(attribute, value);
    case "yes_no":
      return typeof value === "boolean" ? null : `“${attribute.name}” takes yes or no.`;
    case "number":
      return numberProblem(attribute, value);
    case "text":
      return textProblem(attribute, value);
    case "entity":
      return typeof value === "string" ? null : `“${attribute.name}” takes text.`;
  }
}

/** Answers that a new span starts with: only what the codebook says outright. */
export function defaultAnswers(layer: Layer, label: string): AttributeValues {
  const answers: Record<string, AttributeValue> = {};
  for (const attribute of layer.attributes) {
    const given = attribute.default;
    if (given === undefined) continue;
    if (isAsked(attribute, { label, attributes: answers })) {
      answers[attribute.key] = attribute.type === "yes_no" ? given === "yes" : given;
    }
  }
  return answers;
}

function holds(condition: Condition, subject: Subject): boolean {
  if (condition.labels !== undefined && !condition.labels.includes(subject.label)) return false;
  if (condition.attribute === undefined) return true;
  const value = subject.attributes[condition.attribute];
  if (value === undefined) return false;
  const words = wordsOf(value);
  return condition.is === undefined || condition.is.some((wanted) => words.includes(wanted));
}

function wordsOf(value: AttributeValue): string[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  return [String(value)];
}

function hasOption(attribute: Attribute, value: string): boolean {
  return (attribute.options ?? []).some((option) => option.key === value);
}

function unknown(attribute: Attribute): string {
  return `“${attribute.name}” has no such option.`;
}

function multiProblem(attribute: Attribute, value: AttributeValue): string | null {
  if (!Array.isArray(value) || !value.every((each) => hasOption(attribute, each))) {
    return unknown(attribute);
  }
  const { name, maximum } = attribute;
  // Fewer than the minimum is a gap to fill before submitting, not an edit to refuse.
  return maximum !== undefined && value.length > maximum
    ? `“${name}” takes at most ${counted(maximum, "option")}.`
    : null;
}

function textProblem({ name, maximum }: Attribute, value: AttributeValue): string | null {
  if (typeof value !== "string") return `“${name}” takes text.`;
  return maximum !== undefined && [...value].length > maximum
    ? `“${name}” takes at most ${counted(maximum, "character")}.`
    : null;
}

/** Whether an answer says less than the codebook asks for: too few options, or too short a text. */
export function isTooLittle({ type, minimum }: Attribute, value: AttributeValue): boolean {
  if (minimum === undefined) return false;
  if (type === "multi") return Array.isArray(value) && value.length < minimum;
  return type === "text" && typeof value === "string" && [...value].length < minimum;
}

function numberProblem(attribute: Attribute, value: AttributeValue): string | null {
  if (typeof value !== "number") return `“${attribute.name}” takes a number.`;
  const { minimum, maximum } = attribute;
  if (minimum !== undefined && value < minimum) return `“${attribute.name}” is ${minimum} or more.`;
  if (maximum !== undefined && value > maximum) return `“${attribute.name}” is ${maximum} or less.`;
  return null;
}
