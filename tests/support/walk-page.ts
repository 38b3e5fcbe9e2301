/** Runs in the browser, bundled: the product's own session, driven by random edits. */
import { v7 } from "uuid";
import {
  AnnotationSession,
  type SessionView,
} from "@/components/workspace/session/annotation-session";
import { waitingOperations } from "@/components/workspace/session/outbox-database";
import { makeEditContext, pairsOf } from "@/lib/domain/annotation/make-context";
import type { Change } from "@/lib/domain/annotation/operation";
import {
  type AnnotationStateData,
  stateFromData,
  stateToData,
} from "@/lib/domain/annotation/state";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { chance } from "./random";
import { RandomChanges } from "./random-changes";
import type { StoredWork } from "./stored-work";

/** What was done and accepted, in order. */
export type Step = { kind: "edit"; changes: Change[] } | { kind: "undo" } | { kind: "redo" };

/** Undoing that was refused, in the session's words. */
export type Walked = { steps: Step[]; refusals: string[] };

/** Undone and done again, out of this many. */
const OUT_OF = 12;

export class Walk {
  private readonly session: AnnotationSession;
  private readonly random: RandomChanges;
  private readonly chance: ReturnType<typeof chance>;

  constructor(
    private readonly work: StoredWork,
    seed: number,
  ) {
    const { document } = work;
    const context = makeEditContext(document, indexCodebook(work.codebook));
    this.session = new AnnotationSession({
      userId: work.userId,
      assignmentId: work.assignmentId,
      textSha256: document.textSha256,
      title: "",
      revision: work.revision,
      annotations: stateFromData(work.annotations),
      isClosed: false,
      context,
    });
    this.chance = chance(seed);
    this.random = new (class extends RandomChanges {
      override id = () => v7();
    })(this.chance, context, {
      document: [{ start: context.text.toCodePoint(0 as never), end: context.text.length }],
      block: document.blocks.map(({ start, end }) => ({ start, end })) as never,
      sentence: pairsOf(document.sentences),
    });
  }

  /** Starts as the page does; resolves when it has taken up what an earlier page left. */
  async start(): Promise<void> {
    this.session.start();
    await this.kept();
    await new Promise((resolve) => setTimeout(resolve));
  }

  async walk(tries: number): Promise<Walked> {
    const walked: Walked = { steps: [], refusals: [] };
    for (let at = 0; at < tries; at++) await this.step(walked);
    return walked;
  }

  /** An edit that nothing comes after and that leaves its mark. */
  last(): Step {
    const comment = { id: v7(), spanId: null, body: "The end." };
    const changes: Change[] = [{ kind: "add_comment", comment }];
    const edited = this.session.edit(changes);
    if (!edited.ok) throw new Error(edited.message);
    return { kind: "edit", changes };
  }

  /** Resolves when the browser's own database has all edits. */
  async kept(): Promise<void> {
    await waitingOperations(this.work);
  }

  /** As the person's “Try now”. */
  retry(): void {
    this.session.retry();
  }

  annotations(): AnnotationStateData {
    return stateToData(this.session.getView().annotations);
  }

  saveState(): SessionView["saveState"] {
    return this.session.getView().saveState;
  }

  private async step(walked: Walked): Promise<void> {
    const roll = this.chance.below(OUT_OF);
    if (roll < 2) {
      const kind = roll === 0 ? "undo" : "redo";
      const done = await this.session[kind]();
      if (done.ok) walked.steps.push({ kind });
      else walked.refusals.push(done.message);
      return;
    }
    const changes = [this.random.change(this.session.getView().annotations)];
    if (this.session.edit(changes).ok) walked.steps.push({ kind: "edit", changes });
  }
}

Object.assign(globalThis, { Walk });
