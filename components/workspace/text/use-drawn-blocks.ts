"use client";
import { startTransition, useEffect, useState } from "react";

/** Blocks drawn whole at once: some screens, and all of a usual article. */
const AT_ONCE = 30;
/** Blocks drawn whole in one pause between frames. */
const AT_A_TIME = 40;

/**
 * How many blocks are drawn with their spans. The first ones are there at once; in a very long text
 * the others follow while the browser has nothing else to do, so that work can begin.
 */
export function useDrawnBlocks(total: number): number {
  const [drawn, setDrawn] = useState(AT_ONCE);
  useEffect(() => {
    if (drawn >= total) return;
    return whenIdle(() => startTransition(() => setDrawn(drawn + AT_A_TIME)));
  }, [drawn, total]);
  return drawn;
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
