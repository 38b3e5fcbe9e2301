"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Select, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { showToast } from "@/components/ui/toasts";
import { useActionForm } from "@/components/ui/use-action-form";
import {
  createEvent,
  describeEvent,
  groupByField,
  mergeEvents,
  removeEvent,
  setDocumentEvent,
} from "@/lib/actions/events";
import { fieldProblem } from "@/lib/domain/form";
import type { Regrouped } from "@/lib/services/events";

/** Gives documents back to what they belonged to. */
async function giveBack(projectId: string, { before }: Regrouped): Promise<void> {
  for (const { eventId, documentIds } of before) {
    if (documentIds.length === 0) continue;
    await act(() => setDocumentEvent({ projectId, eventId, documentIds }));
  }
}

/** Makes events of the values of a field. */
export function GroupByFieldButton({ projectId }: { projectId: string }) {
  const [isOpen, setOpen] = useState(false);
  const { state, isPending, form } = useActionForm(groupByField, (done) => {
    showToast({ tone: "good", message: done.message });
    setOpen(false);
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>Group by a field…</Button>
      <Dialog title="Group by a field" isOpen={isOpen} onClose={() => setOpen(false)}>
        <form {...form} className="flex flex-col gap-3">
          <input type="hidden" name="projectId" value={projectId} />
          <TextField
            label="Field"
            name="field"
            required
            placeholder="topic"
            help="A free field, or “section” or “country”. Documents without an event that have the same value become one event of this name."
            problem={fieldProblem(state, "field")}
          />
          <div className="flex justify-end">
            <Button tone="primary" type="submit" disabled={isPending}>
              Group
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

type EventProps = { projectId: string; eventId: string; name: string; happenedOn: string | null };

/** Changes the name and the day of an event. */
export function EditEventButton({ projectId, eventId, name, happenedOn }: EventProps) {
  const [isOpen, setOpen] = useState(false);
  const { state, isPending, form } = useActionForm(describeEvent, () => setOpen(false));
  return (
    <>
      <Button onClick={() => setOpen(true)}>Rename</Button>
      <Dialog title="Name and day" isOpen={isOpen} onClose={() => setOpen(false)}>
        <form {...form} className="flex flex-col gap-3">
          <input type="hidden" name="projectId" value={projectId} />
          <input type="hidden" name="eventId" value={eventId} />
          <TextField
            label="Name"
            name="name"
            required
            defaultValue={name}
            problem={fieldProblem(state, "name")}
          />
          <TextField
            label="Day"
            name="happenedOn"
            type="date"
            defaultValue={happenedOn ?? ""}
            problem={fieldProblem(state, "happenedOn")}
          />
          {state.state === "refused" && !state.failure.place ? (
            <Notice tone="bad">{state.failure.message}</Notice>
          ) : null}
          <div className="flex justify-end">
            <Button tone="primary" type="submit" disabled={isPending}>
              Save
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

/** Gives the documents of an event to another one. */
export function MergeEventButton({
  projectId,
  eventId,
  others,
}: {
  projectId: string;
  eventId: string;
  others: { eventId: string; name: string }[];
}) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const intoId = String(new FormData(event.currentTarget).get("into") ?? "");
    startTransition(async () => {
      let done: Regrouped = { eventId: null, before: [] };
      const run = async () => {
        const result = await mergeEvents({ projectId, eventId, intoId });
        if (result.ok) done = result.value;
        return result;
      };
      const merged = await act(run, {
        message: "The documents are under one event.",
        undo: () => void giveBack(projectId, done),
      });
      if (merged !== null) router.push(`/projects/${projectId}/events/${intoId}`);
    });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)} disabled={others.length === 0}>
        Merge…
      </Button>
      <Dialog title="Merge into another event" isOpen={isOpen} onClose={() => setOpen(false)}>
        <form onSubmit={submit} className="flex flex-col gap-3">
          <Select label="Event" name="into" required>
            {others.map((other) => (
              <option key={other.eventId} value={other.eventId}>
                {other.name}
              </option>
            ))}
          </Select>
          <div className="flex justify-end">
            <Button tone="primary" type="submit" disabled={isPending}>
              Merge
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

/** Puts an event away; its documents belong to none. */
export function RemoveEventButton({ projectId, eventId }: { projectId: string; eventId: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const remove = () =>
    startTransition(async () => {
      let done: Regrouped = { eventId: null, before: [] };
      const run = async () => {
        const result = await removeEvent({ projectId, eventId });
        if (result.ok) done = result.value;
        return result;
      };
      const removed = await act(run, {
        message: "The event is put away. Its documents stay.",
        undo: () => void giveBack(projectId, done),
      });
      if (removed !== null) router.push(`/projects/${projectId}/events`);
    });
  return (
    <Button tone="quiet" disabled={isPending} onClick={remove}>
      Put away
    </Button>
  );
}

/** Takes chosen documents out of an event, or makes another event of them. */
export function SplitForm({
  projectId,
  eventId,
  documents,
}: {
  projectId: string;
  eventId: string;
  documents: { documentId: string; title: string; outlet: string | null }[];
}) {
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const documentIds = form.getAll("document").map(String);
    const name = String(form.get("name") ?? "").trim();
    if (documentIds.length === 0) {
      showToast({ tone: "bad", message: "Choose a document first." });
      return;
    }
    startTransition(async () => {
      await act(
        () =>
          name === ""
            ? setDocumentEvent({ projectId, documentIds, eventId: null })
            : createEvent({ projectId, name, documentIds }),
        {
          message: name === "" ? "Taken out of this event." : `Moved to “${name}”.`,
          undo: () => void act(() => setDocumentEvent({ projectId, documentIds, eventId })),
        },
      );
    });
  };
  return (
    <details className="rounded-md border border-line bg-surface px-3 py-2 text-sm">
      <summary className="cursor-pointer font-medium">Take documents out</summary>
      <form onSubmit={submit} className="mt-2 flex flex-col gap-2">
        {documents.map(({ documentId, title, outlet }) => (
          <label key={documentId} className="flex items-center gap-2">
            <input
              type="checkbox"
              name="document"
              value={documentId}
              className="size-4 accent-(--accent)"
            />
            <span>
              <bdi>{title}</bdi>
              <span className="text-ink-soft">{outlet === null ? "" : ` · ${outlet}`}</span>
            </span>
          </label>
        ))}
        <div className="flex flex-wrap items-end gap-2">
          <TextField
            label="Into an event called"
            name="name"
            placeholder="Left empty: into none"
            autoComplete="off"
          />
          <Button type="submit" disabled={isPending}>
            Take out
          </Button>
        </div>
      </form>
    </details>
  );
}
