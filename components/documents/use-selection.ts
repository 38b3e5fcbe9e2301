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

type Selection = ReturnType<typeof useSelection>;

/** Whether a key was pressed on the row itself and not in a control of it, and is no command of the browser. */
export function isPlainKey(event: KeyboardEvent<HTMLElement>): boolean {
  return event.target === event.currentTarget && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** Arrows move between rows that carry `data-row`, Space chooses, with Shift from the last one; Escape ends it. */
export function chooseByKey(
  event: KeyboardEvent<HTMLElement>,
  index: number,
  selection: Selection,
): void {
  const step = STEPS[event.key];
  if (step !== undefined) {
    event.preventDefault();
    if (event.shiftKey) selection.toggle(index, false);
    focusRow(event.currentTarget, index + step);
  } else if (event.key === " ") {
    event.preventDefault();
    selection.toggle(index, event.shiftKey);
  } else if (event.key === "Escape") selection.clear();
}

function focusRow(row: HTMLElement, index: number): void {
  const rows = row.parentElement?.querySelectorAll<HTMLElement>("[data-row]") ?? [];
  const next = rows[Math.min(Math.max(index, 0), rows.length - 1)];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: -100_000,
  End: 100_000,
};
