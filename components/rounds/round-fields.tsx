"use client";
import { type FormEvent, useState, useSyncExternalStore } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox, TextArea, TextField } from "@/components/ui/field";
import { changeRound } from "@/lib/actions/rounds";
import type { OpenRound } from "@/lib/services/rounds";

/** What may be changed while a round runs. */
export function RoundFields({ projectId, round }: { projectId: string; round: OpenRound }) {
  const [isSaving, setSaving] = useState(false);
  // The server does not know the reader's time zone.
  const isHere = useSyncExternalStore(noChange, yes, no);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "");
    const date = (name: string) => (text(name) === "" ? null : new Date(text(name)));
    setSaving(true);
    await act(
      () =>
        changeRound({
          projectId,
          roundId: round.roundId,
          name: text("name"),
          instructions: text("instructions"),
          opensAt: date("opensAt"),
          closesAt: date("closesAt"),
          showsDecisions: form.get("showsDecisions") !== null,
        }),
      { message: "Saved." },
    );
    setSaving(false);
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <div key={String(isHere)} className="grid gap-4 sm:grid-cols-3">
        <TextField label="Name" name="name" required maxLength={200} defaultValue={round.name} />
        <TextField
          label="Opens (optional)"
          name="opensAt"
          type="datetime-local"
          defaultValue={isHere ? localTime(round.opensAt) : ""}
        />
        <TextField
          label="Closes (optional)"
          name="closesAt"
          type="datetime-local"
          help="After it nobody is offered documents of this round; what is begun can still be opened."
          defaultValue={isHere ? localTime(round.closesAt) : ""}
        />
      </div>
      <TextArea
        label="Instructions for annotators"
        name="instructions"
        rows={4}
        maxLength={20_000}
        defaultValue={round.instructions}
      />
      <Checkbox
        name="showsDecisions"
        label="Show annotators what adjudication decided, and why"
        defaultChecked={round.settings.showsDecisions}
      />
      <p className="-mt-3 max-w-prose text-[13px] text-ink-soft">
        Once a document is adjudicated, those who submitted it see their own marks beside the
        decisions, with reasons and notes. Who else marked what is not told; notes are shown as they
        were written.
      </p>
      <div>
        <Button type="submit" disabled={isSaving}>
          {isSaving ? "Saving…" : "Save"}
        </Button>
      </div>
    </form>
  );
}

const noChange = () => () => {};
const yes = () => true;
const no = () => false;

/** As a field for date and time takes it, in the reader's time zone. */
function localTime(date: Date | null): string {
  if (date === null) return "";
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
