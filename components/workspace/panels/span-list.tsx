"use client";
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Swatch } from "@/components/ui/swatch";
import { quoteOf, type Span } from "@/lib/domain/annotation/state";
import { type LabelLook, lookKey } from "@/lib/domain/codebook/looks";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { Looks } from "../text/block-view";
import { noteListedSpans } from "../text/listed-spans";
import { useListWindow } from "./use-list-window";

/** All spans in order of the text; each goes to its place. */
export function SpanList({
  spans,
  codebook,
  looks,
  selectedId,
  onSelect,
}: {
  spans: readonly Span[];
  codebook: CodebookIndex;
  looks: Looks;
  selectedId: string | null;
  onSelect: (spanId: string) => void;
}) {
  const [filter, setFilter] = useState("");
  const labels = useMemo(() => labelsOf(spans, codebook), [spans, codebook]);
  const shown = useMemo(
    () =>
      filter === "" ? spans : spans.filter((span) => lookKey(span.layer, span.label) === filter),
    [spans, filter],
  );
  const { listRef, from, to, onScroll } = useListWindow(shown.length);
  const select = useLatest(onSelect);
  const isWhole = to - from === spans.length;
  useLayoutEffect(() => {
    noteListedSpans(isWhole ? null : new Set(shown.slice(from, to).map((span) => span.id)));
  }, [isWhole, shown, from, to]);
  useLayoutEffect(() => () => noteListedSpans(null), []);
  if (spans.length === 0) {
    return (
      <p className="text-[13px] text-ink-soft">
        Nothing marked yet. Select words in the article and choose a label.
      </p>
    );
  }
  return (
    <div>
      <label className="mb-2 flex items-center gap-2 text-[13px] text-ink-soft">
        Show
        <select
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded border border-line-strong bg-surface px-1 text-ink"
        >
          <option value="">all labels ({spans.length})</option>
          {[...labels].map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ol
        ref={listRef}
        aria-label="Spans in order of the text"
        className="max-h-80 overflow-y-auto"
        onScroll={onScroll}
      >
        {shown.slice(from, to).map((span, index) => {
          const key = lookKey(span.layer, span.label);
          return (
            <SpanRow
              key={span.id}
              span={span}
              name={labels.get(key) ?? span.label}
              look={looks.get(key)}
              isSelected={span.id === selectedId}
              place={from + index + 1}
              count={shown.length}
              onSelect={select}
            />
          );
        })}
      </ol>
    </div>
  );
}

const SpanRow = memo(function SpanRow({
  span,
  name,
  look,
  isSelected,
  place,
  count,
  onSelect,
}: {
  span: Span;
  name: string;
  look: LabelLook | undefined;
  isSelected: boolean;
  /** Its number in the list, of which a long one has only a part in the page. */
  place: number;
  count: number;
  onSelect: (spanId: string) => void;
}) {
  return (
    <li id={`item-${span.id}`} aria-posinset={place} aria-setsize={count}>
      <button
        type="button"
        aria-pressed={isSelected}
        onClick={() => onSelect(span.id)}
        className="flex min-h-7 w-full items-center gap-2 rounded px-1 text-left text-[13px] hover:bg-sunken aria-pressed:bg-accent-soft"
      >
        <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
        <span className="sr-only">{name}: </span>
        <bdi className="min-w-0 flex-1 truncate">{quoteOf(span)}</bdi>
        {span.flags.includes("discuss") ? <span className="text-xs text-warn">discuss</span> : null}
      </button>
    </li>
  );
});

/** Names of the labels that are in use, by their keys. */
function labelsOf(spans: readonly Span[], codebook: CodebookIndex): Map<string, string> {
  const names = new Map<string, string>();
  for (const { layer, label } of spans) {
    const key = lookKey(layer, label);
    if (!names.has(key)) names.set(key, codebook.label(layer, label)?.name ?? label);
  }
  return names;
}

/** The latest of a function that is made anew with every drawing, as one that stays the same. */
function useLatest(act: (spanId: string) => void): (spanId: string) => void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  return useCallback((spanId) => latest.current(spanId), []);
}
