"use client";
import { type RefObject, useLayoutEffect, useRef } from "react";
import { Swatch } from "@/components/ui/swatch";
import type { Codebook } from "@/lib/domain/codebook/language";
import { lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Range } from "@/lib/domain/text/offsets";
import type { Looks } from "./block-view";
import type { ShownText } from "./document-view";
import { domRanges } from "./dom-offsets";

/** The labels right at the chosen words, for mouse and touch. The keyboard has its keys. */
export function LabelToolbar({
  range,
  shown,
  rootRef,
  codebook,
  looks,
  keys,
  canAddPiece,
  onChoose,
  onAddPiece,
}: {
  range: Range | null;
  shown: ShownText;
  rootRef: RefObject<HTMLElement | null>;
  codebook: Codebook;
  looks: Looks;
  keys: ReadonlyMap<string, string>;
  /** Whether the words may become a further piece of the span selected last. */
  canAddPiece: boolean;
  onChoose: (layer: string, label: string) => void;
  onAddPiece: () => void;
}) {
  const barRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (range === null || barRef.current === null || rootRef.current === null) return;
    placeUnder(barRef.current, domRanges(range, rootRef.current, shown).at(-1));
  }, [range, shown, rootRef]);
  if (range === null) return null;
  const labels = codebook.layers
    .filter((layer) => layer.level === "span")
    .flatMap((layer) => selectableLabels(layer).map((label) => ({ layer: layer.key, label })))
    .slice(0, 24);
  return (
    <div
      ref={barRef}
      role="toolbar"
      aria-label="Label these words"
      className="fixed inset-x-2 bottom-16 z-30 flex max-w-md flex-wrap gap-1 rounded-md border border-line bg-surface p-1 shadow-lg sm:absolute sm:inset-auto"
    >
      {labels.map(({ layer, label }) => {
        const id = lookKey(layer, label.key);
        const look = looks.get(id);
        return (
          <button
            key={id}
            type="button"
            title={label.definition}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(layer, label.key)}
            className="flex min-h-8 items-center gap-1.5 rounded px-1.5 text-[13px] hover:bg-sunken"
          >
            <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
            {label.name}
            <kbd className="font-mono text-xs text-ink-faint">{keys.get(id)}</kbd>
          </button>
        );
      })}
      {canAddPiece ? (
        <button
          type="button"
          aria-keyshortcuts="a"
          onMouseDown={(event) => event.preventDefault()}
          onClick={onAddPiece}
          className="min-h-8 rounded px-1.5 text-[13px] hover:bg-sunken"
        >
          Add to the last span <kbd className="font-mono text-xs text-ink-faint">a</kbd>
        </button>
      ) : null}
    </div>
  );
}

/** Below the last line of the words; the style is set by script, which the content policy allows. */
function placeUnder(bar: HTMLElement, range: globalThis.Range | undefined): void {
  const box = [...(range?.getClientRects() ?? [])].at(-1);
  const parent = bar.offsetParent;
  if (box === undefined || parent === null) return;
  const frame = parent.getBoundingClientRect();
  const left = Math.min(box.left, document.documentElement.clientWidth - bar.offsetWidth - 12);
  bar.style.setProperty("left", `${Math.max(4, left) - frame.left}px`);
  bar.style.setProperty("top", `${box.bottom - frame.top + 10}px`);
}
