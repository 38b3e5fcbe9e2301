import {
  type AnnotationStateData,
  type AttributeValues,
  hull,
  type Span,
  type Unit,
  type UnitLabel,
} from "../annotation/state";
import type { Range } from "../text/offsets";
import type { DecisionKind } from "./decide";
import type { Item } from "./items";

/** What became of an annotator's own view: kept as it was, changed, not gold, both views kept, or added. */
export type OwnVerdict = "kept" | "changed" | "rejected" | "contested" | "added";

/** A decision as one annotator may read it. It says nothing of who else marked what, or how many. */
export type OwnDecision = {
  key: string;
  layer: string;
  /** For labels of units. */
  unit: Unit | null;
  verdict: OwnVerdict;
  /** Labels that the annotator gave, as `label` or `label=value`; none where they gave none. */
  own: string[];
  /** Their words, in code points; null where they marked nothing. */
  ownRange: Range | null;
  /** Labels that the gold set took; none where it took nothing. */
  decided: string[];
  /** The words of the gold set; null where it has none. */
  range: Range | null;
  reason: string | null;
  note: string;
};

/** A decision that stands, as far as this needs it. */
type Decided = {
  itemKey: string;
  kind: DecisionKind;
  spanId: string | null;
  reason: string | null;
  note: string;
};

type Gold = Pick<AnnotationStateData, "spans" | "unitLabels">;

/**
 * The decisions that concern one annotator, in the order of the text: all on what they marked, and what
 * the gold set holds beside it. What others marked and the gold set did not take is not told.
 */
export function ownDecisions(
  items: readonly Item[],
  decisions: readonly Decided[],
  { gold, annotatorId }: { gold: Gold; annotatorId: string },
): OwnDecision[] {
  const byItem = new Map(decisions.map((each) => [each.itemKey, each]));
  const spans = new Map(gold.spans.map((span) => [span.id, span]));
  return items.flatMap((item) => {
    const decision = byItem.get(item.key);
    if (decision === undefined) return [];
    const goldSpan = decision.spanId === null ? undefined : spans.get(decision.spanId);
    const told =
      item.kind === "span"
        ? spanDecision(item, decision, { goldSpan, annotatorId })
        : unitDecision(item, decision, { gold, annotatorId });
    return told === null ? [] : [told];
  });
}

function spanDecision(
  item: Item,
  decision: Decided,
  { goldSpan, annotatorId }: { goldSpan: Span | undefined; annotatorId: string },
): OwnDecision | null {
  const own = item.options.flatMap(({ annotatorIds, span }) =>
    span !== null && annotatorIds.includes(annotatorId) ? [span] : [],
  );
  if (own.length === 0 && goldSpan === undefined) return null;
  const isKept =
    goldSpan !== undefined && own.length === 1 && own.every((each) => isSame(each, goldSpan));
  return {
    ...baseOf(item, decision),
    own: own.map(({ label }) => label),
    ownRange: own.length === 0 ? null : around(own.map(hull)),
    decided: goldSpan === undefined ? [] : [goldSpan.label],
    range: goldSpan === undefined ? null : hull(goldSpan),
    verdict: verdictOf(decision, {
      isKept,
      hasOwn: own.length > 0,
      hasGold: goldSpan !== undefined,
    }),
  };
}

function unitDecision(
  item: Item,
  decision: Decided,
  { gold, annotatorId }: { gold: Gold; annotatorId: string },
): OwnDecision | null {
  const given = item.options.flatMap(({ unitLabels }) => [...unitLabels]);
  const asked = new Set(given.map(({ label }) => label));
  const about = given[0]?.entity;
  const own =
    item.options.find(({ annotatorIds }) => annotatorIds.includes(annotatorId))?.unitLabels ?? [];
  const decided = gold.unitLabels.filter(
    ({ layer, start, end, label, entity }) =>
      layer === item.layer &&
      start === item.start &&
      end === item.end &&
      entity === about &&
      asked.has(label),
  );
  if (own.length === 0 && decided.length === 0) return null;
  const range = item.unit === "document" ? null : { start: item.start, end: item.end };
  return {
    ...baseOf(item, decision),
    own: own.map(toldLabel).sort(),
    ownRange: own.length === 0 ? null : range,
    decided: decided.map(toldLabel).sort(),
    range: decided.length === 0 ? null : range,
    verdict: verdictOf(decision, {
      isKept: unitKey(own) === unitKey(decided),
      hasOwn: own.length > 0,
      hasGold: decided.length > 0,
    }),
  };
}

function baseOf(item: Item, { reason, note }: Decided) {
  return { key: item.key, layer: item.layer, unit: item.unit, reason, note };
}

/** A contested item keeps the view of whoever marked something, whatever the gold set shows. */
function verdictOf(
  { kind }: Decided,
  { isKept, hasOwn, hasGold }: { isKept: boolean; hasOwn: boolean; hasGold: boolean },
): OwnVerdict {
  if (kind === "contested" && hasOwn) return "contested";
  if (!hasGold) return "rejected";
  if (!hasOwn) return "added";
  return isKept ? "kept" : "changed";
}

function isSame(a: Span, b: Span): boolean {
  return (
    a.label === b.label &&
    a.ranges.length === b.ranges.length &&
    a.ranges.every(
      ({ start, end }, at) => start === b.ranges[at]?.start && end === b.ranges[at]?.end,
    ) &&
    answersKey(a.attributes) === answersKey(b.attributes)
  );
}

function answersKey(attributes: AttributeValues): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unitKey(labels: readonly UnitLabel[]): string {
  return labels
    .map((label) => `${toldLabel(label)} ${answersKey(label.attributes ?? {})}`)
    .sort()
    .join("\n");
}

function toldLabel({ label, value }: UnitLabel): string {
  return value === null ? label : `${label}=${value}`;
}

function around(ranges: readonly Range[]): Range {
  const [first, ...others] = ranges;
  if (first === undefined) throw new Error("There is no range.");
  return others.reduce(
    (all, { start, end }) => ({
      start: start < all.start ? start : all.start,
      end: end > all.end ? end : all.end,
    }),
    first,
  );
}
