"use client";
import { startTransition, useEffect, useState } from "react";
import type { Range } from "@/lib/domain/text/offsets";

/** Code points whose spans are drawn at once: what a large screen shows, and some more. */
const AT_ONCE = 5000;
/** Blocks whose words are in the page at once: all of a usual article. */
const PLACED_AT_ONCE = 30;
/** Blocks drawn whole in one pause between frames. */
const AT_A_TIME = 40;

/**
 * How many blocks are in the page, and how many of them with their spans. What the screen shows is there
 * at once; the words of the rest come next, and then their spans while the browser has nothing else to
 * do, so that work can begin.
 */
export function useDrawnBlocks(blocks: readonly Range[]): { placed: number; drawn: number } {
  const total = blocks.length;
  const [placed, setPlaced] = useState(PLACED_AT_ONCE);
  const [drawn, setDrawn] = useState(() => countWithin(AT_ONCE, blocks));
  useEffect(() => {
    if (drawn >= total) return;
    return whenIdle(() =>
      startTransition(() => {
        // A usual article is whole with the next step; of a very long one all words come first.
        if (placed < total) setPlaced(total);
        else setDrawn(drawn + AT_A_TIME);
      }),
    );
  }, [placed, drawn, total]);
  return { placed, drawn };
}

/** How many blocks it takes to reach so many code points, at least one. */
function countWithin(most: number, blocks: readonly Range[]): number {
  const after = blocks.findIndex((block) => block.start >= most);
  return after === -1 ? blocks.length : Math.max(1, after);
}

/** Answers how to call it off. */
function whenIdle(act: () => void): () => void {
  // Safari has no idle callback.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(act, 16);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: 100 });
  return () => cancelIdleCallback(request);
}
