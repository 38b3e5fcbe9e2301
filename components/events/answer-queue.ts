import type { EventChange } from "@/lib/domain/annotation/event-answers";
import type { Result } from "@/lib/domain/result";

type EventOperation = { id: string; madeAt: string; change: EventChange };
type Sent = { refused: { id: string; message: string }[] };
type Send = (operations: EventOperation[]) => Promise<Result<Sent>>;

/** `waiting`: on its way; `stuck`: it did not arrive, and is sent again when the person says so. */
export type QueueState = {
  kind: "saved" | "waiting" | "stuck";
  message: string | null;
};

const MOST = 100;

/**
 * Sends changes one batch after the other, in their order. What was not answered stays, under the ids it had,
 * so that sending it again stores nothing twice.
 */
export class AnswerQueue {
  private readonly waiting: EventOperation[] = [];
  private isSending = false;

  constructor(
    private readonly send: Send,
    private readonly tell: (state: QueueState) => void,
    private readonly refuse: (message: string) => void,
  ) {}

  add(operation: EventOperation): void {
    this.waiting.push(operation);
    void this.run();
  }

  retry(): void {
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.isSending) return;
    this.isSending = true;
    try {
      while (this.waiting.length > 0) {
        this.tell({ kind: "waiting", message: null });
        const batch = this.waiting.slice(0, MOST);
        const sent = await this.send(batch).catch(() => null);
        if (sent === null || !sent.ok) {
          const message = sent === null ? "The server was not reached." : sent.failure.message;
          this.tell({ kind: "stuck", message });
          return;
        }
        this.waiting.splice(0, batch.length);
        for (const { message } of sent.value.refused) this.refuse(message);
      }
      this.tell({ kind: "saved", message: null });
    } finally {
      this.isSending = false;
    }
  }
}
