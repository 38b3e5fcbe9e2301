import type { Item, Submission } from "../adjudication/items";
import { findItems } from "../adjudication/items";
import type { Span, UnitLabel } from "../annotation/state";
import type { Codebook } from "../codebook/language";
import { type Row, toRow } from "./columns";
import type { GoldDecision, GoldSet } from "./content";
import { type RowContext, spanFields, unitFields, whereOf } from "./records";

/**
 * The gold annotations of a document with where each comes from, and, where wanted, what adjudication
 * left contested, with everything that annotators said of it.
 */
export function consolidatedRows(context: RowContext, codebook: Codebook | null): object[] {
  const { gold } = context.document;
  if (gold === null || codebook === null) return [];
  const items = new Map(
    findItems(submissionsOf(context), codebook).map((item) => [item.key, item]),
  );
  const bySpan = new Map(gold.decisions.map((each) => [each.spanId ?? "", each]));
  const base = baseRow(context, gold);
  const keeps = (decision: GoldDecision | undefined) =>
    context.naming.hasContested || decision?.kind !== "contested";
  return [
    ...gold.spans.flatMap((span: Span) => {
      const decision = bySpan.get(span.id);
      return keeps(decision)
        ? [finish({ ...base, ...spanFields(context, span) }, decision, items, context)]
        : [];
    }),
    ...gold.unitLabels.flatMap((label: UnitLabel) => {
      const decision = gold.decisions.find((each) => unitKeys(label).includes(each.itemKey));
      const fields = unitFields(context, gold.setId, label);
      return keeps(decision) ? [finish({ ...base, ...fields }, decision, items, context)] : [];
    }),
    ...openRows(context, gold, items),
  ];
}

/** Contested items that the gold set shows nothing for. */
function openRows(context: RowContext, gold: GoldSet, items: ReadonlyMap<string, Item>): object[] {
  if (!context.naming.hasContested) return [];
  return gold.decisions
    .filter((each) => each.kind === "contested" && each.spanId === null)
    .filter((each) => !gold.unitLabels.some((label) => unitKeys(label).includes(each.itemKey)))
    .map((decision) => {
      const item = items.get(decision.itemKey);
      return finish(
        {
          ...baseRow(context, gold),
          id: context.naming.idOf(decision.decisionId),
          layer: item?.layer ?? null,
          unit: item === undefined ? null : (item.unit ?? "span"),
          start: item?.start ?? null,
          end: item?.end ?? null,
          ranges: item === undefined ? [] : [[item.start, item.end]],
        },
        decision,
        items,
        context,
      );
    });
}

/** Keys of the items that a label of a unit may have come from; questionnaires have one for each label. */
function unitKeys({ layer, unit, start, end, label, entity }: UnitLabel): string[] {
  const place = `unit ${layer} ${unit} ${start}-${end}`;
  const about = entity === undefined ? "" : `#${entity}`;
  return [`${place}${about}`, `${place} ${label}${about}`];
}

function submissionsOf({ document }: RowContext): Submission[] {
  return document.sets
    .filter(({ purpose }) => purpose === "work")
    .map(({ annotator, setId, spans, unitLabels }) => ({
      annotatorId: annotator,
      setId,
      spans,
      unitLabels,
    }));
}

function baseRow(context: RowContext, gold: GoldSet): Row<"consolidated.jsonl"> {
  return {
    ...whereOf(context),
    id: null,
    layer: null,
    label: null,
    unit: null,
    start: null,
    end: null,
    ranges: [],
    quote: null,
    quote_is_cut: false,
    value: null,
    entity: null,
    attributes: [],
    status: "decided",
    decision: null,
    rule: null,
    reason: null,
    curator: null,
    votes: null,
    annotators: null,
    options: [],
    sources: [],
    codebook_version: gold.codebookVersion,
  };
}

function finish(
  row: Row<"consolidated.jsonl">,
  decision: GoldDecision | undefined,
  items: ReadonlyMap<string, Item>,
  { naming, document }: RowContext,
): object {
  if (decision === undefined) return toRow("consolidated.jsonl", row);
  const item = items.get(decision.itemKey);
  const released = new Set(document.sets.flatMap(({ spans }) => spans.map(({ id }) => id)));
  return toRow("consolidated.jsonl", {
    ...row,
    status: decision.kind === "contested" ? "contested" : "decided",
    decision: decision.kind,
    rule: decision.rule,
    reason: decision.reason,
    curator: decision.curator,
    votes: decision.votes,
    annotators: decision.annotators,
    options: (item?.options ?? []).map(({ span, unitLabels, annotatorIds }) => ({
      label: span?.label ?? unitLabels.map(({ label, value }) => answer(label, value)).join(" + "),
      start: span?.ranges[0]?.start ?? null,
      end: span?.ranges.at(-1)?.end ?? null,
      votes: annotatorIds.length,
    })),
    // Names of annotations that are not in the release would lead nowhere.
    sources: decision.sourceSpanIds.filter((id) => released.has(id)).map(naming.idOf),
  });
}

function answer(label: string, value: string | null): string {
  return value === null ? label : `${label}=${value}`;
}
