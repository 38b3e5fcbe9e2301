import type { BatchAnswer, Operation } from "@/lib/domain/annotation/operation";
import { MAX_BATCH } from "@/lib/domain/annotation/operation";
import {
  forgetOperations,
  keepOperations,
  parkOperations,
  type WaitingOperation,
  waitingOperations,
} from "./outbox-database";
import { sendBatch } from "./send-batch";

/** What the person reads about the safety of their work. */
export type SaveState =
  | { kind: "saved" }
  | { kind: "saving"; waiting: number }
  | { kind: "offline"; waiting: number }
  | { kind: "signed_out"; waiting: number }
  | { kind: "refused"; waiting: number; message: string };

export type OutboxOwner = { userId: string; assignmentId: string };

type Hooks = {
  onSaveState: (state: SaveState) => void;
  /** The server stored a batch; `sent` are its operations. */
  onAnswer: (answer: BatchAnswer, sent: Operation[]) => void;
  /** Operations that were given up, with the reason. */
  onRefused: (refusals: Map<string, string>) => void;
  baseRevision: () => number;
  takeActiveSeconds: () => number;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A gesture is sent together with what follows within this time. */
const GATHER_MS = 150;
/** Browsers refuse larger bodies while a page is closing. */
const LEAVING_BYTES = 60_000;

/**
 * Carries operations from this browser to the server: kept in IndexedDB before anything else, sent
 * in order by one tab at a time, repeated until the server has them. A repeat does no harm, since
 * the server knows operations by their ids.
 */
export class Outbox {
  private waiting = 0;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private draining: Promise<void> | null = null;
  private again = false;
  private isStopped = false;
  private readonly keeping = new Set<Promise<void>>();

  constructor(
    private readonly owner: OutboxOwner,
    private readonly textSha256: string,
    private readonly clientId: string,
    private readonly hooks: Hooks,
  ) {}

  /** What is left from before, oldest first; call once before editing starts. */
  async resume(): Promise<WaitingOperation[]> {
    const rows = await waitingOperations(this.owner);
    this.waiting = rows.filter((row) => row.refusal === null).length;
    if (this.waiting > 0) this.schedule(0);
    return rows;
  }

  /** Keeps operations here and sends them soon. */
  add(operations: Operation[]): void {
    this.waiting += operations.length;
    this.report({ kind: "saving", waiting: this.waiting });
    const kept = keepOperations(this.owner, operations).catch(() => this.sendUnkept(operations));
    this.keeping.add(kept);
    void kept.finally(() => {
      this.keeping.delete(kept);
      this.schedule(GATHER_MS);
    });
  }

  /** Sends what waits now: the network came back, or the person signed in again. */
  retry(): void {
    this.tries = 0;
    this.schedule(0);
  }

  /** A last try while the page goes away; what does not make it is kept here. */
  leave(): void {
    void this.drain({ isLeaving: true });
  }

  stop(): void {
    this.isStopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
  }

  /** Resolves when nothing waits to be written to this computer. */
  async settled(): Promise<void> {
    await Promise.all(this.keeping);
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.drain({ isLeaving: false });
    }, afterMs);
  }

  private drain(options: { isLeaving: boolean }): Promise<void> {
    if (this.draining !== null) {
      this.again = true;
      return this.draining;
    }
    this.draining = this.drainUnderLock(options).finally(() => {
      this.draining = null;
      if (this.again) {
        this.again = false;
        this.schedule(0);
      }
    });
    return this.draining;
  }

  private async drainUnderLock(options: { isLeaving: boolean }): Promise<void> {
    const name = `framemark-outbox-${this.owner.assignmentId}`;
    if (typeof navigator.locks === "undefined") return this.drainAll(options);
    await navigator.locks.request(name, () => this.drainAll(options));
  }

  private async drainAll(options: { isLeaving: boolean }): Promise<void> {
    for (;;) {
      if (this.isStopped) return;
      const kept = await waitingOperations(this.owner);
      const rows = kept.filter((row) => row.refusal === null);
      this.waiting = rows.length;
      if (rows.length === 0) return this.report(stateOfRest(kept));
      const goesOn = await this.sendSome(rows.slice(0, MAX_BATCH), options);
      if (!goesOn) return;
    }
  }

  /** One batch; false where the rest has to wait. */
  private async sendSome(
    rows: WaitingOperation[],
    options: { isLeaving: boolean },
  ): Promise<boolean> {
    let operations = rows.map((row) => row.operation);
    while (options.isLeaving && JSON.stringify(operations).length > LEAVING_BYTES) {
      operations = operations.slice(0, Math.floor(operations.length / 2));
    }
    if (operations.length === 0) return false;
    const sent = await sendBatch(
      this.owner.assignmentId,
      {
        clientId: this.clientId,
        textSha256: this.textSha256,
        baseRevision: this.hooks.baseRevision(),
        activeSeconds: this.hooks.takeActiveSeconds(),
        operations,
      },
      options,
    );
    switch (sent.outcome) {
      case "stored":
        await this.settle(sent.answer, operations);
        return true;
      case "later":
        this.pause(sent.afterMs);
        return false;
      case "signed_out":
        this.report({ kind: "signed_out", waiting: this.waiting });
        return false;
      case "refused":
        await this.park(new Map(operations.map((each) => [each.id, sent.message])));
        return true;
    }
  }

  private async settle(answer: BatchAnswer, sent: Operation[]): Promise<void> {
    this.tries = 0;
    const refusals = new Map<string, string>();
    for (const result of answer.results) {
      if (result.outcome === "refused") refusals.set(result.id, result.message);
    }
    await forgetOperations(sent.map((each) => each.id).filter((id) => !refusals.has(id)));
    this.hooks.onAnswer(answer, sent);
    if (refusals.size > 0) await this.park(refusals);
  }

  private async park(refusals: Map<string, string>): Promise<void> {
    await parkOperations(refusals);
    this.waiting = Math.max(0, this.waiting - refusals.size);
    this.hooks.onRefused(refusals);
  }

  private pause(afterMs: number | null): void {
    const backOff = Math.min(FIRST_PAUSE_MS * 2 ** this.tries, LONGEST_PAUSE_MS);
    this.tries++;
    this.report({ kind: "offline", waiting: this.waiting });
    this.schedule((afterMs ?? backOff) * (0.75 + Math.random() / 2));
  }

  /** The browser's database is out of order: the server is the only place left. */
  private async sendUnkept(operations: Operation[]): Promise<void> {
    const sent = await sendBatch(
      this.owner.assignmentId,
      {
        clientId: this.clientId,
        textSha256: this.textSha256,
        baseRevision: this.hooks.baseRevision(),
        activeSeconds: this.hooks.takeActiveSeconds(),
        operations,
      },
      { isLeaving: false },
    );
    if (sent.outcome === "stored") return this.settle(sent.answer, operations);
    const refusals = new Map(
      operations.map((each) => [
        each.id,
        "This browser cannot store data, and the server could not be reached.",
      ]),
    );
    this.hooks.onRefused(refusals);
    this.report({
      kind: "refused",
      waiting: operations.length,
      message: [...refusals.values()][0] ?? "",
    });
  }

  private report(state: SaveState): void {
    this.hooks.onSaveState(state);
  }
}

/** All is stored, but for what the server refused earlier and nobody has looked at. */
function stateOfRest(parked: WaitingOperation[]): SaveState {
  const message = parked[0]?.refusal;
  return message === undefined || message === null
    ? { kind: "saved" }
    : { kind: "refused", waiting: parked.length, message };
}
