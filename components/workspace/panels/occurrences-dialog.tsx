"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { codePoint, type Range, type TextIndex } from "@/lib/domain/text/offsets";
import { counted } from "@/lib/domain/wording";

/** Code points of text shown before and after each place. */
const AROUND = 45;

/** Every other place with the same words, each to be looked at before it gets the label. */
export function OccurrencesDialog({
  places,
  labelName,
  index,
  onClose,
  onMark,
}: {
  places: readonly Range[];
  labelName: string;
  index: TextIndex;
  onClose: () => void;
  onMark: (places: Range[]) => void;
}) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const chosen = places.filter((place) => !left.has(place.start));
  const toggle = (start: number) => {
    const next = new Set(left);
    if (!next.delete(start)) next.add(start);
    setLeft(next);
  };
  return (
    <Dialog title="The same words elsewhere" isOpen onClose={onClose} size="wide">
      {places.length === 0 ? (
        <p className="text-sm text-ink-soft">
          These words stand nowhere else, or all their places carry “{labelName}” already.
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            onMark(chosen);
          }}
          className="flex flex-col gap-3"
        >
          <p className="text-sm text-ink-soft">
            Each ticked place gets “{labelName}”, without answers. Agreement studies can leave such
            spans out, since they were not read into one by one.
          </p>
          <div className="flex items-center justify-between gap-2 text-[13px]">
            <p role="status">
              {chosen.length} of {counted(places.length, "place")} chosen.
            </p>
            <Button
              size="small"
              onClick={() =>
                setLeft(new Set(left.size === 0 ? places.map(({ start }) => start) : []))
              }
            >
              {left.size === 0 ? "Choose none" : "Choose all"}
            </Button>
          </div>
          <ul className="flex max-h-[50dvh] flex-col gap-1 overflow-y-auto">
            {places.map((place, at) => (
              <li key={place.start}>
                <label className="flex min-h-7 items-start gap-2 text-sm">
                  <input
                    type="checkbox"
                    autoFocus={at === 0}
                    className="mt-1 size-4 shrink-0 accent-(--accent)"
                    checked={!left.has(place.start)}
                    onChange={() => toggle(place.start)}
                  />
                  <InContext place={place} index={index} />
                </label>
              </li>
            ))}
          </ul>
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" tone="primary" disabled={chosen.length === 0}>
              Mark {chosen.length}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** Words with what stands around them. */
export function InContext({ place, index }: { place: Range; index: TextIndex }) {
  const from = codePoint(Math.max(0, place.start - AROUND));
  const to = codePoint(Math.min(index.length, place.end + AROUND));
  return (
    <bdi className="font-serif">
      …{index.slice(from, place.start)}
      <strong className="underline">{index.slice(place.start, place.end)}</strong>
      {index.slice(place.end, to)}…
    </bdi>
  );
}
