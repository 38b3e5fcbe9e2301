"use client";
import { type KeyboardEvent, useId, useRef } from "react";
import type { Layer } from "@/lib/domain/codebook/language";
import { selectableLabels } from "@/lib/domain/codebook/lookup";
import { useEntityChoices } from "./entity-choices";

type Answer = { label: string; value: string | null; entity?: string | undefined };
type Name = { key: string; name: string; isRemoved: boolean };
/** A column: what choosing it in a row says. */
type Column = { name: string; about: string; answer: Omit<Answer, "entity"> };

/**
 * A layer that asks of each entity: a row for each name of the closed list, a column for each label. Arrows go
 * from cell to cell, the space bar chooses, a digit chooses the column of that number. A questionnaire has a
 * table for each of its questions.
 */
export function EntityMatrix({
  layer,
  given,
  isDisabled,
  onSet,
  onClear,
}: {
  layer: Layer;
  given: readonly Answer[];
  isDisabled: boolean;
  onSet: (answer: Answer) => void;
  onClear: (answer: Omit<Answer, "value">) => void;
}) {
  const choices = useEntityChoices();
  const answered = new Set(given.map(({ entity }) => entity));
  // One that was taken from the list keeps the row of what was answered about it.
  const names = choices.filter(({ isRemoved, key }) => !isRemoved || answered.has(key));
  const labels = selectableLabels(layer);
  const asksEach = layer.choice === "each";
  const tables: { title: string | null; columns: Column[] }[] = asksEach
    ? labels.map((label) => ({
        title: label.name,
        columns: (layer.answers ?? []).map(({ key, name, definition }) => ({
          name,
          about: definition ?? "",
          answer: { label: label.key, value: key },
        })),
      }))
    : [
        {
          title: null,
          columns: labels.map(({ key, name, definition }) => ({
            name,
            about: definition,
            answer: { label: key, value: null },
          })),
        },
      ];
  const isOpen = names.some(({ key, isRemoved }) => !isRemoved && !answered.has(key));
  return (
    <fieldset disabled={isDisabled} id={`layer-${layer.key}`}>
      <legend className="mb-1 text-[13px] font-semibold">
        {layer.name}
        {layer.required && isOpen ? <span className="text-bad"> · needed</span> : null}
      </legend>
      {names.length === 0 ? (
        <p className="text-[13px] text-ink-soft">
          This is asked of each name on a list, and the list is empty. Your project lead can fill
          it.
        </p>
      ) : (
        tables.map(({ title, columns }) => (
          <Table
            key={title ?? layer.key}
            caption={title}
            takesMany={layer.choice === "many"}
            {...{ columns, names, given, onSet, onClear }}
          />
        ))
      )}
    </fieldset>
  );
}

function Table({
  caption,
  takesMany,
  columns,
  names,
  given,
  onSet,
  onClear,
}: {
  caption: string | null;
  takesMany: boolean;
  columns: readonly Column[];
  names: readonly Name[];
  given: readonly Answer[];
  onSet: (answer: Answer) => void;
  onClear: (answer: Omit<Answer, "value">) => void;
}) {
  const group = useId();
  const table = useRef<HTMLTableElement>(null);
  const cellAt = (row: number, column: number) =>
    table.current?.querySelector<HTMLInputElement>(
      `tbody tr:nth-child(${row + 1}) td:nth-of-type(${column + 1}) input`,
    );
  const onKeyDown = (event: KeyboardEvent, row: number, column: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    const digit = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
    if (step === undefined && digit === null) return;
    // Radio buttons would choose what they move to, and the page has keys of its own.
    event.preventDefault();
    event.stopPropagation();
    if (step !== undefined) cellAt(row + step[0], column + step[1])?.focus();
    else cellAt(row, digit ?? 0)?.click();
  };
  return (
    <div className="-mx-1 mb-2 overflow-x-auto px-1 pb-1">
      <table ref={table} className="w-full border-collapse text-[13px]">
        {caption === null ? null : <caption className="py-1 text-left">{caption}</caption>}
        <thead>
          <tr>
            <td />
            {columns.map(({ name, about }, at) => (
              <th
                key={name}
                scope="col"
                title={about}
                className="px-1 pb-1 align-bottom text-xs font-medium leading-tight text-ink-soft"
              >
                <span className="block text-[11px] tabular-nums">{at < 9 ? at + 1 : ""}</span>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map(({ key, name, isRemoved }, row) => (
            <tr key={key} className="border-t border-line has-focus-visible:bg-accent-soft">
              <th scope="row" className="max-w-36 py-1 pr-2 text-left font-normal leading-tight">
                <bdi>{name}</bdi>
                {isRemoved ? <span className="text-ink-soft"> (not asked any more)</span> : null}
              </th>
              {columns.map(({ name: column, answer }, at) => {
                const isGiven = given.some(
                  (each) =>
                    each.entity === key &&
                    each.label === answer.label &&
                    each.value === answer.value,
                );
                const toggle = () =>
                  isGiven
                    ? onClear({ label: answer.label, entity: key })
                    : onSet({ ...answer, entity: key });
                return (
                  <td key={column} className="p-0 text-center">
                    <label className="inline-flex size-7 items-center justify-center">
                      <input
                        type={takesMany ? "checkbox" : "radio"}
                        name={`${group}-${key}`}
                        aria-label={`${name}: ${column}`}
                        className="size-4 accent-(--accent)"
                        checked={isGiven}
                        onChange={toggle}
                        onClick={() => {
                          // A radio that is on fires no change; a second click takes the answer back.
                          if (!takesMany && isGiven) toggle();
                        }}
                        onKeyDown={(event) => onKeyDown(event, row, at)}
                      />
                    </label>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rows down and columns to the right. */
const STEPS: Record<string, readonly [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
