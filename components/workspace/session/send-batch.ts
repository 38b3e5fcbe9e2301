import type { Batch, BatchAnswer, StoredOperation } from "@/lib/domain/annotation/operation";

/** How one try to reach the server ended. */
export type Sent =
  | { outcome: "stored"; answer: BatchAnswer }
  /** Try again later: network, overload, restart. */
  | { outcome: "later"; afterMs: number | null }
  /** Nobody is signed in here any more, or somebody else is. */
  | { outcome: "signed_out" }
  /** Too large, or an operation has not the right form; it is not said which. */
  | { outcome: "malformed"; message: string }
  /** The server will not take this batch; the sentence says why. `isOutdated`: the text has another version. */
  | { outcome: "refused"; message: string; isOutdated: boolean };

const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);
const MALFORMED = new Set([400, 413, 422]);
/** A connection that died without a word must not hold up the rest for ever. */
const PATIENCE_MS = 30_000;
/** A server that asks for hours is asked again all the same: work waits here. */
const LONGEST_PATIENCE_MS = 5 * 60_000;

/** Sends one batch. Never throws. */
export async function sendBatch(
  assignmentId: string,
  batch: Batch,
  { isLeaving }: { isLeaving: boolean },
): Promise<Sent> {
  try {
    const response = await fetch(`/api/v1/assignments/${assignmentId}/operations`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(batch),
      keepalive: isLeaving,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { outcome: "stored", answer: (await response.json()) as BatchAnswer };
    if ([401, 403, 404].includes(response.status)) return { outcome: "signed_out" };
    if (LATER.has(response.status)) {
      const afterMs = patienceAsked(response.headers.get("retry-after"), Date.now());
      return { outcome: "later", afterMs };
    }
    const problem = (await response.json().catch(() => null)) as {
      title?: string;
      kind?: string;
    } | null;
    const message = problem?.title ?? "The server refused these changes.";
    if (MALFORMED.has(response.status)) return { outcome: "malformed", message };
    return { outcome: "refused", message, isOutdated: problem?.kind === "conflict" };
  } catch {
    return { outcome: "later", afterMs: null };
  }
}

/** Milliseconds that a Retry-After asks for, in either of its forms; null where it asks for none. */
function patienceAsked(header: string | null, now: number): number | null {
  if (header === null) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? Math.min(ms, LONGEST_PATIENCE_MS) : null;
}

/** The stored log of an assignment, or null where it cannot be had now. */
export async function readLog(assignmentId: string): Promise<StoredOperation[] | null> {
  try {
    const response = await fetch(`/api/v1/assignments/${assignmentId}/operations`);
    return response.ok ? ((await response.json()) as StoredOperation[]) : null;
  } catch {
    return null;
  }
}
