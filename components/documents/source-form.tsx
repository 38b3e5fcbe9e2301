"use client";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextArea, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import { setSourceFacts } from "@/lib/actions/documents";
import { fieldProblem } from "@/lib/domain/form";
import { LANGUAGES } from "@/lib/domain/languages";
import { FACT_FIELDS, type Facts } from "./facts";

type Props = {
  projectId: string;
  documentId: string;
  facts: Facts;
  freeFields: Record<string, string>;
  language: string;
  event: string;
  events: string[];
};

/** Opens the form with a document's title and source. */
export function SourceButton(props: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        Edit
      </Button>
      <Dialog title="Title and source" size="wide" isOpen={isOpen} onClose={() => setOpen(false)}>
        <SourceForm {...props} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function SourceForm({
  projectId,
  documentId,
  facts,
  freeFields,
  language,
  event,
  events,
  onDone,
}: Props & { onDone: () => void }) {
  const list = useId();
  const { state, isPending, form } = useActionForm(setSourceFacts, () => {
    showToast({ tone: "good", message: "Saved." });
    onDone();
  });
  const isListed = LANGUAGES.some(([tag]) => tag === language);
  return (
    <form {...form} className="grid gap-3 sm:grid-cols-2">
      <input type="hidden" name="projectId" value={projectId} />
      <input type="hidden" name="documentId" value={documentId} />
      {FACT_FIELDS.map(({ key, label, type, example }) => (
        <TextField
          key={key}
          label={label}
          name={key}
          type={type === "date" ? "date" : "text"}
          defaultValue={facts[key]}
          placeholder={example}
          required={key === "title"}
          problem={fieldProblem(state, key)}
        />
      ))}
      <TextField
        label="Event"
        name="event"
        list={list}
        autoComplete="off"
        defaultValue={event}
        problem={fieldProblem(state, "event")}
      />
      <datalist id={list}>
        {events.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Select
        label="Language"
        name="language"
        defaultValue={language}
        problem={fieldProblem(state, "language")}
      >
        {isListed ? null : <option value={language}>{language}</option>}
        {LANGUAGES.map(([tag, name]) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </Select>
      <div className="sm:col-span-2">
        <TextArea
          label="Free fields"
          name="freeFields"
          rows={Math.max(2, Object.keys(freeFields).length + 1)}
          defaultValue={Object.entries(freeFields)
            .map(([name, value]) => `${name}: ${value}`)
            .join("\n")}
          placeholder="leaning: centre"
          help="One a line, as “name: value”. A name without a value is taken away."
          problem={fieldProblem(state, "freeFields")}
        />
      </div>
      {state.state === "refused" && !state.failure.place ? (
        <Notice tone="bad" className="sm:col-span-2">
          {state.failure.message}
        </Notice>
      ) : null}
      <div className="flex justify-end gap-2 sm:col-span-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button tone="primary" type="submit" disabled={isPending}>
          {isPending ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}
