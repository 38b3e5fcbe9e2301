"use client";
import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { KeepState } from "./draft-keeper";

const WORDS: Record<KeepState["kind"], string> = {
  saved: "Saved as a draft",
  waiting: "Not saved yet…",
  saving: "Saving…",
  failed: "Not saved",
  clash: "Somebody changed the same: choose",
  gone: "This draft is no longer there",
};

/** Whether all is saved, in words. */
export function SaveWord({ state }: { state: KeepState }) {
  const isBad = state.kind === "failed" || state.kind === "clash" || state.kind === "gone";
  const Icon = isBad ? CircleAlert : state.kind === "saved" ? CircleCheck : CircleDashed;
  const tone = isBad ? "text-bad" : state.kind === "saved" ? "text-good" : "text-ink-soft";
  return (
    <span role="status" className={`inline-flex items-center gap-1 text-[13px] ${tone}`}>
      <Icon aria-hidden size={14} />
      {WORDS[state.kind]}
      {state.kind === "failed" ? `: ${state.message} It is tried again.` : ""}
    </span>
  );
}
