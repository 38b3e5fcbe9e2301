import "server-only";
import { z } from "zod";
import {
  DECISION_KINDS,
  DECISION_REASONS,
  decideItem,
  takeBack,
} from "@/lib/domain/adjudication/decide";
import { MERGE_RULES, type MergeRule, mergeItem } from "@/lib/domain/adjudication/merge";
import type { Change } from "@/lib/domain/annotation/operation";
import type { AnnotationState, Span } from "@/lib/domain/annotation/state";
import { failure, type Result, success } from "@/lib/domain/result";
import { codePoint } from "@/lib/domain/text/offsets";
import { newId } from "@/lib/server/ids";
import {
  applyAll,
  type Gold,
  prepare,
  prepareItem,
  type Ready,
  withGold,
  writeGold,
} from "./adjudication-store";
import { recordAudit } from "./audit";
import {
  type Decision,
  insertDecisions,
  type NewDecision,
  readDecisions,
  revoke,
} from "./decision-store";
import { proseInput } from "./inputs";
import type { Queryable } from "./submitted-sets";
import { defineUseCase } from "./use-case";

const one = z.strictObject({ projectId: z.uuid(), adjudicationId: z.uuid() });

const range = z.strictObject({
  start: z.int().min(0).transform(codePoint),
  end: z.int().min(1).transform(codePoint),
  quote: z.string().max(100_000),
});

/** Decisions that stand now, with the spans of the gold set that they made. */
export type Made = { decisions: Decision[]; spans: Span[] };

/** Decides on one item; a decision that stood before is taken back and kept in the history. */
export const decide = defineUseCase({
  name: "decide",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({
    itemKey: z.string().min(1).max(500),
    kind: z.enum(DECISION_KINDS),
    optionKeys: z.array(z.string().max(20_000)).max(100).default([]),
    ranges: z.array(range).min(1).max(40).optional(),
    label: z.string().min(1).max(80).optional(),
    reason: z.enum(DECISION_REASONS).nullable().default(null),
    note: proseInput(2_000).default(""),
  }),
  async run(input, caller): Promise<Result<Made>> {
    const { projectId, adjudicationId, itemKey } = input;
    return withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepareItem(client, gold, caller, input);
      if (!ready.ok) return ready;
      const { item, earlier, state } = ready.value;
      const decided = decideItem(item, input, {
        state,
        earlierSpanId: earlier?.spanId ?? null,
        newSpanId: newId(),
      });
      if ("problem" in decided) return failure("invalid", decided.problem);
      const after = await applyAll(gold, state, decided.changes);
      if (!after.ok) return after;
      const gestureId = newId();
      await writeGold(client, gold, {
        gestures: [{ gestureId, changes: decided.changes }],
        before: state,
        after: after.value,
        userId: caller.userId,
      });
      await revoke(client, gold, [itemKey]);
      const row: NewDecision = {
        decisionId: newId(),
        itemKey,
        kind: input.kind,
        optionKeys: input.optionKeys,
        sourceSpanIds: decided.sourceSpanIds,
        spanId: decided.spanId,
        reason: input.reason,
        note: input.note,
        rule: null,
        confidence: null,
        gestureId,
        votes: item.options[0]?.annotatorIds.length ?? 0,
      };
      await insertDecisions(client, gold, caller.userId, [row]);
      return success(await readMade(client, gold, [row], after.value));
    });
  },
});

/** Takes decisions back; their items are undecided again. */
export const undoDecisions = defineUseCase({
  name: "undoDecisions",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({ itemKeys: z.array(z.string().min(1).max(500)).min(1).max(50_000) }),
  async run({ projectId, adjudicationId, itemKeys }, caller): Promise<Result<{ undone: number }>> {
    return withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const { items, decisions, state } = ready.value;
      const wanted = new Set(itemKeys);
      const standing = decisions.filter((each) => wanted.has(each.itemKey));
      if (standing.length < wanted.size) {
        return failure("conflict", "This item is not decided. Reload the page.");
      }
      const byKey = new Map(items.map((item) => [item.key, item]));
      const changes = standing.flatMap((each) => {
        const item = byKey.get(each.itemKey);
        return item === undefined ? [] : takeBack(item, state, each.spanId);
      });
      const after = await applyAll(gold, state, changes);
      if (!after.ok) return after;
      await writeGold(client, gold, {
        gestures: [{ gestureId: newId(), changes }],
        before: state,
        after: after.value,
        userId: caller.userId,
      });
      await revoke(client, gold, itemKeys);
      return success({ undone: standing.length });
    });
  },
});

