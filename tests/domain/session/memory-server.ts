import { applyChange } from "@/lib/domain/annotation/apply";
import { findGaps } from "@/lib/domain/annotation/completeness";
import { type Applied, applied, refused } from "@/lib/domain/annotation/edit";
import {
  type Batch,
  type BatchAnswer,
  batchSchema,
  type Operation,
  type OperationResult,
  type StoredOperation,
} from "@/lib/domain/annotation/operation";
import { type AnnotationState, EMPTY_STATE } from "@/lib/domain/annotation/state";
import { richContext } from "@/tests/support/rich-codebook";

/** What happens to a request on its way: it arrives, it never does, or its answer never does. */
export type Network = "up" | "down" | "answers are lost";

export const TEXT_SHA256 = "a".repeat(64);

/**
 * One annotation set behind the HTTP interface, kept in memory and judged by the domain as the server
 * does it. Any assignment leads to it, so that two assignments are two computers of one person.
 */
export class MemoryServer {
  state: AnnotationState = EMPTY_STATE;
  readonly log: StoredOperation[] = [];
  readonly batches: Batch[] = [];
  network: Network = "up";
  /** Answered instead of doing anything. */
  status: number | null = null;
  /** The header Retry-After of such an answer. */
  retryAfter: string | null = null;
  isSubmitted = false;
  /** The text that the server has now. */
  textSha256 = TEXT_SHA256;
  /** Requests that reached the server or would have. */
  requests = 0;

  /** Takes the place of the browser's fetch. */
  readonly fetch = async (_: unknown, options: RequestInit = {}): Promise<Response> => {
    this.requests++;
    if (this.network === "down") throw new TypeError("Failed to fetch");
    const response = this.respond(options);
    if (this.network === "answers are lost") throw new TypeError("Failed to fetch");
    return response;
  };

  /** Stores operations as another client would. */
  store(...operations: Operation[]): void {
    for (const operation of operations) this.judge(operation);
  }

  /** Carries the set over to another version of its codebook, which changes nothing else here. */
  migrate(operation: Operation): void {
    this.log.push({ ...operation, revision: this.log.length + 1, outcome: "applied" });
  }

  private respond({ method = "GET", body }: RequestInit): Response {
    if (this.status !== null) return problem(this.status, "Not now.", this.retryAfter);
    if (method === "GET") return Response.json(this.log);
    const parsed = batchSchema.safeParse(JSON.parse(String(body)));
    if (!parsed.success) return problem(422, "This is no batch.");
    if (parsed.data.textSha256 !== this.textSha256) return outdated();
    const fresh = parsed.data.operations.filter((each) => !this.find(each.id));
    if (this.isSubmitted && fresh.length > 0) return problem(409, "You submitted this document.");
    this.batches.push(parsed.data);
    return Response.json(this.answer(parsed.data));
  }

  private answer({ operations, baseRevision }: Batch): BatchAnswer {
    const results = operations.map((each): OperationResult => {
      const { id } = each;
      const known = this.find(id);
      if (known !== undefined) return { id, outcome: known.outcome, revision: known.revision };
      const verdict = this.judge(each);
      return verdict.outcome === "refused"
        ? { id, ...verdict }
        : { id, outcome: verdict.outcome, revision: this.log.length };
    });
    const sent = new Set(operations.map((each) => each.id));
    return {
      revision: this.log.length,
      results,
      missed: this.log.slice(baseRevision).filter((each) => !sent.has(each.id)),
      submitted: this.isSubmitted,
    };
  }

  private judge(operation: Operation): Applied {
    const verdict =
      operation.change.kind === "submit"
        ? this.judgeSubmit()
        : applyChange(this.state, operation.change, richContext);
    if (verdict.outcome === "refused") return verdict;
    if (verdict.outcome === "applied") this.state = verdict.state;
    const { outcome } = verdict;
    this.log.push({ ...operation, revision: this.log.length + 1, outcome });
    return verdict;
  }

  private judgeSubmit(): Applied {
    const gap = findGaps(this.state, richContext)[0];
    if (gap !== undefined) return refused(gap.message);
    this.isSubmitted = true;
    return applied(this.state);
  }

  private find(id: string): StoredOperation | undefined {
    return this.log.find((each) => each.id === id);
  }
}

function outdated(): Response {
  const body = { status: 409, kind: "conflict", title: "Your page shows another version." };
  return new Response(JSON.stringify(body), { status: 409 });
}

function problem(status: number, title: string, retryAfter: string | null = null): Response {
  const headers = new Headers(retryAfter === null ? [] : [["retry-after", retryAfter]]);
  return new Response(JSON.stringify({ status, title }), { status, headers });
}
