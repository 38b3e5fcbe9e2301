"use client";
import clsx from "clsx";
import { Plus, X } from "lucide-react";
import { type ReactNode, useId, useRef } from "react";
import { Button } from "@/components/ui/button";

export const BOX =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-faint aria-invalid:border-bad";

/** A titled group of fields. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-3 first:border-t-0 first:pt-0">
      <h3 className="text-[13px] font-semibold text-ink-soft">{title}</h3>
      {children}
    </section>
  );
}

/** Radios with a name and what each means. */
export function Choices<T extends string>({
  legend,
  value,
  options,
  onChange,
  problem,
}: {
  legend: string;
  value: T | null;
  options: readonly { value: T; name: string; says?: string; isDisabled?: boolean }[];
  onChange: (value: T) => void;
  problem?: string | undefined;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[13px] font-medium">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="flex min-h-6 items-start gap-2 py-0.5 text-sm has-disabled:opacity-60"
        >
          <input
            type="radio"
            name={name}
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            checked={value === option.value}
            disabled={option.isDisabled}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.name}
            {option.says ? (
              <span className="block text-[13px] text-ink-soft">{option.says}</span>
            ) : null}
          </span>
        </label>
      ))}
      {problem ? <p className="text-[13px] text-bad">{problem}</p> : null}
    </fieldset>
  );
}

/** A check box with what it means below. */
export function Check({
  name,
  says,
  checked,
  isDisabled,
  onChange,
}: {
  name: string;
  says?: ReactNode;
  checked: boolean;
  isDisabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="flex min-h-6 items-start gap-2 py-0.5 text-sm has-disabled:opacity-60">
      <input
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        checked={checked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {name}
        {says ? <span className="block text-[13px] text-ink-soft">{says}</span> : null}
      </span>
    </label>
  );
}

/** Several lines of text, each a field; Enter goes on to a new one, Backspace takes an empty one away. */
export function LinesField({
  legend,
  help,
  item,
  lines,
  onChange,
}: {
  legend: string;
  help?: string;
  /** What one line is, e.g. "example". */
  item: string;
  lines: readonly string[];
  onChange: (lines: string[]) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const focusOn = (index: number) =>
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>("textarea")[Math.max(0, index)]?.focus(),
    );
  const add = (index: number) => {
    onChange(lines.toSpliced(index, 0, ""));
    focusOn(index);
  };
  const removeAt = (index: number) => {
    onChange(lines.toSpliced(index, 1));
    focusOn(index - 1);
  };
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[13px] font-medium">{legend}</legend>
      {help ? <p className="text-[13px] text-ink-soft">{help}</p> : null}
      <ul ref={list} className="flex flex-col gap-1">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are told apart by their place only
          <li key={index} className="flex items-start gap-1">
            <textarea
              aria-label={`${item} ${index + 1}`}
              rows={1}
              value={line}
              onChange={(event) => {
                const pasted = event.target.value.split(/\r?\n/);
                onChange(lines.toSpliced(index, 1, ...pasted));
                if (pasted.length > 1) focusOn(index + pasted.length - 1);
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter") {
                  event.preventDefault();
                  add(index + 1);
                }
                if (event.key === "Backspace" && line === "") {
                  event.preventDefault();
                  removeAt(index);
                }
              }}
              className={clsx(BOX, "field-sizing-content min-h-9 resize-none py-1.5 font-serif")}
            />
            <IconButton label={`Remove ${item} ${index + 1}`} onPress={() => removeAt(index)}>
              <X aria-hidden size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" tone="quiet" onClick={() => add(lines.length)}>
          <Plus aria-hidden size={14} /> Add {item}
        </Button>
      </div>
    </fieldset>
  );
}

/** A small square button with a sign; its name is for screen readers and the tip. */
export function IconButton({
  label,
  onPress,
  isDisabled,
  children,
}: {
  label: string;
  onPress: () => void;
  isDisabled?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={isDisabled}
      onClick={onPress}
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink disabled:opacity-40"
    >
      {children}
    </button>
  );
}
