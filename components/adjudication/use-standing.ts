"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { showToast } from "@/components/ui/toasts";
import { decide, mergeByRule, undoDecisions } from "@/lib/actions/adjudication";
import { counted } from "@/lib/domain/wording";
import type { OpenAdjudication } from "@/lib/services/adjudications";
import { standingOf, withDecisions, withoutDecisions } from "./desk-state";

export type DecideInput = Omit<Parameters<typeof decide>[0], "projectId" | "adjudicationId">;
export type RuleInput = Parameters<typeof mergeByRule>[0]["rule"];

/** Decisions that stand, and those made here, which can be taken back in turn. */
export function useStanding(projectId: string, opened: OpenAdjudication) {
  const at = { projectId, adjudicationId: opened.adjudicationId };
  const [standing, setStanding] = useState(() => standingOf(opened.decisions, opened.gold.spans));
  const [steps, setSteps] = useState<readonly string[][]>([]);

  const settle = async (input: DecideInput): Promise<boolean> => {
    const made = await act(() => decide({ ...at, ...input }));
    if (made === null) return false;
    setStanding((before) => withDecisions(before, made));
    setSteps((before) => [...before, [input.itemKey]]);
    return true;
  };

  const takeBack = async (itemKeys: string[]): Promise<string> => {
    const undone = await act(() => undoDecisions({ ...at, itemKeys }));
    if (undone === null) return "";
    setStanding((before) => withoutDecisions(before, itemKeys));
    setSteps((before) => before.filter((each) => !each.every((key) => itemKeys.includes(key))));
    return `${counted(undone.undone, "decision")} taken back.`;
  };

  const takeByRule = async (rule: RuleInput): Promise<string> => {
    const made = await act(() => mergeByRule({ ...at, rule }));
    if (made === null) return "";
    const keys = made.decisions.map(({ itemKey }) => itemKey);
    const message = `${counted(keys.length, "item")} decided by rule.`;
    setStanding((before) => withDecisions(before, made));
    if (keys.length > 0) setSteps((before) => [...before, keys]);
    const undo = { label: "Undo", run: () => void takeBack(keys) };
    showToast({ tone: "good", message, ...(keys.length > 0 && { action: undo }) });
    return message;
  };

  /** The keys of the last step of which something still stands. */
  const lastStep = () => steps.at(-1)?.filter((key) => standing.decisions.has(key)) ?? [];

  return { standing, settle, takeBack, takeByRule, lastStep };
}
