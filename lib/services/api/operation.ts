import "server-only";
import { z } from "zod";
import type { TokenScope } from "@/lib/domain/api/scopes";
import type { Actor } from "@/lib/domain/policy";
import type { Result } from "@/lib/domain/result";

/** What the parts of the interface are about, as its page groups them. */
export const TAGS = [
  "Projects",
  "Codebooks",
  "Documents",
  "Imports",
  "Assignments",
  "Annotations",
  "Adjudication",
  "Agreement",
  "Releases",
  "Members",
  "Jobs",
  "Audit",
] as const;
export type Tag = (typeof TAGS)[number];

export type Method = "get" | "post" | "put" | "patch" | "delete";

/** A file, or a text, that is sent as it is. */
export type FileAnswer = {
  contentType: string;
  /** Without a name it is shown, with one it is saved. */
  name: string | null;
  bytes: number | null;
  /** What it is, unchanged as long as this is the same; null where that is not known before. */
  tag: string | null;
  content: ReadableStream<Uint8Array> | string;
};

/** What an operation answers with. `none` is an empty body. */
export type Answers =
  | { kind: "json"; status: 200 | 201 | 202; schema: z.ZodType }
  | { kind: "none"; status: 204 }
  | { kind: "file"; types: readonly string[]; waits: boolean };

/** What a body may be: JSON that a schema judges, or bytes that the operation reads itself. */
export type Body =
  | { kind: "json"; schema: z.ZodType; most: number }
  | { kind: "bytes"; types: readonly string[]; json: z.ZodType | null };

/** What an operation is given: everything is judged already but bytes. */
export type Asked<Params, Query, Input> = {
  actor: Actor | null;
  params: Params;
  query: Query;
  body: Input;
  request: Request;
};

/** What an operation found: a value for the schema, a file, or the job that writes the file. */
export type Found = { file: FileAnswer } | { job: string } | { value: unknown };

/** One thing that the interface does: all that the handler and the document need to know of it. */
export type Operation = {
  id: string;
  method: Method;
  /** Below /api/v1, with {names} for parameters. */
  path: string;
  tag: Tag;
  /** A sentence without its full stop. */
  summary: string;
  description: string;
  /** What a token must be allowed. */
  scope: TokenScope;
  params: z.ZodObject;
  query: z.ZodObject;
  body: Body | null;
  answers: Answers;
  /** Units that it takes of what one may ask for; a usual one takes 1. */
  cost: number;
  /** Whether Idempotency-Key is heeded: for what makes something anew each time. */
  isKeyed: boolean;
  run(asked: Asked<never, never, never>): Promise<Result<Found>>;
};

type Definition<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> = Pick<
  Operation,
  "id" | "method" | "path" | "tag" | "summary" | "scope"
> & {
  description?: string;
  params: P;
  query?: Q;
  body?: B;
  /** Largest JSON body in bytes. */
  mostBody?: number;
  bytes?: { types: readonly string[]; json?: z.ZodType };
  answers: z.ZodType | Answers;
  cost?: number;
  isKeyed?: true;
};

const NOTHING = z.strictObject({});
/** Largest JSON body unless an operation says otherwise, in bytes. */
const MOST_BODY = 256 * 1024;

/** Defines an operation that answers with JSON, or with nothing, from the value of a use case. */
export function defineOperation<
  P extends z.ZodObject,
  Q extends z.ZodObject = typeof NOTHING,
  B extends z.ZodType = z.ZodUndefined,
>(
  definition: Definition<P, Q, B>,
  run: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Result<unknown>>,
): Operation {
  return operationOf(definition, async (asked) => {
    const result = await run(asked);
    return result.ok ? { ok: true, value: { value: result.value } } : result;
  });
}

/** Defines an operation that answers with a file, or with the job that writes it. */
export function defineDownload<P extends z.ZodObject, Q extends z.ZodObject = typeof NOTHING>(
  definition: Definition<P, Q, z.ZodUndefined>,
  run: (asked: Asked<z.output<P>, z.output<Q>, undefined>) => Promise<Result<Found>>,
): Operation {
  return operationOf(definition, run);
}

function operationOf<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  definition: Definition<P, Q, B>,
  run: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Result<Found>>,
): Operation {
  const { description = "", query, body, bytes, answers, cost = 1, isKeyed = false } = definition;
  return {
    ...definition,
    description,
    query: query ?? NOTHING,
    body:
      bytes !== undefined
        ? { kind: "bytes", types: bytes.types, json: bytes.json ?? null }
        : body === undefined
          ? null
          : { kind: "json", schema: body, most: definition.mostBody ?? MOST_BODY },
    answers:
      answers instanceof z.ZodType ? { kind: "json", status: 200, schema: answers } : answers,
    cost,
    isKeyed,
    run: run as Operation["run"],
  };
}

/** An operation that answers with an empty body. */
export const NO_BODY: Answers = { kind: "none", status: 204 };

/** An answer for something that was made. */
export function created(schema: z.ZodType): Answers {
  return { kind: "json", status: 201, schema };
}
