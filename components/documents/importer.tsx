"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Select, TextField } from "@/components/ui/field";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { LANGUAGES } from "@/lib/domain/languages";
import { counted } from "@/lib/domain/wording";
import { DraftCard } from "./draft-card";
import type { StoredDraft } from "./drafts";
import { SourcePicker } from "./source-picker";
import { useDesk } from "./use-desk";

/** Brings texts into a project: choose, look at what was found, describe, store. */
export function Importer({
  projectId,
  language: usual,
  events,
}: {
  projectId: string;
  language: string;
  events: string[];
}) {
  const router = useRouter();
  const desk = useDesk(projectId);
  const top = useRef<HTMLDivElement>(null);
  const [language, setLanguage] = useState(usual);
  const [event, setEvent] = useState("");
  const ready = desk.drafts.filter(({ reading }) => reading.state === "ready").length;
  const isBusy = desk.progress !== null;
  const store = async () => {
    await desk.store({ language, event });
    top.current?.focus();
    router.refresh();
  };
  return (
    <div className="flex flex-col gap-6">
      <div ref={top} tabIndex={-1} className="scroll-mt-16 outline-none empty:hidden">
        <StoredList projectId={projectId} stored={desk.stored} />
      </div>
      <SourcePicker onAdd={(sources) => void desk.add(sources, language)} />
      {desk.drafts.length > 0 ? (
        <section aria-label="Ready to store" className="flex flex-col gap-3">
          <CommonFacts
            {...{ language, event, events }}
            onLanguage={setLanguage}
            onEvent={setEvent}
          />
          <ul className="flex flex-col gap-3">
            {desk.drafts.map((draft) => (
              <DraftCard
                key={draft.id}
                draft={draft}
                isBusy={isBusy}
                onDescribe={(facts) => desk.change({ kind: "described", id: draft.id, facts })}
                onRemove={() => desk.change({ kind: "removed", id: draft.id })}
                onRetry={() => void desk.read(draft, language)}
              />
            ))}
          </ul>
          <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center justify-end gap-3 border-t border-line bg-canvas px-4 py-3">
            {desk.progress === null ? null : (
              <div role="status" className="flex min-w-48 flex-1 items-center gap-3 text-sm">
                <Meter value={desk.progress.done} most={desk.progress.all} label="Stored" />
                <span className="whitespace-nowrap">
                  Storing {desk.progress.done + 1} of {desk.progress.all}…
                </span>
              </div>
            )}
            <Button tone="primary" disabled={ready === 0 || isBusy} onClick={() => void store()}>
              Store {counted(ready, "document")}
            </Button>
          </div>
        </section>
      ) : null}
    </div>
  );
}

function CommonFacts({
  language,
  event,
  events,
  onLanguage,
  onEvent,
}: {
  language: string;
  event: string;
  events: string[];
  onLanguage: (language: string) => void;
  onEvent: (event: string) => void;
}) {
  const id = useId();
  const isListed = LANGUAGES.some(([tag]) => tag === language);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="Event they report on (optional)"
        list={id}
        value={event}
        maxLength={200}
        autoComplete="off"
        help="Documents of one event can be put beside each other."
        onChange={({ target }) => onEvent(target.value)}
      />
      <datalist id={id}>
        {events.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Select
        label="Language"
        value={language}
        onChange={({ target }) => onLanguage(target.value)}
        help="Decides how words and sentences are divided."
      >
        {isListed ? null : <option value={language}>{language}</option>}
        {LANGUAGES.map(([tag, name]) => (
          <option key={tag} value={tag}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  );
}

function StoredList({ projectId, stored }: { projectId: string; stored: StoredDraft[] }) {
  if (stored.length === 0) return null;
  const added = stored.filter(({ isNew }) => isNew).length;
  const known = stored.length - added;
  return (
    <Notice tone={added > 0 ? "good" : "info"}>
      <p className="font-medium">
        {counted(added, "document")} stored
        {known > 0 ? `, ${counted(known, "text was", "texts were")} in the project already` : ""}.
      </p>
      <ul className="mt-1">
        {stored.map(({ documentId, title, isNew }) => (
          <li key={documentId}>
            <Link href={`/projects/${projectId}/documents/${documentId}`} className="underline">
              <bdi>{title}</bdi>
            </Link>
            {isNew ? "" : " (was there already)"}
          </li>
        ))}
      </ul>
      <p className="mt-1">
        <Link href={`/projects/${projectId}/assignments`} className="font-medium underline">
          Give them to annotators
        </Link>
      </p>
    </Notice>
  );
}
