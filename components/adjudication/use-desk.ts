"use client";
import { useMemo, useState } from "react";
import type { DecisionReason } from "@/lib/domain/adjudication/decide";
import { type Item, isDisputed } from "@/lib/domain/adjudication/items";
import type { OpenAdjudication } from "@/lib/services/adjudications";
import { listed, nextUndecided, type Show, type Standing, step } from "./desk-state";
import { type DecideInput, type RuleInput, useStanding } from "./use-standing";
import { KIND_WORDS } from "./words";

export type Why = { reason: DecisionReason | null; note: string };
export type Desk = ReturnType<typeof useDesk>;

/** Which item is in question, and what is said of it. */
export function useDesk(projectId: string, opened: OpenAdjudication, firstItem: string | null) {
  const { items } = opened;
  const made = useStanding(projectId, opened);
  const { standing } = made;
  const [show, setShow] = useState<Show>("disputed");
  const [currentKey, setCurrentKey] = useState(() => firstItem ?? firstKey(opened));
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [why, setWhy] = useState<Why>(() => whyOf(standing, currentKey));
  const [said, setSaid] = useState("");
  const current = items.find(({ key }) => key === currentKey) ?? null;
  const list = useMemo(
    () => listed(items, show, standing, currentKey),
    [items, show, standing, currentKey],
  );
  const go = (item: Item | null, otherwise = "") => {
    if (item === null) return setSaid(otherwise);
    setCurrentKey(item.key);
    setPicked([]);
    setWhy(whyOf(standing, item.key));
  };
  const move = (by: 1 | -1) =>
    go(step(list, currentKey, by), by === 1 ? "This is the last." : "This is the first.");
  const toUndecided = () =>
    go(
      nextUndecided(items, standing, currentKey),
      currentKey !== null && standing.decisions.has(currentKey)
        ? "Everything is decided."
        : "This is the last that is not decided.",
    );

  const settle = async (item: Item, input: Omit<DecideInput, "itemKey" | "reason" | "note">) => {
    // The next item comes at once; a refusal is told and leads back.
    const next = nextUndecided(items, standing, item.key);
    go(next);
    const isMade = await made.settle({ itemKey: item.key, ...input, ...why });
    if (isMade) {
      return setSaid(`${KIND_WORDS[input.kind]}.${next === null ? " Everything is decided." : ""}`);
    }
    setCurrentKey(item.key);
    setWhy(why);
  };
  /** Of the item in question where it is decided, else the last that was made here. */
  const undo = async () => {
    const isDecided = currentKey !== null && standing.decisions.has(currentKey);
    const keys = isDecided ? [currentKey] : made.lastStep();
    if (keys.length === 0) return setSaid("Nothing to take back.");
    if (keys.length === 1) go(items.find(({ key }) => key === keys[0]) ?? null);
    setSaid(await made.takeBack(keys));
  };
  const takeByRule = async (rule: RuleInput) => setSaid(await made.takeByRule(rule));

  return {
    ...{ standing, show, setShow, list, current, go, move, toUndecided },
    ...{ picked, setPicked, why, setWhy, settle, undo, takeByRule, said, setSaid },
  };
}

function whyOf({ decisions }: Standing, key: string | null): Why {
  const decision = key === null ? undefined : decisions.get(key);
  return {
    reason: (decision?.reason ?? null) as DecisionReason | null,
    note: decision?.note ?? "",
  };
}

/** The first dispute that nobody has decided, else the first item. */
function firstKey({ items, decisions }: OpenAdjudication): string | null {
  const done = new Set(decisions.map(({ itemKey }) => itemKey));
  const first = items.find((item) => isDisputed(item) && !done.has(item.key));
  return (first ?? items[0])?.key ?? null;
}
