"use client";
import { useEffect, useRef, useState } from "react";
import { showToast } from "@/components/ui/toasts";
import { openDraft, saveDraft } from "@/lib/actions/codebooks";
import { type Result, success } from "@/lib/domain/result";
import type { OpenedDraft } from "@/lib/services/codebook-drafts";
import type { Draft } from "../editing/history";
import { useDraftHistory } from "../editing/use-draft-history";
import { DraftKeeper, type KeepState, type KeptDraft } from "./draft-keeper";
import { localCopy } from "./local-copy";

/** A draft with undo that saves itself. */
export function useKeeper(projectId: string, opened: OpenedDraft) {
  const [start] = useState(() => startOf(projectId, opened));
  const history = useDraftHistory(start.mine);
  const [state, setState] = useState<KeepState>({ kind: "saved" });
  const keeper = useRef<DraftKeeper | null>(null);
  const { draft, edit } = history;

  useEffect(() => {
    const made = new DraftKeeper(
      start.base,
      {
        save: (next, baseRevision) =>
          saveDraft({
            projectId,
            baseRevision,
            content: next.codebook,
            rules: [...next.rules],
          }),
        open: async () => keptOf(await openDraft({ projectId })),
      },
      localCopy(projectId, opened.version),
      {
        onState: setState,
        onMerged: (merged, by) => {
          edit(() => merged);
          const message = `${by ?? "Somebody else"} edits this draft too. Their changes and yours are both here.`;
          showToast({ tone: "good", message });
        },
      },
    );
    keeper.current = made;
    const onHidden = () => {
      if (document.visibilityState === "hidden") void made.flush();
    };
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      document.removeEventListener("visibilitychange", onHidden);
      void made.flush();
      made.stop();
    };
  }, [projectId, opened.version, start, edit]);

  useEffect(() => keeper.current?.change(draft), [draft]);

  return { history, state, keeper };
}

/** What the server has, and what this browser had not saved when it was closed. */
function startOf(projectId: string, opened: OpenedDraft): { base: KeptDraft; mine: Draft } {
  const copy = localCopy(projectId, opened.version).read();
  const server: KeptDraft = {
    codebook: opened.content,
    rules: opened.rules,
    revision: opened.revision,
    changedBy: opened.changedBy,
  };
  if (copy === null || copy.revision > opened.revision) return { base: server, mine: server };
  return {
    base: { ...copy.base, revision: copy.revision, changedBy: null },
    mine: copy.mine,
  };
}

function keptOf(opened: Result<OpenedDraft | null>): Result<KeptDraft | null> {
  if (!opened.ok || opened.value === null) return opened as Result<null>;
  const { content, rules, revision, changedBy } = opened.value;
  return success({ codebook: content, rules, revision, changedBy });
}
