import { applyChange } from "../annotation/apply";
import type { EditContext } from "../annotation/edit";
import type { Change } from "../annotation/operation";
import {
  type AnnotationState,
  type AnnotationStateData,
  EMPTY_STATE,
  quoteOf,
  type Relation,
  type SetComment,
  type Span,
  type UnitLabel,
} from "../annotation/state";
import { codePoint, type Range } from "../text/offsets";
import type { PlaceMap } from "./place-map";

/** Something that cannot follow a correction, whole, with the reason for people. */
export type Lost = { reason: string; quote: string } & (
  | { kind: "span"; item: Span }
  | { kind: "relation"; item: Relation }
  | { kind: "unit_label"; item: UnitLabel }
  | { kind: "comment"; item: SetComment }
);

/** A set made anew on another text. `carried`: the new id of each span, relation and comment. */
export type Carried = {
  changes: Change[];
  state: AnnotationState;
  carried: Record<string, string>;
  lost: Lost[];
  /** Labels of sentences, paragraphs and the document that followed. */
  unitLabels: number;
};

const CHANGED = "Its words or what stands beside them changed.";
const UNIT_GONE = "The sentence or paragraph changed.";
const ENDS_GONE = "A span that it joins could not follow.";
const SPAN_GONE = "The span that it is about could not follow.";

/**
 * Makes the changes by which an annotation set goes on after a correction. Each is judged as an edit of
 * a person is, so that nothing comes about that the codebook does not allow. Nothing is dropped in
 * silence: what cannot follow is in `lost`.
 */
export function carrySet(set: AnnotationStateData, tools: CarryTools): Carried {
  const bench = new Bench(tools);
  for (const span of set.spans) bench.carrySpan(span);
  for (const relation of set.relations) bench.carryRelation(relation);
  for (const label of set.unitLabels) bench.carryUnitLabel(label);
  for (const comment of set.comments) bench.carryComment(comment);
  if (set.flags.length > 0) bench.apply({ kind: "flag_document", flags: [...set.flags] });
  return bench.made;
}

export type CarryTools = { follow: PlaceMap; context: EditContext; newId: () => string };

/** A set while it is made anew. */
class Bench {
  readonly made: Carried = {
    changes: [],
    state: EMPTY_STATE,
    carried: {},
    lost: [],
    unitLabels: 0,
  };

  constructor(private readonly tools: CarryTools) {}

  /** Applies a change; a sentence where it may not be. */
  apply(change: Change): string | null {
    const verdict = applyChange(this.made.state, change, this.tools.context);
    if (verdict.outcome === "refused") return verdict.message;
    if (verdict.outcome === "superseded") return "Another one has the same place and label.";
    this.made.state = verdict.state;
    this.made.changes.push(change);
    return null;
  }

  carrySpan(span: Span): void {
    const id = this.tools.newId();
    const ranges = span.ranges.flatMap((range) => {
      const place = this.tools.follow(range);
      return place === null ? [] : [{ ...place, quote: range.quote }];
    });
    const isWhole = ranges.length === span.ranges.length;
    const problem = isWhole
      ? this.apply({ kind: "add_span", span: toAdded(span, id, ranges) })
      : CHANGED;
    if (problem === null) this.made.carried[span.id] = id;
    else this.made.lost.push({ kind: "span", item: span, reason: problem, quote: quoteOf(span) });
  }

  carryRelation(relation: Relation): void {
    const { carried, lost } = this.made;
    const [from, to] = [carried[relation.from], carried[relation.to]];
    const id = this.tools.newId();
    const problem =
      from === undefined || to === undefined
        ? ENDS_GONE
        : this.apply({ kind: "add_relation", relation: toJoined(relation, { id, from, to }) });
    if (problem === null) carried[relation.id] = id;
    else lost.push({ kind: "relation", item: relation, reason: problem, quote: "" });
  }

  carryUnitLabel(label: UnitLabel): void {
    const place = this.placeOf(label);
    const evidence = label.evidence.flatMap((each) => this.made.carried[each] ?? []);
    const problem = place === null ? UNIT_GONE : this.apply(toAnswer(label, place, evidence));
    if (problem === null) this.made.unitLabels++;
    else this.made.lost.push({ kind: "unit_label", item: label, reason: problem, quote: "" });
  }

  carryComment(comment: SetComment): void {
    const { carried, lost } = this.made;
    const spanId = comment.spanId === null ? null : carried[comment.spanId];
    const id = this.tools.newId();
    const problem =
      spanId === undefined
        ? SPAN_GONE
        : this.apply({ kind: "add_comment", comment: { id, spanId, body: comment.body } });
    if (problem === null) carried[comment.id] = id;
    else lost.push({ kind: "comment", item: comment, reason: problem, quote: comment.body });
  }

  private placeOf(label: UnitLabel): Range | null {
    const { context, follow } = this.tools;
    if (label.unit !== "document") return follow(label);
    return { start: codePoint(0), end: context.text.length };
  }
}

/**
 * What was lost in an earlier correction and is asked for again, put beside what a set holds now, to be
 * carried together. `carried` says which item of the older set became which of this one; `recovered`
 * holds the places that are those of the older text.
 */
export function withRecovered(
  set: AnnotationStateData,
  lost: readonly Lost[],
  carried: Readonly<Record<string, string>>,
): { set: AnnotationStateData; recovered: Set<object> } {
  const now = (id: string) => carried[id] ?? id;
  const spans = lost.flatMap((each) => (each.kind === "span" ? [each.item] : []));
  const relations = lost.flatMap((each) =>
    each.kind === "relation"
      ? [{ ...each.item, from: now(each.item.from), to: now(each.item.to) }]
      : [],
  );
  const unitLabels = lost.flatMap((each) =>
    each.kind === "unit_label" ? [{ ...each.item, evidence: each.item.evidence.map(now) }] : [],
  );
  const comments = lost.flatMap((each) => {
    if (each.kind !== "comment") return [];
    const { spanId } = each.item;
    return [{ ...each.item, spanId: spanId === null ? null : now(spanId) }];
  });
  return {
    set: {
      ...set,
      spans: [...set.spans, ...spans],
      relations: [...set.relations, ...relations],
      unitLabels: [...set.unitLabels, ...unitLabels],
      comments: [...set.comments, ...comments],
    },
    recovered: new Set<object>([...spans.flatMap(({ ranges }) => ranges), ...unitLabels]),
  };
}

function toAdded(span: Span, id: string, ranges: Span["ranges"]) {
  return {
    id,
    layer: span.layer,
    label: span.label,
    ranges: ranges.map((range) => ({ ...range })),
    attributes: { ...span.attributes },
    flags: [...span.flags],
    origin: span.origin,
  };
}

function toJoined(relation: Relation, ends: Pick<Relation, "id" | "from" | "to">) {
  return { ...relation, ...ends, attributes: { ...relation.attributes } };
}

function toAnswer(
  label: UnitLabel,
  place: Pick<UnitLabel, "start" | "end">,
  evidence: string[],
): Change {
  return {
    kind: "set_unit_label",
    layer: label.layer,
    label: label.label,
    unit: label.unit,
    start: place.start,
    end: place.end,
    value: label.value,
    evidence,
    ...(label.entity === undefined ? {} : { entity: label.entity }),
    ...(label.attributes === undefined ? {} : { attributes: { ...label.attributes } }),
  };
}
