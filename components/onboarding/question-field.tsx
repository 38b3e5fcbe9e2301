"use client";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox, TextArea, TextField } from "@/components/ui/field";
import type { Answer, Question } from "@/lib/domain/onboarding/questions";

type Props = {
  question: Question;
  /** Undefined where nothing is chosen. */
  answer: Answer | undefined;
  change: (answer: Answer | undefined) => void;
};

/** One question about the annotator. Nothing is chosen beforehand, and everything can be unchosen. */
export function QuestionField({ question, answer, change }: Props) {
  const { words, help, form } = question;
  return (
    <fieldset className="border-t border-line pt-3">
      <legend className="float-start mb-1 w-full text-sm font-medium">{words}</legend>
      <div className="clear-both flex flex-col gap-2">
        {help ? <p className="text-[13px] text-ink-soft">{help}</p> : null}
        {form.kind === "scale" ? (
          <Scale form={form} question={question} answer={answer} change={change} />
        ) : null}
        {form.kind === "one" ? <One {...{ question, answer, change }} /> : null}
        {form.kind === "several" ? <Several {...{ question, answer, change }} /> : null}
        {form.kind === "names" ? <Names {...{ question, answer, change }} /> : null}
        <div className="flex flex-wrap items-center gap-3">
          <Checkbox
            label="Prefer not to say"
            checked={answer === null}
            onChange={({ target }) => change(target.checked ? null : undefined)}
          />
          {answer === undefined || answer === null ? null : (
            <Button size="small" tone="quiet" onClick={() => change(undefined)}>
              Clear
            </Button>
          )}
        </div>
      </div>
    </fieldset>
  );
}

function Scale({
  form: { least, most, leastName, mostName },
  answer,
  change,
}: Props & { form: Extract<Question["form"], { kind: "scale" }> }) {
  return (
    <div className="flex max-w-md flex-wrap items-end gap-3">
      <div className="w-28">
        <TextField
          label={`From ${least} to ${most}`}
          type="number"
          inputMode="numeric"
          min={least}
          max={most}
          step={1}
          value={typeof answer === "number" ? answer : ""}
          onChange={({ target }) =>
            change(target.value === "" ? undefined : Math.round(Number(target.value)))
          }
        />
      </div>
      <p className="pb-2 text-[13px] text-ink-soft">
        {least}: {leastName}, {most}: {mostName}
      </p>
    </div>
  );
}

function One({ question: { form }, answer, change }: Props) {
  const group = useId();
  if (form.kind !== "one") return null;
  return form.choices.map(({ key, name }) => (
    <label key={key} className="flex min-h-6 items-center gap-2 text-sm">
      <input
        type="radio"
        name={group}
        className="size-4 accent-(--accent)"
        checked={answer === key}
        onChange={() => change(key)}
      />
      <span>{name}</span>
    </label>
  ));
}

function Several({ question: { form }, answer, change }: Props) {
  if (form.kind !== "several") return null;
  const chosen = Array.isArray(answer) ? answer : [];
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] gap-x-4 gap-y-1">
      {form.choices.map(({ key, name }) => (
        <Checkbox
          key={key}
          label={name}
          checked={chosen.includes(key)}
          onChange={({ target }) => {
            const next = target.checked ? [...chosen, key] : chosen.filter((each) => each !== key);
            change(next.length === 0 ? undefined : next);
          }}
        />
      ))}
    </div>
  );
}

function Names({ question: { form, words }, answer, change }: Props) {
  if (form.kind !== "names") return null;
  const lines = Array.isArray(answer) ? answer.join("\n") : "";
  const read = (text: string) => {
    const names = text.split("\n").slice(0, form.most);
    change(names.every((name) => name.trim() === "") ? undefined : names);
  };
  return form.most === 1 ? (
    <TextField
      label="Name"
      aria-label={words}
      value={lines}
      onChange={(event) => read(event.target.value)}
    />
  ) : (
    <TextArea
      label="Names, one in a line"
      rows={4}
      value={lines}
      onChange={(event) => read(event.target.value)}
    />
  );
}
