import type { Change } from "./operation";
import {
  type AnnotationState,
  type AttributeValue,
  type AttributeValues,
  type Relation,
  type Span,
  unitLabelKey,
} from "./state";

/**
 * The changes that lead from one state to another, in an order in which they apply. With the two
 * swapped it gives the inverse of an edit, which is how undo works: an undo is an edit like any other.
 */
export function changesBetween(before: AnnotationState, after: AnnotationState): Change[] {
  return [
    ...removedComments(before, after),
    ...removedRelations(before, after),
    ...removedSpans(before, after),
    ...addedSpans(before, after),
    ...changedSpans(before, after),
    ...addedRelations(before, after),
    ...unitLabelChanges(before, after),
    ...addedComments(before, after),
    ...flagChanges(before, after),
  ];
}

function removedSpans(before: AnnotationState, after: AnnotationState): Change[] {
  return missing(before.spans, after.spans).map((span) => ({
    kind: "remove_span",
    spanId: span.id,
  }));
}

function addedSpans(before: AnnotationState, after: AnnotationState): Change[] {
  return missing(after.spans, before.spans).map((span) => ({
    kind: "add_span",
    span: {
      ...span,
      ranges: [...span.ranges],
      flags: [...span.flags],
      attributes: { ...span.attributes },
    },
  }));
}

function changedSpans(before: AnnotationState, after: AnnotationState): Change[] {
  return shared(before.spans, after.spans).flatMap(([old, now]) => spanChanges(old, now));
}

function spanChanges(before: Span, after: Span): Change[] {
  const changes: Change[] = [];
  const spanId = after.id;
  if (!sameJson(before.ranges, after.ranges)) {
    changes.push({ kind: "move_span", spanId, ranges: [...after.ranges] });
  }
  if (before.label !== after.label)
    changes.push({ kind: "label_span", spanId, label: after.label });
  if (!sameJson(before.flags, after.flags)) {
    changes.push({ kind: "flag_span", spanId, flags: [...after.flags] });
  }
  return [...changes, ...answerChanges(spanId, before.attributes, after.attributes)];
}

function answerChanges(
  targetId: string,
  before: AttributeValues,
  after: AttributeValues,
): Change[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((attribute) => {
    const value: AttributeValue | null = after[attribute] ?? null;
    return sameJson(before[attribute] ?? null, value)
      ? []
      : [{ kind: "set_attribute" as const, targetId, attribute, value }];
  });
}

function removedRelations(before: AnnotationState, after: AnnotationState): Change[] {
  return missing(before.relations, after.relations).map((relation) => ({
    kind: "remove_relation",
    relationId: relation.id,
  }));
}

function addedRelations(before: AnnotationState, after: AnnotationState): Change[] {
  const added = missing(after.relations, before.relations).map(
    (relation): Change => ({
      kind: "add_relation",
      relation: { ...relation, attributes: { ...relation.attributes } },
    }),
  );
  const changed = shared(before.relations, after.relations).flatMap(([old, now]) =>
    relationChanges(old, now),
  );
  return [...added, ...changed];
}

function relationChanges(before: Relation, after: Relation): Change[] {
  const label: Change[] =
    before.label === after.label
      ? []
      : [{ kind: "label_relation", relationId: after.id, label: after.label }];
  return [...label, ...answerChanges(after.id, before.attributes, after.attributes)];
}

function unitLabelChanges(before: AnnotationState, after: AnnotationState): Change[] {
  const removed = missing(before.unitLabels, after.unitLabels, unitLabelKey).map(
    ({ layer, label, start, end }): Change => ({
      kind: "remove_unit_label",
      layer,
      label,
      start,
      end,
    }),
  );
  const set = [...after.unitLabels.entries()].flatMap(([key, now]): Change[] => {
    const old = before.unitLabels.get(key);
    if (old === now || (old !== undefined && sameJson(old, now))) return [];
    return [{ kind: "set_unit_label", ...now, evidence: [...now.evidence] }];
  });
  return [...removed, ...set];
}

function removedComments(before: AnnotationState, after: AnnotationState): Change[] {
  return missing(before.comments, after.comments).map((comment) => ({
    kind: "remove_comment",
    commentId: comment.id,
  }));
}

function addedComments(before: AnnotationState, after: AnnotationState): Change[] {
  return missing(after.comments, before.comments).map((comment) => ({
    kind: "add_comment",
    comment,
  }));
}

function flagChanges(before: AnnotationState, after: AnnotationState): Change[] {
  return sameJson(before.flags, after.flags)
    ? []
    : [{ kind: "flag_document", flags: [...after.flags] }];
}

/** Entries of `from` whose key is not in `other`. */
function missing<V>(
  from: ReadonlyMap<string, V>,
  other: ReadonlyMap<string, V>,
  keyOf?: (value: V) => string,
): V[] {
  return [...from.entries()]
    .filter(([key, value]) => !other.has(keyOf?.(value) ?? key))
    .map(([, value]) => value);
}

/** Pairs of entries under the same key that are not the same object. */
function shared<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): [V, V][] {
  return [...after.entries()].flatMap(([key, now]): [V, V][] => {
    const old = before.get(key);
    return old === undefined || old === now ? [] : [[old, now]];
  });
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
