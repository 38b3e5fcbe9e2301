"use client";
import { useReducer, useRef, useState } from "react";
import { importDocuments, previewDocument } from "@/lib/actions/documents";
import type { Result } from "@/lib/domain/result";
import type { ImportReport, Preview } from "@/lib/services/documents";
import { changeDesk, type Draft, EMPTY_DESK } from "./drafts";

export type Source = { name: string; source: string | Uint8Array };

const UNREACHED = "This did not reach the server. Try again.";

/** The documents about to be stored in a project, read by the server one after the other. */
export function useDesk(projectId: string) {
  const [desk, change] = useReducer(changeDesk, EMPTY_DESK);
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const nextId = useRef(1);

  const read = async (draft: { id: number; source: Draft["source"] }, language: string) => {
    const answer = await previewDocument({ projectId, text: draft.source, language }).catch(
      (): Result<Preview> => ({ ok: false, failure: { kind: "busy", message: UNREACHED } }),
    );
    change({
      kind: "read",
      id: draft.id,
      reading: answer.ok
        ? { state: "ready", preview: answer.value }
        : { state: "refused", message: answer.failure.message },
    });
  };

  const add = async (sources: Source[], language: string) => {
    const drafts = sources.map((source) => ({ ...source, id: nextId.current++ }));
    change({ kind: "added", drafts });
    for (const draft of drafts) await read(draft, language);
  };

  /** One request per document, so that a large or broken one does not hold up the rest. */
  const store = async (common: { language: string; event: string }) => {
    const ready = desk.drafts.filter(({ reading }) => reading.state === "ready");
    for (const [done, draft] of ready.entries()) {
      setProgress({ done, all: ready.length });
      const answer = await importDocuments({
        projectId,
        documents: [
          { ...draft.facts, title: draft.facts.title || null, text: draft.source, ...common },
        ],
      }).catch(
        (): Result<ImportReport> => ({ ok: false, failure: { kind: "busy", message: UNREACHED } }),
      );
      const stored = answer.ok ? answer.value.documents[0] : undefined;
      if (stored !== undefined) change({ kind: "stored", id: draft.id, stored });
      else {
        const reading = { state: "refused" as const, message: problemOf(answer) };
        change({ kind: "read", id: draft.id, reading });
      }
    }
    setProgress(null);
  };

  return { ...desk, progress, add, read, store, change };
}

function problemOf(answer: Result<ImportReport>): string {
  if (!answer.ok) return answer.failure.message;
  const problem = answer.value.problems[0];
  if (problem === undefined) return UNREACHED;
  const { place, message } = problem;
  return place === "" || message.includes(place) ? message : `${message} (${place})`;
}
