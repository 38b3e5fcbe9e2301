"use client";
import { useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { OneTimeSecret } from "@/components/ui/one-time-secret";
import { renewWebhookSecret } from "@/lib/actions/webhooks";

/** Gives a webhook a new secret, for when the old one was lost or got into wrong hands. */
export function RenewSecret({ projectId, webhookId }: { projectId: string; webhookId: string }) {
  const [isPending, startTransition] = useTransition();
  const [secret, setSecret] = useState<string | null>(null);
  const renew = () =>
    startTransition(async () => {
      const renewed = await act(() => renewWebhookSecret({ projectId, webhookId }));
      if (renewed !== null) setSecret(renewed.secret);
    });
  return (
    <div className="mb-5">
      <Button size="small" disabled={isPending} onClick={renew}>
        New secret
      </Button>
      {secret === null ? null : (
        <Notice tone="good" className="mt-3">
          <p>From now on messages are signed with this secret:</p>
          <OneTimeSecret label="Secret" secret={secret} />
        </Notice>
      )}
    </div>
  );
}
