"use client";
import { useId } from "react";
import type { Label } from "@/lib/domain/codebook/language";
import { lookKey } from "@/lib/domain/codebook/looks";
import { useEditor } from "../editing/editor-context";
import { BOX } from "./form-parts";

/** The key that gives a label; pressing one in the field takes it. */
export function ShortcutField({
  layer,
  label,
  onChange,
}: {
  layer: string;
  label: Label;
  onChange: (shortcut: string | undefined) => void;
}) {
  const { keys, findings } = useEditor();
  const id = useId();
  const given = keys.get(lookKey(layer, label.key));
  const conflict = findings.find(
    ({ place, field }) =>
      field === "shortcut" &&
      place.kind === "label" &&
      place.layer === layer &&
      place.label === label.key,
  );
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        Keyboard key
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          value={label.shortcut ?? ""}
          maxLength={2}
          autoComplete="off"
          autoCapitalize="none"
          placeholder={given ?? "–"}
          aria-invalid={conflict ? true : undefined}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => {
            const typed = target.value.toLowerCase().replaceAll(/[^0-9a-z]/g, "");
            onChange(typed === "" ? undefined : typed.slice(-1));
          }}
          className={`${BOX} h-9 w-14! text-center font-mono`}
        />
        <p
          id={`${id}-help`}
          className={conflict ? "text-[13px] text-bad" : "text-[13px] text-ink-soft"}
        >
          {conflict?.message ?? keyWords(label.shortcut, given)}
        </p>
      </div>
    </div>
  );
}

function keyWords(wanted: string | undefined, given: string | undefined): string {
  if (wanted !== undefined && wanted === given) return "Annotators press it to give this label.";
  if (given === undefined) return "All keys are taken; annotators reach this label by its list.";
  return `Left empty, annotators press ${given}, the next free key.`;
}
