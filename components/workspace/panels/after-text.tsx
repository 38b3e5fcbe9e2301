"use client";
import {
  type ReactNode,
  startTransition,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";

/** Frames come late or not at all in a page that is not looked at. */
const AT_LATEST_MS = 100;

/** What draws each of them at once. */
const waiting = new Set<() => void>();

/**
 * Draws what stands beside the text one step after it: what a key or the pointer did is painted in the
 * text first, and the panels, whose drawing takes longer, follow in the next moment. What is done in the
 * panels themselves is drawn at once: a box that was ticked must not jump back meanwhile.
 */
export function AfterText({ children }: { children: ReactNode }): ReactNode {
  const [drawn, setDrawn] = useState(children);
  const latest = useRef(children);
  const callOff = useRef<(() => void) | null>(null);
  const isHere = useRef(false);
  useLayoutEffect(() => {
    latest.current = children;
    if (isHere.current && children !== drawn) setDrawn(children);
  });
  useEffect(() => {
    if (children === drawn || callOff.current !== null) return;
    // One that waits already takes the latest, so that a held key does not put it off for ever.
    callOff.current = afterPaint(() => {
      callOff.current = null;
      startTransition(() => setDrawn(latest.current));
    });
  });
  useEffect(() => {
    const draw = () => flushSync(() => setDrawn(latest.current));
    waiting.add(draw);
    return () => {
      waiting.delete(draw);
      callOff.current?.();
      callOff.current = null;
    };
  }, []);
  const noteAct = () => {
    isHere.current = true;
    setTimeout(() => {
      isHere.current = false;
    });
  };
  return (
    <div
      className="contents"
      onClickCapture={noteAct}
      onChangeCapture={noteAct}
      onKeyDownCapture={noteAct}
    >
      {drawn}
    </div>
  );
}

/** Draws the panels as they are now, for a key that leads into them. */
export function drawPanels(): void {
  for (const draw of waiting) draw();
}

/** Acts once the next frame has been painted; answers how to call it off. */
function afterPaint(act: () => void): () => void {
  let inFrame: ReturnType<typeof setTimeout> | undefined;
  const late = setTimeout(run, AT_LATEST_MS);
  const frame = requestAnimationFrame(() => {
    inFrame = setTimeout(run);
  });
  function stop() {
    clearTimeout(late);
    clearTimeout(inFrame);
    cancelAnimationFrame(frame);
  }
  function run() {
    stop();
    act();
  }
  return stop;
}
