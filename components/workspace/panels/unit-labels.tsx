"use client";
import { useId } from "react";
import type { Change } from "@/lib/domain/annotation/operation";
import type { AnnotationState, Span, Unit, UnitLabel } from "@/lib/domain/annotation/state";
import type { Layer } from "@/lib/domain/codebook/language";
import { type CodebookIndex, selectableLabels } from "@/lib/domain/codebook/lookup";
import type { Range } from "@/lib/domain/text/offsets";
import { Evidence } from "./evidence";

/** Labels and questions about one unit: the document as a whole, a block or a sentence. */
export function UnitLabels({
  unit,
  moment,
  place,
  codebook,
  annotations,
  selected,
  isDisabled,
  onChange,
}: {
  unit: Unit;
  /** Only questions of this moment. */
  moment?: Layer["moment"];
  /** Where the unit stands, in code points. */
  place: Range;
  codebook: CodebookIndex;
  annotations: AnnotationState;
  /** The selected span, which may be named as evidence. */
  selected: Span | undefined;
  isDisabled: boolean;
  onChange: (changes: Change[]) => void;
}) {
  return (
    <div className="flex flex-col gap-4">
      {codebook.layersAt(unit).map((layer) => {
        if (moment !== undefined && layer.moment !== moment) return null;
        const given = givenLabels(layer, place, annotations);
        const at = { layer: layer.key, unit, ...place };
        const evidenceOf = (label: string) => [
          ...(given.find((each) => each.label === label)?.evidence ?? []),
        ];
        return (
          <div key={layer.key}>
            <LayerForm
              layer={layer}
              answers={new Map(given.map((each) => [each.label, each.value]))}
              isDisabled={isDisabled}
              onSet={(label, value) =>
                onChange([
                  { kind: "set_unit_label", ...at, label, value, evidence: evidenceOf(label) },
                ])
              }
              onClear={(label) =>
                onChange([{ kind: "remove_unit_label", layer: layer.key, label, ...place }])
              }
            />
            {layer.evidence === "none" || isDisabled ? null : (
              <Evidence
                given={given}
                nameOf={(label) => codebook.label(layer.key, label)?.name ?? label}
                spans={annotations.spans}
                selected={selected}
                isRequired={layer.evidence === "required"}
                onEvidence={(label, evidence) =>
                  onChange([{ kind: "set_unit_label", ...label, evidence }])
                }
              />
            )}
          </div>
        );
      })}
    </div>
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

function givenLabels(layer: Layer, place: Range, annotations: AnnotationState): UnitLabel[] {
  return [...annotations.unitLabels.values()].filter(
    (each) => each.layer === layer.key && each.start === place.start && each.end === place.end,
  );
}
