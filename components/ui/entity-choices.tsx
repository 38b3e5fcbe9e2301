"use client";
import { createContext, type ReactNode, useContext, useId } from "react";

/** One choice of a closed list. `key` is what is stored; one that was removed still names stored answers. */
export type EntityChoice = { key: string; name: string; aliases: string[]; isRemoved: boolean };

const Choices = createContext<readonly EntityChoice[]>([]);

/** Gives questions of the type “entity” below it their closed list. */
export function EntityChoices({
  choices,
  children,
}: {
  choices: readonly EntityChoice[];
  children: ReactNode;
}) {
  return <Choices value={choices}>{children}</Choices>;
}

/** The names that can be chosen here; none where the document has no list. */
export function useEntityChoices(): readonly EntityChoice[] {
  return useContext(Choices);
}

/** A question answered from a closed list. An answer that is not offered any more stays readable. */
export function EntityField({
  label,
  help,
  value,
  choices,
  isDisabled,
  onAnswer,
}: {
  label: ReactNode;
  help: string | undefined;
  value: string;
  choices: readonly EntityChoice[];
  isDisabled: boolean;
  onAnswer: (key: string | null) => void;
}) {
  const id = useId();
  const offered = choices.filter(({ isRemoved }) => !isRemoved);
  const own = choices.find(({ key }) => key === value);
  const isOffered = value === "" || offered.some(({ key }) => key === value);
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-[13px] font-medium">
        {label}
      </label>
      <select
        id={id}
        value={value}
        disabled={isDisabled}
        onChange={(event) => onAnswer(event.target.value === "" ? null : event.target.value)}
        className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm"
      >
        <option value="">—</option>
        {isOffered ? null : (
          <option value={value}>{own?.name ?? value} (not offered any more)</option>
        )}
        {offered.map(({ key, name, aliases }) => (
          <option key={key} value={key} title={aliases.join(", ")}>
            {name}
          </option>
        ))}
      </select>
      {help ? <p className="text-xs text-ink-soft">{help}</p> : null}
    </div>
  );
}
