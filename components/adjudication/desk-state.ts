import { type Item, isDisputed } from "@/lib/domain/adjudication/items";
import { type MergeRule, mergeItem } from "@/lib/domain/adjudication/merge";
import type { Span } from "@/lib/domain/annotation/state";
import type { Decision } from "@/lib/services/decision-store";

/** Which items are listed. */
export type Show = "undecided" | "disputed" | "all";

/** What stands: decisions by the key of their item, and the spans of the gold set. */
export type Standing = {
  decisions: ReadonlyMap<string, Decision>;
  gold: ReadonlyMap<string, Span>;
};

/** What stands as the page was opened. */
export function standingOf(decisions: readonly Decision[], spans: readonly Span[]): Standing {
  return {
    decisions: new Map(decisions.map((each) => [each.itemKey, each])),
    gold: new Map(spans.map((span) => [span.id, span])),
  };
}

/** With new decisions in place of those on the same items. */
export function withDecisions(
  before: Standing,
  made: { decisions: readonly Decision[]; spans: readonly Span[] },
): Standing {
  const cleared = withoutDecisions(
    before,
    made.decisions.map(({ itemKey }) => itemKey),
  );
  return {
    decisions: new Map([
      ...cleared.decisions,
      ...made.decisions.map((each): [string, Decision] => [each.itemKey, each]),
    ]),
    gold: new Map([...cleared.gold, ...made.spans.map((span): [string, Span] => [span.id, span])]),
  };
}

/** Without the decisions on these items, and without the spans that they made. */
export function withoutDecisions(before: Standing, itemKeys: readonly string[]): Standing {
  const decisions = new Map(before.decisions);
  const gold = new Map(before.gold);
  for (const key of itemKeys) {
    const spanId = decisions.get(key)?.spanId;
    if (spanId !== undefined && spanId !== null) gold.delete(spanId);
    decisions.delete(key);
  }
  return { decisions, gold };
}

/** The items that a filter lists; the one in question stays, so that its decision can be seen. */
export function listed(
  items: readonly Item[],
  show: Show,
  { decisions }: Standing,
  currentKey: string | null,
): Item[] {
  return items.filter((item) => {
    if (item.key === currentKey || show === "all") return true;
    return show === "disputed" ? isDisputed(item) : !decisions.has(item.key);
  });
}

/** The next or previous item of the list, or null at its end. */
export function step(list: readonly Item[], currentKey: string | null, by: 1 | -1): Item | null {
  const at = list.findIndex(({ key }) => key === currentKey);
  return list[at === -1 ? 0 : at + by] ?? null;
}

/** The next item in the order of the text that nobody has decided, from the start after the end. */
export function nextUndecided(
  items: readonly Item[],
  { decisions }: Standing,
  currentKey: string | null,
): Item | null {
  const at = items.findIndex(({ key }) => key === currentKey);
  const isOpen = (item: Item) => item.key !== currentKey && !decisions.has(item.key);
  return items.slice(at + 1).find(isOpen) ?? items.slice(0, Math.max(at, 0)).find(isOpen) ?? null;
}

/** How many items a rule would decide now. */
export function countByRule(
  items: readonly Item[],
  { decisions }: Standing,
  rule: { merge: MergeRule; annotators: number },
): number {
  return items.filter(
    (item) =>
      !decisions.has(item.key) && mergeItem(item, rule.merge, rule.annotators).option !== null,
  ).length;
}

/** How far the work is, and what is missing. */
export function progressOf(items: readonly Item[], { decisions }: Standing) {
  const left = items.filter(({ key }) => !decisions.has(key));
  const disputes = left.filter(isDisputed).length;
  return {
    decided: items.length - left.length,
    disputesLeft: disputes,
    agreedLeft: left.length - disputes,
    contested: [...decisions.values()].filter(({ kind }) => kind === "contested").length,
  };
}
