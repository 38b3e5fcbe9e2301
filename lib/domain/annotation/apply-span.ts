import type { Layer } from "../codebook/language";
import { endsProblem } from "./apply-relation";
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
import { type AnnotationState, hull, type QuotedRange, type Span, withoutSpan } from "./state";

type SpanChange = Extract<
  Change,
  { kind: "add_span" | "label_span" | "move_span" | "flag_span" | "remove_span" | "set_attribute" }
>;

/** Applies a change to a span (see applyChange). */
export function applySpan(
  state: AnnotationState,
  change: SpanChange,
  context: EditContext,
): Applied {
  if (change.kind === "add_span") return addSpan(state, change.span, context);
  const span = state.spans.get(change.kind === "set_attribute" ? change.targetId : change.spanId);
  if (span === undefined) return SUPERSEDED;
  if (change.kind === "remove_span") return applied(withoutSpan(state, span.id));
  const unnamed =
    change.kind === "set_attribute" ? namesProblem(answerOf(change), span.layer, context) : null;
  if (unnamed !== null) return refused(unnamed);
  return replaceSpan(state, span, changedSpan(span, change), context);
}

function addSpan(state: AnnotationState, span: Span, context: EditContext): Applied {
  if (state.spans.has(span.id)) return SUPERSEDED;
  const problem = spanProblem(span, context) ?? namesProblem(span.attributes, span.layer, context);
  if (problem !== null) return refused(problem);
  return placeSpan(state, span, context);
}

function changedSpan(
  span: Span,
  change: Exclude<SpanChange, { kind: "add_span" | "remove_span" }>,
): Span {
  switch (change.kind) {
    case "label_span":
      return { ...span, label: change.label };
    case "move_span":
      return { ...span, ranges: change.ranges };
    case "flag_span":
      return { ...span, flags: change.flags };
    case "set_attribute":
      return { ...span, attributes: withAnswer(span.attributes, change.attribute, change.value) };
  }
}

function replaceSpan(
  state: AnnotationState,
  before: Span,
  after: Span,
  context: EditContext,
): Applied {
  const isRelabelled = before.label !== after.label;
  const problem =
    spanProblem(after, context) ?? (isRelabelled ? endsProblem(state, after, context) : null);
  if (problem !== null) return refused(problem);
  if (!isRelabelled && before.ranges === after.ranges) return applied(withSpan(state, after));
  return placeSpan(state, after, context);
}

/** Puts a span where it may stand: never twice on the same words, and by the layer's overlap rule. */
function placeSpan(state: AnnotationState, span: Span, context: EditContext): Applied {
  const layer = context.codebook.layer(span.layer);
  const others = neighbours(state, span);
  if (others.some((other) => isTwin(other, span))) return SUPERSEDED;
  if (layer !== undefined && breaksOverlapRule(layer, span, others)) {
    return refused(`“${layer.name}” does not allow spans to overlap here.`);
  }
  return applied(withSpan(state, span));
}

function withSpan(state: AnnotationState, span: Span): AnnotationState {
  return { ...state, spans: withEntry(state.spans, span.id, span) };
}

/** A sentence on what is wrong with a span by itself, or null. */
function spanProblem(span: Span, context: EditContext): string | null {
  const layer = context.codebook.layer(span.layer);
  if (layer === undefined || layer.level !== "span") {
    return `There is no span layer “${span.layer}” in this codebook.`;
  }
  if (span.ranges.length > 1 && !layer.boundary.discontinuous) {
    return `“${layer.name}” takes spans of one piece.`;
  }
  return (
    labelProblem(span.layer, span.label, context.codebook) ??
    rangesProblem(span.ranges, context) ??
    answersProblem(span.attributes, span.layer, context.codebook)
  );
}

function rangesProblem(ranges: readonly QuotedRange[], context: EditContext): string | null {
  let previousEnd = -1;
  for (const { start, end, quote } of ranges) {
    if (start >= end) return "A span covers at least one character.";
    if (end > context.text.length) return "This span reaches past the end of the text.";
    if (start <= previousEnd) return "The pieces of a span are in order and do not touch.";
    if (context.text.slice(start, end) !== quote) {
      return `The text at ${start} to ${end} does not read “${quote}”.`;
    }
    if (quote.trim() === "") return "A span covers at least one visible character.";
    if (!isAnnotatable(start, end, context)) return "This part of the article is not annotated.";
    previousEnd = end;
  }
  return null;
}

/** Whether no character but white space lies outside the annotatable ranges. */
function isAnnotatable(start: number, end: number, context: EditContext): boolean {
  let at = start;
  for (const range of context.annotatable) {
    if (range.end <= at) continue;
    if (range.start >= end) break;
    if (range.start > at && !isBlank(at, range.start, context)) return false;
    at = Math.min(range.end, end);
    if (at === end) return true;
  }
  return isBlank(at, end, context);
}

function isBlank(start: number, end: number, context: EditContext): boolean {
  const { text } = context;
  return text.slice(start as typeof text.length, end as typeof text.length).trim() === "";
}

function neighbours(state: AnnotationState, span: Span): Span[] {
  const own = hull(span);
  return [...state.spans.values()].filter((other) => {
    if (other.id === span.id || other.layer !== span.layer) return false;
    const its = hull(other);
    return its.start < own.end && its.end > own.start;
  });
}

function isTwin(a: Span, b: Span): boolean {
  return (
    a.label === b.label &&
    a.ranges.length === b.ranges.length &&
    a.ranges.every((range, index) => {
      const other = b.ranges[index];
      return range.start === other?.start && range.end === other.end;
    })
  );
}

function breaksOverlapRule(layer: Layer, span: Span, others: Span[]): boolean {
  if (layer.overlap === "any") return false;
  const rivals =
    layer.overlap === "none" ? others : others.filter((other) => other.label === span.label);
  return rivals.some((other) =>
    other.ranges.some((a) => span.ranges.some((b) => a.start < b.end && a.end > b.start)),
  );
}
