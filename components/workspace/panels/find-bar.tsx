"use client";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Range } from "@/lib/domain/text/offsets";

/** Finds text in the article; Enter goes to the next place, Shift+Enter back, Escape to the text. */
export function FindBar({
  find,
  onGo,
  onClose,
}: {
  find: (text: string) => Range[];
  onGo: (place: Range) => void;
  onClose: () => void;
}) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(-1);
  const places = useMemo(() => find(text), [find, text]);
  const go = (by: 1 | -1) => {
    const next = (at + by + places.length) % places.length;
    const place = places[at === -1 && by === 1 ? 0 : next];
    if (place === undefined) return;
    setAt(at === -1 && by === 1 ? 0 : next);
    onGo(place);
  };
  return (
    <search className="sticky top-14 z-10 mb-2 flex flex-wrap items-center gap-2 rounded-md border border-line bg-surface p-2 shadow-sm">
      <label className="flex min-w-40 flex-1 items-center gap-2 text-[13px]">
        Find
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
          autoFocus
          type="text"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(-1);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") onClose();
            if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
          }}
          className="h-8 min-w-0 flex-1 rounded-md border border-line-strong bg-surface px-2 text-sm"
        />
      </label>
      <p role="status" className="text-[13px] text-ink-soft">
        {text.trim() === "" ? "" : words(places.length, at)}
      </p>
      <Button
        size="small"
        aria-label="Previous place"
        disabled={places.length === 0}
        onClick={() => go(-1)}
      >
        <ChevronUp aria-hidden size={15} />
      </Button>
      <Button
        size="small"
        aria-label="Next place"
        disabled={places.length === 0}
        onClick={() => go(1)}
      >
        <ChevronDown aria-hidden size={15} />
      </Button>
      <Button size="small" tone="quiet" aria-label="Close search" onClick={onClose}>
        <X aria-hidden size={15} />
      </Button>
    </search>
  );
}

function words(count: number, at: number): string {
  if (count === 0) return "Not found";
  return at === -1 ? `${count} found` : `${at + 1} of ${count}`;
}
