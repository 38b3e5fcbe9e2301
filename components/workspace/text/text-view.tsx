"use client";
import {
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import type { AnnotationState, Span } from "@/lib/domain/annotation/state";
import { rangeAt, type Tables, tokenIndexAt } from "@/lib/domain/text/movement";
import type { Annotator } from "../annotator";
import type { AnnotatorView } from "../text-cursor";
import { BlockView, type Looks } from "./block-view";
import { type ShownText, spansByBlock, unitLabelsByBlock } from "./document-view";
import { domRanges, offsetAt, selectedRange } from "./dom-offsets";
import { paint } from "./highlights";
import { listedSpans, onListedSpans } from "./listed-spans";
import { handleTextKey, type LeadingCommand, type TextKeys, type WorkspaceKeys } from "./text-keys";
import { useAdjustmentHint } from "./use-adjustment-hint";
import { useDrawnBlocks } from "./use-drawn-blocks";
import { useTouchSelection } from "./use-touch-selection";

/** The article: read-only words that are marked with pointer and keyboard alike. */
export function TextView({
  shown,
  tables,
  annotations,
  looks,
  view,
  annotator,
  keys,
  language,
  rootRef,
  onCommand,
}: {
  shown: ShownText;
  tables: Tables;
  annotations: AnnotationState;
  looks: Looks;
  view: AnnotatorView;
  annotator: Annotator;
  keys: WorkspaceKeys;
  language: string;
  rootRef: RefObject<HTMLDivElement | null>;
  /** A key leads out of the text. */
  onCommand: (command: LeadingCommand) => void;
}) {
  const listsRef = useRef<ReturnType<typeof spansByBlock> | null>(null);
  const lists = useMemo(
    () => spansByBlock(annotations.spans.values(), shown.blocks, listsRef.current),
    [annotations.spans, shown.blocks],
  );
  useEffect(() => {
    listsRef.current = lists;
  }, [lists]);
  const { placed, drawn } = useDrawnBlocks(shown.blocks);
  const unitLabels = useMemo(
    () => unitLabelsByBlock(annotations.unitLabels.values(), shown.blocks),
    [annotations.unitLabels, shown.blocks],
  );
  const selectedId = view.selection.kind === "span" ? view.selection.spanId : null;
  const listed = useSyncExternalStore(onListedSpans, listedSpans, listedSpans);
  usePaintedCursor({ shown, tables, view, rootRef });
  useAdjustmentHint(view.adjustment, shown, rootRef);
  useTouchSelection({ annotator, selection: view.selection, shown, rootRef });

  const textKeys: TextKeys = {
    ...keys,
    annotator,
    verticalToken: (by) => verticalToken(by, view.cursor, { shown, tables, rootRef }),
    onCommand,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of words, not of form fields
    <div
      ref={rootRef}
      role="group"
      aria-roledescription="annotatable text"
      aria-label="Article"
      aria-describedby="text-hint"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the text is worked on by keyboard
      tabIndex={0}
      lang={language}
      className="article"
      onKeyDown={(event) => {
        if (handleTextKey(event, textKeys)) event.preventDefault();
      }}
      onPointerUp={(event) => {
        if (rootRef.current === null || event.button !== 0) return;
        // A finger's words are taken when its selection has come to rest.
        if (event.pointerType === "touch" && selectedRange(rootRef.current, shown) !== null) return;
        takePointer(event.target, rootRef.current, shown, annotator);
      }}
    >
      {shown.blocks.slice(0, placed).map((block) => (
        <BlockView
          key={block.position}
          block={block}
          index={shown.index}
          spans={lists[block.position] ?? []}
          unitLabels={unitLabels.get(block.position)}
          unlisted={unlistedOf(lists[block.position], listed)}
          isLater={block.position >= drawn}
          looks={looks}
          selectedId={
            selectedId !== null && lists[block.position]?.some((span) => span.id === selectedId)
              ? selectedId
              : null
          }
        />
      ))}
    </div>
  );
}

/** What was found for the spans of a block, whose list stays the same object while they do. */
const knownUnlisted = new WeakMap<
  readonly Span[],
  { listed: ReadonlySet<string>; unlisted: string }
>();

/** Ids of the spans that have no entry in the page; as a string, which stays the same where they do. */
function unlistedOf(
  spans: readonly Span[] | undefined,
  listed: ReadonlySet<string> | null,
): string {
  if (listed === null || spans === undefined) return "";
  // The text is drawn with every key: thousands of ids need not be looked up each time.
  const known = knownUnlisted.get(spans);
  if (known?.listed === listed) return known.unlisted;
  const unlisted = spans.flatMap(({ id }) => (listed.has(id) ? [] : [id])).join(" ");
  knownUnlisted.set(spans, { listed, unlisted });
  return unlisted;
}

/** A drag selects words, a click on a mark selects its span, a click elsewhere places the cursor. */
function takePointer(
  target: EventTarget,
  root: HTMLElement,
  shown: ShownText,
  annotator: Annotator,
): void {
  const range = selectedRange(root, shown);
  if (range !== null) {
    annotator.selectWords(range);
    document.getSelection()?.removeAllRanges();
    return;
  }
  const mark = target instanceof Element ? target.closest("[data-spans]") : null;
  if (mark instanceof HTMLElement && mark.dataset.spans !== undefined) {
    return annotator.cycle(mark.dataset.spans.split(" "));
  }
  const caret = document.getSelection();
  const at =
    caret?.anchorNode && root.contains(caret.anchorNode)
      ? offsetAt(caret.anchorNode, caret.anchorOffset, shown)
      : null;
  if (at === null) annotator.clear();
  else annotator.placeCursor(at);
}

type Place = { shown: ShownText; tables: Tables; rootRef: RefObject<HTMLElement | null> };

/** Paints cursor and pending words, and keeps them in sight. */
function usePaintedCursor({ shown, tables, view, rootRef }: Place & { view: AnnotatorView }): void {
  const { cursor, selection } = view;
  useLayoutEffect(() => {
    const root = rootRef.current;
    if (root === null) return;
    const word = rangeAt(tables.tokens, cursor);
    const cursorRanges = word === null ? [] : domRanges(word, root, shown);
    paint("cursor", selection.kind === "none" ? cursorRanges : []);
    paint("pending", selection.kind === "words" ? domRanges(selection.range, root, shown) : []);
    if (document.activeElement === root) keepInSight(cursorRanges[0]);
  }, [cursor, selection, shown, tables, rootRef]);
  useEffect(
    () => () => {
      paint("cursor", []);
      paint("pending", []);
    },
    [],
  );
}

const MARGIN = 90;

function keepInSight(range: Range | undefined): void {
  const box = range?.getBoundingClientRect();
  if (box === undefined) return;
  if (box.top < MARGIN) window.scrollBy({ top: box.top - MARGIN });
  else if (box.bottom > window.innerHeight - MARGIN) {
    window.scrollBy({ top: box.bottom - window.innerHeight + MARGIN });
  }
}

/** The token nearest in the line above or below, or at the edge of the line. */
function verticalToken(
  by: 1 | -1 | "line_start" | "line_end",
  cursor: number,
  { shown, tables, rootRef }: Place,
): number | null {
  const root = rootRef.current;
  const boxOf = (token: number): DOMRect | null => {
    const word = rangeAt(tables.tokens, token);
    if (root === null || word === null) return null;
    return domRanges(word, root, shown)[0]?.getBoundingClientRect() ?? null;
  };
  const here = boxOf(cursor);
  if (here === null) return null;
  const step = by === 1 || by === "line_end" ? 1 : -1;
  const isOnLine = (box: DOMRect) => Math.abs(box.top - here.top) < here.height / 2;
  let at = cursor;
  let box = boxOf(at + step);
  while (box !== null && isOnLine(box)) {
    at += step;
    box = boxOf(at + step);
  }
  if (by === "line_start" || by === "line_end") return at;
  if (box === null) return null;
  return nearestOnLine(at + step, step, here, boxOf);
}

/** Walks along a line from its first token reached to the one whose middle is nearest. */
function nearestOnLine(
  from: number,
  step: number,
  here: DOMRect,
  boxOf: (token: number) => DOMRect | null,
): number {
  const middle = (box: DOMRect) => (box.left + box.right) / 2;
  const line = boxOf(from);
  let best = from;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let at = from; ; at += step) {
    const box = boxOf(at);
    if (box === null || line === null || Math.abs(box.top - line.top) > line.height / 2) break;
    const distance = Math.abs(middle(box) - middle(here));
    if (distance > bestDistance) break;
    best = at;
    bestDistance = distance;
  }
  return best;
}

/** Brings a place of the text into view. */
export function scrollToPlace(
  at: { start: number; end: number },
  root: HTMLElement,
  shown: ShownText,
  tables: Tables,
): void {
  const token = rangeAt(tables.tokens, tokenIndexAt(tables.tokens, at.start as never));
  const range = token === null ? undefined : domRanges(token, root, shown)[0];
  const box = range?.getBoundingClientRect();
  if (box === undefined) return;
  if (box.top < MARGIN || box.bottom > window.innerHeight - MARGIN) {
    window.scrollBy({ top: box.top - window.innerHeight / 3 });
  }
}
