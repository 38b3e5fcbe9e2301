"use client";

/** What waits until its person has proved who they are. */
let waiting: ((isProved: boolean) => void) | null = null;
const listeners = new Set<() => void>();

/** Asks whoever sits here who they are (components/ui/proof-dialog.tsx); whether they proved it. */
export function askForProof(): Promise<boolean> {
  waiting?.(false);
  return new Promise((resolve) => {
    waiting = resolve;
    tell();
  });
}

/** Ends the question. */
export function answerProof(isProved: boolean): void {
  waiting?.(isProved);
  waiting = null;
  tell();
}

export function isProofAsked(): boolean {
  return waiting !== null;
}

export function subscribeToProof(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
