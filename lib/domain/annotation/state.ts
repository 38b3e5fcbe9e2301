import type { Range } from "../text/offsets";

export type AttributeValue = string | string[] | number | boolean;
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** Marks that are not labels: they ask for talk, and never count in agreement. */
export const FLAGS = ["discuss", "not_annotatable"] as const;
export type Flag = (typeof FLAGS)[number];

/** How a span came to be; kept so that agreement studies can leave assisted spans out. */
export const ORIGINS = ["manual", "propagated", "suggested", "imported", "adjudicated"] as const;
export type Origin = (typeof ORIGINS)[number];

/** One range of a span with the words it covers, which the server compares with the text. */
export type QuotedRange = Range & { quote: string };

export type Span = {
  id: string;
  layer: string;
  label: string;
  /** Sorted, not touching, in code points; more than one for a discontinuous span. */
  ranges: readonly QuotedRange[];
  attributes: AttributeValues;
  flags: readonly Flag[];
  origin: Origin;
};

export type Relation = {
  id: string;
  layer: string;
  label: string;
  from: string;
  to: string;
  attributes: AttributeValues;
};

export type Unit = "document" | "block" | "sentence";

/** A label on a sentence, a block or the document, with the unit's place in code points. */
export type UnitLabel = Range & {
  layer: string;
  label: string;
  unit: Unit;
  /** The answer, where the layer asks each label as a question. */
  value: string | null;
  /** Spans that back the label. */
  evidence: readonly string[];
  /** Answers to the layer's attributes; left out where there are none. */
  attributes?: AttributeValues;
  /** Key of the entity that is asked about, where the layer asks of each; left out elsewhere. */
  entity?: string;
};

export type SetComment = { id: string; spanId: string | null; body: string };

/** All of one author's annotations on one document. */
export type AnnotationState = {
  readonly spans: ReadonlyMap<string, Span>;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly unitLabels: ReadonlyMap<string, UnitLabel>;
  readonly comments: ReadonlyMap<string, SetComment>;
  readonly flags: readonly Flag[];
};

/** The state as plain data, for JSON and for comparing. */
export type AnnotationStateData = {
  spans: Span[];
  relations: Relation[];
  unitLabels: UnitLabel[];
  comments: SetComment[];
  flags: Flag[];
};

export const EMPTY_STATE: AnnotationState = {
  spans: new Map(),
  relations: new Map(),
  unitLabels: new Map(),
  comments: new Map(),
  flags: [],
};

/** Where a unit label is kept: one per layer, label, place and entity. */
export function unitLabelKey(
  at: Pick<UnitLabel, "layer" | "label" | "start" | "end" | "entity">,
): string {
  const place = `${at.layer}/${at.label}@${at.start}-${at.end}`;
  return at.entity === undefined ? place : `${place}#${at.entity}`;
}

/** First and last code point offset of a span. */
export function hull(span: Pick<Span, "ranges">): Range {
  const first = span.ranges[0];
  const last = span.ranges[span.ranges.length - 1];
  if (first === undefined || last === undefined) throw new Error("A span has a range.");
  return { start: first.start, end: last.end };
}

/** The words of a span, its parts joined by an ellipsis. */
export function quoteOf(span: Pick<Span, "ranges">): string {
  return span.ranges.map((range) => range.quote).join(" … ");
}

/** Order of reading: by start, longer first, then by id so that it is the same everywhere. */
export function compareSpans(a: Span, b: Span): number {
  const left = hull(a);
  const right = hull(b);
  return left.start - right.start || right.end - left.end || (a.id < b.id ? -1 : 1);
}

/** A state less one span and all that points at it. */
export function withoutSpan(state: AnnotationState, spanId: string): AnnotationState {
  const spans = new Map(state.spans);
  spans.delete(spanId);
  const relations = [...state.relations.entries()].filter(
    ([, each]) => each.from !== spanId && each.to !== spanId,
  );
  const comments = [...state.comments.entries()].filter(([, each]) => each.spanId !== spanId);
  const unitLabels = [...state.unitLabels.entries()].map(
    ([key, each]) =>
      [
        key,
        each.evidence.includes(spanId)
          ? { ...each, evidence: each.evidence.filter((one) => one !== spanId) }
          : each,
      ] as const,
  );
  return {
    ...state,
    spans,
    relations: new Map(relations),
    comments: new Map(comments),
    unitLabels: new Map(unitLabels),
  };
}

/** Spans in order of reading. */
export function spansInOrder(state: AnnotationState): Span[] {
  return [...state.spans.values()].sort(compareSpans);
}

/** Plain data of a state, everything in a fixed order. */
export function stateToData(state: AnnotationState): AnnotationStateData {
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  return {
    spans: spansInOrder(state),
    relations: [...state.relations.values()].sort(byId),
    unitLabels: [...state.unitLabels.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, each]) => each),
    comments: [...state.comments.values()].sort(byId),
    flags: [...state.flags].sort(),
  };
}

/** The state that plain data describe. */
export function stateFromData(data: AnnotationStateData): AnnotationState {
  return {
    spans: new Map(data.spans.map((each) => [each.id, each])),
    relations: new Map(data.relations.map((each) => [each.id, each])),
    unitLabels: new Map(data.unitLabels.map((each) => [unitLabelKey(each), each])),
    comments: new Map(data.comments.map((each) => [each.id, each])),
    flags: data.flags,
  };
}
