"use client";
import Link from "next/link";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toasts";
import {
  acceptEventSuggestion,
  rejectEventSuggestion,
  reopenEventSuggestion,
  requestEventSuggestions,
} from "@/lib/actions/events";
import { counted } from "@/lib/domain/wording";
import type { SuggestedEvent } from "@/lib/services/event-suggestions";

/** Groups of documents that seem to report on one event, to take or to refuse. */
export function SuggestionList({
  projectId,
  suggestions,
}: {
  projectId: string;
  suggestions: SuggestedEvent[];
}) {
  const [isPending, startTransition] = useTransition();
  const accept = ({ suggestionId, documents }: SuggestedEvent, name: string) =>
    startTransition(async () => {
      await act(() => acceptEventSuggestion({ projectId, suggestionId, name }), {
        message: `${counted(documents.length, "document")} grouped under “${name}”.`,
        undo: () => void act(() => reopenEventSuggestion({ projectId, suggestionId })),
      });
    });
  const reject = ({ suggestionId }: SuggestedEvent) =>
    startTransition(async () => {
      await act(() => rejectEventSuggestion({ projectId, suggestionId }), {
        message: "Refused. It is not suggested again.",
        undo: () => void act(() => reopenEventSuggestion({ projectId, suggestionId })),
      });
    });
  return (
    <ul className="flex flex-col gap-2">
      {suggestions.map((suggestion) => (
        <li key={suggestion.suggestionId} className="rounded-md border border-line bg-surface p-3">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              accept(suggestion, String(new FormData(event.currentTarget).get("name") ?? ""));
            }}
            className="flex flex-wrap items-center gap-2"
          >
            {suggestion.event === null ? (
              <input
                name="name"
                aria-label="Name of the event"
                required
                maxLength={200}
                defaultValue={suggestion.name}
                className="h-8 w-full min-w-0 flex-1 basis-64 rounded-md border border-line-strong bg-surface px-2 text-sm"
              />
            ) : (
              <p className="flex-1 basis-64 text-sm">
                Add to <strong>{suggestion.event}</strong>
                <input type="hidden" name="name" value={suggestion.event} />
              </p>
            )}
            <Button size="small" type="submit" tone="primary" disabled={isPending}>
              Group
            </Button>
            <Button size="small" disabled={isPending} onClick={() => reject(suggestion)}>
              Refuse
            </Button>
          </form>
          <ul className="mt-2 flex flex-col gap-0.5 text-sm">
            {suggestion.documents.map(({ documentId, title, outlet, publishedOn }) => (
              <li key={documentId}>
                <Link
                  href={`/projects/${projectId}/documents/${documentId}`}
                  className="hover:underline"
                >
                  <bdi>{title}</bdi>
                </Link>
                <span className="text-ink-soft">
                  {[outlet, publishedOn].map((part) => (part === null ? "" : ` · ${part}`))}
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-1 text-[13px] text-ink-soft">
            Shared words: {suggestion.words.join(", ")}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Has documents compared anew in the background. */
export function SuggestButton({ projectId }: { projectId: string }) {
  const [isPending, startTransition] = useTransition();
  const ask = () =>
    startTransition(async () => {
      const asked = await act(() => requestEventSuggestions({ projectId }));
      if (asked === null) return;
      showToast({
        tone: "good",
        message: "Documents are being compared. Load this page again in a moment.",
      });
    });
  return (
    <Button disabled={isPending} onClick={ask}>
      Suggest events
    </Button>
  );
}
