import { type AnnotationState, compareSpans, type Relation, type Span } from "./state";

/**
 * Of spans that a migration made the same in place and label one is kept, the one that was so before
 * it, else the first; what pointed at the others points at it. Relations that then say the same twice,
 * or join a span to itself, go.
 */
export function dropTwins(state: AnnotationState, before: AnnotationState): AnnotationState {
  const heirs = heirsOf(state, before);
  const relations = withoutDoubles(state, before, heirs);
  if (heirs.size === 0) return { ...state, relations };
  const heir = (id: string) => heirs.get(id) ?? id;
  const spans = new Map(state.spans);
  for (const [gone, kept] of heirs) {
    const [from, to] = [spans.get(gone), spans.get(kept)];
    spans.delete(gone);
    if (from === undefined || to === undefined) continue;
    spans.set(kept, { ...to, attributes: { ...from.attributes, ...to.attributes } });
  }
  const unitLabels = new Map(
    [...state.unitLabels.entries()].map(([key, label]) => {
      const evidence = [...new Set(label.evidence.map(heir))];
      const isSame = evidence.every((id, at) => id === label.evidence[at]);
      return [
        key,
        isSame && evidence.length === label.evidence.length ? label : { ...label, evidence },
      ];
    }),
  );
  const comments = new Map(
    [...state.comments.entries()].map(([key, comment]) => {
      const { spanId } = comment;
      return [
        key,
        spanId === null || !heirs.has(spanId) ? comment : { ...comment, spanId: heir(spanId) },
      ];
    }),
  );
  return { ...state, spans, relations, unitLabels, comments };
}

/** Which span takes the place of which. */
function heirsOf(state: AnnotationState, before: AnnotationState): Map<string, string> {
  const heirs = new Map<string, string>();
  const kept = new Map<string, string>();
  const isChanged = (span: Span) => {
    const old = before.spans.get(span.id);
    return old?.label !== span.label || old.layer !== span.layer;
  };
  const inOrder = [...state.spans.values()].sort(
    (a, b) => Number(isChanged(a)) - Number(isChanged(b)) || compareSpans(a, b),
  );
  for (const span of inOrder) {
    const ranges = span.ranges.map(({ start, end }) => `${start}-${end}`).join(",");
    const place = `${span.layer}/${span.label}@${ranges}`;
    const first = kept.get(place);
    if (first === undefined) kept.set(place, span.id);
    else if (isChanged(span)) heirs.set(span.id, first);
  }
  return heirs;
}

function withoutDoubles(
  state: AnnotationState,
  before: AnnotationState,
  heirs: ReadonlyMap<string, string>,
): ReadonlyMap<string, Relation> {
  const said = new Set<string>();
  const relations = new Map<string, Relation>();
  const moved = (relation: Relation): Relation => {
    const from = heirs.get(relation.from) ?? relation.from;
    const to = heirs.get(relation.to) ?? relation.to;
    return from === relation.from && to === relation.to ? relation : { ...relation, from, to };
  };
  const isChanged = (relation: Relation) => before.relations.get(relation.id) !== relation;
  const all = [...state.relations.values()].map(moved);
  for (const relation of all.sort((a, b) => Number(isChanged(a)) - Number(isChanged(b)))) {
    const saying = `${relation.layer}/${relation.label}:${relation.from}>${relation.to}`;
    const isDouble = said.has(saying) || relation.from === relation.to;
    said.add(saying);
    if (!isDouble || !isChanged(relation)) relations.set(relation.id, relation);
  }
  return relations;
}
