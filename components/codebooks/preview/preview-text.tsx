"use client";
import clsx from "clsx";
import { type KeyboardEvent, useRef } from "react";
import { cutSegments, depthOf, type Segment } from "@/lib/domain/annotation/lanes";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import { codePoint, indexText, type Range, utf16 } from "@/lib/domain/text/offsets";
import { SAMPLE } from "./sample-article";
import type { Preview } from "./use-preview";

const INDEX = indexText(SAMPLE.text);

const ROLES: Record<string, string> = {
  headline: "font-semibold text-[1.3em] leading-snug!",
  quote: "border-s-2 border-line-strong ps-3",
};

/** The sample article: select words by mouse or arrows, and give a label by its key. */
export function PreviewText({
  preview,
  looks,
  keys,
}: {
  preview: Preview;
  looks: ReadonlyMap<string, LabelLook>;
  keys: ReadonlyMap<string, string>;
}) {
  const root = useRef<HTMLDivElement>(null);
  const byKey = new Map([...keys].map(([id, key]) => [key, id]));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const wanted = byKey.get(event.key);
    if (event.key === "ArrowRight") preview.step("next_token", event.shiftKey);
    else if (event.key === "ArrowLeft") preview.step("previous_token", event.shiftKey);
    else if (event.key === "Delete" || event.key === "Backspace") preview.removeSpan();
    else if (event.key === "Escape") preview.clear();
    else if (wanted !== undefined) {
      const [layer = "", label = ""] = wanted.split("/");
      preview.label(layer, label);
    } else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of words that keys move in, as in the workspace
    <div
      ref={root}
      role="group"
      aria-roledescription="sample article"
      aria-label="Sample article"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: words are selected with arrow keys here
      tabIndex={0}
      onKeyDown={onKeyDown}
      onMouseUp={() => {
        const range = root.current === null ? null : selectedRange(root.current);
        if (range === null) return;
        preview.selectRange(range);
        document.getSelection()?.removeAllRanges();
      }}
      className="rounded-md border border-line bg-surface px-3 py-2 font-serif text-[15px] leading-8 -outline-offset-2"
    >
      {SAMPLE.blocks.map((block, position) => (
        <PreviewBlock
          key={block.start}
          {...{ block, position, preview, looks }}
          className={ROLES[block.role]}
        />
      ))}
    </div>
  );
}

function PreviewBlock({
  block,
  position,
  preview,
  looks,
  className,
}: {
  block: Range;
  position: number;
  preview: Preview;
  looks: ReadonlyMap<string, LabelLook>;
  className: string | undefined;
}) {
  const { words, state, span } = preview;
  const edges = words === null ? [] : [words.start, words.end];
  const spans = [...state.spans.values()];
  const segments = cutSegments(block, spans, edges);
  return (
    <p
      data-block={position}
      data-depth={Math.min(depthOf(segments), 8)}
      className={clsx("text-block", className)}
    >
      {segments.map((segment) => (
        <PreviewSegment
          key={segment.start}
          segment={segment}
          looks={looks}
          isChosen={words !== null && segment.start >= words.start && segment.end <= words.end}
          isSelected={
            span !== undefined && segment.covers.some((cover) => cover.span.id === span.id)
          }
          onSelect={preview.selectSpan}
        />
      ))}
    </p>
  );
}

function PreviewSegment({
  segment,
  looks,
  isChosen,
  isSelected,
  onSelect,
}: {
  segment: Segment;
  looks: ReadonlyMap<string, LabelLook>;
  isChosen: boolean;
  isSelected: boolean;
  onSelect: (spanId: string) => void;
}) {
  const text = INDEX.slice(segment.start, segment.end);
  const shown = isChosen ? <span className="bg-(--cursor)">{text}</span> : text;
  const [top] = segment.covers;
  if (top === undefined) return shown;
  let lined = <>{shown}</>;
  for (const { span, lane } of segment.covers) {
    const look = looks.get(lookKey(span.layer, span.label));
    lined = (
      <span
        className={`lane lane-${lane} label-${look?.colour ?? "grey"} line-${look?.line ?? "solid"}`}
      >
        {lined}
      </span>
    );
  }
  const codes = segment.begins
    .map((span) => looks.get(lookKey(span.layer, span.label))?.code ?? "?")
    .join(" ");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: arrow keys select words, and the list names the marks
    <mark
      data-codes={codes === "" ? undefined : codes}
      onClick={() => {
        if (document.getSelection()?.isCollapsed !== false) onSelect(top.span.id);
      }}
      className={clsx("segment", isSelected && "is-selected")}
    >
      {lined}
    </mark>
  );
}

/** The page's selection as code points of the sample; each block's text nodes, joined, are its text. */
function selectedRange(root: HTMLElement): Range | null {
  const selection = document.getSelection();
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(root, range.startContainer, range.startOffset);
  const end = offsetOf(root, range.endContainer, range.endOffset);
  return start === null || end === null || start >= end
    ? null
    : { start: codePoint(start), end: codePoint(end) };
}

function offsetOf(root: HTMLElement, node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const shown = element?.closest("[data-block]");
  if (!(shown instanceof HTMLElement) || !root.contains(shown)) return null;
  const block = SAMPLE.blocks[Number(shown.dataset.block)];
  if (block === undefined) return null;
  const before = document.createRange();
  before.setStart(shown, 0);
  before.setEnd(node, offset);
  return INDEX.toCodePoint(utf16(INDEX.toUtf16(block.start) + before.toString().length));
}
