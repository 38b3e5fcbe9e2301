"use client";
import { type RefObject, useEffect, useRef } from "react";

/**
 * Tells when the words may stand elsewhere: after the window, the letters or the article changed their
 * size, and after the page was scrolled by half a screen.
 */
export function useLayoutChanges(
  rootRef: RefObject<HTMLElement | null>,
  onChange: () => void,
): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    const root = rootRef.current;
    if (root === null) return;
    let frame = 0;
    let seenAt = window.scrollY;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        seenAt = window.scrollY;
        latest.current();
      });
    };
    const onScroll = () => {
      if (Math.abs(window.scrollY - seenAt) > window.innerHeight / 2) soon();
    };
    const sizes = new ResizeObserver(soon);
    sizes.observe(root);
    document.fonts.addEventListener("loadingdone", soon);
    window.addEventListener("resize", soon);
    window.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      document.fonts.removeEventListener("loadingdone", soon);
      window.removeEventListener("resize", soon);
      window.removeEventListener("scroll", onScroll);
    };
  }, [rootRef]);
}
