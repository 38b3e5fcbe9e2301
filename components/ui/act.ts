"use client";
import { signInPath } from "@/lib/domain/own-path";
import type { Result } from "@/lib/domain/result";
import { askForProof } from "./proof-request";
import { showToast } from "./toasts";

/**
 * Does what a click asks for and says how it went: null where it was refused or did not arrive. With
 * `undo` the message offers to take it back. Where the session has ended it leads to the sign-in page
 * and back. Where it is asked who they are, it goes on once they said so.
 */
export async function act<T>(
  run: () => Promise<Result<T>>,
  told?: { message: string; undo?: () => void },
): Promise<T | null> {
  const result = await withProof(run, isUnproved).catch(() => null);
  if (result === null) {
    showToast({ tone: "bad", message: "This did not reach the server. Try again." });
    return null;
  }
  if (!result.ok && result.failure.kind === "unauthenticated") {
    window.location.assign(signInHere());
    return null;
  }
  if (!result.ok) {
    showToast({ tone: "bad", message: result.failure.message });
    return null;
  }
  if (told !== undefined) {
    const { message, undo } = told;
    showToast({ tone: "good", message, ...(undo && { action: { label: "Undo", run: undo } }) });
  }
  return result.value;
}

/** Runs it, and once more where the person first had to prove who they are. */
export async function withProof<T>(
  run: () => Promise<T>,
  asks: (answer: T) => boolean,
): Promise<T> {
  const answer = await run();
  return asks(answer) && (await askForProof()) ? run() : answer;
}

function isUnproved(result: Result<unknown>): boolean {
  return !result.ok && result.failure.kind === "unproved";
}

/** The sign-in page, with the way back to this one. */
export function signInHere(): string {
  return signInPath(window.location.pathname + window.location.search);
}
