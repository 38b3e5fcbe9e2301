"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { useEditor } from "../editing/editor-context";
import { type Place, placeExists } from "../editing/place";
import { changeKey } from "../editing/references";
import { BOX } from "./form-parts";

const FORM = /^[A-Za-z0-9][A-Za-z0-9_.,|-]{0,79}$/;

/** The key of a thing. It can be changed until the thing is published for the first time. */
export function KeyLine({ place, value }: { place: Place; value: string }) {
  const { codebook, published, apply } = useEditor();
  const [typed, setTyped] = useState<string | null>(null);
  const id = useId();
  const isPublished = published !== null && placeExists(published, place);
  const problem = typed === null ? null : keyProblem(typed, value);
  const save = () => {
    if (typed === null || problem !== null) return;
    if (typed !== value) apply(changeKey(codebook, place, typed));
    setTyped(null);
  };

  function keyProblem(key: string, own: string): string | null {
    if (!FORM.test(key)) return "A key has letters, digits and _ . , | - only.";
    return key !== own && placeExists(codebook, withKey(place, key)) ? "This key is taken." : null;
  }

  if (typed === null) {
    return (
      <p className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-soft">
        <span>
          Key <code className="rounded bg-sunken px-1 font-mono text-ink">{value}</code>
        </span>
        {isPublished ? (
          <span>· stays as it is: annotations and exports refer to it.</span>
        ) : (
          <Button size="small" tone="quiet" onClick={() => setTyped(value)}>
            Change the key
          </Button>
        )}
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        Key
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={typed}
          // biome-ignore lint/a11y/noAutofocus: it replaces the button that was pressed
          autoFocus
          aria-invalid={problem ? true : undefined}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") save();
            if (event.key === "Escape") setTyped(null);
          }}
          className={`${BOX} h-9 font-mono`}
        />
        <Button onClick={save} disabled={problem !== null}>
          Use it
        </Button>
      </div>
      <p
        id={`${id}-help`}
        className={problem ? "text-[13px] text-bad" : "text-[13px] text-ink-soft"}
      >
        {problem ?? "Exports name the label by it. After publishing it cannot be changed."}
      </p>
    </div>
  );
}

function withKey(place: Place, key: string): Place {
  switch (place.kind) {
    case "layer":
      return { kind: "layer", layer: key };
    case "label":
      return { ...place, label: key };
    case "attribute":
      return { ...place, attribute: key };
    default:
      return place;
  }
}
