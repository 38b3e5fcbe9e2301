"use client";
import { useRouter } from "next/navigation";
import {
  type Dispatch,
  type RefObject,
  type SetStateAction,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useEntityChoices } from "@/components/ui/entity-choices";
import { findGaps, type Gap } from "@/lib/domain/annotation/completeness";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { hull, spansInOrder, stateFromData } from "@/lib/domain/annotation/state";
import { labelLooks } from "@/lib/domain/codebook/looks";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { ariaKeysOf, type KeySettings } from "@/lib/domain/keyboard/keymap";
import type { Reading } from "@/lib/domain/reading";
import type { Result } from "@/lib/domain/result";
import { unitAt } from "@/lib/domain/text/movement";
import { codePoint } from "@/lib/domain/text/offsets";
import type { OpenAssignment } from "@/lib/services/workspace";
import { Annotator } from "./annotator";
import { ArticleArea, focusPanel, type WorkspaceParts } from "./article-area";
import { BeforeText } from "./before-text";
import { LateDialogs } from "./late-dialogs";
import { markableTables } from "./markable-tables";
import { usePageKeys } from "./page-keys";
import { AfterText } from "./panels/after-text";
import { OutdatedNotice } from "./panels/outdated-notice";
import { SidePanel } from "./panels/side-panel";
import { SubmitBar } from "./panels/submit-bar";
import { WorkspaceBar } from "./panels/workspace-bar";
import { ReadingMenu } from "./reading/reading-menu";
import { type KeepReading, readingMarks, useReading } from "./reading/use-reading";
import { asksBeforeReading } from "./reading-step";
import { AnnotationSession } from "./session/annotation-session";
import type { SaveState } from "./session/outbox";
import { showText } from "./text/document-view";
import { scrollToPlace } from "./text/text-view";
import type { OpenDialog } from "./workspace-dialogs";
import { type SaveKeys, useKeys } from "./workspace-keys";

/** One assignment as it is stored, whose it is, and how to set it aside. */
export type WorkspaceProps = OpenAssignment & {
  email: string;
  reading: Partial<Reading> | undefined;
  keepReading: KeepReading;
  /** Where the person's keys differ from those shipped, and where they are kept. */
  keySettings: KeySettings;
  saveKeys: SaveKeys;
  skip: (input: { assignmentId: string; reason: string }) => Promise<Result<unknown>>;
};

/** The annotator's page: the article, what can be said of it, and where the work is kept. */
export function Workspace(props: WorkspaceProps) {
  const parts = useWorkspaceParts(props);
  const { session, annotator, codebook, looks, shown, tables } = parts;
  const { annotations, saveState, canUndo, canRedo, submission, outdated } = useSyncExternalStore(
    session.subscribe,
    session.getView,
    session.getView,
  );
  const view = useSyncExternalStore(annotator.subscribe, annotator.getView, annotator.getView);
  const router = useRouter();
  const textRef = useRef<HTMLDivElement>(null);
  const [dialog, setDialog] = useState<OpenDialog>("none");
  const isDisabled = submission !== "open";
  const [isAsked, setAsked] = useFirstQuestions(parts, isDisabled);
  const { reading, changeReading } = useReading(props.reading, props.keepReading);
  const hasRelations = codebook.layersAt("relation").length > 0;
  const { keys, settings: keySettings, change: changeKeys } = useKeys(props, annotator);

  useEffect(() => session.start(), [session]);
  useSignInDialog(saveState.kind, setDialog);
  useOtherWork(props.userId, props.assignmentId);

  const spans = useMemo(() => spansInOrder(annotations), [annotations]);
  const selected =
    view.selection.kind === "span" ? annotations.spans.get(view.selection.spanId) : undefined;

  const goTo = (spanId: string) => {
    annotator.selectSpan(spanId);
    const span = annotations.spans.get(spanId);
    if (span && textRef.current) scrollToPlace(hull(span), textRef.current, shown, tables);
  };
  const { gaps, submit, goToGap } = useSubmission(parts, { textRef, goTo });
  const next = props.waiting[0];
  usePageKeys({
    annotator,
    session,
    submit: () => (isDisabled ? undefined : submit()),
    goNext: () => next && router.push(`/assignments/${next.assignmentId}`),
    showKeys: () => setDialog("keys"),
    showGuidelines: () => setDialog("guidelines"),
    keymap: keys.keymap,
  });
  const skip = async (reason: string) => {
    const skipped = await props.skip({ assignmentId: props.assignmentId, reason });
    if (!skipped.ok) return skipped.failure.message;
    router.push(next ? `/assignments/${next.assignmentId}` : "/");
    return null;
  };
  const close = useCallback(() => setDialog("none"), []);

  return (
    <div className="flex min-h-dvh flex-col">
      <AfterText>
        <WorkspaceBar
          title={props.document.title}
          projectId={props.projectId}
          projectName={props.projectName}
          saveState={saveState}
          keymap={keys.keymap}
          canUndo={canUndo && !isDisabled}
          canRedo={canRedo && !isDisabled}
          onUndo={() => void annotator.undo()}
          onRedo={() => void annotator.redo()}
          onRetry={() => session.retry()}
          onDiscard={() => void session.discardRefused()}
          onCopy={() => void import("./save-copy").then(({ saveCopy }) => saveCopy(props.userId))}
          onKeys={() => setDialog("keys")}
          onGuidelines={() => setDialog("guidelines")}
        >
          <ReadingMenu reading={reading} hasRelations={hasRelations} onChange={changeReading} />
        </WorkspaceBar>
      </AfterText>
      <OutdatedNotice what={outdated} />
      <div
        {...readingMarks(reading, hasRelations)}
        className="reading mx-auto grid w-full flex-1 gap-x-8 px-4 lg:grid-cols-[minmax(0,1fr)_22rem]"
      >
        <main className="min-w-0 pb-40 pt-5 lg:pb-16">
          <div className="reading-column mx-auto">
            <BeforeText {...{ parts, annotations, isAsked }} onRead={() => setAsked(false)}>
              <SourceLine document={props.document} />
              <ArticleArea
                parts={parts}
                keys={keys}
                annotations={annotations}
                view={view}
                reading={reading}
                isDisabled={isDisabled}
                language={props.document.language}
                textRef={textRef}
                onDialog={setDialog}
              />
            </BeforeText>
          </div>
        </main>
        {isAsked ? null : (
          <AfterText>
            <SidePanel
              codebook={codebook}
              looks={looks}
              keys={keys}
              annotations={annotations}
              spans={spans}
              selected={selected}
              overlapping={selected === undefined ? [] : annotator.spansOver(hull(selected))}
              units={unitsAt(parts, view.cursor)}
              view={view}
              isDisabled={isDisabled}
              annotator={annotator}
              onGoTo={goTo}
              onOccurrences={() => setDialog("occurrences")}
              onByText={() => setDialog("by_text")}
              onBackToText={() => textRef.current?.focus()}
            />
          </AfterText>
        )}
      </div>
      <SubmitBar
        notice={view.notice}
        submission={props.state === "skipped" ? "skipped" : submission}
        isWithdrawn={props.isWithdrawn}
        gaps={gaps}
        spanCount={spans.length}
        next={next}
        assignment={props}
        submitKeys={ariaKeysOf(keys.keymap, "submit")}
        onSubmit={submit}
        onSkip={() => setDialog("skip")}
        onGap={goToGap}
      />
      <LateDialogs
        open={dialog}
        codebook={props.codebook}
        instructions={props.round.instructions}
        email={props.email}
        parts={parts}
        annotations={annotations}
        selected={selected}
        keys={keys}
        keySettings={keySettings}
        onKeySettings={changeKeys}
        onClose={close}
        onSignedIn={() => session.retry()}
        onSkip={skip}
      />
    </div>
  );
}

