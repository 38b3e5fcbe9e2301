"use client";
import { useRouter } from "next/navigation";
import {
  type Dispatch,
  type SetStateAction,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { findGaps, type Gap } from "@/lib/domain/annotation/completeness";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { hull, spansInOrder, stateFromData } from "@/lib/domain/annotation/state";
import { labelKeys } from "@/lib/domain/codebook/label-keys";
import type { Codebook } from "@/lib/domain/codebook/language";
import { labelLooks, lookKey } from "@/lib/domain/codebook/looks";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import type { Reading } from "@/lib/domain/reading";
import type { Result } from "@/lib/domain/result";
import { unitAt } from "@/lib/domain/text/movement";
import { codePoint } from "@/lib/domain/text/offsets";
import type { OpenAssignment } from "@/lib/services/workspace";
import { Annotator } from "./annotator";
import { ArticleArea, focusPanel, type WorkspaceParts } from "./article-area";
import { LateDialogs } from "./late-dialogs";
import { markableTables } from "./markable-tables";
import { SidePanel } from "./panels/side-panel";
import { SubmitBar } from "./panels/submit-bar";
import { WorkspaceBar } from "./panels/workspace-bar";
import { ReadingMenu } from "./reading/reading-menu";
import { type KeepReading, readingMarks, useReading } from "./reading/use-reading";
import { AnnotationSession } from "./session/annotation-session";
import type { SaveState } from "./session/outbox";
import { showText } from "./text/document-view";
import { scrollToPlace } from "./text/text-view";
import type { OpenDialog } from "./workspace-dialogs";

/** One assignment as it is stored, whose it is, and how to set it aside. */
export type WorkspaceProps = OpenAssignment & {
  email: string;
  reading: Partial<Reading> | undefined;
  keepReading: KeepReading;
  skip: (input: { assignmentId: string; reason: string }) => Promise<Result<unknown>>;
};

/** The annotator's page: the article, what can be said of it, and where the work is kept. */
export function Workspace(props: WorkspaceProps) {
  const parts = useWorkspaceParts(props);
  const { session, annotator, codebook, looks, shown, tables, keys } = parts;
  const { annotations, saveState, canUndo, canRedo, submission } = useSyncExternalStore(
    session.subscribe,
    session.getView,
    session.getView,
  );
  const view = useSyncExternalStore(annotator.subscribe, annotator.getView, annotator.getView);
  const router = useRouter();
  const textRef = useRef<HTMLDivElement>(null);
  const [dialog, setDialog] = useState<OpenDialog>("none");
  const [gaps, setGaps] = useState<Gap[]>([]);
  const isDisabled = submission !== "open";
  const { reading, changeReading } = useReading(props.reading, props.keepReading);
  const hasRelations = codebook.layersAt("relation").length > 0;

  useEffect(() => session.start(), [session]);
  useSignInDialog(saveState.kind, setDialog);

  const spans = useMemo(() => spansInOrder(annotations), [annotations]);
  const selected =
    view.selection.kind === "span" ? annotations.spans.get(view.selection.spanId) : undefined;

  const goTo = (spanId: string) => {
    annotator.selectSpan(spanId);
    const span = annotations.spans.get(spanId);
    if (span && textRef.current) scrollToPlace(hull(span), textRef.current, shown, tables);
  };
  const submit = () => {
    const open = findGaps(annotations, parts.context);
    setGaps(open);
    if (open.length === 0) session.submit();
    else annotator.tell(`Not submitted: ${open[0]?.message ?? ""}`);
  };
  const next = props.waiting[0];
  usePageKeys({
    annotator,
    session,
    submit: () => {
      if (!isDisabled) submit();
    },
    goNext: () => {
      if (next !== undefined) router.push(`/assignments/${next.assignmentId}`);
    },
    showKeys: () => setDialog("keys"),
  });
  const close = useCallback(() => setDialog("none"), []);

  return (
    <div className="flex min-h-dvh flex-col">
      <WorkspaceBar
        title={props.document.title}
        projectId={props.projectId}
        projectName={props.projectName}
        saveState={saveState}
        canUndo={canUndo && !isDisabled}
        canRedo={canRedo && !isDisabled}
        onUndo={() => void annotator.undo()}
        onRedo={() => void annotator.redo()}
        onRetry={() => session.retry()}
        onDiscard={() => void session.discardRefused()}
        onKeys={() => setDialog("keys")}
        onGuidelines={() => setDialog("guidelines")}
      >
        <ReadingMenu reading={reading} hasRelations={hasRelations} onChange={changeReading} />
      </WorkspaceBar>
      <div
        {...readingMarks(reading, hasRelations)}
        className="reading mx-auto grid w-full flex-1 gap-x-8 px-4 lg:grid-cols-[minmax(0,1fr)_22rem]"
      >
        <main className="min-w-0 pb-40 pt-5 lg:pb-16">
          <div className="reading-column mx-auto">
            <SourceLine document={props.document} />
            <ArticleArea
              parts={parts}
              annotations={annotations}
              view={view}
              reading={reading}
              isDisabled={isDisabled}
              language={props.document.language}
              textRef={textRef}
              onOccurrences={() => setDialog("occurrences")}
            />
          </div>
        </main>
        <SidePanel
          codebook={codebook}
          looks={looks}
          keys={keys}
          annotations={annotations}
          spans={spans}
          selected={selected}
          overlapping={selected === undefined ? [] : annotator.spansOver(hull(selected))}
          units={{
            sentence: unitAt(tables, view.cursor, "sentence"),
            block: unitAt(tables, view.cursor, "block"),
            document: { start: codePoint(0), end: shown.index.length },
          }}
          view={view}
          isDisabled={isDisabled}
          annotator={annotator}
          sticky={view.sticky}
          onGoTo={goTo}
          onOccurrences={() => setDialog("occurrences")}
          onBackToText={() => textRef.current?.focus()}
        />
      </div>
      <SubmitBar
        notice={view.notice}
        submission={props.state === "skipped" ? "skipped" : submission}
        isWithdrawn={props.isWithdrawn}
        gaps={gaps}
        spanCount={spans.length}
        next={next}
        projectId={props.projectId}
        onSubmit={submit}
        onSkip={() => setDialog("skip")}
        onGap={(gap) => {
          if (gap.at === "span") {
            goTo(gap.spanId);
            requestAnimationFrame(() => focusPanel("#span-editor input"));
            return;
          }
          if (gap.at === "unit") {
            annotator.placeCursor(gap.place.start);
            if (textRef.current) scrollToPlace(gap.place, textRef.current, shown, tables);
          }
          requestAnimationFrame(() => focusPanel(`#layer-${CSS.escape(gap.layer)} input`));
        }}
      />
      <LateDialogs
        open={dialog}
        codebook={props.codebook}
        instructions={props.round.instructions}
        email={props.email}
        parts={parts}
        selected={selected}
        onClose={close}
        onSignedIn={() => {
          close();
          session.retry();
        }}
        onSkip={async (reason) => {
          const skipped = await props.skip({ assignmentId: props.assignmentId, reason });
          if (!skipped.ok) return skipped.failure.message;
          router.push(next ? `/assignments/${next.assignmentId}` : "/");
          return null;
        }}
      />
    </div>
  );
}

/** Asks for the password where the session has ended, until the work is saved, here or by another tab. */
function useSignInDialog(
  kind: SaveState["kind"],
  setDialog: Dispatch<SetStateAction<OpenDialog>>,
): void {
  useEffect(() => {
    if (kind === "signed_out") setDialog("sign_in");
    if (kind === "saved") setDialog((open) => (open === "sign_in" ? "none" : open));
  }, [kind, setDialog]);
}

/** All that stays the same while the page is open. */
function useWorkspaceParts(props: WorkspaceProps): WorkspaceParts {
  const [parts] = useState(() => {
    const codebook = indexCodebook(props.codebook);
    const context = makeEditContext(props.document, codebook);
    const shown = showText(props.document);
    const tables = markableTables(props.document);
    const session = new AnnotationSession({
      userId: props.userId,
      assignmentId: props.assignmentId,
      textSha256: props.document.textSha256,
      revision: props.revision,
      annotations: stateFromData(props.annotations),
      isClosed: props.state === "submitted" || props.state === "skipped",
      context,
    });
    const keys = labelKeys(props.codebook);
    return {
      context,
      codebook,
      shown,
      tables,
      session,
      keys,
      looks: labelLooks(props.codebook),
      annotator: new Annotator(session, codebook, shown.index, tables),
      labelsByKey: invertKeys(props.codebook, keys),
    };
  });
  return parts;
}

function invertKeys(codebook: Codebook, keys: ReadonlyMap<string, string>) {
  const choices = codebook.layers.flatMap((layer) =>
    layer.labels.map((label) => ({ layer: layer.key, label: label.key })),
  );
  return new Map(
    choices.flatMap((choice) => {
      const key = keys.get(lookKey(choice.layer, choice.label));
      return key === undefined ? [] : [[key, choice] as const];
    }),
  );
}

function SourceLine({ document }: { document: WorkspaceProps["document"] }) {
  const facts = [document.outlet, document.publishedOn].filter((fact) => fact !== null);
  return (
    <p className="mb-1 text-[13px] text-ink-soft">
      {facts.join(" · ")}
      <span id="text-hint" className="sr-only">
        Move with the arrow keys, choose words with Shift, give a label with its key. Question mark
        shows all keys.
      </span>
    </p>
  );
}

/** Keys that work wherever the focus is, but in fields. */
function usePageKeys(actions: {
  annotator: Annotator;
  session: AnnotationSession;
  submit: () => void;
  goNext: () => void;
  showKeys: () => void;
}): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      latest.current.session.touch(Date.now());
      if (event.defaultPrevented) return;
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

function handlePageKey(
  event: KeyboardEvent,
  { annotator, submit, goNext, showKeys }: Parameters<typeof usePageKeys>[0],
): boolean {
  const isControl = event.ctrlKey || event.metaKey;
  const isField =
    event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
  if (isControl && event.key === "Enter") submit();
  else if (event.altKey && event.key === "PageDown") goNext();
  else if (isField) return false;
  else if (event.key === "?") showKeys();
  else if (isControl && event.key.toLowerCase() === "z") {
    void (event.shiftKey ? annotator.redo() : annotator.undo());
  } else return false;
  return true;
}
