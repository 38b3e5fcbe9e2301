"use client";
import { useState } from "react";
import { Swatch } from "@/components/ui/swatch";
import { quoteOf, type Span } from "@/lib/domain/annotation/state";
import { lookKey } from "@/lib/domain/codebook/looks";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
import type { Looks } from "../text/block-view";

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
  const labels = new Map(
    spans.map((span) => [
      lookKey(span.layer, span.label),
      codebook.label(span.layer, span.label)?.name ?? span.label,
    ]),
  );
  const shown = spans.filter((span) => filter === "" || lookKey(span.layer, span.label) === filter);
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
      <ol aria-label="Spans in order of the text" className="max-h-80 overflow-y-auto">
        {shown.map((span) => {
          const key = lookKey(span.layer, span.label);
          return (
            <li key={span.id} id={`item-${span.id}`}>
              <button
                type="button"
                aria-pressed={span.id === selectedId}
                onClick={() => onSelect(span.id)}
                className="flex min-h-7 w-full items-center gap-2 rounded px-1 text-left text-[13px] hover:bg-sunken aria-pressed:bg-accent-soft"
              >
                <Swatch
                  colour={looks.get(key)?.colour ?? "grey"}
                  code={looks.get(key)?.code ?? "?"}
                />
                <span className="sr-only">{labels.get(key)}: </span>
                <bdi className="min-w-0 flex-1 truncate">{quoteOf(span)}</bdi>
                {span.flags.includes("discuss") ? (
                  <span className="text-xs text-warn">discuss</span>
                ) : null}
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
