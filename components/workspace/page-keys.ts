import { useEffect, useRef } from "react";
import type { Keymap } from "@/lib/domain/keyboard/keymap";
import { strokesOf } from "@/lib/domain/keyboard/strokes";
import type { Annotator } from "./annotator";
import type { AnnotationSession } from "./session/annotation-session";

type PageActions = {
  annotator: Annotator;
  session: AnnotationSession;
  keymap: Keymap;
  submit: () => void;
  goNext: () => void;
  showKeys: () => void;
  showGuidelines: () => void;
};

/** Keys that work wherever the focus is, but in fields and dialogs. */
export function usePageKeys(actions: PageActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      latest.current.session.touch(Date.now());
      if (event.defaultPrevented || event.isComposing) return;
      if (handlePageKey(event, latest.current)) event.preventDefault();
    };
    const onPointer = () => latest.current.session.touch(Date.now());
    window.addEventListener("keydown", onKey);
    window.addEventListener("pointerdown", onPointer);
    window.addEventListener("wheel", onPointer, { passive: true });
    return () => {
      window.removeEventListener("keydown", onKey);
      window.removeEventListener("pointerdown", onPointer);
      window.removeEventListener("wheel", onPointer);
    };
  }, []);
}

/** Does what the key says; answers whether it said anything. */
function handlePageKey(event: KeyboardEvent, actions: PageActions): boolean {
  const { target } = event;
  if (target instanceof Element && target.closest("[role=dialog]") !== null) return false;
  const isField = target instanceof Element && target.matches("input, textarea, select");
  const command = strokesOf(event)
    .map((stroke) => actions.keymap.commandAt.get(stroke))
    .find((each) => each !== undefined);
  switch (command) {
    case "submit":
      actions.submit();
      return true;
    case "next_document":
      actions.goNext();
      return true;
  }
  if (isField) return false;
  switch (command) {
    case "undo":
      void actions.annotator.undo();
      return true;
    case "redo":
      void actions.annotator.redo();
      return true;
    case "show_keys":
      actions.showKeys();
      return true;
    case "show_guidelines":
      actions.showGuidelines();
      return true;
    default:
      return false;
  }
}
