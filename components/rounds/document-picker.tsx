"use client";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/page";
import { counted } from "@/lib/domain/wording";
import type { Draft, PickerDocument } from "./round-draft";

/** Rows drawn at once; a search narrows the rest. */
const DRAWN = 200;

type Change = (changed: Partial<Draft>) => void;

/** Which documents the round hands out: all, or those ticked in a filtered list. */
export function DocumentPicker({
  documents,
  all,
  draft,
  change,
}: {
  documents: PickerDocument[];
  all: number;
  draft: Draft;
  change: Change;
}) {
  const chosen = draft.documentIds === null ? all : draft.documentIds.size;
  return (
    <Section title={`Documents: ${counted(chosen, "document")}`}>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Select
          label="Which"
          value={draft.documentIds === null ? "all" : "some"}
          onChange={({ target }) =>
            change({
              documentIds:
                target.value === "all"
                  ? null
                  : new Set(
                      documents.filter((each) => each.rounds === 0).map((each) => each.documentId),
                    ),
            })
          }
        >
          <option value="all">{`all ${all}`}</option>
          <option value="some">choose</option>
        </Select>
      </div>
      {all > documents.length ? (
        <Notice className="mt-2">
          The first {documents.length} of {all} documents are listed. Plan all, or make a project
          for each part.
        </Notice>
      ) : null}
      {draft.documentIds === null ? null : (
        <DocumentList {...{ documents, draft, change, chosen: draft.documentIds }} />
      )}
    </Section>
  );
}

function DocumentList({
  documents,
  draft,
  change,
  chosen,
}: {
  documents: PickerDocument[];
  draft: Draft;
  change: Change;
  chosen: ReadonlySet<string>;
}) {
  const [search, setSearch] = useState("");
  const [outlet, setOutlet] = useState("");
  const [event, setEvent] = useState("");
  const [had, setHad] = useState("any");
  const found = useMemo(() => {
    const words = search.trim().toLowerCase();
    return documents.filter(
      (each) =>
        (words === "" || each.title.toLowerCase().includes(words)) &&
        (outlet === "" || each.outlet === outlet) &&
        (event === "" || each.event === event) &&
        (had === "any" || (had === "new") === (each.rounds === 0)),
    );
  }, [documents, search, outlet, event, had]);
  const set = (ids: Iterable<string>, isIn: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (isIn) next.add(id);
      else next.delete(id);
    }
    change({ documentIds: next });
  };
  return (
    <div className="mt-3 rounded-md border border-line bg-surface">
      <div className="grid gap-3 border-b border-line p-3 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          label="Title holds"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        <Choice
          label="Outlet"
          value={outlet}
          change={setOutlet}
          options={documents.map((each) => each.outlet)}
        />
        <Choice
          label="Event"
          value={event}
          change={setEvent}
          options={documents.map((each) => each.event)}
        />
        <Select label="Earlier rounds" value={had} onChange={({ target }) => setHad(target.value)}>
          <option value="any">with and without</option>
          <option value="new">in no round yet</option>
          <option value="old">in a round before</option>
        </Select>
      </div>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2 text-[13px]">
        <span className="text-ink-soft">{counted(found.length, "document")} found</span>
        <Button
          size="small"
          onClick={() =>
            set(
              found.map((each) => each.documentId),
              true,
            )
          }
        >
          Choose these
        </Button>
        <Button
          size="small"
          onClick={() =>
            set(
              found.map((each) => each.documentId),
              false,
            )
          }
        >
          Leave these out
        </Button>
      </div>
      <ul className="max-h-96 divide-y divide-line overflow-y-auto">
        {found.slice(0, DRAWN).map((each) => (
          <li key={each.documentId} className="flex flex-wrap items-center gap-x-3 px-3 py-1.5">
            <label className="flex min-w-0 flex-1 items-center gap-2 text-sm">
              <input
                type="checkbox"
                checked={chosen.has(each.documentId)}
                onChange={({ target }) => set([each.documentId], target.checked)}
                className="size-4 shrink-0 accent-(--accent)"
              />
              <span className="min-w-0">
                <bdi className="block truncate">{each.title}</bdi>
                <span className="block text-[13px] text-ink-soft">
                  {[each.outlet, each.event, `${each.words} words`].filter(Boolean).join(" · ")}
                </span>
              </span>
            </label>
            {chosen.has(each.documentId) && draft.handOut === "push" ? (
              <UseOf {...{ document: each, draft, change }} />
            ) : null}
          </li>
        ))}
      </ul>
      {found.length > DRAWN ? (
        <p className="border-t border-line px-3 py-2 text-[13px] text-ink-soft">
          The first {DRAWN} are shown. Narrow the search to see others; the buttons above take all
          that was found.
        </p>
      ) : null}
    </div>
  );
}

/** Whether a document is ordinary work, for training, or a silent check. */
function UseOf({
  document,
  draft,
  change,
}: {
  document: PickerDocument;
  draft: Draft;
  change: Change;
}) {
  const { documentId, title } = document;
  const use = draft.goldIds.has(documentId)
    ? "gold"
    : draft.trainingIds.has(documentId)
      ? "training"
      : "work";
  const without = (ids: ReadonlySet<string>) => new Set([...ids].filter((id) => id !== documentId));
  const set = (value: string) => {
    const goldIds = without(draft.goldIds);
    const trainingIds = without(draft.trainingIds);
    if (value === "gold") goldIds.add(documentId);
    if (value === "training") trainingIds.add(documentId);
    change({ goldIds, trainingIds });
  };
  return (
    <select
      aria-label={`Use of ${title}`}
      value={use}
      onChange={({ target }) => set(target.value)}
      className="h-7 rounded border border-line bg-surface px-1 text-[13px]"
    >
      <option value="work">work</option>
      <option value="training">training</option>
      <option value="gold">silent gold</option>
    </select>
  );
}

function Choice({
  label,
  value,
  change,
  options,
}: {
  label: string;
  value: string;
  change: (value: string) => void;
  options: (string | null)[];
}) {
  const known = useMemo(
    () => [...new Set(options.filter((each) => each !== null))].sort((a, b) => a.localeCompare(b)),
    [options],
  );
  return (
    <Select label={label} value={value} onChange={({ target }) => change(target.value)}>
      <option value="">any</option>
      {known.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </Select>
  );
}
