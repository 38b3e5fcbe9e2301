"use client";
import clsx from "clsx";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { previewImportRow } from "@/lib/actions/imports";
import type { Result } from "@/lib/domain/result";
import { isAnnotatable, roleName } from "@/lib/domain/text/roles";
import { counted } from "@/lib/domain/wording";
import type { RowPreview } from "@/lib/services/import-preview";
import { RowFacts } from "./row-facts";
import { reached } from "./send-files";

/** The lines of an article with the roles that were found, asked for when they are opened. */
export function RowLines({
  place,
}: {
  place: { projectId: string; importId: string; position: number };
}) {
  const [read, setRead] = useState<Result<RowPreview> | null>(null);
  const load = async () => setRead(await reached(previewImportRow(place)));
  const open = async () => {
    if (!read?.ok) await load();
  };
  return (
    <details className="mt-1" onToggle={({ currentTarget }) => currentTarget.open && void open()}>
      <summary className="w-fit rounded py-0.5 text-[13px] text-ink-soft">
        Lines, roles and source
      </summary>
      {read === null ? <p className="text-[13px] text-ink-soft">Reading…</p> : null}
      {read !== null && !read.ok ? (
        <p className="text-[13px] text-bad">{read.failure.message}</p>
      ) : null}
      {read?.ok ? (
        <>
          <Reprint projectId={place.projectId} of={read.value.reprintOf} />
          <Lines preview={read.value} />
          <RowFacts place={place} facts={read.value.facts} onSaved={() => void load()} />
        </>
      ) : null}
    </details>
  );
}

function Reprint({ projectId, of }: { projectId: string; of: RowPreview["reprintOf"] }) {
  if (of === null) return null;
  const title = <bdi>{of.title}</bdi>;
  return (
    <p className="my-1 text-sm text-warn">
      Much like “
      {of.documentId === null ? (
        title
      ) : (
        <Link href={`/projects/${projectId}/documents/${of.documentId}`} className="underline">
          {title}
        </Link>
      )}
      ” ({Math.round(of.likeness * 100)} % alike). It is linked to it when it is stored, and that
      one is annotated.
    </p>
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
