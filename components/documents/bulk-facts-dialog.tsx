"use client";
import { type FormEvent, useId, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextField } from "@/components/ui/field";
import { describeDocuments } from "@/lib/actions/documents";
import { LANGUAGES } from "@/lib/domain/languages";
import { counted } from "@/lib/domain/wording";
import { FACT_FIELDS } from "./facts";

const FREE = "free";
const FIELDS: [string, string][] = [
  ...FACT_FIELDS.filter(({ key }) => key !== "title").map(({ key, label }): [string, string] => [
    key,
    label,
  ]),
  ["event", "Event"],
  ["language", "Language"],
  [FREE, "A free field"],
];

type Props = {
  projectId: string;
  documentIds: string[];
  events: { eventId: string; name: string }[];
  isOpen: boolean;
  onClose: () => void;
};

/** Sets one fact of many documents, with a way back. */
export function BulkFactsDialog({ projectId, documentIds, events, isOpen, onClose }: Props) {
  return (
    <Dialog
      title={`Set a fact of ${counted(documentIds.length, "document")}`}
      {...{ isOpen, onClose }}
    >
      <BulkFactsForm {...{ projectId, documentIds, events, onClose }} />
    </Dialog>
  );
}

function BulkFactsForm({ projectId, documentIds, events, onClose }: Omit<Props, "isOpen">) {
  const list = useId();
  const [field, setField] = useState("outlet");
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = String(form.get("value") ?? "");
    const facts =
      field === FREE ? { facts: { [String(form.get("name") ?? "")]: value } } : { [field]: value };
    startTransition(async () => {
      let before: Parameters<typeof describeDocuments>[0]["documents"] = [];
      const run = async () => {
        const documents = documentIds.map((documentId) => ({ documentId, facts }));
        const result = await describeDocuments({ projectId, documents });
        if (result.ok) before = result.value.before;
        return result;
      };
      const done = await act(run, {
        message: `Set in ${counted(documentIds.length, "document")}.`,
        undo: () => void act(() => describeDocuments({ projectId, documents: before })),
      });
      if (done !== null) onClose();
    });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Select label="Fact" value={field} onChange={(event) => setField(event.target.value)}>
        {FIELDS.map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </Select>
      {field === FREE ? <TextField label="Name of the field" name="name" required /> : null}
      {field === "language" ? (
        <Select label="Value" name="value" defaultValue="en">
          {LANGUAGES.map(([tag, name]) => (
            <option key={tag} value={tag}>
              {name}
            </option>
          ))}
        </Select>
      ) : (
        <TextField
          key={field}
          label="Value"
          name="value"
          type={field === "publishedOn" ? "date" : "text"}
          list={field === "event" ? list : undefined}
          autoComplete="off"
          help="Left empty, the fact is taken away."
        />
      )}
      <datalist id={list}>
        {events.map(({ eventId, name }) => (
          <option key={eventId} value={name} />
        ))}
      </datalist>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button tone="primary" type="submit" disabled={isPending}>
          {isPending ? "Setting…" : "Set"}
        </Button>
      </div>
    </form>
  );
}
