import type { CodebookIndex } from "../codebook/lookup";
import type { Range, TextIndex } from "../text/offsets";
import { shorten } from "../wording";
import { answerProblem } from "./attributes";
import type { AnnotationState, AttributeValue, AttributeValues, Unit } from "./state";

/** What an edit is judged by: the codebook, the text and what of it may be marked. */
export type EditContext = {
  codebook: CodebookIndex;
  text: TextIndex;
  /** Ranges that may be marked, sorted, in code points. */
  annotatable: readonly Range[];
  /** Whether [start, end) is a whole unit of this kind. */
  isUnit(unit: Unit, range: Range): boolean;
  /**
   * Keys of the document's closed list, where new answers must name one of them; with an empty list names are
   * written. Left out where what was answered before is judged again.
   */
  entities?: ReadonlySet<string>;
  /** Keys of the entities that layers ask about now, in the order of the list. */
  asked?: readonly string[];
  /** Sentences or blocks that can be labelled, in order. */
  annotatableUnits(unit: "block" | "sentence"): readonly Range[];
};

/**
 * The verdict on one change. `superseded`: its subject was removed meanwhile or it changes nothing;
 * it is kept in the log and has no effect. `refused`: it breaks a rule and is not kept.
 */
export type Applied =
  | { outcome: "applied"; state: AnnotationState }
  | { outcome: "superseded" }
  | { outcome: "refused"; message: string };

export const SUPERSEDED: Applied = { outcome: "superseded" };

export function applied(state: AnnotationState): Applied {
  return { outcome: "applied", state };
}

export function refused(message: string): Applied {
  return { outcome: "refused", message };
}

/** A copy of a map with one entry set, or removed where the value is null. */
export function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V | null) {
  const copy = new Map(map);
  if (value === null) copy.delete(key);
  else copy.set(key, value);
  return copy;
}

/** Answers with one changed, or taken away where the value is null. */
export function withAnswer(
  answers: AttributeValues,
  attribute: string,
  value: AttributeValue | null,
): AttributeValues {
  const { [attribute]: _, ...others } = answers;
  return value === null ? others : { ...others, [attribute]: value };
}

/** Why an answer is refused that names nobody of the list. */
export function notListed(name: string): string {
  return `“${shorten(name, 40)}” is not on this document's list of names. Choose one of the list.`;
}

/** A sentence on the first new answer that names nobody of the document's closed list, or null. */
export function namesProblem(
  answers: AttributeValues,
  layerKey: string,
  { codebook, entities }: EditContext,
): string | null {
  if (entities === undefined || entities.size === 0) return null;
  for (const [key, value] of Object.entries(answers)) {
    const attribute = codebook.layer(layerKey)?.attributes.find((each) => each.key === key);
    if (attribute?.type !== "entity" || typeof value !== "string" || entities.has(value)) continue;
    const isExtra = (attribute.options ?? []).some(
      (each) => each.key === value || each.name === value,
    );
    if (!isExtra) return notListed(value);
  }
  return null;
}

/** The answer that a change gives, as answers; none where it takes one away. */
export function answerOf(change: {
  attribute: string;
  value: AttributeValue | null;
}): AttributeValues {
  return change.value === null ? {} : { [change.attribute]: change.value };
}

/** Longest answers of one span or relation as JSON, in UTF-16 code units; the database holds 64 kB. */
const MOST_ANSWERS = 16_000;

/** A sentence on the first answer that the codebook does not allow, or null. */
export function answersProblem(
  answers: AttributeValues,
  layerKey: string,
  codebook: CodebookIndex,
): string | null {
  if (JSON.stringify(answers).length > MOST_ANSWERS) {
    return "These answers are too long together. Shorten one of them.";
  }
  const layer = codebook.layer(layerKey);
  for (const [key, value] of Object.entries(answers)) {
    const attribute = layer?.attributes.find((each) => each.key === key);
    if (attribute === undefined) return `There is no attribute “${key}” in this codebook.`;
    const problem = answerProblem(attribute, value);
    if (problem !== null) return problem;
  }
  return null;
}

/**
 * A sentence on why this label may not be given, or null. Archived labels pass: a person may have
 * worked offline while the codebook changed, and that work is not to be lost.
 */
export function labelProblem(
  layerKey: string,
  labelKey: string,
  codebook: CodebookIndex,
): string | null {
  const label = codebook.label(layerKey, labelKey);
  if (label === undefined) return `There is no label “${labelKey}” in this codebook.`;
  if (!label.selectable) return `“${label.name}” is a group; choose a label below it.`;
  return null;
}
