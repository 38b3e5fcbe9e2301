import type { Item, Option } from "./items";

/**
 * When an option is taken without a person looking: with at least `minimumVotes` annotators, who are
 * at least `minimumShare` (0 to 1) of those who submitted, and with more votes than any other option.
 * After the merge strategies of INCEpTION's curation (threshold-based, majority, unanimous).
 */
export type MergeRule = { minimumVotes: number; minimumShare: number };

export const MERGE_RULES = {
  unanimous: { minimumVotes: 1, minimumShare: 1 },
  majority: { minimumVotes: 2, minimumShare: 0.5 },
  anyone: { minimumVotes: 1, minimumShare: 0 },
} as const satisfies Record<string, MergeRule>;

/** What a rule makes of an item. `confidence`: share of the annotators who say so, 0 to 1. */
export type Verdict = { option: Option | null; votes: number; confidence: number };

/**
 * Applies a rule. The annotators who say nothing are an option too: where they are the most, or as many
 * as the largest option, nothing is taken. A majority is strict: exactly half is not one.
 */
export function mergeItem(item: Item, rule: MergeRule, annotators: number): Verdict {
  const [first, second] = item.options;
  const votes = first?.annotatorIds.length ?? 0;
  const confidence = annotators === 0 ? 0 : votes / annotators;
  const none: Verdict = { option: null, votes, confidence };
  if (first === undefined) return none;
  const rivals = Math.max(
    second?.annotatorIds.length ?? 0,
    silenceCounts(rule) ? item.absent.length : 0,
  );
  if (votes <= rivals || votes < rule.minimumVotes) return none;
  const isEnough =
    rule.minimumShare === 0.5 ? confidence > 0.5 : confidence >= rule.minimumShare - 1e-12;
  return isEnough ? { option: first, votes, confidence } : none;
}

/** With a rule that takes whatever anyone marked, silence does not count against it. */
function silenceCounts({ minimumShare }: MergeRule): boolean {
  return minimumShare > 0;
}
