"use client";
import { useState, useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { archiveDocument, listDocumentIds, restoreDocument } from "@/lib/actions/documents";
import type { Result } from "@/lib/domain/result";
import { success } from "@/lib/domain/result";
import { counted } from "@/lib/domain/wording";
import { BulkFactsDialog } from "./bulk-facts-dialog";
import { FactsTableDialog } from "./facts-table-dialog";
import type { Filters } from "./filters";

type Props = {
  projectId: string;
  documentIds: string[];
  filters: Filters;
  events: { eventId: string; name: string }[];
  hasMore: boolean;
  areArchived: boolean;
  onChoose: (documentIds: string[]) => void;
};

/** How many documents one act takes. */
const AT_ONCE = 1_000;

/** What can be done with the chosen documents, all of it with a way back. */
export function BulkBar({
  projectId,
  documentIds,
  filters,
  events,
  hasMore,
  areArchived,
  onChoose,
}: Props) {
  const [open, setOpen] = useState<"facts" | "table" | null>(null);
  const [isPending, startTransition] = useTransition();
  const count = documentIds.length;
  const chooseAll = () =>
    startTransition(async () => {
      const found = await act(() => listDocumentIds(inputOf(projectId, filters)));
      if (found !== null) onChoose(found.documentIds);
    });
  const putAway = () =>
    startTransition(async () => {
      const [change, back] = areArchived
        ? [restoreDocument, archiveDocument]
        : [archiveDocument, restoreDocument];
      const done = await act(() => each(projectId, documentIds, change), {
        message: `${counted(count, "document")} ${areArchived ? "are back" : "archived"}.`,
        undo: () => void act(() => each(projectId, documentIds, back)),
      });
      if (done !== null) onChoose([]);
    });
  return (
    <div className="mb-2 flex min-h-8 flex-wrap items-center gap-2 text-[13px]">
      {count === 0 ? (
        <p className="me-auto text-ink-soft">
          Choose rows with <kbd>Space</kbd>, move with <kbd>↑</kbd> <kbd>↓</kbd>, open with{" "}
          <kbd>Enter</kbd>.
        </p>
      ) : (
        <>
          <p aria-live="polite" className="font-medium">
            {counted(count, "document")} chosen
          </p>
          {hasMore && count < AT_ONCE ? (
            <Button size="small" tone="quiet" disabled={isPending} onClick={chooseAll}>
              Choose all that fit
            </Button>
          ) : null}
          <Button size="small" onClick={() => setOpen("facts")} disabled={count > AT_ONCE}>
            Set facts…
          </Button>
          <Button size="small" onClick={putAway} disabled={isPending || count > AT_ONCE}>
            {areArchived ? "Restore" : "Archive"}
          </Button>
          <Button size="small" tone="quiet" onClick={() => onChoose([])}>
            Choose none
          </Button>
          {count > AT_ONCE ? (
            <p className="text-ink-soft">At most 1,000 are changed at once.</p>
          ) : null}
          <span className="me-auto" />
        </>
      )}
      <Button size="small" tone="quiet" onClick={() => setOpen("table")}>
        Facts from a table…
      </Button>
      <BulkFactsDialog
        {...{ projectId, documentIds, events }}
        isOpen={open === "facts"}
        onClose={() => setOpen(null)}
      />
      <FactsTableDialog
        projectId={projectId}
        isOpen={open === "table"}
        onClose={() => setOpen(null)}
      />
    </div>
  );
}

type Change = (input: { projectId: string; documentId: string }) => Promise<Result<unknown>>;

async function each(
  projectId: string,
  documentIds: readonly string[],
  change: Change,
): Promise<Result<null>> {
  for (const documentId of documentIds) {
    const result = await change({ projectId, documentId });
    if (!result.ok) return result;
  }
  return success(null);
}

function inputOf(projectId: string, filters: Filters): Parameters<typeof listDocumentIds>[0] {
  const { sort: _, ...rest } = filters;
  const named = Object.entries(rest).filter(([, value]) => value !== "");
  return { projectId, ...Object.fromEntries(named) };
}
