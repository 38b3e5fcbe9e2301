"use client";
import { useState } from "react";
import { Swatch } from "@/components/ui/swatch";
import type { Codebook, Label } from "@/lib/domain/codebook/language";
import { lookKey } from "@/lib/domain/codebook/looks";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { ariaStroke, type Stroke, strokeName } from "@/lib/domain/keyboard/strokes";
import type { Looks } from "../text/block-view";
import { LabelMeaning } from "./label-meaning";

/** All span labels with their keys; the one looked at explains itself below. */
export function Palette({
  codebook,
  looks,
  keys,
  current,
  isDisabled,
  onChoose,
}: {
  codebook: Codebook;
  looks: Looks;
  keys: ReadonlyMap<string, Stroke>;
  /** The label of the selected span. */
  current: string | null;
  isDisabled: boolean;
  onChoose: (layer: string, label: string) => void;
}) {
  const [looked, setLooked] = useState<string | null>(null);
  const layers = codebook.layers.filter((layer) => layer.level === "span");
  return (
    <section
      aria-label="Labels"
      onMouseLeave={() => setLooked(null)}
      onBlur={() => setLooked(null)}
    >
      {layers.map((layer) => (
        <div key={layer.key} className="mb-2">
          {layers.length > 1 ? (
            <h3 className="mb-1 text-[13px] font-medium">{layer.name}</h3>
          ) : null}
          <ul className="grid gap-0.5">
            {selectableLabels(layer).map((label) => {
              const id = lookKey(layer.key, label.key);
              return (
                <li key={id}>
                  <LabelButton
                    label={label}
                    look={looks.get(id)}
                    shortcut={keys.get(id)}
                    isCurrent={current === id}
                    isDisabled={isDisabled}
                    onChoose={() => onChoose(layer.key, label.key)}
                    onLook={() => setLooked(id)}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      <Explanation
        label={findLabel(codebook, looked)}
        isAnythingSelected={current !== null}
        codebook={codebook}
      />
    </section>
  );
}

function LabelButton({
  label,
  look,
  shortcut,
  isCurrent,
  isDisabled,
  onChoose,
  onLook,
}: {
  label: Label;
  look: ReturnType<Looks["get"]>;
  shortcut: Stroke | undefined;
  isCurrent: boolean;
  isDisabled: boolean;
  onChoose: () => void;
  onLook: () => void;
}) {
  return (
    <button
      type="button"
      disabled={isDisabled}
      aria-pressed={isCurrent}
      aria-keyshortcuts={shortcut === undefined ? undefined : ariaStroke(shortcut)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onFocus={onLook}
      onMouseEnter={onLook}
      className="flex min-h-8 w-full items-center gap-2 rounded-md px-1.5 text-left text-sm hover:bg-sunken disabled:opacity-60 aria-pressed:bg-accent-soft"
    >
      <Swatch colour={look?.colour ?? "grey"} code={look?.code ?? "?"} />
      <span className="min-w-0 flex-1 truncate">{label.name}</span>
      {shortcut === undefined ? null : (
        <kbd className="rounded border border-line bg-surface px-1.5 font-mono text-xs text-ink-soft">
          {strokeName(shortcut)}
        </kbd>
      )}
    </button>
  );
}

function Explanation({
  label,
  isAnythingSelected,
  codebook,
}: {
  label: Label | undefined;
  isAnythingSelected: boolean;
  codebook: Codebook;
}) {
  if (label === undefined) {
    return isAnythingSelected ? null : (
      <p className="mt-2 border-t border-line pt-2 text-[13px] text-ink-soft">
        Select words, then press a label's key or click it. Point at a label to read what it means.
      </p>
    );
  }
  return (
    <div className="mt-2 border-t border-line pt-2 text-[13px]">
      <LabelMeaning label={label} codebook={codebook} />
    </div>
  );
}

function findLabel(codebook: Codebook, id: string | null): Label | undefined {
  if (id === null) return undefined;
  for (const layer of codebook.layers) {
    const found = layer.labels.find((label) => lookKey(layer.key, label.key) === id);
    if (found !== undefined) return found;
  }
  return undefined;
}
