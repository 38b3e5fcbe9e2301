"use client";
import Link from "next/link";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { showToast } from "@/components/ui/toasts";
import { counted } from "@/lib/domain/wording";
import type { WaitingDocument, WaitingWork } from "./session/waiting-work";

/**
 * What waits in this browser for the server, by document, while it is sent; nothing where nothing
 * waits. Whoever cannot send it may keep a copy.
 */
export function WaitingDocuments({ userId }: { userId: string }) {
  const [work, setWork] = useState<WaitingWork | null>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    void import("./session/waiting-work").then(({ WaitingWork: Work }) => {
      if (isOver) return;
      const made = new Work(userId, null);
      stop = made.start();
      setWork(made);
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [userId]);
  return work === null ? null : <List work={work} userId={userId} />;
}

function List({ work, userId }: { work: WaitingWork; userId: string }) {
  const documents = useSyncExternalStore(work.subscribe, work.getView, () => NONE);
  if (documents.length === 0) return null;
  const isWaiting = documents.some(({ state }) => state.kind !== "saved");
  return (
    <section
      aria-labelledby="kept-here"
      className="mb-6 rounded-md border border-warn bg-warn-soft px-4 py-3 text-sm"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="kept-here" className="font-semibold">
          {isWaiting ? "Changes kept on this computer" : "All changes are saved"}
        </h2>
        {isWaiting ? <Actions work={work} userId={userId} /> : null}
      </div>
      <div role="status" aria-label="What waits" className="mt-1">
        <ul>
          {documents.map((each) => (
            <li key={each.assignmentId} className="flex flex-wrap gap-x-2 py-0.5">
              <Link href={`/assignments/${each.assignmentId}`} className="font-medium underline">
                <bdi>{each.title ?? "A document"}</bdi>
              </Link>
              <span>{wordsFor(each.state)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

const NONE: readonly WaitingDocument[] = [];

function Actions({ work, userId }: { work: WaitingWork; userId: string }) {
  const copy = async () => {
    const { copyOfWaiting } = await import("./session/waiting-work");
    try {
      await navigator.clipboard.writeText(await copyOfWaiting(userId));
      showToast({ tone: "good", message: "Copied. Paste it where it is safe." });
    } catch {
      showToast({ tone: "bad", message: "This browser does not let pages copy. Download it." });
    }
  };
  const save = async () => {
    const { saveCopy } = await import("./save-copy");
    await saveCopy(userId);
  };
  return (
    <div className="flex flex-wrap gap-1">
      <Button size="small" onClick={() => work.retry()}>
        Send now
      </Button>
      <Button size="small" onClick={() => void copy()}>
        Copy as JSON
      </Button>
      <Button size="small" onClick={() => void save()}>
        Download as JSON
      </Button>
    </div>
  );
}

function wordsFor(state: WaitingDocument["state"]): string {
  if (state.kind === "saved") return "saved.";
  const changes = counted(state.waiting, "change");
  switch (state.kind) {
    case "saving":
      return `${changes} being sent…`;
    case "offline":
      return `${changes} wait: the server cannot be reached. They are sent when it can.`;
    case "busy":
      return `${changes} wait: the server is busy. They are sent when it has time.`;
    case "signed_out":
      return `${changes} wait: the server does not take them from you now. Sign in again, or ask your lead; keep a copy meanwhile.`;
    case "refused":
      return `${changes} not accepted: ${state.message} Open the document to leave them out.`;
    case "left":
      return `${changes} wait: open the document to send them.`;
  }
}
