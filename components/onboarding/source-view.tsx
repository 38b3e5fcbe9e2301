"use client";
import { useState } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { revealSource } from "@/lib/actions/onboarding";
import type { RevealedSource } from "@/lib/services/blind-source";

/** Shows where a submitted document comes from, when asked to. */
export function SourceView({ assignmentId }: { assignmentId: string }) {
  const [source, setSource] = useState<RevealedSource | null>(null);
  if (source === null) {
    return (
      <Button
        tone="primary"
        onClick={() => void act(() => revealSource({ assignmentId })).then(setSource)}
      >
        Show the source
      </Button>
    );
  }
  const facts = [
    ["Title", source.title],
    ["Outlet", source.outlet],
    ["Author", source.author],
    ["Date", source.publishedOn],
    ["Address", source.url],
  ] as const;
  return (
    <div role="status">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        {facts.map(([name, fact]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 break-words">
              <bdi>{fact ?? "not known"}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 max-w-prose whitespace-pre-wrap font-serif">{source.text}</div>
    </div>
  );
}
