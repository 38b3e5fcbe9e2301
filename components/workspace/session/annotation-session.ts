import { v7 } from "uuid";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { EditContext } from "@/lib/domain/annotation/edit";
import type {
  BatchAnswer,
  Change,
  Operation,
  StoredOperation,
} from "@/lib/domain/annotation/operation";
import { recordGesture, replay, type UndoStep } from "@/lib/domain/annotation/replay";
import { isSendable } from "@/lib/domain/annotation/sendable";
import type { AnnotationState } from "@/lib/domain/annotation/state";
import { ActiveTime } from "./active-time";
import { Outbox, type OutboxDocument, type OutboxOwner, type SaveState } from "./outbox";
import { forgetOperations, waitingOperations } from "./outbox-database";
import { readLog } from "./send-batch";

/** What the workspace shows; a new object whenever something changed. */
export type SessionView = {
  annotations: AnnotationState;
  saveState: SaveState;
  canUndo: boolean;
  canRedo: boolean;
  /** `sending`: handed in here, not yet confirmed by the server. */
  submission: "open" | "sending" | "submitted";
  /** What has another version now than this page shows; it has to be loaded again before editing goes on. */
  outdated: "codebook" | "text" | null;
};

/** What became of an edit, in words for the live region where it was refused. */
export type Edited = { ok: true } | { ok: false; message: string };

export type SessionStart = OutboxOwner &
  OutboxDocument & {
    revision: number;
    annotations: AnnotationState;
    /** Submitted or skipped: read only. */
    isClosed: boolean;
    context: EditContext;
  };

/**
 * One person's work on one document in this tab. `base` is what the server has acknowledged, in the
 * server's order; `pending` are operations it has not; what is shown is the one followed by the other.
 */
export class AnnotationSession {
  private base: AnnotationState;
  private baseRevision: number;
  private pending: Operation[] = [];
  private stacks: { undo: UndoStep[]; redo: UndoStep[] } = { undo: [], redo: [] };
  private hasHistory: boolean;
  private view: SessionView;
  private readonly listeners = new Set<() => void>();
  private readonly context: EditContext;
  private readonly outbox: Outbox;
  private readonly activity = new ActiveTime();
  private tabs: BroadcastChannel | null = null;
  private readonly owner: OutboxOwner;

