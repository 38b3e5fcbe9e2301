"use client";
import { LINE_HEIGHTS, LINE_LENGTHS, type Reading, TEXT_SIZES } from "@/lib/domain/reading";

const NAMES = {
  smallest: "Smallest",
  small: "Small",
  normal: "Normal",
  large: "Large",
  largest: "Largest",
  narrow: "Narrow",
  wide: "Wide",
  tight: "Tight",
  loose: "Loose",
};

/** All that can be chosen about how the article is shown. */
export function ReadingChoices({
  reading,
  hasRelations,
  onChange,
}: {
  reading: Reading;
  hasRelations: boolean;
  onChange: (change: Partial<Reading>) => void;
}) {
  return (
    <div className="absolute end-0 top-full z-30 mt-1 grid w-80 gap-3 rounded-md border border-line bg-surface p-3 shadow-lg max-sm:fixed max-sm:inset-x-2 max-sm:top-24 max-sm:w-auto">
      <Choice
        title="Text size"
        values={TEXT_SIZES}
        chosen={reading.size}
        onChoose={(size) => onChange({ size })}
      />
      <Choice
        title="Line length"
        values={LINE_LENGTHS}
        chosen={reading.length}
        onChoose={(length) => onChange({ length })}
      />
      <Choice
        title="Line height"
        values={LINE_HEIGHTS}
        chosen={reading.height}
        onChoose={(height) => onChange({ height })}
      />
      <Switch
        label="Label names beside the text"
        isOn={reading.names}
        onSwitch={(names) => onChange({ names })}
      />
      {hasRelations ? (
        <Switch
          label="Arrows of all relations"
          isOn={reading.relations}
          onSwitch={(relations) => onChange({ relations })}
        />
      ) : null}
    </div>
  );
}

function Choice<Value extends keyof typeof NAMES>({
  title,
  values,
  chosen,
  onChoose,
}: {
  title: string;
  values: readonly Value[];
  chosen: Value;
  onChoose: (value: Value) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-xs text-ink-soft">{title}</legend>
      <div className="flex rounded-md border border-line-strong">
        {values.map((value) => (
          <label
            key={value}
            className="flex min-h-7 flex-1 cursor-pointer items-center justify-center rounded-[5px] px-1 text-xs outline-offset-1 outline-(--focus) has-checked:bg-accent-soft has-checked:font-medium has-focus-visible:outline-2"
          >
            <input
              type="radio"
              name={`reading-${title}`}
              className="sr-only"
              checked={chosen === value}
              onChange={() => onChoose(value)}
            />
            {NAMES[value]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Switch({
  label,
  isOn,
  onSwitch,
}: {
  label: string;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
}) {
  return (
    <label className="flex min-h-6 items-center gap-2 text-[13px]">
      <input
        type="checkbox"
        className="size-4 accent-(--accent)"
        checked={isOn}
        onChange={(event) => onSwitch(event.target.checked)}
      />
      {label}
    </label>
  );
}
