import "server-only";
import type { Failure, Result } from "@/lib/domain/result";
import { failure } from "@/lib/domain/result";
import { isDatabaseDown } from "./database-down";
import { env } from "./env";

const STATUS: Record<Failure["kind"], number> = {
  invalid: 422,
  unauthenticated: 401,
  unproved: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  closed: 409,
  busy: 503,
};

/** Largest JSON body, in bytes. */
const JSON_LIMIT = 256 * 1024;

/**
 * The HTTP answer of a use case: its value as JSON, or a problem document (RFC 9457). While the
 * database is down it asks to be tried again; any other error is a bug and thrown.
 */
export async function respond<T>(running: Promise<Result<T>>): Promise<Response> {
  const result = await running.catch((error: unknown): Result<T> => {
    if (!isDatabaseDown(error)) throw error;
    return failure("busy", "The database does not answer. Try again in a moment.", {
      retryAfterSeconds: 2,
    });
  });
  if (result.ok) return Response.json(result.value, { headers: { "cache-control": "no-store" } });
  return problemResponse(result.failure);
}

/** A refusal as a problem document. */
export function problemResponse({ kind, message, place, retryAfterSeconds }: Failure): Response {
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  const body = { type: `about:blank#${kind}`, status: STATUS[kind], kind, title: message, place };
  return new Response(JSON.stringify(body), { status: STATUS[kind], headers });
}

/**
 * The JSON body of a request that changes something. Refuses a foreign origin (the cookie alone is
 * no proof of intent), another content type, a body over the limit, and what is not an object.
 */
export async function readJson(request: Request): Promise<Result<Record<string, unknown>>> {
  if (!isOwnOrigin(request)) return failure("forbidden", "This request came from another site.");
  if (!(request.headers.get("content-type") ?? "").startsWith("application/json")) {
    return failure("invalid", "Send JSON, with the content type application/json.");
  }
  const text = await readText(request, JSON_LIMIT);
  if (text === null) return failure("invalid", "The request is larger than 256 kB.");
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) {
      return { ok: true, value: body as Record<string, unknown> };
    }
  } catch {
    return failure("invalid", "The request is not valid JSON.");
  }
  return failure("invalid", "The request must be a JSON object.");
}

/** Refuses a change that another site's page asks for; for bodies that are not JSON. */
export function fromOwnPages(request: Request): Result<null> {
  if (isOwnOrigin(request)) return { ok: true, value: null };
  return failure("forbidden", "This request came from another site.");
}

/** Whether a browser sent this from our own pages; programs send neither header and use no cookie. */
function isOwnOrigin(request: Request): boolean {
  const origin = request.headers.get("origin");
  if (origin !== null) return isOurs(origin, request);
  const site = request.headers.get("sec-fetch-site");
  return site === "same-origin" || site === "none";
}

/** The configured address; on loopback also the other names of this machine. */
function isOurs(origin: string, request: Request): boolean {
  const ours = new URL(env().NEXTAUTH_URL);
  if (origin === ours.origin) return true;
  const loopback = ["localhost", "127.0.0.1", "[::1]"];
  const its = URL.canParse(origin) ? new URL(origin) : null;
  const host = request.headers.get("host");
  return (
    its !== null &&
    loopback.includes(ours.hostname) &&
    loopback.includes(its.hostname) &&
    its.host === host
  );
}

async function readText(request: Request, limit: number): Promise<string | null> {
  const reader = request.body?.getReader();
  if (reader === undefined) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
