"use client";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Swatch } from "@/components/ui/swatch";
import type { Codebook } from "@/lib/domain/codebook/language";
import { lookKey } from "@/lib/domain/codebook/looks";
import { type FoundLabel, searchLabels } from "@/lib/domain/codebook/search";
import { type Stroke, strokeName } from "@/lib/domain/keyboard/strokes";
import { counted } from "@/lib/domain/wording";
import type { Looks } from "../text/block-view";
import type { LabelChoice } from "../text-cursor";
import { LabelMeaning } from "./label-meaning";

/** Finds a span label by what it is called or what it means, and gives it; for long codebooks. */
export function LabelSearch({
  codebook,
  looks,
  strokes,
  words,
  onChoose,
  onClose,
}: {
  codebook: Codebook;
  looks: Looks;
  strokes: ReadonlyMap<string, Stroke>;
  /** What the label will be given to. */
  words: string;
  onChoose: (choice: LabelChoice) => void;
  onClose: () => void;
}) {
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const found = searchLabels(codebook, search, ["span"]);
  const current = found[at];
  useEffect(() => {
    listRef.current?.querySelectorAll("[role=option]")[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = movedTo(event.key, at, found.length);
    if (next !== null) setAt(next);
    else if (event.key !== "Enter") return;
    else if (current !== undefined) onChoose({ layer: current.layer, label: current.label.key });
    event.preventDefault();
  };
  return (
    <Dialog title="Give a label" isOpen onClose={onClose}>
      <p className="mb-2 text-[13px] text-ink-soft">
        To <bdi className="font-serif text-ink">{words}</bdi>
      </p>
      <input
        autoFocus
        type="text"
        role="combobox"
        aria-label="Name, key or meaning of a label"
        aria-autocomplete="list"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : `${listId}-${at}`}
        autoComplete="off"
        placeholder="Name, key or meaning"
        value={search}
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm"
      />
      <p role="status" className="sr-only">
        {counted(found.length, "label")} found
      </p>
      <div
        ref={listRef}
        id={listId}
        role="listbox"
        aria-label="Labels"
        className="mt-2 max-h-[40dvh] overflow-y-auto rounded-md border border-line"
      >
        {found.map((each, index) => (
          <Choice
            key={lookKey(each.layer, each.label.key)}
            id={`${listId}-${index}`}
            found={each}
            look={looks.get(lookKey(each.layer, each.label.key))}
            stroke={strokes.get(lookKey(each.layer, each.label.key))}
            isCurrent={index === at}
            onLook={() => setAt(index)}
            onChoose={() => onChoose({ layer: each.layer, label: each.label.key })}
          />
        ))}
      </div>
      {current === undefined ? (
        <p className="mt-2 text-[13px] text-ink-soft">
          No label says “{search}”. Try one word of its name, or of what it means.
        </p>
      ) : (
        <div className="mt-3 text-[13px]">
          <LabelMeaning label={current.label} codebook={codebook} />
        </div>
      )}
    </Dialog>
  );
}

function Choice({
  id,
  found: { label },
  look,
  stroke,
  isCurrent,
  onLook,
  onChoose,
}: {
  id: string;
  found: FoundLabel;
  look: ReturnType<Looks["get"]>;
  stroke: Stroke | undefined;
  isCurrent: boolean;
  onLook: () => void;
  onChoose: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and says which is current
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses the current one
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      onMouseMove={isCurrent ? undefined : onLook}
      onClick={onChoose}
      className="flex min-h-8 cursor-pointer items-center gap-2 px-2 text-sm aria-selected:bg-accent-soft"
    >
      <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
      <span className="min-w-0 flex-1 truncate">{label.name}</span>
      {stroke === undefined ? null : (
        <kbd className="font-mono text-xs text-ink-soft">{strokeName(stroke)}</kbd>
      )}
    </div>
  );
}

/** Where an arrow or page key leads in a list; null for other keys. */
function movedTo(key: string, at: number, count: number): number | null {
  const by = MOVES[key];
  if (by === undefined) return null;
  if (count === 0) return 0;
  if (Math.abs(by) === 1) return (at + by + count) % count;
  return Math.max(0, Math.min(count - 1, at + by));
}

const MOVES: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
