import type { Layer } from "../codebook/language";
import {
  type Applied,
  answersProblem,
  applied,
  type EditContext,
  labelProblem,
  namesProblem,
  notListed,
  refused,
  SUPERSEDED,
  withEntry,
} from "./edit";
import type { Change } from "./operation";
import { type AnnotationState, type UnitLabel, unitLabelKey } from "./state";

type UnitLabelChange = Extract<Change, { kind: "set_unit_label" | "remove_unit_label" }>;

/** Applies a change to a label on a sentence, a block or the document (see applyChange). */
export function applyUnitLabel(
  state: AnnotationState,
  change: UnitLabelChange,
  context: EditContext,
): Applied {
  const key = unitLabelKey(change);
  if (change.kind === "remove_unit_label") {
    if (!state.unitLabels.has(key)) return SUPERSEDED;
    return applied({ ...state, unitLabels: withEntry(state.unitLabels, key, null) });
  }
  const { kind: _, ...asked } = change;
  const { attributes = {}, ...place } = asked;
  const label: UnitLabel = {
    ...place,
    evidence: standing(asked.evidence, state),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
  const problem = unitLabelProblem(label, context);
  if (problem !== null) return refused(problem);
  const layer = context.codebook.layer(label.layer);
  const kept = layer === undefined ? state.unitLabels : withoutRivals(state, label, layer);
  return applied({ ...state, unitLabels: withEntry(kept, key, label) });
}

/** Each span once, and only those that are still there: another tab may have removed one. */
function standing(evidence: readonly string[], state: AnnotationState): string[] {
  return [...new Set(evidence)].filter((spanId) => state.spans.has(spanId));
}

function unitLabelProblem(label: UnitLabel, context: EditContext): string | null {
  const layer = context.codebook.layer(label.layer);
  if (layer === undefined || layer.level !== label.unit) {
    return `There is no ${label.unit} layer “${label.layer}” in this codebook.`;
  }
  const aboutEntity = entityProblem(label, layer, context);
  if (aboutEntity !== null) return aboutEntity;
  if (!context.isUnit(label.unit, label)) return `This is not a whole ${label.unit}.`;
  if (layer.choice === "each") {
    const known = (layer.answers ?? []).some((answer) => answer.key === label.value);
    if (!known) return `“${layer.name}” has no such answer.`;
  } else if (label.value !== null) {
    return `“${layer.name}” takes labels, not answers.`;
  }
  if (layer.evidence === "none" && label.evidence.length > 0) {
    return `“${layer.name}” takes no evidence.`;
  }
  return (
    labelProblem(label.layer, label.label, context.codebook) ??
    answersProblem(label.attributes ?? {}, label.layer, context.codebook) ??
    namesProblem(label.attributes ?? {}, label.layer, context)
  );
}

function entityProblem(
  { entity }: UnitLabel,
  layer: Layer,
  { entities }: EditContext,
): string | null {
  if (layer.per !== "entity") {
    return entity === undefined ? null : `“${layer.name}” is not asked of each entity.`;
  }
  if (entity === undefined) return `“${layer.name}” is asked of an entity. Say of which.`;
  return entities === undefined || entities.has(entity) ? null : notListed(entity);
}

/** The other labels of the unit, less those that cannot stand beside the new one. */
function withoutRivals(state: AnnotationState, label: UnitLabel, layer: Layer) {
  const exclusive = new Set(layer.labels.filter((each) => each.exclusive).map((each) => each.key));
  const takesOne = layer.choice === "one" || layer.choice === "scale";
  const isRival = (other: UnitLabel) =>
    other.layer === label.layer &&
    other.start === label.start &&
    other.end === label.end &&
    other.entity === label.entity &&
    other.label !== label.label &&
    (takesOne || exclusive.has(label.label) || exclusive.has(other.label));
  return new Map([...state.unitLabels.entries()].filter(([, other]) => !isRival(other)));
}