  constructor(start: SessionStart) {
    this.owner = { userId: start.userId, assignmentId: start.assignmentId };
    this.context = start.context;
    this.base = start.annotations;
    this.baseRevision = start.revision;
    this.hasHistory = start.revision === 0;
    this.view = {
      annotations: start.annotations,
      saveState: { kind: "saved" },
      canUndo: start.revision > 0,
      canRedo: false,
      submission: start.isClosed ? "submitted" : "open",
      outdated: null,
    };
    const document = { textSha256: start.textSha256, title: start.title };
    this.outbox = new Outbox(this.owner, document, v7(), {
      onSaveState: (saveState) => this.show({ saveState }),
      onAnswer: (answer, sent) => this.acknowledge(answer, sent),
      onRefused: (refusals) => this.giveUp(refusals),
      onOutdated: () => this.show({ outdated: "text" }),
      pending: () => this.pending,
      baseRevision: () => this.baseRevision,
      takeActiveSeconds: () => this.activity.take(),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getView = (): SessionView => this.view;

  /** Takes up what an earlier page left unsent, and listens to other tabs; answers how to stop. */
  start(): () => void {
    void this.outbox.resume().then((rows) => {
      this.adopt(rows.filter((row) => row.refusal === null).map((row) => row.operation));
    });
    this.tabs = this.listenToTabs();
    const onOnline = () => this.outbox.retry();
    const onVisibility = () => {
      if (document.visibilityState === "hidden") this.outbox.leave();
      // The person may have signed in again in another tab.
      else this.outbox.retry();
    };
    window.addEventListener("online", onOnline);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      window.removeEventListener("online", onOnline);
      document.removeEventListener("visibilitychange", onVisibility);
      this.outbox.stop();
      this.tabs?.close();
      this.tabs = null;
    };
  }

  /** Makes one edit of one or more changes: shown at once, kept here, sent soon. */
  edit(changes: Change[]): Edited {
    return this.commit(changes, null);
  }

  async undo(): Promise<Edited> {
    if (this.stacks.undo.length === 0 && !(await this.recallHistory())) return NO_HISTORY;
    return this.step(this.stacks.undo[this.stacks.undo.length - 1], "Nothing to undo.");
  }

  async redo(): Promise<Edited> {
    if (this.stacks.redo.length === 0 && !(await this.recallHistory())) return NO_HISTORY;
    return this.step(this.stacks.redo[this.stacks.redo.length - 1], "Nothing to redo.");
  }

  /** Hands the document in, after all edits made so far. */
  submit(): void {
    if (this.view.submission !== "open") return;
    const operation = this.makeOperation({ kind: "submit" }, v7(), null);
    this.pending = [...this.pending, operation];
    void this.outbox.add([operation]);
    this.show({ submission: "sending" });
  }

  /** Sends what waits now: the person asked for it, or has signed in again. */
  retry(): void {
    this.outbox.retryAtOnce();
  }

  /** Forgets what the server refused, once the person has seen it. */
  async discardRefused(): Promise<void> {
    const kept = await waitingOperations(this.owner);
    await forgetOperations(
      kept.filter((row) => row.refusal !== null).map((row) => row.operationId),
    );
    this.outbox.retry();
  }

  /** A sign of life of the person, for the time spent. */
  touch(now: number): void {
    this.activity.touch(now);
  }

  private step(step: UndoStep | undefined, empty: string): Edited {
    if (step === undefined) {
      this.showStacks();
      return { ok: false, message: empty };
    }
    const edited = this.commit(step.changes, step.gestureId);
    if (edited.ok) return edited;
    this.stacks = {
      undo: this.stacks.undo.filter((each) => each !== step),
      redo: this.stacks.redo.filter((each) => each !== step),
    };
    this.showStacks();
    return edited;
  }

  private commit(changes: Change[], undoes: string | null): Edited {
    if (this.view.submission !== "open") {
      return {
        ok: false,
        message: "This document is closed. Your project lead can open it again.",
      };
    }
    if (this.view.outdated !== null) {
      return { ok: false, message: "This page is out of date. Load it again; nothing is lost." };
    }
    const before = this.view.annotations;
    const gestureId = v7();
    const operations: Operation[] = [];
    let after = before;
    for (const change of changes) {
      const verdict = applyChange(after, change, this.context);
      if (verdict.outcome === "refused") return { ok: false, message: verdict.message };
      if (verdict.outcome === "superseded") continue;
      after = verdict.state;
      operations.push(this.makeOperation(change, gestureId, undoes));
    }
    if (operations.length === 0) {
      return { ok: false, message: "This is already so." };
    }
    // The server would refuse the whole batch, with the good operations in it.
    if (!operations.every((each) => isSendable(each.change))) {
      return { ok: false, message: "This is too long to be kept, or has a broken character." };
    }
    this.stacks = recordGesture(this.stacks, { gestureId, undoes }, before, after);
    this.pending = [...this.pending, ...operations];
    // Other tabs take an operation that waits nowhere for one that the server has.
    void this.outbox.add(operations).then(() => this.tabs?.postMessage(operations));
    this.show({ annotations: after, ...this.stackState() });
    return { ok: true };
  }

  private makeOperation(change: Change, gestureId: string, undoes: string | null): Operation {
    return { id: v7(), gestureId, undoes, madeAt: new Date().toISOString(), change };
  }

  private listenToTabs(): BroadcastChannel | null {
    if (typeof BroadcastChannel === "undefined") return null;
    const tabs = new BroadcastChannel(`framemark-${this.owner.assignmentId}`);
    tabs.onmessage = (event: MessageEvent<Operation[]>) => {
      this.adopt(event.data);
      this.outbox.follow();
    };
    return tabs;
  }

  /** Operations of this browser that this page has not made itself. */
  private adopt(operations: Operation[]): void {
    const known = new Set(this.pending.map((each) => each.id));
    const fresh = operations.filter((each) => !known.has(each.id));
    if (fresh.length === 0) return;
    this.pending = [...this.pending, ...fresh];
    // They can be undone here too, once the stacks are read from the log.
    this.hasHistory = false;
    if (fresh.some((each) => each.change.kind === "submit")) this.show({ submission: "sending" });
    this.show({
      annotations: this.applyAll(this.view.annotations, fresh),
      ...this.stackState(),
    });
  }

  /** Moves what the server has stored from `pending` to `base`, in the server's order. */
  private acknowledge(answer: BatchAnswer, sent: Operation[]): void {
    const shown = this.pending;
    const stored = inServerOrder(answer, sent).filter((each) => each.revision > this.baseRevision);
    this.base = this.applyAll(
      this.base,
      stored.filter((each) => each.outcome === "applied"),
    );
    this.baseRevision = Math.max(this.baseRevision, answer.revision);
    // What was made under the new version cannot be shown by the rules of the old one.
    const isMigrated = stored.some(({ change }) => change.kind === "change_codebook");
    const refused = answer.results.filter((each) => each.outcome === "refused");
    const kept = new Set(refused.map((each) => each.id));
    const told = [...answer.missed, ...sent].filter((each) => !kept.has(each.id));
    const done = new Set(told.map((each) => each.id));
    this.pending = this.pending.filter((each) => !done.has(each.id));
    // What was shown stays true only where the server stored just that, in the order shown here.
    const isAsExpected =
      stored.length === shown.length - this.pending.length &&
      stored.every((each, at) => each.id === shown[at]?.id && each.outcome === "applied");
    this.show({
      annotations: isAsExpected ? this.view.annotations : this.applyAll(this.base, this.pending),
      submission: answer.submitted ? "submitted" : this.submissionLeft(),
      ...(isMigrated ? { outdated: "codebook" } : {}),
    });
  }

  private submissionLeft(): SessionView["submission"] {
    const isWaiting = this.pending.some((each) => each.change.kind === "submit");
    return this.view.submission === "sending" && !isWaiting ? "open" : this.view.submission;
  }

  private giveUp(refusals: Map<string, string>): void {
    const left = this.pending.filter((each) => !refusals.has(each.id));
    if (left.length === this.pending.length) return;
    this.pending = left;
    this.show({
      annotations: this.applyAll(this.base, this.pending),
      submission: this.submissionLeft(),
    });
  }

  private applyAll(state: AnnotationState, operations: Operation[]): AnnotationState {
    return operations.reduce((current, { change }) => {
      if (change.kind === "submit") return current;
      const verdict = applyChange(current, change, this.context);
      return verdict.outcome === "applied" ? verdict.state : current;
    }, state);
  }

  /** Gets the stacks of undo and redo back after a reload, from the log; false where it cannot now. */
  private async recallHistory(): Promise<boolean> {
    if (this.hasHistory) return true;
    const log = await readLog(this.owner.assignmentId);
    // One that was read before the latest answer came would lack what is no longer pending.
    if (log === null || log.length < this.baseRevision) return false;
    this.hasHistory = true;
    const stored = new Set(log.map((each) => each.id));
    const unsent = this.pending
      .filter((each) => !stored.has(each.id))
      .map((each, index) => ({
        ...each,
        revision: log.length + index + 1,
        outcome: "applied" as const,
      }));
    const { undo, redo } = replay([...log, ...unsent], this.context);
    this.stacks = { undo, redo };
    this.showStacks();
    return true;
  }

  private stackState() {
    return {
      canUndo: this.stacks.undo.length > 0 || !this.hasHistory,
      canRedo: this.stacks.redo.length > 0,
    };
  }

  private showStacks(): void {
    this.show(this.stackState());
  }

  private show(changed: Partial<SessionView>): void {
    this.view = { ...this.view, ...changed };
    for (const listener of this.listeners) listener();
  }
}

const NO_HISTORY: Edited = {
  ok: false,
  message: "The history of this document cannot be reached now. Try again in a moment.",
};

/** Operations that an answer tells of, with their revisions, oldest first. */
function inServerOrder(answer: BatchAnswer, sent: Operation[]): StoredOperation[] {
  const results = new Map(answer.results.map((result) => [result.id, result]));
  const acknowledged = sent.flatMap((operation): StoredOperation[] => {
    const result = results.get(operation.id);
    if (result === undefined || result.outcome === "refused") return [];
    return [{ ...operation, revision: result.revision, outcome: result.outcome }];
  });
  return [...answer.missed, ...acknowledged].sort((a, b) => a.revision - b.revision);
}
