import { MAX_BATCH } from "@/lib/domain/annotation/limits";
import type { BatchAnswer, Operation } from "@/lib/domain/annotation/operation";
import {
  forgetOperations,
  keepOperations,
  parkOperations,
  type WaitingOperation,
  waitingOperations,
} from "./outbox-database";
import { type Sent, sendBatch } from "./send-batch";

/** What the person reads about the safety of their work. */
export type SaveState =
  | { kind: "saved" }
  | { kind: "saving"; waiting: number }
  | { kind: "offline"; waiting: number }
  /** The server asked for patience and is asked again when it said. */
  | { kind: "busy"; waiting: number }
  | { kind: "signed_out"; waiting: number }
  | { kind: "refused"; waiting: number; message: string };

export type OutboxOwner = { userId: string; assignmentId: string };

/** What is sent and said beside the operations themselves. */
export type OutboxDocument = { textSha256: string; title: string };

type Hooks = {
  onSaveState: (state: SaveState) => void;
  /** The server answered; `sent` are operations that are settled by it. */
  onAnswer: (answer: BatchAnswer, sent: Operation[]) => void;
  /** Operations that were given up, here or in another tab, with the reason. */
  onRefused: (refusals: Map<string, string>) => void;
  /** The page shows another version of the text than the server has. */
  onOutdated: () => void;
  /** Operations that are shown and of which this tab does not know that the server has them. */
  pending: () => Operation[];
  baseRevision: () => number;
  takeActiveSeconds: () => number;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A gesture is sent together with what follows within this time. */
const GATHER_MS = 150;
/** Browsers refuse larger bodies while a page is closing. */
const LEAVING_BYTES = 60_000;
const NO_STORE = "This browser cannot store data: what the server has not taken is lost.";
const LOST = "This browser cannot store data, and the server could not be reached.";

/**
 * Carries operations from this browser to the server: kept in IndexedDB before anything else, sent
 * in order by one tab at a time, repeated until the server has them. A repeat does no harm, since
 * the server knows operations by their ids.
 */
export class Outbox {
  private waiting = 0;
  private tries = 0;
  /** The server is left in peace until then, as it asked; in milliseconds of the clock. */
  private notBefore = 0;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private draining: Promise<void> | null = null;
  private again = false;
  private isStopped = false;
  /** Operations sent at once; fewer while one among them is not taken, to find out which. */
  private atOnce = MAX_BATCH;
  /** Time spent that the server has not been told of. */
  private activeSeconds = 0;
  private readonly keeping = new Set<Promise<void>>();

  constructor(
    private readonly owner: OutboxOwner,
    private readonly document: OutboxDocument,
    private readonly clientId: string,
    private readonly hooks: Hooks,
  ) {}

  /** What is left from before, oldest first; call before editing starts, and to go on after `stop`. */
  async resume(): Promise<WaitingOperation[]> {
    this.isStopped = false;
    const rows = await waitingOperations(this.owner).catch(() => []);
    this.waiting = rows.filter((row) => row.refusal === null).length;
    if (this.waiting > 0) {
      this.report({ kind: "saving", waiting: this.waiting });
      this.schedule(0);
    } else if (rows.length > 0) this.report(stateOfRest(rows));
    return rows;
  }

  /** Keeps operations here and sends them soon; resolves when they are kept. */
  add(operations: Operation[]): Promise<void> {
    this.waiting += operations.length;
    this.report({ kind: "saving", waiting: this.waiting });
    const kept = keepOperations(this.owner, this.document, operations).catch(() =>
      this.sendUnkept(operations),
    );
    this.keeping.add(kept);
    return kept.finally(() => {
      this.keeping.delete(kept);
      this.schedule(GATHER_MS);
    });
  }

  /** Another tab has made operations: sees to it that they are sent, and hears what became of them. */
  follow(): void {
    this.schedule(GATHER_MS);
  }

  /** Sends what waits, since something may have changed; not before the server allows it. */
  retry(): void {
    this.tries = 0;
    this.schedule(0);
  }

  /** Sends what waits now, because the person asked for it. */
  retryAtOnce(): void {
    this.notBefore = 0;
    this.retry();
  }

  /** Sends what an earlier page left; resolves when it is sent or has to wait. */
  async flush(): Promise<void> {
    this.isStopped = false;
    const rows = await waitingOperations(this.owner).catch(() => []);
    this.waiting = rows.filter((row) => row.refusal === null).length;
    if (this.waiting > 0) this.report({ kind: "saving", waiting: this.waiting });
    await this.drain({ isLeaving: false });
  }

  /** A last try while the page goes away; what does not make it is kept here. */
  leave(): void {
    if (Date.now() < this.notBefore) return;
    void this.drain({ isLeaving: true });
  }

  /** Ends the tries, after one for what was made just before; what does not make it is kept here. */
  stop(): void {
    this.halt();
    if (this.waiting > 0) this.leave();
  }

  /** Ends the tries; what waits is kept here. */
  halt(): void {
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
    this.timer = setTimeout(
      () => {
        this.timer = null;
        void this.drain({ isLeaving: false });
      },
      Math.max(afterMs, this.notBefore - Date.now()),
    );
  }

  private drain(options: { isLeaving: boolean }): Promise<void> {
    if (this.draining !== null) {
      this.again = true;
      return this.draining;
    }
    this.draining = this.drainUnderLock(options)
      .catch(() => this.report({ kind: "refused", waiting: this.waiting, message: NO_STORE }))
      .finally(() => {
        this.draining = null;
        if (this.again) {
          this.again = false;
          if (this.isStopped) this.leave();
          else this.schedule(0);
        }
      });
    return this.draining;
  }

  private async drainUnderLock(options: { isLeaving: boolean }): Promise<void> {
    const name = `framemark-outbox-${this.owner.assignmentId}`;
    // Absent where the page is not served securely; two tabs then send the same, without harm.
    const locks: LockManager | undefined = globalThis.navigator?.locks;
    if (locks === undefined) return this.drainAll(options);
    await locks.request(name, () => this.drainAll(options));
  }

  private async drainAll(options: { isLeaving: boolean }): Promise<void> {
    for (;;) {
      while (this.keeping.size > 0) await this.settled();
      if (this.isStopped && !options.isLeaving) return;
      const shown = this.hooks.pending();
      const kept = await waitingOperations(this.owner);
      const rows = kept.filter((row) => row.refusal === null);
      if (this.keeping.size === 0) this.waiting = rows.length;
      if (rows.length === 0) return this.rest(kept, shown);
      const goesOn = await this.sendSome(rows.slice(0, this.atOnce), options);
      if (!goesOn) return;
    }
  }

  /** Nothing waits here. What was shown just before, another tab has sent or given up. */
  private async rest(parked: WaitingOperation[], shown: Operation[]): Promise<void> {
    const refusals = new Map(parked.map((row) => [row.operationId, row.refusal ?? ""]));
    if (refusals.size > 0) this.hooks.onRefused(refusals);
    if (shown.some((each) => !refusals.has(each.id))) {
      const sent = await this.send([], { isLeaving: false });
      if (sent.outcome === "stored") this.hooks.onAnswer(sent.answer, shown);
    }
    // An edit made meanwhile is on its way into the browser's database: not saved.
    if (this.keeping.size === 0) this.report(stateOfRest(parked));
  }

  /** One batch; false where the rest has to wait. */
  private async sendSome(
    rows: WaitingOperation[],
    options: { isLeaving: boolean },
  ): Promise<boolean> {
    let operations = rows.map((row) => row.operation);
    while (options.isLeaving && sizeOf(operations) > LEAVING_BYTES) {
      operations = operations.slice(0, Math.floor(operations.length / 2));
    }
    if (operations.length === 0) return false;
    const sent = await this.send(operations, options);
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
      case "malformed":
        if (operations.length > 1) {
          this.atOnce = Math.ceil(operations.length / 2);
          return true;
        }
        await this.park(new Map(operations.map((each) => [each.id, sent.message])));
        return true;
      case "refused":
        if (sent.isOutdated) this.hooks.onOutdated();
        await this.park(new Map(operations.map((each) => [each.id, sent.message])));
        return true;
    }
  }

  private async send(operations: Operation[], options: { isLeaving: boolean }): Promise<Sent> {
    // Kept until the server has it, so that time spent offline counts.
    if (this.activeSeconds === 0) this.activeSeconds = this.hooks.takeActiveSeconds();
    const sent = await sendBatch(
      this.owner.assignmentId,
      {
        clientId: this.clientId,
        textSha256: this.document.textSha256,
        baseRevision: this.hooks.baseRevision(),
        activeSeconds: this.activeSeconds,
        operations,
      },
      options,
    );
    if (sent.outcome === "stored") this.activeSeconds = 0;
    return sent;
  }

  private async settle(answer: BatchAnswer, sent: Operation[]): Promise<void> {
    this.tries = 0;
    this.atOnce = Math.min(2 * this.atOnce, MAX_BATCH);
    const refusals = refusalsIn(answer);
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
    const spread = Math.random() / 2;
    if (afterMs !== null) {
      // Never earlier than the server said, and not all clients at the same moment.
      this.notBefore = Date.now() + afterMs * (1 + spread);
      this.report({ kind: "busy", waiting: this.waiting });
      return this.schedule(0);
    }
    const backOff = Math.min(FIRST_PAUSE_MS * 2 ** this.tries, LONGEST_PAUSE_MS);
    this.tries++;
    this.report({ kind: "offline", waiting: this.waiting });
    this.schedule(backOff * (0.75 + spread));
  }

  /** The browser's database is out of order: the server is the only place left. */
  private async sendUnkept(operations: Operation[]): Promise<void> {
    const sent = await this.send(operations, { isLeaving: false });
    this.waiting = Math.max(0, this.waiting - operations.length);
    if (sent.outcome === "stored") this.hooks.onAnswer(sent.answer, operations);
    const refusals =
      sent.outcome === "stored"
        ? refusalsIn(sent.answer)
        : new Map(operations.map((each) => [each.id, LOST]));
    if (refusals.size > 0) this.hooks.onRefused(refusals);
  }

  private report(state: SaveState): void {
    this.hooks.onSaveState(state);
  }
}

function refusalsIn(answer: BatchAnswer): Map<string, string> {
  return new Map(
    answer.results.flatMap((result): [string, string][] =>
      result.outcome === "refused" ? [[result.id, result.message]] : [],
    ),
  );
}

/** Bytes on the wire, which is what browsers count. */
function sizeOf(operations: Operation[]): number {
  return new TextEncoder().encode(JSON.stringify(operations)).length;
}

/** All is stored, but for what the server refused earlier and nobody has looked at. */
function stateOfRest(parked: WaitingOperation[]): SaveState {
  const message = parked[0]?.refusal;
  return message === undefined || message === null
    ? { kind: "saved" }
    : { kind: "refused", waiting: parked.length, message };
}
