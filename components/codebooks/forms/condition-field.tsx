"use client";
import { Select } from "@/components/ui/field";
import type { Attribute, Condition, Layer } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { Check } from "./form-parts";

/** When something holds: an answer to another question, some labels, or both. */
export function ConditionField({
  legend,
  layer,
  self,
  value,
  onChange,
}: {
  legend: string;
  layer: Layer;
  /** Key of the question that the condition belongs to. */
  self: string;
  value: Condition;
  onChange: (condition: Condition) => void;
}) {
  const questions = layer.attributes.filter((each) => each.key !== self && !each.archived);
  const asked = questions.find((each) => each.key === value.attribute);
  const labels = selectableLabels(layer);
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 text-[13px] font-medium">{legend}</legend>
      <Select
        label="Depends on the question"
        value={value.attribute ?? ""}
        onChange={({ target }) =>
          onChange({
            ...(value.labels ? { labels: value.labels } : {}),
            ...(target.value === "" ? {} : { attribute: target.value }),
          })
        }
      >
        <option value="">no question</option>
        {questions.map((each) => (
          <option key={each.key} value={each.key}>
            {each.name}
          </option>
        ))}
      </Select>
      {asked === undefined ? null : <AnswersField {...{ asked, value, onChange }} />}
      {labels.length > 1 ? (
        <div className="flex flex-col gap-1">
          <Check
            name="Only for some labels"
            checked={value.labels !== undefined}
            onChange={(checked) => {
              const { labels: _, ...rest } = value;
              onChange(checked ? { ...rest, labels: labels.map(({ key }) => key) } : rest);
            }}
          />
          {value.labels === undefined ? null : (
            <div className="grid gap-1 ps-6 sm:grid-cols-2">
              {labels.map((label) => (
                <Check
                  key={label.key}
                  name={label.name}
                  checked={value.labels?.includes(label.key) ?? false}
                  onChange={(checked) =>
                    onChange({ ...value, labels: toggled(value.labels ?? [], label.key, checked) })
                  }
                />
              ))}
            </div>
          )}
        </div>
      ) : null}
    </fieldset>
  );
}

function AnswersField({
  asked,
  value,
  onChange,
}: {
  asked: Attribute;
  value: Condition;
  onChange: (condition: Condition) => void;
}) {
  const answers = possibleAnswers(asked);
  if (answers.length === 0) {
    return <p className="text-[13px] text-ink-soft">Holds as soon as it has an answer.</p>;
  }
  const { is: wanted, ...rest } = value;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-[13px]">Holds where “{asked.name}” is</p>
      <div className="flex flex-wrap gap-x-4 gap-y-1 ps-1">
        <Check
          name="any answer"
          checked={wanted === undefined}
          onChange={(checked) =>
            onChange(checked ? rest : { ...rest, is: [answers[0]?.key ?? ""] })
          }
        />
        {answers.map((answer) => (
          <Check
            key={answer.key}
            name={answer.name}
            checked={wanted?.includes(answer.key) ?? false}
            onChange={(checked) => {
              const next = toggled(wanted ?? [], answer.key, checked);
              onChange(next.length === 0 ? rest : { ...rest, is: next });
            }}
          />
        ))}
      </div>
    </div>
  );
}

function possibleAnswers(attribute: Attribute): { key: string; name: string }[] {
  if (attribute.type === "yes_no") {
    return [
      { key: "yes", name: "Yes" },
      { key: "no", name: "No" },
    ];
  }
  return attribute.options ?? [];
}

function toggled(list: readonly string[], key: string, isIn: boolean): string[] {
  const others = list.filter((each) => each !== key);
  return isIn ? [...others, key] : others;
}
