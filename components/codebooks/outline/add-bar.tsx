"use client";
import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Level } from "@/lib/domain/codebook/language";
import { useEditor } from "../editing/editor-context";
import { addAttribute, addLabels, addLayer } from "../editing/edits";
import { findLabel, findLayer } from "../editing/place";
import { reservedKeys } from "../editing/reserved-keys";
import { LEVEL_WORDS } from "../editing/words";

type Kind = "label" | "question" | "layer";

const NOUNS: Record<Kind, string> = { label: "Label", question: "Question", layer: "Layer" };
const LEVELS = ["span", "relation", "sentence", "block", "document", "event"] as const;

/** Adds labels, questions and layers by name, one after the other without leaving the field. */
export function AddBar({ onTemplate }: { onTemplate: () => void }) {
  const { codebook, published, place, apply } = useEditor();
  const [kind, setKind] = useState<Kind | null>(null);
  const [name, setName] = useState("");
  const [level, setLevel] = useState<Level>("span");
  const id = useId();
  const layer = "layer" in place ? findLayer(codebook, place.layer) : codebook.layers.at(-1);
  const asks = layer?.level === "span" || layer?.level === "relation";
  const group = groupHere();

  function groupHere(): string | undefined {
    if (place.kind !== "label") return undefined;
    const label = findLabel(codebook, place.layer, place.label);
    return label?.selectable === false ? label.key : label?.parent;
  }

  const add = (names: string[]) => {
    const given = names.map((each) => each.trim()).filter((each) => each !== "");
    const [first] = given;
    if (first === undefined || kind === null) return;
    if (kind === "layer") {
      apply(addLayer(codebook, { name: first, level }, layersReserved()));
    } else if (layer !== undefined && kind === "label") {
      const reserved = reservedKeys(published, { kind: "label", layer: layer.key, label: "" });
      apply(addLabels(codebook, layer.key, { names: given, parent: group, reserved }));
    } else if (layer !== undefined) {
      const reserved = reservedKeys(published, { kind: "questions", layer: layer.key });
      apply(addAttribute(codebook, layer.key, { name: first, reserved }));
    }
    setName("");
  };

  function layersReserved(): string[] {
    return reservedKeys(published, { kind: "layer", layer: "" });
  }

  if (kind === null) {
    return (
      <fieldset className="flex flex-wrap gap-1 border-t border-line pt-2">
        <legend className="sr-only">Add to the codebook</legend>
        {(["label", "question", "layer"] as const).map((each) => (
          <Button
            key={each}
            size="small"
            tone="quiet"
            disabled={each === "label" ? layer === undefined : each === "question" && !asks}
            onClick={() => setKind(each)}
          >
            <Plus aria-hidden size={14} /> {NOUNS[each]}
          </Button>
        ))}
        <Button size="small" tone="quiet" onClick={onTemplate}>
          <Plus aria-hidden size={14} /> From a template
        </Button>
      </fieldset>
    );
  }
  return (
    <form
      className="flex flex-col gap-1.5 border-t border-line pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        add([name]);
      }}
    >
      {kind === "layer" ? (
        <select
          aria-label="What is labelled"
          value={level}
          onChange={({ target }) =>
            setLevel(LEVELS.find((each) => each === target.value) ?? "span")
          }
          className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
        >
          {LEVELS.map((each) => (
            <option key={each} value={each}>
              {LEVEL_WORDS[each].name}
            </option>
          ))}
        </select>
      ) : null}
      <label htmlFor={id} className="text-[13px] font-medium">
        {kind === "layer" ? "New layer" : `New ${kind} in “${layer?.name ?? ""}”`}
      </label>
      <input
        id={id}
        value={name}
        maxLength={200}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it stands where the button was that was pressed
        autoFocus
        aria-describedby={`${id}-help`}
        onChange={({ target }) => setName(target.value)}
        onPaste={(event) => {
          const lines = event.clipboardData.getData("text").split(/\r?\n/);
          if (kind !== "label" || lines.length < 2) return;
          event.preventDefault();
          add(lines);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") setKind(null);
        }}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      />
      <p id={`${id}-help`} className="text-xs text-ink-soft">
        Enter adds it and waits for the next; Escape ends.
        {kind === "label" ? " A pasted list becomes a label for each line." : ""}
      </p>
      <div className="flex gap-1">
        <Button size="small" type="submit" disabled={name.trim() === ""}>
          Add
        </Button>
        <Button size="small" tone="quiet" onClick={() => setKind(null)}>
          Done
        </Button>
      </div>
    </form>
  );
}
