"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { archiveDocument, restoreDocument } from "@/lib/actions/documents";

/** Puts a document away, or takes it up again. */
export function ArchiveButton({
  projectId,
  documentId,
  isArchived,
}: {
  projectId: string;
  documentId: string;
  isArchived: boolean;
}) {
  const [isPending, startTransition] = useTransition();
  const [change, takeBack] = isArchived
    ? [restoreDocument, archiveDocument]
    : [archiveDocument, restoreDocument];
  const run = () =>
    startTransition(async () => {
      await act(() => change({ projectId, documentId }), {
        message: isArchived ? "The document is back." : "The document is archived.",
        undo: () => void act(() => takeBack({ projectId, documentId })),
      });
    });
  return (
    <Button disabled={isPending} onClick={run}>
      {isArchived ? "Restore" : "Archive"}
    </Button>
  );
}
