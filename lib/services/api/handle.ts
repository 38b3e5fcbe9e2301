import "server-only";
import { createHash } from "node:crypto";
import type { TokenScope } from "@/lib/domain/api/scopes";
import { attachmentHeader } from "@/lib/domain/formats/file-name";
import type { Actor } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { type KeyedRequest, keepAnswer, returnKey, takeKey } from "@/lib/server/api/kept-answers";
import { takeUnits } from "@/lib/server/api/rate-limit";
import { judge, readJsonBody } from "@/lib/server/api/read-body";
import { actorOfToken } from "@/lib/server/api/token-actor";
import { isDatabaseDown } from "@/lib/server/database-down";
import { apiRate } from "@/lib/server/env";
import { fromOwnPages, problemResponse } from "@/lib/server/respond";
import { TOKEN_PURPOSE } from "../tokens";
import type { FileAnswer, Found, Method, Operation } from "./operation";
import { findRoute } from "./registry";

/** Where the interface begins. */
const BASE = "/api/v1";

/** What one may ask for: so much for long, and more at once. */
const rate = () => ({ perSecond: apiRate(), burst: 6 * apiRate() });
/** Of tokens that are not valid, from one place. */
const failureRate = () => ({ perSecond: apiRate() / 200, burst: apiRate() });

/** Who asks: a person by their session, or a program by a token with its scopes. */
type Asker = { actor: Actor; scopes: readonly TokenScope[] | null };
type SignedIn = () => Promise<Actor | null>;