/** Decides by a rule on every item that nobody has decided; the rest is left to people. */
export const mergeByRule = defineUseCase({
  name: "mergeByRule",
  permission: "adjudicate",
  scope: "project",
  input: one.extend({
    rule: z.union([
      z.enum(["unanimous", "majority", "anyone"]),
      z.strictObject({
        minimumVotes: z.int().min(1).max(1_000),
        minimumShare: z.number().min(0).max(1),
      }),
    ]),
  }),
  async run(
    { projectId, adjudicationId, rule },
    caller,
  ): Promise<Result<Made & { decided: number }>> {
    const merge = typeof rule === "string" ? MERGE_RULES[rule] : rule;
    const words =
      typeof rule === "string"
        ? rule
        : `at least ${rule.minimumVotes} votes and ${Math.round(rule.minimumShare * 100)} %`;
    const merged = await withGold(projectId, adjudicationId, async (client, gold) => {
      const ready = await prepare(client, gold, caller);
      if (!ready.ok) return ready;
      const { gestures, rows, state } = await mergeUndecided(gold, ready.value, merge, words);
      await writeGold(client, gold, {
        gestures,
        before: ready.value.state,
        after: state,
        userId: caller.userId,
      });
      await insertDecisions(client, gold, caller.userId, rows);
      const made = await readMade(client, gold, rows, state);
      return success({ decided: rows.length, ...made });
    });
    if (merged.ok && merged.value.decided > 0) {
      await recordAudit(caller, {
        action: "adjudication.merged",
        targetType: "adjudication",
        targetId: adjudicationId,
        detail: { rule: words, decided: merged.value.decided },
      });
    }
    return merged;
  },
});

/** Decisions by rule on all that is undecided, with the gestures that carry them out. */
async function mergeUndecided(
  gold: Gold,
  { items, decisions, state: before }: Ready,
  rule: MergeRule,
  words: string,
) {
  const done = new Set(decisions.map((each) => each.itemKey));
  const gestures: { gestureId: string; changes: Change[] }[] = [];
  const rows: NewDecision[] = [];
  let state = before;
  for (const item of items.filter(({ key }) => !done.has(key))) {
    const { option, votes, confidence } = mergeItem(item, rule, gold.snapshot.length);
    if (option === null) continue;
    const accept = { kind: "accept", optionKeys: [option.key] } as const;
    const decided = decideItem(item, accept, { state, earlierSpanId: null, newSpanId: newId() });
    if ("problem" in decided) continue;
    const after = await applyAll(gold, state, decided.changes);
    // The codebook does not allow it beside what is there already: a person decides.
    if (!after.ok) continue;
    state = after.value;
    const gestureId = newId();
    gestures.push({ gestureId, changes: decided.changes });
    const { sourceSpanIds, spanId } = decided;
    rows.push({
      decisionId: newId(),
      itemKey: item.key,
      kind: "accept",
      optionKeys: [option.key],
      sourceSpanIds,
      spanId,
      reason: null,
      note: "",
      rule: words,
      confidence,
      gestureId,
      votes,
    });
  }
  return { gestures, rows, state };
}

async function readMade(
  client: Queryable,
  { projectId, adjudicationId }: Gold,
  rows: readonly NewDecision[],
  { spans }: AnnotationState,
): Promise<Made> {
  const itemKeys = rows.map((row) => row.itemKey);
  return {
    decisions: await readDecisions(client, projectId, adjudicationId, itemKeys),
    spans: rows.flatMap(({ spanId }) => {
      const span = spanId === null ? undefined : spans.get(spanId);
      return span === undefined ? [] : [span];
    }),
  };
}
