import { copyOfWaiting } from "./session/waiting-work";

/** Gives the person what waits here as a file; the last resort where it cannot be sent. */
export async function saveCopy(userId: string): Promise<void> {
  const blob = new Blob([await copyOfWaiting(userId)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `framemark-unsent-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // The download has begun with the click; browsers keep what it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
