"use client";
import { type FormEvent, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { changeWebhook } from "@/lib/actions/webhooks";
import { EVENT_WORDS, WEBHOOK_EVENTS, type WebhookEvent } from "@/lib/domain/api/webhook-events";

type Place = { projectId: string; webhookId: string };

/** Chooses anew what a webhook is told of. */
export function EventsForm({ place, events }: { place: Place; events: WebhookEvent[] }) {
  const [isPending, startTransition] = useTransition();
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = WEBHOOK_EVENTS.filter((each) => form.has(each));
    startTransition(async () => {
      await act(() => changeWebhook({ ...place, events: chosen }), { message: "Saved." });
    });
  };
  return (
    <form onSubmit={save} className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      {WEBHOOK_EVENTS.map((each) => (
        <Checkbox
          key={each}
          name={each}
          defaultChecked={events.includes(each)}
          label={EVENT_WORDS[each]}
        />
      ))}
      <Button size="small" type="submit" disabled={isPending}>
        Save
      </Button>
    </form>
  );
}
