"use client";
import { useId } from "react";
import type { Layer } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { EntityMatrix } from "./entity-matrix";

/** An answer that a layer was given; `entity` where it asks of each. */
type LayerAnswer = {
  label: string;
  value: string | null;
  entity?: string | undefined;
};

/** The questions of one layer about a unit or an event, or about each entity of its closed list. */
export function LayerQuestions({
  layer,
  given,
  isDisabled,
  onSet,
  onClear,
}: {
  layer: Layer;
  given: readonly LayerAnswer[];
  isDisabled: boolean;
  onSet: (answer: LayerAnswer) => void;
  onClear: (answer: Omit<LayerAnswer, "value">) => void;
}) {
  if (layer.per === "entity") {
    return <EntityMatrix {...{ layer, given, isDisabled, onSet, onClear }} />;
  }
  return (
    <LayerForm
      layer={layer}
      answers={new Map(given.map((each) => [each.label, each.value]))}
      isDisabled={isDisabled}
      onSet={(label, value) => onSet({ label, value })}
      onClear={(label) => onClear({ label })}
    />
  );
}

type Answers = ReadonlyMap<string, string | null>;

function LayerForm({
  layer,
  answers,
  isDisabled,
  onSet,
  onClear,
}: {
  layer: Layer;
  answers: Answers;
  isDisabled: boolean;
  onSet: (label: string, value: string | null) => void;
  onClear: (label: string) => void;
}) {
  return (
    <fieldset disabled={isDisabled} id={`layer-${layer.key}`}>
      <legend className="mb-1 text-[13px] font-semibold">
        {layer.name}
        {layer.required && answers.size === 0 ? <span className="text-bad"> · needed</span> : null}
      </legend>
      {layer.choice === "each" ? (
        <Questionnaire {...{ layer, answers, onSet }} />
      ) : (
        <Choices {...{ layer, answers, onSet, onClear }} />
      )}
    </fieldset>
  );
}

function Choices({
  layer,
  answers,
  onSet,
  onClear,
}: {
  layer: Layer;
  answers: Answers;
  onSet: (label: string, value: string | null) => void;
  onClear: (label: string) => void;
}) {
  const name = useId();
  const takesMany = layer.choice === "many";
  return (
    <div
      className={takesMany ? "grid grid-cols-1 gap-x-3 sm:grid-cols-2" : "flex flex-wrap gap-x-4"}
    >
      {selectableLabels(layer).map((label) => (
        <label
          key={label.key}
          title={label.definition}
          className="flex min-h-7 items-center gap-2 text-[13px]"
        >
          <input
            type={takesMany ? "checkbox" : "radio"}
            name={name}
            className="size-4 shrink-0 accent-(--accent)"
            checked={answers.has(label.key)}
            onChange={() => (answers.has(label.key) ? onClear(label.key) : onSet(label.key, null))}
            onClick={() => {
              // A radio that is on fires no change; a second click takes the answer back.
              if (!takesMany && answers.has(label.key)) onClear(label.key);
            }}
          />
          <span className="min-w-0">{label.name}</span>
        </label>
      ))}
    </div>
  );
}

function Questionnaire({
  layer,
  answers,
  onSet,
}: {
  layer: Layer;
  answers: Answers;
  onSet: (label: string, value: string | null) => void;
}) {
  const name = useId();
  return (
    <ol className="flex flex-col gap-2">
      {selectableLabels(layer).map((label) => (
        <li key={label.key}>
          <fieldset>
            <legend className="text-[13px]">{label.name}</legend>
            <div className="flex flex-wrap gap-x-4">
              {(layer.answers ?? []).map((answer) => (
                <label key={answer.key} className="flex min-h-7 items-center gap-1.5 text-[13px]">
                  <input
                    type="radio"
                    name={`${name}-${label.key}`}
                    className="size-4 accent-(--accent)"
                    checked={answers.get(label.key) === answer.key}
                    onChange={() => onSet(label.key, answer.key)}
                  />
                  {answer.name}
                </label>
              ))}
            </div>
          </fieldset>
        </li>
      ))}
    </ol>
  );
}
