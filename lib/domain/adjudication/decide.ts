import { addSpan } from "../annotation/between";
import type { Change } from "../annotation/operation";
import {
  type AnnotationState,
  type AttributeValues,
  hull,
  type QuotedRange,
  type Span,
  type UnitLabel,
} from "../annotation/state";
import { codePoint } from "../text/offsets";
import type { Item, Option } from "./items";

/** Why annotators differed, for what the codebook can learn from it. */
export const DECISION_REASONS = [
  "guideline_gap",
  "slip",
  "boundary",
  "ambiguous",
  "other",
] as const;
export type DecisionReason = (typeof DECISION_REASONS)[number];

export const DECISION_KINDS = [
  "accept",
  "merge",
  "edit",
  "relabel",
  "reject",
  "contested",
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What an adjudicator says of an item. */
export type DecisionInput = {
  kind: DecisionKind;
  /** The options that it rests on; a contested item may name the one that the gold layer shows. */
  optionKeys: readonly string[];
  /** For `edit`, and for `merge` where the words are chosen by hand. */
  ranges?: readonly QuotedRange[] | undefined;
  /** For `relabel`. */
  label?: string | undefined;
};

export type Decided =
  | { changes: Change[]; spanId: string | null; sourceSpanIds: string[] }
  | { problem: string };

/**
 * The changes to the gold set that carry a decision out, after those that take an earlier one of the
 * same item back. `newSpanId` is the id of the span that it makes, if it makes one.
 */
export function decideItem(
  item: Item,
  decision: DecisionInput,
  gold: { state: AnnotationState; earlierSpanId: string | null; newSpanId: string },
): Decided {
  const chosen = decision.optionKeys.map((key) => item.options.find((each) => each.key === key));
  if (chosen.includes(undefined)) return { problem: "This option is not there any more." };
  const options = chosen.filter((each) => each !== undefined);
  const back = takeBack(item, gold.state, gold.earlierSpanId);
  const sourceSpanIds = options.flatMap(({ spanIds }) => [...spanIds]);
  if (decision.kind === "reject" || (decision.kind === "contested" && options.length === 0)) {
    return { changes: back, spanId: null, sourceSpanIds };
  }
  const first = options[0];
  if (first === undefined) return { problem: "Choose what to keep." };
  if (item.kind === "unit") {
    return { changes: [...back, ...first.unitLabels.map(setUnit)], spanId: null, sourceSpanIds };
  }
  const span = spanFor(first, options, decision, gold.newSpanId);
  if (typeof span === "string") return { problem: span };
  return { changes: [...back, addSpan(span)], spanId: span.id, sourceSpanIds };
}

/** What takes the effect of an earlier decision on an item back. */
export function takeBack(
  item: Item,
  state: AnnotationState,
  earlierSpanId: string | null,
): Change[] {
  if (item.kind === "span") {
    return earlierSpanId !== null && state.spans.has(earlierSpanId)
      ? [{ kind: "remove_span", spanId: earlierSpanId }]
      : [];
  }
  const given = item.options.flatMap(({ unitLabels }) => [...unitLabels]);
  const labels = new Set(given.map(({ label }) => label));
  const about = given[0]?.entity;
  return [...state.unitLabels.values()]
    .filter(
      (each) =>
        each.layer === item.layer &&
        each.start === item.start &&
        each.end === item.end &&
        each.entity === about &&
        labels.has(each.label),
    )
    .map(
      ({ layer, label, start, end, entity }): Change => ({
        kind: "remove_unit_label",
        layer,
        label,
        start: codePoint(start),
        end: codePoint(end),
        ...(entity === undefined ? {} : { entity }),
      }),
    );
}

function spanFor(
  first: Option,
  options: readonly Option[],
  { kind, ranges, label }: DecisionInput,
  id: string,
): Span | string {
  const model = first.span;
  if (model === null) return "This is no span.";
  const base: Span = { ...model, id, flags: [], origin: "adjudicated" };
  switch (kind) {
    case "edit":
      return ranges === undefined ? "Choose the words." : { ...base, ranges };
    case "relabel":
      return label === undefined
        ? "Choose the label."
        : { ...base, label, attributes: label === model.label ? base.attributes : {} };
    case "merge":
      if (ranges !== undefined) return { ...base, ranges, attributes: sharedAnswers(options) };
      return widest(base, options);
    default:
      return base;
  }
}

/** The longest of the options that holds all others; where none does, the words must be chosen. */
function widest(base: Span, options: readonly Option[]): Span | string {
  const spans = options.flatMap(({ span }) => (span === null ? [] : [span]));
  const start = Math.min(...spans.map((span) => hull(span).start));
  const end = Math.max(...spans.map((span) => hull(span).end));
  const holder = spans.find((span) => hull(span).start === start && hull(span).end === end);
  if (holder === undefined) return "None of these holds all the words. Choose them in the text.";
  return { ...base, ranges: holder.ranges, attributes: sharedAnswers(options) };
}

/** Answers on which all options agree. */
function sharedAnswers(options: readonly Option[]): AttributeValues {
  const spans = options.flatMap(({ span }) => (span === null ? [] : [span]));
  const [first, ...others] = spans;
  if (first === undefined) return {};
  return Object.fromEntries(
    Object.entries(first.attributes).filter(([key, value]) =>
      others.every((span) => JSON.stringify(span.attributes[key]) === JSON.stringify(value)),
    ),
  );
}

function setUnit({ layer, label, start, end, unit, value, attributes, entity }: UnitLabel): Change {
  return {
    kind: "set_unit_label",
    layer,
    label,
    start: codePoint(start),
    end: codePoint(end),
    unit,
    value,
    // The spans that an annotator gave as evidence are theirs, not the gold set's.
    evidence: [],
    ...(entity === undefined ? {} : { entity }),
    ...(attributes === undefined ? {} : { attributes: { ...attributes } }),
  };
}
