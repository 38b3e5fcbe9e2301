import { v7 } from "uuid";
import type { Batch, BatchAnswer, Operation } from "@/lib/domain/annotation/operation";
import { codePoint } from "@/lib/domain/text/offsets";
import { chance } from "@/tests/support/random";
import { richContext } from "@/tests/support/rich-codebook";
import { pollUntil } from "../../../scripts/deadline.mjs";
import { answers, type MortalServer } from "./mortal-server";
import { signIn, type Workplace } from "./workplace";

/**
 * What a client knows of one operation. `mark` is a word in the span that stays the same however
 * often it is sent and whatever ids the server gives it.
 */
export type Entry = {
  setId: string;
  operationId: string;
  mark: string;
  /** Null as long as no answer came. */
  outcome: "applied" | "superseded" | null;
};

const TRY_MS = 5_000;
const UP_WITHIN_MS = 40_000;
const MOST_TRIES = 200;

/** Twenty clients that add spans, batch after batch, each batch until it is acknowledged. */
export class Writers {
  readonly journal: Entry[] = [];
  /** Batches that were sent again. */
  retries = 0;
  /** Answers by status, and those that asked to be tried again without saying when. */
  readonly statuses = new Map<number, number>();
  hasty = 0;
  /** When each batch was answered, and after how many milliseconds. */
  readonly answered: { at: number; ms: number }[] = [];
  private isOver = false;
  private readonly running: Promise<void>[];

  private constructor(
    private readonly server: MortalServer,
    workplaces: readonly (Workplace & { cookie: string })[],
    each: number,
  ) {
    this.running = workplaces.flatMap((workplace, at) =>
      Array.from({ length: each }, (_, number) => this.write(workplace, 100 * at + number)),
    );
    // Met where it is awaited; until then the others go on.
    for (const one of this.running) one.catch(() => {});
  }

  /** Clients for each of five people, four unless more are wanted: they also meet each other. */
  static async start(
    server: MortalServer,
    workplaces: readonly Workplace[],
    each = 4,
  ): Promise<Writers> {
    const signedIn: (Workplace & { cookie: string })[] = [];
    for (const workplace of workplaces) {
      signedIn.push({ ...workplace, cookie: await signIn(server, workplace.email) });
    }
    return new Writers(server, signedIn, each);
  }

  get acknowledged(): number {
    return this.journal.filter((entry) => entry.outcome !== null).length;
  }

  /** Waits until so many more are acknowledged; fails early where a client has failed. */
  async makeProgress(more: number): Promise<void> {
    const goal = this.acknowledged + more;
    const failed = Promise.all(this.running).then(() => false);
    const isDone = await Promise.race([
      pollUntil(() => this.acknowledged >= goal, { milliseconds: UP_WITHIN_MS, every: 5 }),
      failed,
    ]);
    if (!isDone) throw new Error(`No progress: ${this.acknowledged} of ${goal} acknowledged.`);
  }

  /** Lets each finish the batch at hand. */
  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.running);
  }

  private async write(workplace: Workplace & { cookie: string }, seed: number): Promise<void> {
    const dice = chance(seed + 1);
    const clientId = v7();
    for (let number = 0; !this.isOver; number++) {
      const operations = Array.from({ length: 1 + dice.below(3) }, (_, at) =>
        makeOperation(dice, `${seed}/${number}/${at}`),
      );
      const entries = operations.map(
        ({ operation, mark }): Entry => ({
          setId: workplace.setId,
          operationId: operation.id,
          mark,
          outcome: null,
        }),
      );
      this.journal.push(...entries);
      const answer = await this.send(workplace, {
        clientId,
        textSha256: workplace.textSha256,
        baseRevision: 0,
        activeSeconds: 1,
        operations: operations.map(({ operation }) => operation),
      });
      answer.results.forEach((result, at) => {
        const entry = entries[at];
        if (result.outcome === "refused" || entry === undefined) {
          throw new Error(`Refused: ${JSON.stringify(result)}`);
        }
        entry.outcome = result.outcome;
      });
    }
  }

  private async send(
    workplace: Workplace & { cookie: string },
    batch: Batch,
  ): Promise<BatchAnswer> {
    for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
      const answer = await this.trySending(workplace, batch);
      if (answer !== null) return answer;
      this.retries++;
      const { address } = this.server;
      await pollUntil(() => answers(`${address}/readyz`), { milliseconds: UP_WITHIN_MS });
    }
    throw new Error(`Not acknowledged after ${MOST_TRIES} tries.`);
  }

  private note({ status, headers }: Response, ms: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status === 503 && !headers.has("retry-after")) this.hasty++;
    this.answered.push({ at: performance.now(), ms });
  }

  /** The answer; null where it is to be tried again, as a browser would judge it. */
  private async trySending(
    { assignmentId, cookie }: Workplace & { cookie: string },
    batch: Batch,
  ): Promise<BatchAnswer | null> {
    const { address } = this.server;
    const since = performance.now();
    try {
      const response = await fetch(`${address}/api/v1/assignments/${assignmentId}/operations`, {
        method: "POST",
        headers: { origin: address, "content-type": "application/json", cookie },
        body: JSON.stringify(batch),
        signal: AbortSignal.timeout(TRY_MS),
      });
      const text = await response.text();
      this.note(response, performance.now() - since);
      if (response.ok) return JSON.parse(text) as BatchAnswer;
      if (response.status >= 500) return null;
      throw new Denied(`${response.status}: ${text}`);
    } catch (error) {
      if (error instanceof Denied) throw error;
      return null;
    }
  }
}

/** An answer that no retry would change: during a fault nobody may be told such a thing. */
class Denied extends Error {}

function makeOperation(dice: ReturnType<typeof chance>, mark: string) {
  const block = dice.oneOf([...richContext.annotatable] as [(typeof richContext.annotatable)[0]]);
  const start = codePoint(block.start + dice.below(block.end - block.start - 1));
  const end = codePoint(start + 2 + dice.below(block.end - start - 1));
  const operation: Operation = {
    id: v7(),
    gestureId: v7(),
    undoes: null,
    madeAt: new Date().toISOString(),
    change: {
      kind: "add_span",
      span: {
        id: v7(),
        layer: "wording",
        label: dice.oneOf(["loaded", "euphemism", "retired"]),
        ranges: [{ start, end, quote: richContext.text.slice(start, end) }],
        attributes: { note: mark },
        flags: [],
        origin: "manual",
      },
    },
  };
  return { operation, mark };
}
