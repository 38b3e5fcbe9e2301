import { isStorable } from "../text/storable";
import { MOST } from "./limits";
import type { Change } from "./operation";
import type { AttributeValue } from "./state";

/**
 * Whether the server can read a change, by what a person may write or gather: lengths, counts, broken
 * characters. A page asks this before it keeps an edit; the schema of operations, which is too heavy for
 * a page, says the same.
 */
export function isSendable(change: Change): boolean {
  return hasWholeTexts(change) && isWithinLimits(change);
}

function isWithinLimits(change: Change): boolean {
  switch (change.kind) {
    case "add_span":
      return change.span.ranges.length <= MOST.ranges && areAnswers(change.span.attributes);
    case "move_span":
      return change.ranges.length <= MOST.ranges;
    case "set_attribute":
      return change.value === null || isAnswer(change.value);
    case "add_relation":
      return areAnswers(change.relation.attributes);
    case "set_unit_label":
      return (
        (change.value?.length ?? 0) <= MOST.choice &&
        (change.entity?.length ?? 0) <= MOST.entity &&
        change.evidence.length <= MOST.evidence &&
        areAnswers(change.attributes ?? {})
      );
    case "add_comment":
      return change.comment.body !== "" && change.comment.body.length <= MOST.comment;
    default:
      return true;
  }
}

function areAnswers(attributes: Readonly<Record<string, AttributeValue>>): boolean {
  return Object.values(attributes).every(isAnswer);
}

function isAnswer(value: AttributeValue): boolean {
  if (typeof value === "string") return value.length <= MOST.answer;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "boolean") return true;
  return value.length <= MOST.choices && value.every((each) => each.length <= MOST.choice);
}

/** Whether every text in it can be stored unchanged. */
function hasWholeTexts(value: unknown): boolean {
  if (typeof value === "string") return isStorable(value);
  return typeof value !== "object" || value === null || Object.values(value).every(hasWholeTexts);
}
