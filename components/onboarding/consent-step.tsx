"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { giveConsent, withdrawConsent } from "@/lib/actions/onboarding";
import type { OwnOnboarding } from "@/lib/services/onboarding-steps";

/** The consent text in force, to be read and agreed to, and the way to take a consent back. */
export function ConsentStep({
  projectId,
  consent,
}: {
  projectId: string;
  consent: NonNullable<OwnOnboarding["consent"]>;
}) {
  const [isRead, setRead] = useState(false);
  const { version, body, publishedOn, isGiven, givenOn } = consent;
  return (
    <>
      <p className="text-[13px] text-ink-soft">
        Version {version} of {publishedOn}
        {isGiven ? `. You consented on ${givenOn}.` : "."}
      </p>
      <div className="my-3 max-h-96 max-w-prose overflow-y-auto whitespace-pre-wrap border-s-2 border-line ps-3 text-sm">
        {body}
      </div>
      {isGiven ? (
        <div className="flex flex-wrap items-center gap-3">
          <Button
            size="small"
            tone="danger"
            onClick={() =>
              void act(() => withdrawConsent({ projectId }), {
                message: "Your consent is withdrawn, and your answers about yourself are deleted.",
                undo: () => void act(() => giveConsent({ projectId, version })),
              })
            }
          >
            Withdraw consent
          </Button>
          <p className="max-w-prose text-[13px] text-ink-soft">
            Your labels stay; your answers about yourself are deleted, and you get no more
            documents.
          </p>
        </div>
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Checkbox
            label="I have read this and I consent."
            checked={isRead}
            onChange={({ target }) => setRead(target.checked)}
          />
          <Button
            tone="primary"
            disabled={!isRead}
            onClick={() => void act(() => giveConsent({ projectId, version }))}
          >
            Consent
          </Button>
        </div>
      )}
    </>
  );
}
