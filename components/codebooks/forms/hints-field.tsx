"use client";
import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Codebook, Label, Layer } from "@/lib/domain/codebook/language";
import { BOX, IconButton } from "./form-parts";
import { HintOptions } from "./label-options";

type Hint = Label["notThis"][number];

/** Pointers from one label to another, each with a note. */
export function HintsField({
  legend,
  help,
  item,
  hints,
  codebook,
  layer,
  self,
  onChange,
}: {
  legend: string;
  help: string;
  item: string;
  hints: readonly Hint[];
  codebook: Codebook;
  layer: Layer;
  /** Key of the label that the hints belong to. */
  self: string;
  onChange: (hints: Hint[]) => void;
}) {
  const set = (index: number, hint: Hint) => onChange(hints.toSpliced(index, 1, hint));
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[13px] font-medium">{legend}</legend>
      <p className="text-[13px] text-ink-soft">{help}</p>
      <ul className="flex flex-col gap-1.5">
        {hints.map((hint, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hints are told apart by their place only
          <li key={index} className="flex flex-wrap items-center gap-1 sm:flex-nowrap">
            <select
              aria-label={`Label of ${item} ${index + 1}`}
              value={hint.label ?? ""}
              onChange={({ target }) =>
                set(
                  index,
                  target.value === "" ? { note: hint.note } : { ...hint, label: target.value },
                )
              }
              className={`${BOX} h-9 sm:w-44 sm:shrink-0`}
            >
              <option value="">no label</option>
              <HintOptions {...{ codebook, layer, self }} />
            </select>
            <input
              aria-label={`Note of ${item} ${index + 1}`}
              value={hint.note}
              placeholder="if the writer only quotes it"
              onChange={({ target }) => set(index, { ...hint, note: target.value })}
              className={`${BOX} h-9 min-w-0 flex-1`}
            />
            <IconButton
              label={`Remove ${item} ${index + 1}`}
              onPress={() => onChange(hints.toSpliced(index, 1))}
            >
              <X aria-hidden size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" tone="quiet" onClick={() => onChange([...hints, { note: "" }])}>
          <Plus aria-hidden size={14} /> Add {item}
        </Button>
      </div>
    </fieldset>
  );
}
