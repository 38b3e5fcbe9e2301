"use client";
import { useEffect, useState } from "react";

/** Between two tries to fetch a script. */
const AGAIN_MS = 3000;

/**
 * A part of the page whose script is fetched where it is needed, tried again without the network.
 * `load` must be the same function at each drawing.
 */
export function useLate<Part>(isNeeded: boolean, load: () => Promise<Part>): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    async function take() {
      try {
        const loaded = await load();
        if (!isOver) setPart(() => loaded);
      } catch {
        // No network just now.
        if (!isOver) timer = setTimeout(take, AGAIN_MS);
      }
    }
    void take();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isNeeded, load]);
  return isNeeded ? part : null;
}
