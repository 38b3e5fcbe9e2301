import { v7 } from "uuid";
import { Outbox, type SaveState } from "./outbox";
import { type WaitingOperation, waitingOf } from "./outbox-database";

/** A document of which operations wait in this browser, or waited when the page opened. */
export type WaitingDocument = {
  assignmentId: string;
  /** Null for work that an old version left. */
  title: string | null;
  /** `left`: it can be sent by its own page only. */
  state: SaveState | { kind: "left"; waiting: number };
};

/** More than any document has: whoever sends for another page wants to hear nothing of others' work. */
const NOTHING_NEWER = 2_147_483_647;

/**
 * Sends what earlier pages left unsent, of all documents of one person but the one at hand. Each
 * document goes by itself, one after the other: what becomes of one holds up none of the others.
 */
export class WaitingWork {
  private view: readonly WaitingDocument[] = [];
  private readonly outboxes = new Map<string, Outbox>();
  private readonly listeners = new Set<() => void>();
  private running: Promise<void> | null = null;
  private isStopped = false;

  constructor(
    private readonly userId: string,
    /** The document of this page, which sends for itself. */
    private readonly atHand: string | null,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): readonly WaitingDocument[] => this.view;

  /** Begins to send, and looks again whenever the page is seen or the network is back. */
  start(): () => void {
    this.isStopped = false;
    const look = () => {
      if (document.visibilityState === "visible") void this.look();
    };
    look();
    window.addEventListener("online", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      this.isStopped = true;
      window.removeEventListener("online", look);
      document.removeEventListener("visibilitychange", look);
      for (const outbox of this.outboxes.values()) outbox.halt();
    };
  }

  /** Looks for what waits and sends it, because the person asked for it. */
  retry(): void {
    for (const outbox of this.outboxes.values()) outbox.retryAtOnce();
    void this.look();
  }

  /** Resolves when each document was tried once. */
  look(): Promise<void> {
    this.running ??= this.sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async sendAll(): Promise<void> {
    const rows = await waitingOf(this.userId).catch(() => []);
    for (const [assignmentId, waiting] of byAssignment(rows)) {
      if (this.isStopped) return;
      if (assignmentId === this.atHand) continue;
      await this.outboxOf(assignmentId, waiting)?.flush();
    }
  }

  private outboxOf(assignmentId: string, rows: WaitingOperation[]): Outbox | null {
    const title = rows[0]?.title ?? null;
    const textSha256 = rows.find((row) => row.textSha256 !== undefined)?.textSha256;
    if (textSha256 === undefined) {
      this.note({ assignmentId, title, state: { kind: "left", waiting: rows.length } });
      return null;
    }
    const known = this.outboxes.get(assignmentId);
    if (known !== undefined) return known;
    const owner = { userId: this.userId, assignmentId };
    const outbox = new Outbox(owner, { textSha256, title: title ?? "" }, v7(), {
      onSaveState: (state) => this.note({ assignmentId, title, state }),
      onAnswer: () => {},
      onRefused: () => {},
      onOutdated: () => {},
      pending: () => [],
      baseRevision: () => NOTHING_NEWER,
      takeActiveSeconds: () => 0,
    });
    this.outboxes.set(assignmentId, outbox);
    return outbox;
  }

  private note(changed: WaitingDocument): void {
    const isKnown = this.view.some(({ assignmentId }) => assignmentId === changed.assignmentId);
    this.view = isKnown
      ? this.view.map((each) => (each.assignmentId === changed.assignmentId ? changed : each))
      : [...this.view, changed];
    for (const listener of this.listeners) listener();
  }
}

/** All that waits in this browser for one person, as a text to be kept elsewhere. */
export async function copyOfWaiting(userId: string): Promise<string> {
  const documents = [...byAssignment(await waitingOf(userId))].map(([assignmentId, rows]) => ({
    assignmentId,
    title: rows[0]?.title ?? null,
    textSha256: rows[0]?.textSha256 ?? null,
    operations: rows.map(({ operation, refusal }) => ({ ...operation, refusal })),
  }));
  const copy = { framemark: "unsent/1", userId, copiedAt: new Date().toISOString(), documents };
  return `${JSON.stringify(copy, null, 2)}\n`;
}

function byAssignment(rows: WaitingOperation[]): Map<string, WaitingOperation[]> {
  const groups = new Map<string, WaitingOperation[]>();
  for (const row of rows) {
    groups.set(row.assignmentId, [...(groups.get(row.assignmentId) ?? []), row]);
  }
  return groups;
}
