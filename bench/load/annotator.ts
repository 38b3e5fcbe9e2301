import type { BatchAnswer, Change, Operation } from "@/lib/domain/annotation/operation";
import { codePoint } from "@/lib/domain/text/offsets";
import { newId } from "@/lib/server/ids";
import type { Browser } from "./browser";
import { type Timing, timed } from "./open-model";

export type Article = { text: string; sha256: string };

/** An operation that the server said it has. */
export type Acknowledged = { id: string; spanId: string | null; assignmentId: string };

type Waiting = { operation: Operation; meant: number; timing: Timing };

/** As the workspace sends: everything that waits in one request, one request at a time. */
export class Annotator {
  readonly acknowledged: Acknowledged[] = [];
  private readonly clientId = newId();
  private waiting: Waiting[] = [];
  private sending: Promise<void> | null = null;
  private revision = 0;
  private words = 0;
  assignmentId = "";

  constructor(
    readonly browser: Browser,
    private readonly article: Article,
    /** Milliseconds for which what comes is gathered before it is sent. */
    private readonly gather = 0,
  ) {}

  /** Begins with a document. */
  take(assignmentId: string): void {
    this.assignmentId = assignmentId;
    this.revision = 0;
    this.words = 0;
  }

  /** Takes the next document of the project's queue; false where there is none. */
  async claim(projectId: string): Promise<boolean> {
    const taken = await this.browser.act<{
      ok: boolean;
      value?: { assignmentId: string | null };
      failure?: { message: string };
    }>("/", "takeNextDocument", { projectId });
    if (!taken.ok) throw new Error(taken.failure?.message ?? "refused");
    const assignmentId = taken.value?.assignmentId ?? null;
    if (assignmentId !== null) this.take(assignmentId);
    return assignmentId !== null;
  }

  /** Makes one change; settled when the server has it. */
  async change(change: Change, meant: number, timing: Timing): Promise<void> {
    const madeAt = new Date().toISOString();
    const operation: Operation = { id: newId(), gestureId: newId(), undoes: null, madeAt, change };
    this.waiting.push({ operation, meant, timing });
    while (this.waiting.length > 0) {
      this.sending ??= this.sendAll().finally(() => {
        this.sending = null;
      });
      await this.sending;
    }
  }

  /** Marks the next words of the article. */
  nextMark(): Change {
    const word = /\S+/g;
    word.lastIndex = (this.words++ * 29) % (this.article.text.length - 40);
    const found = word.exec(this.article.text);
    const start = found?.index ?? 0;
    const quote = found?.[0] ?? "";
    const range = { start: codePoint(start), end: codePoint(start + quote.length), quote };
    return {
      kind: "add_span",
      span: {
        ...{ id: newId(), layer: "span", label: "naming", ranges: [range], attributes: {} },
        ...{ flags: [], origin: "manual" },
      },
    };
  }

  /** The answer without which the document cannot be submitted. */
  overall(): Change {
    const end = codePoint(this.article.text.length);
    const place = { unit: "document" as const, start: codePoint(0), end };
    return {
      kind: "set_unit_label",
      layer: "overall",
      label: "1",
      value: null,
      evidence: [],
      ...place,
    };
  }

  private async sendAll(): Promise<void> {
    if (this.gather > 0) await new Promise((resolve) => setTimeout(resolve, this.gather));
    const batch = this.waiting.splice(0, 100);
    const { assignmentId } = this;
    const answer = this.post(assignmentId, batch);
    await Promise.all(
      batch.map(({ operation, meant, timing }, place) =>
        timed(meant, timing, async () => {
          const result = (await answer).results[place];
          if (result === undefined || result.outcome === "refused") {
            throw new Error(`refused: ${result?.message}`);
          }
          const { change, id } = operation;
          const spanId = change.kind === "add_span" ? change.span.id : null;
          this.acknowledged.push({ id, spanId, assignmentId });
        }),
      ),
    );
  }

  private async post(assignmentId: string, batch: readonly Waiting[]): Promise<BatchAnswer> {
    const answer = await this.browser.post(`/api/v1/assignments/${assignmentId}/operations`, {
      clientId: this.clientId,
      textSha256: this.article.sha256,
      baseRevision: this.revision,
      activeSeconds: 1,
      operations: batch.map(({ operation }) => operation),
    });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body.slice(0, 200)}`);
    const stored = JSON.parse(answer.body) as BatchAnswer;
    this.revision = stored.revision;
    return stored;
  }
}
