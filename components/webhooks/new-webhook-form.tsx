"use client";
import { type FormEvent, useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox, TextField } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { OneTimeSecret } from "@/components/ui/one-time-secret";
import { createWebhook } from "@/lib/actions/webhooks";
import { EVENT_WORDS, WEBHOOK_EVENTS } from "@/lib/domain/api/webhook-events";

/** Makes a webhook: where to tell, and of what. */
export function NewWebhookForm({ projectId }: { projectId: string }) {
  const [isPending, startTransition] = useTransition();
  const [secret, setSecret] = useState<string | null>(null);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const box = event.currentTarget;
    const form = new FormData(box);
    const events = WEBHOOK_EVENTS.filter((each) => form.has(each));
    startTransition(async () => {
      const made = await act(() =>
        createWebhook({ projectId, url: String(form.get("url")), events }),
      );
      if (made === null) return;
      box.reset();
      setSecret(made.secret);
    });
  }

  return (
    <div className="mb-5 rounded-md border border-line bg-surface p-4">
      <form onSubmit={send} className="flex flex-col gap-3">
        <TextField
          label="Address to tell"
          name="url"
          type="url"
          required
          maxLength={2048}
          autoComplete="off"
          placeholder="https://"
        />
        <fieldset>
          <legend className="mb-1 text-[13px] font-medium">Tell it when</legend>
          <div className="flex flex-col gap-1">
            {WEBHOOK_EVENTS.map((each) => (
              <Checkbox
                key={each}
                name={each}
                label={
                  <>
                    {EVENT_WORDS[each]}{" "}
                    <span className="font-mono text-xs text-ink-soft">{each}</span>
                  </>
                }
              />
            ))}
          </div>
        </fieldset>
        <div>
          <Button tone="primary" type="submit" disabled={isPending}>
            {isPending ? "Making…" : "Make a webhook"}
          </Button>
        </div>
      </form>
      {secret === null ? null : (
        <Notice tone="good" className="mt-3">
          <p>The webhook is made. Messages are signed with this secret:</p>
          <OneTimeSecret label="Secret" secret={secret} />
        </Notice>
      )}
    </div>
  );
}
