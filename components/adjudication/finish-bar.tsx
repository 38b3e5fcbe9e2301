"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button, ButtonLink } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { finishAdjudication, reopenAdjudication } from "@/lib/actions/adjudication";
import { counted } from "@/lib/domain/wording";
import type { progressOf } from "./desk-state";

/** How far the document is, what is missing, and the end of it. */
export function FinishBar({
  projectId,
  adjudicationId,
  isOpen,
  items,
  progress,
  onUndecided,
  onUnanimous,
}: {
  projectId: string;
  adjudicationId: string;
  isOpen: boolean;
  items: number;
  progress: ReturnType<typeof progressOf>;
  onUndecided: () => void;
  onUnanimous: () => void;
}) {
  const [isBusy, setBusy] = useState(false);
  const at = { projectId, adjudicationId };
  const { decided, disputesLeft, agreedLeft, contested } = progress;
  const run = async (change: () => ReturnType<typeof finishAdjudication>, message: string) => {
    setBusy(true);
    await act(change, { message });
    setBusy(false);
  };
  return (
    <div className="rounded-md border border-line bg-surface p-3 text-[13px]">
      <p className="mb-1 tabular-nums">
        {decided} of {counted(items, "item")} decided
        {contested > 0 ? `, ${contested} contested` : ""}
      </p>
      <Meter value={decided} most={items} label={`${decided} of ${items} decided`} />
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        {isOpen && disputesLeft > 0 ? (
          <Button size="small" aria-keyshortcuts="g" onClick={onUndecided}>
            {counted(disputesLeft, "dispute")} left
            <kbd aria-hidden className="font-mono text-xs text-ink-soft">
              g
            </kbd>
          </Button>
        ) : null}
        {isOpen && agreedLeft > 0 ? (
          <Button size="small" aria-keyshortcuts="a" onClick={onUnanimous}>
            Accept {agreedLeft} on which all agree
            <kbd aria-hidden className="font-mono text-xs text-ink-soft">
              a
            </kbd>
          </Button>
        ) : null}
        {isOpen ? (
          <Button
            size="small"
            tone="primary"
            className="ml-auto"
            disabled={isBusy || disputesLeft + agreedLeft > 0}
            onClick={() =>
              run(() => finishAdjudication(at), "Finished. What you decided is gold now.")
            }
          >
            Finish
          </Button>
        ) : (
          <>
            <ButtonLink size="small" tone="primary" href={`/projects/${projectId}/adjudication`}>
              To the documents
            </ButtonLink>
            <Button
              size="small"
              disabled={isBusy}
              onClick={() => run(() => reopenAdjudication(at), "Open again.")}
            >
              Open again
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
