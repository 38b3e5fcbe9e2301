"use client";
import { CircleAlert, CircleCheck, CloudOff, CloudUpload } from "lucide-react";
import { counted } from "@/lib/domain/wording";
import type { SaveState } from "../session/outbox";

/** Where the work is: always visible, announced when it changes for the worse. */
export function SaveSign({
  state,
  onRetry,
  onDiscard,
  onCopy,
}: {
  state: SaveState;
  onRetry: () => void;
  onDiscard: () => void;
  /** Keeps what waits as a file. */
  onCopy: () => void;
}) {
  const { icon: Icon, words, tone } = lookOf(state);
  return (
    <div className={`flex items-center gap-1.5 text-[13px] ${tone}`}>
      <Icon aria-hidden size={15} className="shrink-0" />
      <span role="status" aria-live="polite" aria-label="Save state">
        {words}
      </span>
      {state.kind === "offline" || state.kind === "busy" ? (
        <button type="button" className="min-h-6 underline" onClick={onRetry}>
          Try now
        </button>
      ) : null}
      {state.kind === "refused" ? (
        <button type="button" className="min-h-6 underline" onClick={onDiscard}>
          Leave out
        </button>
      ) : null}
      {state.kind === "saved" || state.kind === "saving" ? null : (
        <button
          type="button"
          className="min-h-6 underline"
          aria-label="Keep a copy of the changes"
          onClick={onCopy}
        >
          Copy
        </button>
      )}
    </div>
  );
}

function lookOf(state: SaveState) {
  switch (state.kind) {
    case "saved":
      return { icon: CircleCheck, words: "Saved", tone: "text-good" };
    case "saving":
      return { icon: CloudUpload, words: `Saving ${state.waiting}…`, tone: "text-ink-soft" };
    case "offline":
      return {
        icon: CloudOff,
        words: `Offline: ${counted(state.waiting, "change")} kept on this computer`,
        tone: "text-warn",
      };
    case "busy":
      return {
        icon: CloudUpload,
        words: `Busy server: ${counted(state.waiting, "change")} kept on this computer`,
        tone: "text-warn",
      };
    case "signed_out":
      return {
        icon: CircleAlert,
        words: `Signed out: ${counted(state.waiting, "change")} kept on this computer`,
        tone: "text-warn",
      };
    case "refused":
      return {
        icon: CircleAlert,
        words: `${counted(state.waiting, "change")} not accepted: ${state.message}`,
        tone: "text-bad",
      };
  }
}
