"use client";
import { useEffect, useRef } from "react";
import type { AnnotationState, Span } from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import { ariaKeysOf } from "@/lib/domain/keyboard/keymap";
import type { Range } from "@/lib/domain/text/offsets";
import type { Annotator } from "../annotator";
import { LateRelationPanel } from "../relations/late-relations";
import type { Looks } from "../text/block-view";
import type { AnnotatorView } from "../text-cursor";
import type { KeysInForce } from "../workspace-keys";
import { DocumentNotes } from "./document-notes";
import { Palette } from "./palette";
import { SpanEditor } from "./span-editor";
import { SpanList } from "./span-list";
import { UnitLabels } from "./unit-labels";

/** Beside the article: labels, the selected span, the document's questions, and all spans. */
export function SidePanel({
  codebook,
  looks,
  keys,
  annotations,
  spans,
  selected,
  overlapping,
  units,
  view,
  isDisabled,
  annotator,
  onGoTo,
  onOccurrences,
  onByText,
  onBackToText,
}: {
  codebook: CodebookIndex;
  looks: Looks;
  keys: KeysInForce;
  annotations: AnnotationState;
  spans: readonly Span[];
  selected: Span | undefined;
  overlapping: readonly Span[];
  /** The sentence, block and document at the cursor. */
  units: { sentence: Range | null; block: Range | null; document: Range };
  view: AnnotatorView;
  isDisabled: boolean;
  annotator: Annotator;
  onGoTo: (spanId: string) => void;
  onOccurrences: () => void;
  onByText: () => void;
  onBackToText: () => void;
}) {
  const { sticky } = view;
  const editorRef = useRef<HTMLDivElement>(null);
  const selectedId = selected?.id;
  useEffect(() => {
    // Beside the text it has a scroll of its own; below the text it must not pull the page along.
    if (selectedId !== undefined && window.matchMedia("(min-width: 1024px)").matches) {
      editorRef.current?.scrollIntoView({ block: "nearest" });
    }
  }, [selectedId]);
  const comments = [...annotations.comments.values()];
  return (
    <aside
      aria-label="Annotation tools"
      className="border-line pb-28 pt-4 lg:sticky lg:top-12 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto lg:border-s lg:ps-5"
      onKeyDown={(event) => {
        if (event.key === "Escape") onBackToText();
      }}
    >
      <Palette
        codebook={codebook.codebook}
        looks={looks}
        keys={keys.labelStrokes}
        current={selected === undefined ? null : lookKey(selected.layer, selected.label)}
        isDisabled={isDisabled}
        onChoose={(layer, label) => annotator.label({ layer, label })}
      />
      {isDisabled ? null : (
        <button
          type="button"
          className="mt-1 min-h-6 text-[13px] text-ink-soft underline hover:text-ink"
          aria-keyshortcuts={ariaKeysOf(keys.keymap, "by_text")}
          onClick={onByText}
        >
          Annotate by text…
        </button>
      )}
      {sticky === null ? null : (
        <p className="mt-2 flex items-center justify-between gap-2 rounded-md bg-accent-soft px-2 py-1 text-[13px]">
          {codebook.label(sticky.layer, sticky.label)?.name} goes to all words you choose.
          <button
            type="button"
            className="min-h-6 underline"
            aria-keyshortcuts={ariaKeysOf(keys.keymap, "sticky")}
            onClick={() => annotator.toggleSticky()}
          >
            Stop
          </button>
        </p>
      )}
      {selected === undefined ? null : (
        <div ref={editorRef} className="mt-4 scroll-mt-4 border-t border-line pt-4">
          <SpanEditor
            span={selected}
            overlapping={overlapping}
            comments={comments.filter((comment) => comment.spanId === selected.id)}
            knownAnswers={(attribute) => answersGiven(spans, attribute)}
            codebook={codebook}
            looks={looks}
            isDisabled={isDisabled}
            actions={{
              answer: (attribute, value) => annotator.answer(attribute, value),
              nudge: (edge, by) => annotator.nudge(edge, by, "token"),
              remove: () => annotator.remove(),
              setDiscuss: (isOn) => annotator.setDiscuss(isOn),
              comment: (body) => annotator.comment(body, selected.id),
              removeComment: (commentId) => annotator.removeComment(commentId),
              showOccurrences: onOccurrences,
            }}
            onSelect={onGoTo}
          />
          <LateRelationPanel
            span={selected}
            annotations={annotations}
            codebook={codebook}
            looks={looks}
            view={view}
            isDisabled={isDisabled}
            annotator={annotator}
            relateKeys={ariaKeysOf(keys.keymap, "relate")}
            onGoTo={onGoTo}
          />
        </div>
      )}
      {(["sentence", "block", "document"] as const).map((unit) => {
        const place = units[unit];
        const isAsked = unit === "document" || codebook.layersAt(unit).length > 0;
        if (!isAsked || place === null) return null;
        return (
          <Part key={unit} title={UNIT_TITLES[unit]}>
            <UnitLabels
              key={`${unit}-${place.start}`}
              unit={unit}
              place={place}
              codebook={codebook}
              annotations={annotations}
              selected={selected}
              isDisabled={isDisabled}
              onChange={(changes) => annotator.change(changes)}
            />
            {unit === "document" ? (
              <DocumentNotes
                flags={annotations.flags}
                comments={comments.filter((comment) => comment.spanId === null)}
                isDisabled={isDisabled}
                onFlag={(flag, isOn) => annotator.flagDocument(flag, isOn)}
                onComment={(body) => annotator.comment(body, null)}
                onRemove={(commentId) => annotator.removeComment(commentId)}
              />
            ) : null}
          </Part>
        );
      })}
      <Part title={`Spans (${spans.length})`}>
        <SpanList
          spans={spans}
          codebook={codebook}
          looks={looks}
          selectedId={selected?.id ?? null}
          onSelect={onGoTo}
        />
      </Part>
    </aside>
  );
}

const UNIT_TITLES = {
  sentence: "The sentence at the cursor",
  block: "The paragraph at the cursor",
  document: "This document",
};

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <details open className="mt-4 border-t border-line pt-3">
      <summary className="mb-2 text-sm font-semibold">{title}</summary>
      {children}
    </details>
  );
}

/** Texts that spans of this document carry as answer to a question, once each. */
function answersGiven(spans: readonly Span[], attribute: string): string[] {
  const given = spans.flatMap((span) => {
    const answer = span.attributes[attribute];
    return typeof answer === "string" ? [answer] : [];
  });
  return [...new Set(given)].sort();
}
