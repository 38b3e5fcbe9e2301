"use client";
import { CaseSensitive } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Reading } from "@/lib/domain/reading";
import { useLate } from "../use-late";

const loadChoices = () => import("./reading-choices");

/** How the article is shown. It lies beside the article, so that a choice is seen at once. */
export function ReadingMenu({
  reading,
  hasRelations,
  onChange,
}: {
  reading: Reading;
  hasRelations: boolean;
  onChange: (change: Partial<Reading>) => void;
}) {
  const ref = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  const late = useLate(true, loadChoices);
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !ref.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointer);
    return () => document.removeEventListener("pointerdown", onPointer);
  }, [isOpen]);
  return (
    <details
      ref={ref}
      open={isOpen}
      className="relative"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        ref.current?.querySelector("summary")?.focus();
      }}
    >
      <summary
        aria-label="Reading"
        className="inline-flex h-7 list-none items-center gap-1.5 rounded-md px-2 font-medium text-[13px] text-ink-soft hover:bg-sunken hover:text-ink [&::-webkit-details-marker]:hidden"
      >
        <CaseSensitive aria-hidden size={17} />
        <span className="hidden md:inline">Reading</span>
      </summary>
      {late === null || !isOpen ? null : (
        <late.ReadingChoices reading={reading} hasRelations={hasRelations} onChange={onChange} />
      )}
    </details>
  );
}
