"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Template } from "@/lib/services/codebooks";
import { fitsSearch, TemplateFacts } from "./template-card";

/** All templates as cards, to be searched and one taken. */
export function TemplateGallery({
  templates,
  act,
  isBusy,
  onTake,
}: {
  templates: readonly Template[];
  /** What taking one does, e.g. "Start from it". */
  act: string;
  isBusy: boolean;
  onTake: (key: string) => void;
}) {
  const [search, setSearch] = useState("");
  const found = templates.filter((template) => fitsSearch(template, search));
  return (
    <div className="flex flex-col gap-3">
      <label className="flex flex-col gap-1 text-[13px] font-medium">
        Search templates
        <input
          type="search"
          value={search}
          placeholder="frames, propaganda, target, Spinde…"
          onChange={({ target }) => setSearch(target.value)}
          className="h-9 rounded-md border border-line-strong bg-surface px-2.5 text-sm font-normal"
        />
      </label>
      <ul className="grid gap-3 md:grid-cols-2">
        {found.map((template) => (
          <li
            key={template.key}
            className="flex flex-col gap-1.5 rounded-md border border-line bg-surface p-3"
          >
            <TemplateFacts template={template} />
            <div className="mt-auto pt-1">
              <Button
                size="small"
                disabled={isBusy}
                aria-label={`${act}: ${template.name}`}
                onClick={() => onTake(template.key)}
              >
                {act}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="text-sm text-ink-soft">
          No template says “{search}”. Start from the recommended one and make it yours.
        </p>
      ) : null}
    </div>
  );
}
