"use client";
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";

/** Lists up to this length are in the page as a whole. */
const WHOLE = 200;
/** Rows in the page of a longer one, and by how many of them it moves on. */
const WINDOW = 80;
const STEP = 20;

/**
 * Which rows of a scrolled list are in the page: of a long one only those near what is in sight, with
 * room kept for the others. All rows have the height of the first.
 */
export function useListWindow(count: number): {
  listRef: RefObject<HTMLOListElement | null>;
  from: number;
  to: number;
  onScroll: () => void;
} {
  const listRef = useRef<HTMLOListElement>(null);
  const [first, setFirst] = useState(0);
  const isWhole = count <= WHOLE;
  const from = isWhole ? 0 : Math.max(0, Math.min(first, count - WINDOW));
  const to = isWhole ? count : Math.min(count, from + WINDOW);

  useLayoutEffect(() => {
    const list = listRef.current;
    const height = rowHeight(list);
    list?.style.setProperty("padding-block", `${from * height}px ${(count - to) * height}px`);
  }, [from, to, count]);

  const onScroll = useCallback(() => {
    const list = listRef.current;
    const height = rowHeight(list);
    if (list === null || height === 0) return;
    const inSight = Math.floor(list.scrollTop / height);
    setFirst(Math.max(0, Math.floor(inSight / STEP) * STEP - STEP));
  }, []);
  return { listRef, from, to, onScroll };
}

function rowHeight(list: HTMLOListElement | null): number {
  return list?.firstElementChild?.getBoundingClientRect().height ?? 0;
}