/** Whether questions stand in the place of the text, as it was when the page came. */
function useFirstQuestions({ codebook, session }: WorkspaceParts, isDisabled: boolean) {
  return useState(() => !isDisabled && asksBeforeReading(codebook, session.getView().annotations));
}

/** The sentence, block and document at the cursor, which is the number of a token. */
function unitsAt({ shown, tables }: WorkspaceParts, cursor: number) {
  return {
    sentence: unitAt(tables, cursor, "sentence"),
    block: unitAt(tables, cursor, "block"),
    document: { start: codePoint(0), end: shown.index.length },
  };
}

/** Handing in, with what stands against it and the ways there. */
function useSubmission(
  { session, annotator, context, shown, tables }: WorkspaceParts,
  page: { textRef: RefObject<HTMLDivElement | null>; goTo: (spanId: string) => void },
) {
  const [gaps, setGaps] = useState<Gap[]>([]);
  const submit = () => {
    const open = findGaps(session.getView().annotations, context);
    setGaps(open);
    if (open.length === 0) session.submit();
    else annotator.tell(`Not submitted: ${open[0]?.message ?? ""}`);
  };
  const goToGap = (gap: Gap) => {
    if (gap.at === "span") {
      page.goTo(gap.spanId);
      requestAnimationFrame(() => focusPanel("#span-editor input"));
      return;
    }
    if (gap.at === "unit") {
      annotator.placeCursor(gap.place.start);
      const text = page.textRef.current;
      if (text) scrollToPlace(gap.place, text, shown, tables);
    }
    requestAnimationFrame(() => focusPanel(`#layer-${CSS.escape(gap.layer)} input`));
  };
  return { gaps, submit, goToGap };
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

/** Time for the page to get ready first. */
const READY_MS = 1500;

/** Sends what waits in this browser of the person's other documents. */
function useOtherWork(userId: string, assignmentId: string): void {
  useEffect(() => {
    let stop = () => {};
    let isOver = false;
    const timer = setTimeout(async () => {
      // Without the network there is nothing to send to either; the next page tries again.
      const loaded = await import("./session/waiting-work").catch(() => null);
      if (!isOver && loaded !== null) stop = new loaded.WaitingWork(userId, assignmentId).start();
    }, READY_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop();
    };
  }, [userId, assignmentId]);
}

/** All that stays the same while the page is open. */
function useWorkspaceParts(props: WorkspaceProps): WorkspaceParts {
  const choices = useEntityChoices();
  const [parts] = useState(() => {
    const codebook = indexCodebook(props.codebook);
    const asked = choices.filter(({ isRemoved }) => !isRemoved).map(({ key }) => key);
    const context = { ...makeEditContext(props.document, codebook), asked };
    const shown = showText(props.document);
    const tables = markableTables(props.document);
    const session = new AnnotationSession({
      userId: props.userId,
      assignmentId: props.assignmentId,
      textSha256: props.document.textSha256,
      title: props.document.title,
      revision: props.revision,
      annotations: stateFromData(props.annotations),
      isClosed: props.state === "submitted" || props.state === "skipped",
      context,
    });
    return {
      context,
      codebook,
      shown,
      tables,
      session,
      looks: labelLooks(props.codebook),
      annotator: new Annotator(session, codebook, shown.index, tables),
    };
  });
  return parts;
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
