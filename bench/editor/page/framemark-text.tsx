/** Framemark's text view alone, which is what Recogito's annotator is. */
import "@/app/globals.css";
import "@/app/workspace.css";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { TextView } from "@/components/workspace/text/text-view";
import { framemarkEditor } from "./framemark-editor";
import { makeParts } from "./framemark-parts";
import { measure } from "./harness";

type Parts = ReturnType<typeof makeParts>;

function Page({ parts }: { parts: Parts }) {
  const { session, annotator } = parts;
  const { annotations } = useSyncExternalStore(session.subscribe, session.getView);
  const view = useSyncExternalStore(annotator.subscribe, annotator.getView);
  const textRef = useRef<HTMLDivElement>(null);
  useEffect(() => session.start(), [session]);
  return (
    <main className="mx-auto max-w-[44rem] px-4">
      <TextView
        shown={parts.shown}
        tables={parts.tables}
        annotations={annotations}
        looks={parts.looks}
        view={view}
        annotator={annotator}
        keys={parts.keys}
        language="en"
        rootRef={textRef}
        onCommand={() => {}}
      />
    </main>
  );
}

measure(
  framemarkEditor((article, root) => {
    const parts = makeParts(article);
    createRoot(root).render(<Page parts={parts} />);
    return () => parts;
  }),
);
