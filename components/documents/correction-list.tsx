"use client";
import { useTransition } from "react";
import { act } from "@/components/ui/act";
import { Button } from "@/components/ui/button";
import { revertCorrection } from "@/lib/actions/documents";
import { counted } from "@/lib/domain/wording";
import type { ListedCorrection } from "@/lib/services/corrections";
import { LostList } from "./correction-fates";

/** The versions of a text, the newest first, with the way back from the latest. */
export function CorrectionList({
  projectId,
  documentId,
  corrections,
}: {
  projectId: string;
  documentId: string;
  corrections: ListedCorrection[];
}) {
  const [isPending, startTransition] = useTransition();
  const takeBack = (correctionId: string) =>
    startTransition(async () => {
      await act(() => revertCorrection({ projectId, documentId, correctionId }), {
        message: "The text before is back, as a new version.",
      });
    });
  return (
    <ul className="flex flex-col gap-2 text-sm">
      {corrections.map(({ correctionId, version, reason, by, on, isReversal, sets }, at) => {
        const lost = sets.flatMap((set) => set.lost);
        return (
          <li key={correctionId}>
            <div className="flex items-center justify-between gap-2">
              <span className="font-medium">
                Version {version}
                {isReversal ? ", back to the text before" : ""}
              </span>
              {at === 0 ? (
                <Button
                  size="small"
                  disabled={isPending}
                  onClick={() => takeBack(correctionId)}
                  aria-label={`Take back version ${version}`}
                >
                  Take back
                </Button>
              ) : null}
            </div>
            <p className="text-[13px] text-ink-soft">
              {on}
              {by === null ? "" : ` · ${by}`}
            </p>
            {reason === "" ? null : <p className="text-[13px]">{reason}</p>}
            {lost.length === 0 ? null : (
              <details className="text-[13px]">
                <summary className="cursor-pointer text-ink-soft">
                  {counted(lost.length, "mark")} could not follow
                </summary>
                <LostList lost={lost} />
              </details>
            )}
          </li>
        );
      })}
      <li>
        <span className="font-medium">Version 1</span>{" "}
        <span className="text-[13px] text-ink-soft">as imported</span>
      </li>
    </ul>
  );
}
