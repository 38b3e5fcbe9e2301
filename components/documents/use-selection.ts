"use client";
import { type KeyboardEvent, useRef, useState } from "react";

/** Chosen rows of a list, by id: one by one, from one to another, by pointer and by keys. */
export function useSelection(ids: readonly string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<number | null>(null);
  const set = (next: Iterable<string>) => setChosen(new Set(next));
  const toggle = (index: number, isRange: boolean) => {
    const id = ids[index];
    if (id === undefined) return;
    const [from, to] = [last.current ?? index, index].sort((a, b) => a - b) as [number, number];
    const isOn = !chosen.has(id);
    const next = new Set(chosen);
    for (const each of isRange ? ids.slice(from, to + 1) : [id]) {
      if (isOn) next.add(each);
      else next.delete(each);
    }
    last.current = index;
    setChosen(next);
  };
  return { chosen, set, toggle, clear: () => set([]) };
}

/** Moves focus between rows that carry `data-row`; answers true where the key was one of these. */
export function moveFocus(event: KeyboardEvent<HTMLElement>, index: number): boolean {
  const step = STEPS[event.key];
  if (step === undefined) return false;
  const rows = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>("[data-row]");
  const next = rows?.[Math.min(Math.max(index + step, 0), (rows?.length ?? 1) - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
  event.preventDefault();
  return true;
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  Home: -100_000,
  End: 100_000,
};
