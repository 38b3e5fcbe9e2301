"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { TextArea } from "@/components/ui/field";
import { publishConsent } from "@/lib/actions/onboarding";
import type { ConsentText } from "@/lib/services/onboarding-store";

/** Writes the next version of the consent text; those before it stay readable. */
export function ConsentEditor({ projectId, texts }: { projectId: string; texts: ConsentText[] }) {
  const latest = texts[0];
  const [body, setBody] = useState(latest?.body ?? "");
  const isNew = body.trim() !== "" && body !== latest?.body;
  return (
    <div className="flex flex-col items-start gap-3">
      <div className="w-full max-w-3xl">
        <TextArea
          label="Consent text"
          rows={8}
          maxLength={20_000}
          value={body}
          onChange={({ target }) => setBody(target.value)}
          help="Say what is collected, why, who sees it, how long it is kept, and how to withdraw. A new version asks everybody again before they go on."
        />
      </div>
      <Button
        disabled={!isNew}
        onClick={() =>
          void act(() => publishConsent({ projectId, body }), { message: "Published." })
        }
      >
        Publish version {(latest?.version ?? 0) + 1}
      </Button>
      {texts.slice(1).map(({ version, body: old, publishedOn }) => (
        <details key={version} className="text-sm">
          <summary className="text-ink-soft">
            Version {version} of {publishedOn}
          </summary>
          <p className="mt-1 max-w-prose whitespace-pre-wrap">{old}</p>
        </details>
      ))}
    </div>
  );
}
