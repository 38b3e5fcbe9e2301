"use client";
import clsx from "clsx";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { previewImportRow } from "@/lib/actions/imports";
import type { Result } from "@/lib/domain/result";
import { isAnnotatable, roleName } from "@/lib/domain/text/roles";
import { counted } from "@/lib/domain/wording";
import type { RowPreview } from "@/lib/services/imports";
import { reached } from "./send-files";

/** The lines of an article with the roles that were found, asked for when they are opened. */
export function RowLines({
  place,
}: {
  place: { projectId: string; importId: string; position: number };
}) {
  const [read, setRead] = useState<Result<RowPreview> | null>(null);
  const open = async () => {
    if (read?.ok) return;
    setRead(await reached(previewImportRow(place)));
  };
  return (
    <details className="mt-1" onToggle={({ currentTarget }) => currentTarget.open && void open()}>
      <summary className="w-fit rounded py-0.5 text-[13px] text-ink-soft">Lines and roles</summary>
      {read === null ? <p className="text-[13px] text-ink-soft">Reading…</p> : null}
      {read !== null && !read.ok ? (
        <p className="text-[13px] text-bad">{read.failure.message}</p>
      ) : null}
      {read?.ok ? <Lines preview={read.value} /> : null}
    </details>
  );
}

function Lines({ preview }: { preview: RowPreview }) {
  return (
    <section
      aria-label="Lines and their roles"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="mt-1 max-h-96 overflow-y-auto rounded-md border border-line"
    >
      <ol className="divide-y divide-line">
        {preview.blocks.map(({ position, role, text }) => (
          <li key={position} className="grid gap-x-3 gap-y-0.5 px-3 py-1.5 sm:grid-cols-[9rem_1fr]">
            <div>
              <Badge tone={isAnnotatable(role) ? "accent" : "plain"}>{roleName(role)}</Badge>
            </div>
            <p
              dir="auto"
              className={clsx(
                "break-words text-sm",
                isAnnotatable(role) ? "font-serif" : "text-ink-soft",
                role === "headline" && "font-semibold",
              )}
            >
              {text}
            </p>
          </li>
        ))}
      </ol>
      {preview.hiddenBlocks > 0 ? (
        <p className="border-t border-line px-3 py-2 text-[13px] text-ink-soft">
          {counted(preview.hiddenBlocks, "more line")}, not shown here.
        </p>
      ) : null}
    </section>
  );
}
