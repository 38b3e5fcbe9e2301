/**
 * The use case behind Node's own HTTP server. With the word `naive` it is what people write first:
 * the server makes the ids, so that a request that is sent again counts again.
 */
import http from "node:http";
import { batchSchema } from "../../../lib/domain/annotation/operation";
import type { Actor } from "../../../lib/domain/policy";
import { failure, type Result } from "../../../lib/domain/result";
import { pool } from "../../../lib/server/db";
import { newId } from "../../../lib/server/ids";
import { problemResponse, readJson, respond } from "../../../lib/server/respond";
import { signInWithPassword, startSession } from "../../../lib/server/sign-in";
import { editAnnotations } from "../../../lib/services/annotations";

const isNaive = process.argv.includes("naive");

http
  .createServer((incoming, outgoing) => {
    void answer(incoming)
      .catch(() => new Response(null, { status: 500 }))
      .then(async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers));
        outgoing.end(await response.text());
      });
  })
  .listen(Number(process.env.PORT), process.env.HOSTNAME);

async function answer(incoming: http.IncomingMessage): Promise<Response> {
  if (incoming.url === "/livez") return new Response("ok");
  if (incoming.url === "/readyz")
    return pool()
      .query("SELECT 1")
      .then(() => new Response("ready"));
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const request = new Request(`http://127.0.0.1${incoming.url}`, {
    method: "POST",
    headers: incoming.headers as Record<string, string>,
    body: Buffer.concat(chunks),
  });
  const body = await readJson(request);
  if (!body.ok) return problemResponse(body.failure);
  if (incoming.url === "/sign-in") return signIn(body.value);
  const assignmentId = incoming.url?.split("/")[4];
  return respond(edit(incoming.headers.cookie, { ...body.value, assignmentId }));
}

async function signIn({ email, password }: Record<string, unknown>): Promise<Response> {
  const person = await signInWithPassword(String(email), String(password));
  if (person === null) return new Response(null, { status: 401 });
  const cookie = `session=${await startSession(person.id, 3600, "")}`;
  return new Response(null, { headers: { "set-cookie": cookie } });
}

async function edit(
  cookie: string | undefined,
  input: Record<string, unknown>,
): Promise<Result<unknown>> {
  const { rows } = await pool().query<{ id: string }>(
    "SELECT user_id AS id FROM session WHERE id = $1 AND expires_at > now()",
    [cookie?.replace("session=", "")],
  );
  const person = rows[0];
  if (person === undefined) return failure("unauthenticated", "Sign in to do this.");
  const actor: Actor = {
    userId: person.id,
    sessionId: null,
    instanceRole: "user",
    leadsSomewhere: false,
  };
  return editAnnotations.as(actor, isNaive ? withNewIds(input) : input);
}

/** The ids that the client made are thrown away. */
function withNewIds({ assignmentId, ...input }: Record<string, unknown>) {
  const batch = batchSchema.parse(input);
  const operations = batch.operations.map(({ change, ...operation }) => ({
    ...operation,
    id: newId(),
    change:
      change.kind === "add_span" ? { ...change, span: { ...change.span, id: newId() } } : change,
  }));
  return { ...batch, operations, assignmentId };
}
