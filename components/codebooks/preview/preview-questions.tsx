"use client";
import { useId } from "react";
import type { UnitLabel } from "@/lib/domain/annotation/state";
import type { Layer } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Range } from "@/lib/domain/text/offsets";
import type { Preview } from "./use-preview";

const CHOICE = "flex min-h-7 items-center gap-2 text-[13px]";

/** A layer that is answered about a sentence, a paragraph or the article, as annotators get it. */
export function PreviewQuestions({
  layer,
  place,
  preview,
}: {
  layer: Layer;
  /** The unit that is asked about, in code points. */
  place: Range;
  preview: Preview;
}) {
  const name = useId();
  const given = [...preview.state.unitLabels.values()].filter(
    (each) => each.layer === layer.key && each.start === place.start && each.end === place.end,
  );
  const unit = layer.level === "sentence" || layer.level === "block" ? layer.level : "document";
  const at = { layer: layer.key, unit, ...place } as const;
  const set = (label: string, value: string | null) =>
    preview.commit([{ kind: "set_unit_label", ...at, label, value, evidence: [] }], "Answered.");
  const clear = (label: string) =>
    preview.commit(
      [{ kind: "remove_unit_label", layer: layer.key, label, ...place }],
      "The answer is taken back.",
    );
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[13px] font-semibold">
        {layer.name}
        {layer.required && given.length === 0 ? <span className="text-bad"> · needed</span> : null}
      </legend>
      {selectableLabels(layer).map((label) =>
        layer.choice === "each" ? (
          <EachItem key={label.key} {...{ layer, given, name, set }} label={label} />
        ) : (
          <label key={label.key} title={label.definition} className={CHOICE}>
            <input
              type={layer.choice === "many" ? "checkbox" : "radio"}
              name={name}
              className="size-4 shrink-0 accent-(--accent)"
              checked={given.some((each) => each.label === label.key)}
              onChange={() =>
                given.some((each) => each.label === label.key)
                  ? clear(label.key)
                  : set(label.key, null)
              }
            />
            {label.name}
          </label>
        ),
      )}
    </fieldset>
  );
}

function EachItem({
  layer,
  label,
  given,
  name,
  set,
}: {
  layer: Layer;
  label: { key: string; name: string };
  given: readonly UnitLabel[];
  name: string;
  set: (label: string, value: string | null) => void;
}) {
  return (
    <fieldset>
      <legend className="text-[13px]">{label.name}</legend>
      <div className="flex flex-wrap gap-x-4">
        {(layer.answers ?? []).map((answer) => (
          <label key={answer.key} className={CHOICE}>
            <input
              type="radio"
              name={`${name}-${label.key}`}
              className="size-4 accent-(--accent)"
              checked={given.some((each) => each.label === label.key && each.value === answer.key)}
              onChange={() => set(label.key, answer.key)}
            />
            {answer.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
