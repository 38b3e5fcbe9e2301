"use client";
import { type RefObject, useLayoutEffect } from "react";
import type { Adjustment } from "@/lib/domain/text/adjustment";
import type { ShownText } from "./document-view";
import { domRanges } from "./dom-offsets";
import { type HighlightLayer, paint } from "./highlights";

/** How long each of the two strengths of the hint stands. */
const STEP_MS = 900;

/**
 * Shows dimly, for a moment, which words the codebook's rules took from a selection and which they
 * added. It fades in two steps; for those who asked for less motion it goes at once.
 */
export function useAdjustmentHint(
  adjustment: Adjustment | null,
  shown: ShownText,
  rootRef: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    const root = rootRef.current;
    if (adjustment === null || root === null) return;
    const show = (layer: HighlightLayer, ranges: Adjustment["added"]) =>
      paint(
        layer,
        ranges.flatMap((range) => domRanges(range, root, shown)),
      );
    const clear = () => {
      for (const layer of ["dropped", "added", "fading"] as const) paint(layer, []);
    };
    show("dropped", adjustment.dropped);
    show("added", adjustment.added);
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const fade = setTimeout(
      () => {
        clear();
        if (!isCalm) show("fading", [...adjustment.dropped, ...adjustment.added]);
      },
      isCalm ? 2 * STEP_MS : STEP_MS,
    );
    const end = setTimeout(clear, 2 * STEP_MS);
    return () => {
      clearTimeout(fade);
      clearTimeout(end);
      clear();
    };
  }, [adjustment, shown, rootRef]);
}
