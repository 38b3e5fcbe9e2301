import type { Layer } from "../codebook/language";
import {
  type Applied,
  answerOf,
  answersProblem,
  applied,
  type EditContext,
  labelProblem,
  namesProblem,
  refused,
  SUPERSEDED,
  withAnswer,
  withEntry,
} from "./edit";
import type { Change } from "./operation";
import { fitsEnd, fitsPairs } from "./relation-choices";
import type { AnnotationState, Relation, Span } from "./state";

type RelationChange = Extract<
  Change,
  { kind: "add_relation" | "label_relation" | "remove_relation" | "set_attribute" }
>;

/** Applies a change to a relation (see applyChange). */
export function applyRelation(
  state: AnnotationState,
  change: RelationChange,
  context: EditContext,
): Applied {
  if (change.kind === "add_relation") return addRelation(state, change.relation, context);
  const id = change.kind === "set_attribute" ? change.targetId : change.relationId;
  const relation = state.relations.get(id);
  if (relation === undefined) return SUPERSEDED;
  if (change.kind === "remove_relation") {
    return applied({ ...state, relations: withEntry(state.relations, id, null) });
  }
  const unnamed =
    change.kind === "set_attribute"
      ? namesProblem(answerOf(change), relation.layer, context)
      : null;
  if (unnamed !== null) return refused(unnamed);
  const after =
    change.kind === "label_relation"
      ? { ...relation, label: change.label }
      : {
          ...relation,
          attributes: withAnswer(relation.attributes, change.attribute, change.value),
        };
  if (hasTwin(state, after)) return SUPERSEDED;
  return putRelation(state, after, context);
}

/** A sentence on the first relation of a span that could not stand at it as it is now, or null. */
export function endsProblem(
  state: AnnotationState,
  span: Span,
  { codebook }: EditContext,
): string | null {
  const at = (id: string) => (id === span.id ? span : state.spans.get(id));
  for (const relation of state.relations.values()) {
    const layer = codebook.layer(relation.layer);
    if (layer === undefined || (relation.from !== span.id && relation.to !== span.id)) continue;
    const problem =
      (relation.from === span.id ? endProblem(layer, layer.from, span, "start") : null) ??
      (relation.to === span.id ? endProblem(layer, layer.to, span, "end") : null) ??
      pairProblem(layer, relation.label, at(relation.from), at(relation.to));
    if (problem !== null) return problem;
  }
  return null;
}

function addRelation(state: AnnotationState, relation: Relation, context: EditContext): Applied {
  if (state.relations.has(relation.id)) return SUPERSEDED;
  const unnamed = namesProblem(relation.attributes, relation.layer, context);
  if (unnamed !== null) return refused(unnamed);
  return hasTwin(state, relation) ? SUPERSEDED : putRelation(state, relation, context);
}

/** Whether another relation says the same of the same spans. */
function hasTwin(state: AnnotationState, relation: Relation): boolean {
  return [...state.relations.values()].some(
    (other) =>
      other.id !== relation.id &&
      other.layer === relation.layer &&
      other.label === relation.label &&
      other.from === relation.from &&
      other.to === relation.to,
  );
}

function putRelation(state: AnnotationState, relation: Relation, context: EditContext): Applied {
  const from = state.spans.get(relation.from);
  const to = state.spans.get(relation.to);
  if (from === undefined || to === undefined) return SUPERSEDED;
  const layer = context.codebook.layer(relation.layer);
  if (layer === undefined || layer.level !== "relation") {
    return refused(`There is no relation layer “${relation.layer}” in this codebook.`);
  }
  if (from.id === to.id) return refused("A relation joins two spans.");
  const problem =
    labelProblem(relation.layer, relation.label, context.codebook) ??
    endProblem(layer, layer.from, from, "start") ??
    endProblem(layer, layer.to, to, "end") ??
    pairProblem(layer, relation.label, from, to) ??
    answersProblem(relation.attributes, relation.layer, context.codebook);
  if (problem !== null) return refused(problem);
  return applied({ ...state, relations: withEntry(state.relations, relation.id, relation) });
}

function pairProblem(
  layer: Layer,
  key: string,
  from: Span | undefined,
  to: Span | undefined,
): string | null {
  const label = layer.labels.find((each) => each.key === key);
  if (from === undefined || to === undefined || fitsPairs(label, from, to)) return null;
  return `“${label?.name ?? key}” cannot join spans with these two labels.`;
}

function endProblem(
  layer: Layer,
  end: Layer["from"],
  span: Span,
  which: "start" | "end",
): string | null {
  return fitsEnd(end, span) ? null : `“${layer.name}” cannot ${which} at a span with this label.`;
}
