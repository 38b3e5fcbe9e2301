import { type RefObject, useEffect, useRef } from "react";
import type { Range } from "@/lib/domain/text/offsets";
import type { Annotator } from "../annotator";
import type { Selection } from "../text-cursor";
import type { ShownText } from "./document-view";
import { selectedRange } from "./dom-offsets";

/** The handles of a selection have come to rest. */
const AT_REST_MS = 300;

/**
 * Words chosen by finger. A long press ends in no lifted pointer and dragging the handles in no pointer
 * at all, so the page's own selection is followed; it stays for as long as the words are chosen, so
 * that its handles can be moved again.
 */
export function useTouchSelection({
  annotator,
  selection,
  shown,
  rootRef,
}: {
  annotator: Annotator;
  selection: Selection;
  shown: ShownText;
  rootRef: RefObject<HTMLElement | null>;
}): void {
  const followed = useRef<Range | null>(null);
  useEffect(() => {
    if (selection.kind === "words" || followed.current === null) return;
    followed.current = null;
    document.getSelection()?.removeAllRanges();
  }, [selection]);
  useEffect(() => {
    let isTouch = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => {
      if (rootRef.current === null) return;
      const range = selectedRange(rootRef.current, shown);
      if (range !== null) {
        followed.current = range;
        annotator.selectWords(range);
      } else if (followed.current !== null) {
        followed.current = null;
        annotator.clear();
      }
    };
    const onPointerDown = (event: PointerEvent) => {
      isTouch = event.pointerType === "touch";
    };
    const onSelectionChange = () => {
      clearTimeout(timer);
      if (isTouch) timer = setTimeout(follow, AT_REST_MS);
    };
    document.addEventListener("pointerdown", onPointerDown, true);
    document.addEventListener("selectionchange", onSelectionChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", onPointerDown, true);
      document.removeEventListener("selectionchange", onSelectionChange);
    };
  }, [annotator, shown, rootRef]);
}
