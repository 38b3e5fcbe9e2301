import "fake-indexeddb/auto";
import { v4 } from "uuid";
import { expect, vi } from "vitest";
import {
  AnnotationSession,
  type SessionView,
} from "@/components/workspace/session/annotation-session";
import type { Change } from "@/lib/domain/annotation/operation";
import { type QuotedRange, stateToData } from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import { richArticle, richContext } from "@/tests/support/rich-codebook";
import { type MemoryServer, TEXT_SHA256 } from "./memory-server";

// Waits end by their own deadlines, which leave room for a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** What the session needs of a browser beside IndexedDB; Node lacks locks, as an insecure page does. */
class Page extends EventTarget {
  visibilityState: "visible" | "hidden" = "visible";
}
const browserWindow = new EventTarget();
export const browserDocument = new Page();
Object.assign(globalThis, { window: browserWindow, document: browserDocument });

/** A browser of one person, with its own IndexedDB as far as the outbox can tell. */
export class Computer {
  private readonly stops: (() => void)[] = [];

  constructor(
    readonly server: MemoryServer,
    private readonly owner = { userId: v4(), assignmentId: v4() },
  ) {
    globalThis.fetch = server.fetch as typeof fetch;
  }

  /** Opens the page in a tab; what was unsent on this computer is taken up. */
  open(): AnnotationSession {
    const { server } = this;
    const session = new AnnotationSession({
      ...this.owner,
      textSha256: TEXT_SHA256,
      title: "The town",
      revision: server.log.length,
      annotations: server.state,
      isClosed: server.isSubmitted,
      context: richContext,
    });
    this.stops.push(session.start());
    return session;
  }

  /** Goes to other pages in all tabs. */
  close(): void {
    for (const stop of this.stops.splice(0)) stop();
  }

  /** Closes all tabs and opens one. */
  reload(): AnnotationSession {
    this.close();
    return this.open();
  }
}

/** Tells the page that the network is there, as browsers do. */
export function tellOnline(): void {
  browserWindow.dispatchEvent(new Event("online"));
}

/** The network is back, and the page is told. */
export function comeOnline(server: MemoryServer): void {
  server.network = "up";
  tellOnline();
}

/** Waits, with a deadline, until the session says this of the safety of the work. */
export async function untilSaveState(
  session: AnnotationSession,
  kind: SessionView["saveState"]["kind"],
): Promise<void> {
  await expect.poll(() => session.getView().saveState.kind, { timeout: 8_000 }).toBe(kind);
}

/** What is shown, in an order that does not depend on how it came about. */
export const shown = (session: AnnotationSession) => stateToData(session.getView().annotations);

export const storedIn = (server: MemoryServer) => stateToData(server.state);

/** The words where they first stand in the article. */
function words(quote: string): QuotedRange {
  const at = richArticle.text.indexOf(quote);
  if (at === -1) throw new Error(`The article does not say ${quote}.`);
  const start = [...richArticle.text.slice(0, at)].length;
  return { start: codePoint(start), end: codePoint(start + [...quote].length), quote };
}

export function addSpan(quote: string, spanId: string = v4(), label = "loaded") {
  return {
    kind: "add_span",
    span: {
      id: spanId,
      layer: "wording",
      label,
      ranges: [words(quote)],
      attributes: { voice: "narrator" },
      flags: [],
      origin: "manual",
    },
  } satisfies Change;
}

export function operationOf(change: Change) {
  return { id: v4(), gestureId: v4(), undoes: null, madeAt: new Date().toISOString(), change };
}

/** Everything that has to be answered before the article can be submitted. */
export function requiredAnswers(): Change[] {
  const answer = (layer: string, label: string, value: string | null = null): Change => ({
    kind: "set_unit_label",
    layer,
    label,
    unit: "document",
    start: codePoint(0),
    end: richContext.text.length,
    value,
    evidence: [],
  });
  return [
    answer("slant", "zero"),
    answer("questions", "asks_why", "yes"),
    answer("questions", "asks_who", "no"),
    answer("frames", "economy"),
    answer("frames", "health"),
  ];
}
