import { describe, expect, test } from "vitest";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { handle } from "@/lib/services/api/handle";

const OURS = "http://127.0.0.1:3000";

/** What the route makes of a request that says all the right things, with some of them changed. */
async function post({
  headers = {},
  body = JSON.stringify({ operations: [] }),
}: {
  headers?: Record<string, string | null>;
  body?: BodyInit;
}) {
  const all = {
    origin: OURS,
    host: "127.0.0.1:3000",
    "content-type": "application/json",
    cookie: "of=somebody",
    ...headers,
  };
  const request = new Request(`${OURS}/api/v1/assignments/${newId()}/operations`, {
    method: "POST",
    headers: Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null),
    body,
    duplex: "half",
  } as RequestInit);
  const response = await handle(request, async () => ({
    userId: newId(),
    sessionId: newId(),
    instanceRole: "user",
    leadsSomewhere: false,
  }));
  const problem = (await response.json()) as { kind: string; title: string; status: number };
  return { response, problem };
}

describe("the operations route refuses", () => {
  test.each<[string, Record<string, string | null>]>([
    ["another site", { origin: "https://elsewhere.example" }],
    ["another port of this machine", { origin: "http://127.0.0.1:3001" }],
    ["an origin that hides itself", { origin: "null" }],
    ["no word of where it comes from", { origin: null }],
    ["a browser that says it is another site", { origin: null, "sec-fetch-site": "cross-site" }],
    ["a sibling site", { origin: null, "sec-fetch-site": "same-site" }],
  ])("%s", async (_, headers) => {
    const { response, problem } = await post({ headers });
    expect(response.status).toBe(403);
    expect(problem).toMatchObject({
      kind: "forbidden",
      title: "This request came from another site.",
    });
  });

  test.each([
    ["a form", "application/x-www-form-urlencoded"],
    ["plain text, which needs no leave to cross sites", "text/plain;charset=UTF-8"],
    ["no content type", null],
  ])("%s", async (_, type) => {
    const body = new TextEncoder().encode("{}");
    const { response, problem } = await post({ headers: { "content-type": type }, body });
    expect(response.status).toBe(422);
    expect(problem.title).toBe("Send JSON, with the content type application/json.");
  });

  test.each([
    ["what is not JSON", "{", "The request is not valid JSON."],
    ["an empty body", "", "The request is not valid JSON."],
    ["a list", "[]", "The request must be a JSON object."],
    ["nothing at all", "null", "The request must be a JSON object."],
  ])("%s", async (_, body, message) => {
    const { response, problem } = await post({ body });
    expect(response.status).toBe(422);
    expect(problem.title).toBe(message);
  });

  test("a body over 256 kB, counted in bytes", async () => {
    const text = "語".repeat(87_400);
    expect(text.length).toBeLessThan(256 * 1024);
    const { response, problem } = await post({ body: JSON.stringify({ text }) });
    expect(response.status).toBe(422);
    expect(problem.title).toBe("The request is larger than 256 kB.");
  });

  test("a body without end, after 256 kB of it", async () => {
    let sent = 0;
    const chunk = new Uint8Array(16 * 1024).fill(32);
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.length;
        controller.enqueue(chunk);
      },
    });
    const { problem } = await post({ body });
    expect(problem.title).toBe("The request is larger than 256 kB.");
    expect(sent).toBeLessThan(512 * 1024);
  });
});

test("a refusal is a problem document that nobody keeps", async () => {
  const { response, problem } = await post({ headers: { origin: "https://elsewhere.example" } });
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(problem.status).toBe(response.status);
});

test("a refused request asks the database nothing", async () => {
  const before = pool().totalCount;
  await post({ headers: { origin: "https://elsewhere.example" } });
  expect(pool().totalCount).toBe(before);
});
