"use client";
import { Select } from "@/components/ui/field";
import type { Layer } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { useEditor } from "../editing/editor-context";
import { findLayer } from "../editing/place";
import { Check } from "./form-parts";

type Ends = NonNullable<Layer["from"]>;

/** What one end of a link may be: marks of a layer, all of them or of some labels. */
export function EndsField({
  legend,
  value,
  onChange,
}: {
  legend: string;
  value: Ends | undefined;
  onChange: (ends: Ends) => void;
}) {
  const { codebook } = useEditor();
  const spans = codebook.layers.filter((layer) => layer.level === "span");
  const layer = value === undefined ? undefined : findLayer(codebook, value.layer);
  const labels = layer === undefined ? [] : selectableLabels(layer);
  return (
    <fieldset className="flex flex-col gap-2 rounded-md border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">{legend}</legend>
      <Select
        label="Marks of the layer"
        value={value?.layer ?? ""}
        onChange={({ target }) => onChange({ layer: target.value })}
      >
        <option value="" disabled>
          {spans.length === 0 ? "There is no layer of marks yet" : "Choose a layer"}
        </option>
        {spans.map((each) => (
          <option key={each.key} value={each.key}>
            {each.name}
          </option>
        ))}
      </Select>
      {value !== undefined && labels.length > 1 ? (
        <>
          <Check
            name="Any of its labels"
            checked={value.labels === undefined}
            onChange={(checked) =>
              onChange(
                checked
                  ? { layer: value.layer }
                  : { ...value, labels: labels.map((label) => label.key) },
              )
            }
          />
          {value.labels === undefined ? null : (
            <div className="grid gap-1 ps-6 sm:grid-cols-2">
              {labels.map((label) => (
                <Check
                  key={label.key}
                  name={label.name}
                  checked={value.labels?.includes(label.key) ?? false}
                  onChange={(checked) =>
                    onChange({
                      ...value,
                      labels: labels
                        .map((each) => each.key)
                        .filter((key) =>
                          key === label.key ? checked : value.labels?.includes(key),
                        ),
                    })
                  }
                />
              ))}
            </div>
          )}
        </>
      ) : null}
    </fieldset>
  );
}
