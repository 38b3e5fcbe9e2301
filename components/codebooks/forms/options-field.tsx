"use client";
import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import type { Attribute } from "@/lib/domain/codebook/language";
import { freeKey } from "@/lib/domain/codebook/restructure";
import { BOX, IconButton } from "./form-parts";

type Option = NonNullable<Attribute["options"]>[number];

/** The answers that can be chosen from, each with a name and what it means. */
export function OptionsField({
  legend,
  help,
  item,
  options,
  isOrdered,
  fixed = [],
  problem,
  onChange,
}: {
  legend: string;
  help?: string | undefined;
  item: string;
  options: readonly Option[];
  isOrdered: boolean;
  /** Keys that were published: they keep their meaning. */
  fixed?: readonly string[];
  problem?: string | undefined;
  onChange: (options: Option[]) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const set = (index: number, option: Option) => onChange(options.toSpliced(index, 1, option));
  const shift = (index: number, by: 1 | -1) => {
    const moved = options[index];
    if (moved !== undefined) onChange(options.toSpliced(index, 1).toSpliced(index + by, 0, moved));
  };
  const add = () => {
    const taken = options.map((option) => option.key);
    onChange([...options, { key: freeKey(item, [...taken, ...fixed]), name: "" }]);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>("li:last-child input")?.focus(),
    );
  };
  /** A new option's key follows its name until it is left. */
  const settleKey = (index: number, option: Option) => {
    if (option.name.trim() === "" || fixed.includes(option.key)) return;
    if (!option.key.startsWith(item.replaceAll(" ", "_"))) return;
    const taken = options.filter((_, at) => at !== index).map((each) => each.key);
    set(index, { ...option, key: freeKey(option.name, [...taken, ...fixed]) });
  };
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-[13px] font-medium">{legend}</legend>
      {help ? <p className="text-[13px] text-ink-soft">{help}</p> : null}
      <ol ref={list} className="flex flex-col gap-1.5">
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: keys may double while they are written
          <li key={index} className="flex flex-wrap items-center gap-1 sm:flex-nowrap">
            <input
              aria-label={`Name of ${item} ${index + 1}`}
              value={option.name}
              placeholder="Name"
              maxLength={200}
              onChange={({ target }) => set(index, { ...option, name: target.value })}
              onBlur={() => settleKey(index, option)}
              onKeyDown={(event) => {
                if (event.key === "Enter") add();
              }}
              className={`${BOX} h-9 sm:w-40 sm:shrink-0`}
            />
            <input
              aria-label={`Meaning of ${item} ${index + 1}`}
              value={option.definition ?? ""}
              placeholder="What it means (optional)"
              onChange={({ target }) =>
                set(index, {
                  key: option.key,
                  name: option.name,
                  ...(target.value === "" ? {} : { definition: target.value }),
                })
              }
              className={`${BOX} h-9 min-w-0 flex-1`}
            />
            <span className="flex">
              <IconButton
                label={`Move ${item} ${index + 1} up`}
                isDisabled={index === 0}
                onPress={() => shift(index, -1)}
              >
                <ArrowUp aria-hidden size={14} />
              </IconButton>
              <IconButton
                label={`Move ${item} ${index + 1} down`}
                isDisabled={index === options.length - 1}
                onPress={() => shift(index, 1)}
              >
                <ArrowDown aria-hidden size={14} />
              </IconButton>
              <IconButton
                label={`Remove ${item} ${index + 1}`}
                onPress={() => onChange(options.toSpliced(index, 1))}
              >
                <X aria-hidden size={14} />
              </IconButton>
            </span>
          </li>
        ))}
      </ol>
      {isOrdered && options.length > 1 ? (
        <p className="text-[13px] text-ink-soft">The order counts: the first is the lowest.</p>
      ) : null}
      {problem ? <p className="text-[13px] text-bad">{problem}</p> : null}
      <div>
        <Button size="small" tone="quiet" onClick={add}>
          <Plus aria-hidden size={14} /> Add {item}
        </Button>
      </div>
    </fieldset>
  );
}
