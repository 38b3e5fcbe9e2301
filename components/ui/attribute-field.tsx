"use client";
import { useEffect, useId, useState } from "react";
import type { AttributeValue } from "@/lib/domain/annotation/state";
import type { Attribute } from "@/lib/domain/codebook/language";
import { EntityField, useEntityChoices } from "./entity-choices";

type Answer = {
  attribute: Attribute;
  value: AttributeValue | undefined;
  isRequired: boolean;
  isDisabled: boolean;
  /** Names given before in this document, offered where a name is asked for. */
  known: readonly string[];
  onAnswer: (value: AttributeValue | null) => void;
};

/** One question about a span, in the form that its type asks for. */
export function AttributeField(props: Answer) {
  switch (props.attribute.type) {
    case "choice":
    case "ordinal":
    case "interval":
      return <OptionsField {...props} takesMany={false} />;
    case "multi":
      return <OptionsField {...props} takesMany />;
    case "yes_no":
      return <YesNoField {...props} />;
    case "entity":
      return <NameField {...props} />;
    case "number":
    case "text":
      return <WrittenField {...props} />;
  }
}

function Question({ attribute, isRequired }: Pick<Answer, "attribute" | "isRequired">) {
  return (
    <>
      {attribute.name}
      {isRequired ? <span className="text-bad"> · needed</span> : null}
    </>
  );
}

const CHIP =
  "inline-flex min-h-7 cursor-pointer items-center rounded-md border border-line-strong px-2 text-[13px] has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-(--focus) has-disabled:opacity-60";

function OptionsField({
  attribute,
  value,
  isRequired,
  isDisabled,
  onAnswer,
  takesMany,
}: Answer & { takesMany: boolean }) {
  const name = useId();
  const chosen = Array.isArray(value) ? value : value === undefined ? [] : [String(value)];
  const toggle = (key: string) => {
    if (!takesMany) return onAnswer(chosen.includes(key) ? null : key);
    const next = chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key];
    onAnswer(next.length === 0 ? null : next);
  };
  return (
    <fieldset disabled={isDisabled} className="flex flex-col gap-1">
      <legend className="mb-1 text-[13px] font-medium">
        <Question {...{ attribute, isRequired }} />
      </legend>
      <div className="flex flex-wrap gap-1">
        {(attribute.options ?? []).map((option) => (
          <label key={option.key} className={CHIP} title={option.definition}>
            <input
              type={takesMany ? "checkbox" : "radio"}
              name={name}
              className="sr-only"
              checked={chosen.includes(option.key)}
              onChange={() => toggle(option.key)}
              onClick={() => {
                if (!takesMany && chosen.includes(option.key)) toggle(option.key);
              }}
            />
            {option.name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function YesNoField({ attribute, value, isRequired, isDisabled, onAnswer }: Answer) {
  const name = useId();
  return (
    <fieldset disabled={isDisabled}>
      <legend className="mb-1 text-[13px] font-medium">
        <Question {...{ attribute, isRequired }} />
      </legend>
      <div className="flex gap-1">
        {[true, false].map((answer) => (
          <label key={String(answer)} className={CHIP}>
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === answer}
              onChange={() => onAnswer(answer)}
            />
            {answer ? "Yes" : "No"}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A name from the document's closed list, or written where there is none. */
function NameField(props: Answer) {
  const choices = useEntityChoices();
  if (!choices.some(({ isRemoved }) => !isRemoved)) return <WrittenField {...props} />;
  const { attribute, value, isDisabled, isRequired, onAnswer } = props;
  return (
    <EntityField
      label={<Question {...{ attribute, isRequired }} />}
      help={attribute.help}
      value={value === undefined ? "" : String(value)}
      {...{ choices, isDisabled, onAnswer }}
    />
  );
}

/** Written answers are taken when the field is left or Enter is pressed, not at each letter. */
function WrittenField({ attribute, value, isRequired, isDisabled, known, onAnswer }: Answer) {
  const id = useId();
  const [text, setText] = useState(value === undefined ? "" : String(value));
  useEffect(() => setText(value === undefined ? "" : String(value)), [value]);
  const commit = () => {
    const trimmed = text.trim();
    if (trimmed === (value === undefined ? "" : String(value))) return;
    if (trimmed === "") return onAnswer(null);
    onAnswer(attribute.type === "number" ? Number(trimmed) : trimmed);
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        <Question {...{ attribute, isRequired }} />
      </label>
      <input
        id={id}
        type={attribute.type === "number" ? "number" : "text"}
        min={attribute.minimum}
        max={attribute.maximum}
        maxLength={attribute.type === "number" ? undefined : 1000}
        list={attribute.type === "entity" ? `${id}-known` : undefined}
        value={text}
        disabled={isDisabled}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
        }}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      />
      {attribute.type === "entity" ? (
        <datalist id={`${id}-known`}>
          {[...new Set([...(attribute.options ?? []).map((each) => each.name), ...known])].map(
            (name) => (
              <option key={name} value={name} />
            ),
          )}
        </datalist>
      ) : null}
      {attribute.help ? <p className="text-xs text-ink-soft">{attribute.help}</p> : null}
    </div>
  );
}
