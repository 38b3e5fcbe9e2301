"use client";
import Link from "next/link";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { chooseDuplicate, linkDuplicate, setApart } from "@/lib/actions/documents";
import type { LinkedDocument } from "@/lib/services/documents";

/** Acts on a group of reprints, each with its way back. */
export function useReprints(projectId: string) {
  const [isPending, startTransition] = useTransition();
  const choose = (documentId: string, title: string) =>
    startTransition(async () => {
      let before = "";
      const run = async () => {
        const result = await chooseDuplicate({ projectId, documentId });
        if (result.ok) before = result.value.before;
        return result;
      };
      await act(run, {
        message: `“${title}” is annotated now.`,
        undo: () => void act(() => chooseDuplicate({ projectId, documentId: before })),
      });
    });
  const part = (documentId: string, title: string) =>
    startTransition(async () => {
      let toId = "";
      const run = async () => {
        const result = await setApart({ projectId, documentId });
        if (result.ok) toId = result.value.before;
        return result;
      };
      await act(run, {
        message: `“${title}” stands by itself.`,
        undo: () => void act(() => linkDuplicate({ projectId, documentId, toId })),
      });
    });
  return { isPending, choose, part };
}

/** One reprint with what can be done about it. */
export function ReprintRow({
  projectId,
  reprint: { documentId, title, outlet, publishedOn, likeness },
  acts: { isPending, choose, part },
}: {
  projectId: string;
  reprint: LinkedDocument;
  acts: ReturnType<typeof useReprints>;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <span className="min-w-0">
        <Link href={`/projects/${projectId}/documents/${documentId}`} className="hover:underline">
          <bdi>{title}</bdi>
        </Link>
        <span className="block text-[13px] text-ink-soft">
          {[outlet, publishedOn, `${Math.round(likeness * 100)}% alike`]
            .filter((part) => part !== null)
            .join(" · ")}
        </span>
      </span>
      <span className="flex gap-1">
        <Button
          size="small"
          disabled={isPending}
          aria-label={`Annotate this: ${title}`}
          onClick={() => choose(documentId, title)}
        >
          Annotate this
        </Button>
        <Button
          size="small"
          tone="quiet"
          disabled={isPending}
          aria-label={`No reprint: ${title}`}
          onClick={() => part(documentId, title)}
        >
          No reprint
        </Button>
      </span>
    </li>
  );
}

/** Says of a document which one is annotated in its place, or which ones it stands for. */
export function ReprintCard({
  projectId,
  document,
}: {
  projectId: string;
  document: {
    documentId: string;
    title: string;
    duplicateOf: LinkedDocument | null;
    reprints: LinkedDocument[];
  };
}) {
  const acts = useReprints(projectId);
  const { documentId, title, duplicateOf, reprints } = document;
  return (
    <div className="flex flex-col gap-2 text-sm">
      {duplicateOf === null ? null : (
        <>
          <p>
            A reprint, {Math.round(duplicateOf.likeness * 100)}% alike. Annotated in its place:{" "}
            <Link
              href={`/projects/${projectId}/documents/${duplicateOf.documentId}`}
              className="underline"
            >
              <bdi>{duplicateOf.title}</bdi>
            </Link>
            {duplicateOf.outlet === null ? "" : ` (${duplicateOf.outlet})`}.
          </p>
          <div className="flex gap-1">
            <Button
              size="small"
              disabled={acts.isPending}
              onClick={() => acts.choose(documentId, title)}
            >
              Annotate this instead
            </Button>
            <Button
              size="small"
              tone="quiet"
              disabled={acts.isPending}
              onClick={() => acts.part(documentId, title)}
            >
              No reprint
            </Button>
          </div>
        </>
      )}
      {reprints.length === 0 ? null : (
        <ul className="flex flex-col gap-2">
          {reprints.map((reprint) => (
            <ReprintRow key={reprint.documentId} {...{ projectId, reprint, acts }} />
          ))}
        </ul>
      )}
    </div>
  );
}
