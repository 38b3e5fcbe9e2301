import { isSame } from "../same";
import type { Change } from "./operation";
import {
  type AnnotationState,
  type AttributeValue,
  type AttributeValues,
  hull,
  type Relation,
  type Span,
  type UnitLabel,
  unitLabelKey,
  withoutSpan,
} from "./state";

/**
 * The changes that lead from one state to another, in an order in which they apply: what goes, goes
 * first, and relations come after the spans they join. With the two swapped it gives the inverse of an
 * edit, which is how undo works: an undo is an edit like any other.
 */
export function changesBetween(before: AnnotationState, after: AnnotationState): Change[] {
  const { inPlace, anew } = sortSpans(before, after);
  const gone = [...missing(before.spans, after.spans).map((span) => span.id), ...anew];
  const left = gone.reduce(withoutSpan, before);
  const stays = {
    ...left,
    relations: keepOnly(left.relations, (each) => isRelationKept(each, left, after)),
    comments: keepOnly(left.comments, (each) => isSame(each, after.comments.get(each.id))),
  };
  return [
    ...missing(left.comments, stays.comments).map(removeComment),
    ...missing(left.relations, stays.relations).map(removeRelation),
    ...gone.map((spanId): Change => ({ kind: "remove_span", spanId })),
    ...inPlace.flatMap(([old, now]) => spanChanges(old, now)),
    ...missing(after.spans, stays.spans).map(addSpan),
    ...missing(after.relations, stays.relations).map(addRelation),
    ...shared(stays.relations, after.relations).flatMap(([old, now]) => relationChanges(old, now)),
    ...unitLabelChanges(stays, after),
    ...missing(after.comments, stays.comments).map(
      (comment): Change => ({ kind: "add_comment", comment }),
    ),
    ...flagChanges(before, after),
  ];
}

type Pair<V> = [old: V, now: V];

/**
 * Spans that stay, those of them that change in an order in which none moves to where another still
 * is, and the ids of spans that are taken away and added anew because no such order exists.
 */
function sortSpans(before: AnnotationState, after: AnnotationState) {
  const inPlace: Pair<Span>[] = [];
  const anew: string[] = [];
  let waiting: Pair<Span>[] = [];
  for (const pair of shared(before.spans, after.spans)) {
    if (needsTwoSteps(...pair)) anew.push(pair[1].id);
    else if (standsAsBefore(...pair)) inPlace.push(pair);
    else waiting.push(pair);
  }
  while (waiting.length > 0) {
    const free = waiting.find(
      (pair) => !waiting.some((other) => other !== pair && isInTheWay(other[0], pair)),
    );
    const next = free ?? waiting[0];
    if (free !== undefined) inPlace.push(free);
    else if (next !== undefined) anew.push(next[1].id);
    waiting = waiting.filter((pair) => pair !== next);
  }
  return { inPlace, anew };
}

/** Between the steps it would stand with one label's place under another's name. */
function needsTwoSteps(old: Span, now: Span): boolean {
  if (old.layer !== now.layer || old.origin !== now.origin) return true;
  return old.label !== now.label && !isSame(old.ranges, now.ranges);
}

function standsAsBefore(old: Span, now: Span): boolean {
  return old.label === now.label && isSame(old.ranges, now.ranges);
}

/** Whether a span could keep another from its new place or label, by any rule of overlap. */
function isInTheWay(other: Span, [old, now]: Pair<Span>): boolean {
  if (other.layer !== now.layer) return false;
  const [its, place] = [hull(other), hull(now)];
  if (its.start >= place.end || its.end <= place.start) return false;
  return other.label === now.label || !isSame(old.ranges, now.ranges);
}

function spanChanges(before: Span, after: Span): Change[] {
  const changes: Change[] = [];
  const spanId = after.id;
  if (!isSame(before.ranges, after.ranges)) {
    changes.push({ kind: "move_span", spanId, ranges: [...after.ranges] });
  }
  if (before.label !== after.label) {
    changes.push({ kind: "label_span", spanId, label: after.label });
  }
  if (!isSame(before.flags, after.flags)) {
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
    return isSame(before[attribute] ?? null, value)
      ? []
      : [{ kind: "set_attribute" as const, targetId, attribute, value }];
  });
}

/** A relation between the same spans under a new label is changed, any other is made anew. */
function isRelationKept(old: Relation, left: AnnotationState, after: AnnotationState): boolean {
  const now = after.relations.get(old.id);
  if (now === undefined || !isParallel(old, now)) return false;
  if (old.label === now.label) return true;
  const relations = [...left.relations.values()];
  return !relations.some((other) => other.id !== old.id && isParallel(other, old));
}

function isParallel(a: Relation, b: Relation): boolean {
  return a.layer === b.layer && a.from === b.from && a.to === b.to;
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
    ({ layer, label, start, end, entity }): Change => ({
      kind: "remove_unit_label",
      layer,
      label,
      start,
      end,
      ...(entity === undefined ? {} : { entity }),
    }),
  );
  const set = [...after.unitLabels.entries()].flatMap(([key, now]): Change[] => {
    const old = before.unitLabels.get(key);
    if (old !== undefined && isSameAnswer(old, now)) return [];
    const { attributes, ...rest } = now;
    const answers = attributes === undefined ? {} : { attributes: { ...attributes } };
    return [{ kind: "set_unit_label", ...rest, evidence: [...now.evidence], ...answers }];
  });
  return [...removed, ...set];
}

function isSameAnswer(a: UnitLabel, b: UnitLabel): boolean {
  return (
    a.unit === b.unit &&
    a.value === b.value &&
    isSame(a.evidence, b.evidence) &&
    isSame(a.attributes ?? {}, b.attributes ?? {})
  );
}

function flagChanges(before: AnnotationState, after: AnnotationState): Change[] {
  return isSame(before.flags, after.flags)
    ? []
    : [{ kind: "flag_document", flags: [...after.flags] }];
}

/** The change that brings a span as it is. */
export function addSpan(span: Span): Change {
  return {
    kind: "add_span",
    span: {
      ...span,
      ranges: [...span.ranges],
      flags: [...span.flags],
      attributes: { ...span.attributes },
    },
  };
}

function addRelation(relation: Relation): Change {
  return {
    kind: "add_relation",
    relation: { ...relation, attributes: { ...relation.attributes } },
  };
}

function removeRelation({ id }: Relation): Change {
  return { kind: "remove_relation", relationId: id };
}

function removeComment({ id }: { id: string }): Change {
  return { kind: "remove_comment", commentId: id };
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

function keepOnly<V>(map: ReadonlyMap<string, V>, isKept: (value: V) => boolean) {
  return new Map([...map.entries()].filter(([, value]) => isKept(value)));
}

/** Pairs of entries under the same key that are not the same object. */
function shared<V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>): Pair<V>[] {
  return [...after.entries()].flatMap(([key, now]): Pair<V>[] => {
    const old = before.get(key);
    return old === undefined || old === now ? [] : [[old, now]];
  });
}
