"use client";
import { startTransition, useEffect, useState } from "react";

/** Blocks drawn whole at once: some screens, and all of a usual article. */
const AT_ONCE = 30;
/** Blocks drawn whole in one pause between frames. */
const AT_A_TIME = 40;

/**
 * How many blocks are in the page, and how many of them with their spans. The first ones are there at
 * once; of a very long text all words come next, and then the spans of the other blocks while the
 * browser has nothing else to do, so that work can begin.
 */
export function useDrawnBlocks(total: number): { placed: number; drawn: number } {
  const [placed, setPlaced] = useState(AT_ONCE);
  const [drawn, setDrawn] = useState(AT_ONCE);
  useEffect(() => {
    if (drawn >= total) return;
    return whenIdle(() =>
      startTransition(() => {
        if (placed < total) setPlaced(total);
        else setDrawn(drawn + AT_A_TIME);
      }),
    );
  }, [placed, drawn, total]);
  return { placed, drawn };
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
