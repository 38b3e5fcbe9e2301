/** An expected refusal, told to the person who reads it. `place` names the field, line or row. */
export type Failure = {
  kind:
    | "invalid"
    | "unauthenticated"
    /** It may be done once the person proves who they are: see components/ui/proof.tsx. */
    | "unproved"
    | "forbidden"
    | "not_found"
    | "conflict"
    | "closed"
    | "busy";
  message: string;
  place?: string;
  retryAfterSeconds?: number;
};

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** A value that was obtained. */
export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A refusal that the caller must handle; a bug is thrown instead. */
export function failure<T = never>(
  kind: Failure["kind"],
  message: string,
  more: { place?: string; retryAfterSeconds?: number } = {},
): Result<T> {
  return { ok: false, failure: { kind, message, ...more } };
}
