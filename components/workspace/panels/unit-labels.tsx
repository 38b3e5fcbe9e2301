"use client";
import { LayerQuestions } from "@/components/ui/layer-questions";
import type { Change } from "@/lib/domain/annotation/operation";
import type { AnnotationState, Span, Unit, UnitLabel } from "@/lib/domain/annotation/state";
import type { Layer } from "@/lib/domain/codebook/language";
import type { CodebookIndex } from "@/lib/domain/codebook/lookup";
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
            <LayerQuestions
              layer={layer}
              given={given}
              isDisabled={isDisabled}
              onSet={({ label, value, entity }) =>
                onChange([
                  {
                    kind: "set_unit_label",
                    ...at,
                    label,
                    value,
                    evidence: evidenceOf(label),
                    ...(entity === undefined ? {} : { entity }),
                  },
                ])
              }
              onClear={({ label, entity }) =>
                onChange([
                  {
                    kind: "remove_unit_label",
                    layer: layer.key,
                    label,
                    ...place,
                    ...(entity === undefined ? {} : { entity }),
                  },
                ])
              }
            />
            {layer.evidence === "none" || layer.per === "entity" || isDisabled ? null : (
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

function givenLabels(layer: Layer, place: Range, annotations: AnnotationState): UnitLabel[] {
  return [...annotations.unitLabels.values()].filter(
    (each) => each.layer === layer.key && each.start === place.start && each.end === place.end,
  );
}