/** Answers any request below /api/v1 by the registry of operations. Every refusal is a problem document. */
export async function handle(request: Request, signedIn: SignedIn): Promise<Response> {
  try {
    return await answer(request, signedIn);
  } catch (error) {
    if (isDatabaseDown(error)) {
      return refuse("busy", "The database does not answer. Try again in a moment.", 2);
    }
    const { pathname } = new URL(request.url);
    const told = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${request.method} ${pathname} failed: ${told}\n`);
    return problem(500, "internal", "Something went wrong here. It was noted in the server's log.");
  }
}

async function answer(request: Request, signedIn: SignedIn): Promise<Response> {
  const url = new URL(request.url);
  const route = findRoute(url.pathname.slice(BASE.length));
  if (route === null) return refuse("not_found", "There is no such address in this interface.");
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow: allowed(route.operations) } });
  }
  const method = request.method === "HEAD" ? "get" : request.method.toLowerCase();
  const operation = route.operations[method as Method];
  if (operation === undefined) return notAllowed(route.operations);

  const asker = await findAsker(request, operation, signedIn);
  if (asker instanceof Response) return asker;
  const asked = readParameters(operation, route.params, url.searchParams);
  if (!asked.ok) return problemResponse(asked.failure);
  const params = asked.value.params as Record<string, unknown>;
  const body = await readBody(operation, request);
  if (!body.ok) return problemResponse(body.failure);

  const run = async () => {
    const given = { ...asked.value, actor: asker.actor, body: body.value, request };
    return respond(operation, request, await operation.run(given as never));
  };
  const key = request.headers.get("idempotency-key");
  if (!operation.isKeyed || key === null) return run();
  return onceForKey(
    {
      projectId: String(params.projectId),
      userId: asker.actor.userId,
      key,
      requestHash: hashOf(request.method, url.pathname + url.search, JSON.stringify(body.value)),
    },
    run,
  );
}

/** Who asks, or why they may not: no valid sign of who they are, another site, too much, a missing scope. */
async function findAsker(
  request: Request,
  operation: Operation,
  signedIn: SignedIn,
): Promise<Asker | Response> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const [, secret = ""] = /^Bearer ([^\s]+)$/i.exec(authorization) ?? [];
    const found = await actorOfToken(secret, TOKEN_PURPOSE);
    if (!found.ok) return refuseToken(request, found);
    const { actor, scopes } = found.value;
    const wait = await takeUnits(`token:${actor.token?.tokenId}`, operation.cost, rate());
    if (wait > 0) return tooMany(wait);
    if (!scopes.includes(operation.scope)) {
      return refuse("forbidden", `This token does not have the scope “${operation.scope}”.`);
    }
    return { actor, scopes };
  }
  if (isNobody(request)) return unauthenticated("Send a token, or sign in.");
  // The cookie alone is no proof of intent.
  const intended = operation.method === "get" ? success(null) : fromOwnPages(request);
  if (!intended.ok) return problemResponse(intended.failure);
  const actor = await signedIn();
  if (actor === null) return unauthenticated("Send a token, or sign in.");
  const wait = await takeUnits(`user:${actor.userId}`, operation.cost, rate());
  return wait > 0 ? tooMany(wait) : { actor, scopes: null };
}

/** Whether a program asks that says nothing of who it is: neither a browser, nor with a cookie. */
function isNobody({ headers }: Request): boolean {
  return !["cookie", "origin", "sec-fetch-site"].some((name) => headers.has(name));
}

/** A valid token is never held up by others that fail; who sends wrong ones is soon told to wait. */
async function refuseToken(request: Request, refused: Result<unknown> & { ok: false }) {
  const { kind, message } = refused.failure;
  if (kind !== "unauthenticated") return problemResponse(refused.failure);
  const place =
    request.headers.get("x-framemark-peer") ?? request.headers.get("x-forwarded-for") ?? "";
  const wait = await takeUnits(`refused:${hashOf(place)}`, 1, failureRate());
  return wait > 0 ? tooMany(wait) : unauthenticated(message);
}

function readParameters(
  operation: Operation,
  written: Record<string, string>,
  search: URLSearchParams,
): Result<{ params: unknown; query: unknown }> {
  const decoded = Object.entries(written).map(([name, value]) => [name, decode(value)] as const);
  if (decoded.some(([, value]) => value === null)) {
    return failure("invalid", "The address is not well-formed.");
  }
  const params = judge(operation.params, Object.fromEntries(decoded));
  if (!params.ok) return params;
  const unknown = [...search.keys()].find((name) => !(name in operation.query.shape));
  if (unknown !== undefined) {
    return failure("invalid", "There is no such parameter.", { place: unknown.slice(0, 80) });
  }
  const names = [...new Set(search.keys())];
  const query = judge(
    operation.query,
    Object.fromEntries(
      names.map((name) => {
        const values = search.getAll(name);
        return [name, values.length === 1 ? values[0] : values];
      }),
    ),
  );
  return query.ok ? success({ params: params.value, query: query.value }) : query;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

async function readBody({ body }: Operation, request: Request): Promise<Result<unknown>> {
  if (body?.kind === "json") return readJsonBody(request, body.most, body.schema);
  if (body === null && request.body !== null && request.method !== "GET") {
    return hasBytes(request);
  }
  return success(undefined);
}

/** Where nothing is taken, nothing is silently ignored. */
async function hasBytes(request: Request): Promise<Result<undefined>> {
  const reader = request.body?.getReader();
  if (reader === undefined) return success(undefined);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return success(undefined);
    if (value.length === 0) continue;
    await reader.cancel();
    return failure("invalid", "This takes no body.");
  }
}

function respond(operation: Operation, request: Request, result: Result<Found>): Response {
  if (!result.ok) return problemResponse(result.failure);
  const { answers } = operation;
  if ("file" in result.value) return fileResponse(request, result.value.file);
  if ("job" in result.value) return waiting(request, result.value.job);
  if (answers.kind === "none") {
    return new Response(null, { status: answers.status, headers: { "cache-control": "no-store" } });
  }
  if (answers.kind === "file") throw new Error(`${operation.id} answers with no file.`);
  // Read through its schema: what does not stand there does not go out.
  const plain: unknown = JSON.parse(JSON.stringify(result.value.value));
  const body = JSON.stringify(answers.schema.parse(plain));
  const headers = new Headers({
    "content-type": "application/json",
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
  });
  if (operation.method !== "get") {
    headers.set("cache-control", "no-store");
    return new Response(body, { status: answers.status, headers });
  }
  const tag = `"${hashOf(body).slice(0, 32)}"`;
  headers.set("etag", tag);
  if (isKnown(request, tag)) {
    headers.delete("content-type");
    return new Response(null, { status: 304, headers });
  }
  return new Response(body, { status: answers.status, headers });
}

function isKnown(request: Request, tag: string): boolean {
  const known = request.headers.get("if-none-match");
  if (known === null) return false;
  return known
    .split(",")
    .map((each) => each.trim().replace(/^W\//, ""))
    .some((each) => each === "*" || each === tag);
}

function fileResponse(request: Request, file: FileAnswer): Response {
  const headers = new Headers({
    "content-type": file.contentType,
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    // A page or picture that was written here is opened by itself and runs nothing.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  });
  if (file.name !== null) headers.set("content-disposition", attachmentHeader(file.name));
  if (file.bytes !== null) headers.set("content-length", String(file.bytes));
  if (file.tag !== null) {
    headers.set("etag", `"${file.tag}"`);
    if (isKnown(request, `"${file.tag}"`)) {
      if (typeof file.content !== "string") void file.content.cancel();
      headers.delete("content-length");
      return new Response(null, { status: 304, headers });
    }
  }
  return new Response(file.content, { headers });
}

/** A browser goes back to the page, which shows the progress; a program gets the job. */
function waiting(request: Request, jobId: string): Response {
  const page = /^\/api\/v1(\/projects\/[^/]+\/releases\/[^/]+)\//.exec(
    new URL(request.url).pathname,
  );
  if (page !== null && (request.headers.get("accept") ?? "").includes("text/html")) {
    return new Response(null, { status: 303, headers: { location: `${page[1]}?job=${jobId}` } });
  }
  return Response.json(
    { jobId },
    { status: 202, headers: { "retry-after": "5", "cache-control": "no-store" } },
  );
}

/** Does a request once for its key; whoever sends it again gets the first answer. */
async function onceForKey(keyed: KeyedRequest, run: () => Promise<Response>): Promise<Response> {
  if (!/^[\x21-\x7e]{1,200}$/.test(keyed.key)) {
    return refuse("invalid", "An idempotency key has 1 to 200 visible characters.");
  }
  const known = await takeKey(keyed);
  if (!known.ok) return problemResponse(known.failure);
  if (known.value !== null) {
    const { status, body } = known.value;
    return new Response(body, {
      status,
      headers: {
        "content-type": status < 300 ? "application/json" : "application/problem+json",
        "cache-control": "no-store",
        "idempotent-replayed": "true",
      },
    });
  }
  try {
    const response = await run();
    // A refusal changed nothing: the same request may go through later.
    if (response.status >= 300) await returnKey(keyed);
    else await keepAnswer(keyed, { status: response.status, body: await response.clone().text() });
    return response;
  } catch (error) {
    await returnKey(keyed).catch(() => {}); // the error itself says more
    throw error;
  }
}

function hashOf(...parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

function notAllowed(operations: Partial<Record<Method, Operation>>): Response {
  const refused = problem(405, "method", "This address does not take this method.");
  refused.headers.set("allow", allowed(operations));
  return refused;
}

function allowed(operations: Partial<Record<Method, Operation>>): string {
  const methods = Object.keys(operations).map((method) => method.toUpperCase());
  return [...methods, ...(operations.get === undefined ? [] : ["HEAD"]), "OPTIONS"].join(", ");
}

function tooMany(wait: number): Response {
  const refused = problem(429, "busy", `You ask for too much at once. Try again in ${wait} s.`);
  refused.headers.set("retry-after", String(wait));
  return refused;
}

function unauthenticated(message: string): Response {
  const refused = problem(401, "unauthenticated", message);
  refused.headers.set("www-authenticate", "Bearer");
  return refused;
}

function refuse(
  kind: "invalid" | "forbidden" | "not_found" | "busy",
  message: string,
  retryAfterSeconds?: number,
): Response {
  return problemResponse({
    kind,
    message,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

function problem(status: number, kind: string, title: string): Response {
  return new Response(JSON.stringify({ type: `about:blank#${kind}`, status, kind, title }), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}
