"use client";
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { RelationChoice } from "@/lib/domain/annotation/relation-choices";
import { quoteOf } from "@/lib/domain/annotation/state";
import { shorten } from "@/lib/domain/wording";
import { boxesOf } from "../text/text-boxes";
import type { Offer } from "../text-cursor";
import type { RelationLayerProps } from "./relation-layer-props";

/** The relations that may be meant, at the words where the second span was chosen. */
export function RelationOffer({
  offer,
  annotations,
  codebook,
  annotator,
  shown,
  rootRef,
  frameRef,
}: RelationLayerProps & { offer: Offer; frameRef: RefObject<HTMLElement | null> }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { choices, begunAt } = offer;
    const end = choices[0]?.from === begunAt ? choices[0].to : choices[0]?.from;
    const range = annotations.spans.get(end ?? "")?.ranges[0];
    const [list, root, frame] = [ref.current, rootRef.current, frameRef.current];
    if (range === undefined || list === null || root === null || frame === null) return;
    // On a small screen it stands at the foot.
    if (list.offsetParent === null) return;
    const origin = frame.getBoundingClientRect();
    const box = boxesOf(range, origin, { root, shown })[0];
    if (box === undefined) return;
    const left = Math.max(0, Math.min(box.left, origin.width - list.offsetWidth));
    list.style.setProperty("left", `${left}px`);
    list.style.setProperty("top", `${box.bottom + 10}px`);
  }, [offer, annotations.spans, shown, rootRef, frameRef]);
  useEffect(() => ref.current?.querySelector("button")?.focus(), []);

  const leave = (act: () => void) => {
    act();
    rootRef.current?.focus({ preventScroll: true });
  };
  const quoted = (id: string) => {
    const span = annotations.spans.get(id);
    return span === undefined ? "" : `“${shorten(quoteOf(span), 24)}”`;
  };
  const nameOf = ({ layer, label }: RelationChoice) => codebook.label(layer, label)?.name ?? label;
  return (
    <div
      ref={ref}
      role="dialog"
      aria-label="Choose the relation"
      className="pointer-events-auto fixed inset-x-2 bottom-16 z-30 max-h-80 max-w-sm overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-lg sm:absolute sm:inset-auto"
      onKeyDown={(event) => {
        const number = Number(event.key);
        const numbered = number > 0 ? offer.choices[number - 1] : undefined;
        if (event.key === "Escape") leave(() => annotator.clear());
        else if (numbered !== undefined) leave(() => annotator.take(numbered));
        else if (event.key === "ArrowDown") step(event.currentTarget, 1);
        else if (event.key === "ArrowUp") step(event.currentTarget, -1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {offer.choices.map((choice, at) => (
        <button
          key={`${choice.layer}/${choice.label}/${choice.from}/${choice.to}`}
          type="button"
          className="flex min-h-8 w-full items-center gap-2 rounded px-1.5 text-left text-[13px] hover:bg-sunken"
          onClick={() => leave(() => annotator.take(choice))}
        >
          <span className="min-w-0 flex-1">
            <span className="font-medium">{nameOf(choice)}</span>{" "}
            <span className="text-ink-soft">
              from <bdi>{quoted(choice.from)}</bdi> to <bdi>{quoted(choice.to)}</bdi>
            </span>
          </span>
          {at < 9 ? <kbd className="font-mono text-xs text-ink-faint">{at + 1}</kbd> : null}
        </button>
      ))}
    </div>
  );
}

/** Leads the focus from one choice to the next, round at the ends. */
function step(list: HTMLElement, by: 1 | -1): void {
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.findIndex((button) => button.matches(":focus"));
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
}
