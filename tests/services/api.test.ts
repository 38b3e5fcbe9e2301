import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createFramemark } from "@/client/framemark";
import type { TokenScope } from "@/lib/domain/api/scopes";
import { pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { startAdjudication } from "@/lib/services/adjudications";
import { apiDocument } from "@/lib/services/api/document";
import { handle } from "@/lib/services/api/handle";
import { OPERATIONS } from "@/lib/services/api/registry";
import { createToken, listTokens, revokeToken } from "@/lib/services/tokens";
import { runWaitingJobs } from "@/lib/services/worker";
import { clientSchema, schemaFile } from "@/scripts/api-client";
import { valueFrom } from "./support/answers";
import {
  makeAssignment,
  makeDocument,
  makeMember,
  makeProject,
  type TestUser,
} from "./support/factories";
import { makeWork } from "./support/submitted-work";

const SITE = "http://127.0.0.1:3000";
const ALL: TokenScope[] = ["read", "annotate", "import", "export", "manage"];
const nobody = async () => null;

let projectId: string;
let lead: TestUser;
let places: Record<string, string>;

beforeAll(async () => {
  ({ projectId } = await makeProject());
  lead = await makeMember(projectId, "lead");
  const documents = [];
  for (let number = 0; number < 5; number++) documents.push(await makeDocument(projectId));
  const [first, second] = documents;
  if (first === undefined || second === undefined) throw new Error("There are no documents.");
  const annotators = [
    await makeMember(projectId, "annotator"),
    await makeMember(projectId, "annotator"),
  ];
  for (const annotator of annotators) {
    await makeWork(projectId, first, annotator, { spans: [["naming", "army"]] });
  }
  const own = await makeAssignment(projectId, second.documentId, lead.userId);
  const started = valueFrom(
    await startAdjudication.as(lead.actor, { projectId, documentId: first.documentId }),
  );
  const { rows } = await pool().query<{ id: string }>(
    `SELECT id FROM annotation_set WHERE project_id = $1 AND submitted_revision IS NOT NULL LIMIT 1`,
    [projectId],
  );
  places = {
    projectId,
    documentId: first.documentId,
    assignmentId: own,
    adjudicationId: started.adjudicationId,
    setId: rows[0]?.id ?? "",
    userId: annotators[0]?.userId ?? "",
    version: "current",
    layer: "span",
    chart: "labels.csv",
    format: "jsonl",
  };
});

// The others would be held up by one that asks for too much.
beforeEach(async () => {
  await pool().query("DELETE FROM rate_limit");
});

async function makeToken(scopes: TokenScope[] = ALL, owner = lead, days = 30) {
  const input = { projectId, name: "A script", scopes, days };
  return valueFrom(await createToken.as(owner.actor, input));
}

type Sent = { method?: string; token?: string; body?: unknown; headers?: Record<string, string> };

async function ask(below: string, { method = "GET", token, body, headers = {} }: Sent = {}) {
  const request = new Request(`${SITE}/api/v1${below}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handle(request, nobody);
  const text = await response.clone().text();
  const isJson = /json$/.test(response.headers.get("content-type") ?? "");
  return { response, status: response.status, json: isJson ? JSON.parse(text) : null };
}

describe("a token", () => {
  const here = () => `/projects/${projectId}`;

  test("lets a program in as its owner, is stored as a hash only, and notes when it was used", async () => {
    const { tokenId, secret } = await makeToken();
    expect(secret).toMatch(/^fmk_[\w-]{43}$/);
    const { status, json } = await ask(here(), { token: secret });
    expect([status, json.role]).toEqual([200, "lead"]);
    const { rows } = await pool().query<{ row: string }>(`SELECT t::text AS row FROM api_token t`);
    for (const { row } of rows) expect(row).not.toContain(secret.slice(4));
    const listed = valueFrom(await listTokens.as(lead.actor, { projectId }));
    expect(listed.find((each) => each.tokenId === tokenId)?.lastUsedAt).not.toBeNull();
  });

  test("does what its scopes say and nothing else, whatever its owner may", async () => {
    const { secret } = await makeToken(["read"]);
    const invite = {
      method: "POST",
      token: secret,
      body: { email: "a@example.org", role: "viewer" },
    };
    const refused = await ask(`${here()}/members`, invite);
    expect([refused.status, refused.json.title]).toEqual([
      403,
      "This token does not have the scope “manage”.",
    ]);
    for (const operation of OPERATIONS.filter(({ scope }) => scope !== "read")) {
      const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name) => places[name] ?? newId());
      const { status } = await ask(address, {
        method: operation.method.toUpperCase(),
        token: secret,
      });
      expect(status, operation.id).toBe(403);
    }
  });

  test("opens no other project, though its owner leads it", async () => {
    const { secret } = await makeToken();
    const { projectId: other } = await makeProject();
    await pool().query(
      `INSERT INTO membership (project_id, user_id, role) VALUES ($1, $2, 'lead')`,
      [other, lead.userId],
    );
    expect((await ask(`/projects/${other}`, { token: secret })).status).toBe(404);
    const { json } = await ask("/projects", { token: secret });
    expect(json.items.map((each: { projectId: string }) => each.projectId)).toEqual([projectId]);
  });

  test("ends at once with its revocation, its day, its owner's membership and account", async () => {
    const owner = await makeMember(projectId, "lead");
    const { tokenId, secret } = await makeToken(["read"], owner);
    const status = async () => (await ask(here(), { token: secret })).status;
    const set = (sql: string) => pool().query(sql, [owner.userId]);
    expect(await status()).toBe(200);
    await set(`UPDATE membership SET ended_at = now() WHERE user_id = $1`);
    expect(await status()).toBe(403);
    await set(`UPDATE membership SET ended_at = NULL, role = 'viewer' WHERE user_id = $1`);
    expect(await status()).toBe(200);
    expect((await ask(`${here()}/documents`, { token: secret })).status).toBe(403);
    await set(`UPDATE "user" SET disabled_at = now() WHERE id = $1`);
    expect(await status()).toBe(401);
    await set(`UPDATE "user" SET disabled_at = NULL WHERE id = $1`);
    await set(
      `UPDATE api_token SET created_at = now() - interval '9 days', expires_at = now() WHERE user_id = $1`,
    );
    expect(await status()).toBe(401);
    await set(`UPDATE api_token SET expires_at = now() + interval '1 day' WHERE user_id = $1`);
    expect(await status()).toBe(200);
    valueFrom(await revokeToken.as(lead.actor, { projectId, tokenId }));
    expect(await status()).toBe(401);
  });

  test("that is wrong is told to wait after a while; a right one beside it is not", async () => {
    const { secret } = await makeToken();
    const wrong = `fmk_${"x".repeat(43)}`;
    const tries = [];
    for (let number = 0; number < 21; number++) tries.push(await ask(here(), { token: wrong }));
    expect(tries[0]?.status).toBe(401);
    expect(tries.at(-1)?.status).toBe(429);
    expect(Number(tries.at(-1)?.response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await ask(here(), { token: secret })).status).toBe(200);
  });

  test.each(["", "fmk_short", "Basic YTpi", "%E0%A4%A"])("%j is none", async (token) => {
    expect((await ask("/projects", { token })).status).toBe(401);
  });

  test("ends within a year", async () => {
    const input = { projectId, name: "For ever", scopes: ["read"], days: 366 };
    expect((await createToken.as(lead.actor, input)).ok).toBe(false);
  });
});

describe("what an operation is asked", () => {
  let token: string;
  beforeAll(async () => {
    token = (await makeToken()).secret;
  });

  test.each([
    ["an unknown parameter", "/documents?where=1"],
    ["a relation in the place of a filter", "/documents?project.memberships=1"],
    ["a parameter that stands twice", "/documents?state=live&state=archived"],
    ["too large a page", "/documents?limit=201"],
    ["a number that is none", "/documents?limit=1e1"],
    ["a place in a list that we did not write", "/jobs?after=WyJhdWRpdCIsIjEiXQ"],
    ["a place of another list", "/annotation-sets?after=WyJqb2JzIl0"],
    ["a character that cannot be stored", "/documents?search=a%00b"],
  ])("is refused with its place: %s", async (_, below) => {
    const { status, json } = await ask(`/projects/${projectId}${below}`, { token });
    expect(status).toBe(422);
    expect(json.place).toEqual(expect.any(String));
  });

  test.each([
    ["an unknown field", { documentIds: [newId()], userIds: [newId()], role: "lead" }],
    ["an operator in the place of a value", { documentIds: { not: "" }, userIds: [newId()] }],
    ["half a character", { documentIds: ["\ud800"], userIds: [newId()] }],
  ])("is refused in its body: %s", async (_, body) => {
    const sent = { method: "POST", token, body };
    expect((await ask(`/projects/${projectId}/assignments`, sent)).status).toBe(422);
  });

  test("is refused where there is nothing, or nothing of this method", async () => {
    expect((await ask("/nothing", { token })).status).toBe(404);
    const { status, response } = await ask("/projects", { method: "DELETE", token });
    expect([status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("is refused with how long to wait where it is too much", async () => {
    const dear = { method: "POST", token, body: {} };
    const asked = Array.from({ length: 12 }, () => ask(`/projects/${projectId}/releases`, dear));
    const last = (await Promise.all(asked)).find(({ status }) => status === 429);
    expect(Number(last?.response.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});

describe("an answer", () => {
  let token: string;
  beforeAll(async () => {
    token = (await makeToken()).secret;
  });

  test("comes page by page, each item once", async () => {
    for (const list of ["documents", "assignments", "annotation-sets", "members", "audit"]) {
      const seen: unknown[] = [];
      let after = "";
      do {
        const { json } = await ask(`/projects/${projectId}/${list}?limit=2${after}`, { token });
        expect(json.items.length, list).toBeLessThanOrEqual(2);
        seen.push(...json.items.map((each: object) => JSON.stringify(Object.values(each)[0])));
        after = json.next === null ? "" : `&after=${encodeURIComponent(json.next)}`;
      } while (after !== "");
      const { json } = await ask(`/projects/${projectId}/${list}?limit=200`, { token });
      expect(seen.length, list).toBeGreaterThan(1);
      // The log has grown by what was asked of it.
      expect(new Set(seen).size, list).toBe(seen.length);
      if (list !== "audit") expect(seen.length, list).toBe(json.items.length);
    }
  });

  test("has a tag, by which it is not sent again while it is the same", async () => {
    const address = `/projects/${projectId}`;
    const tag = (await ask(address, { token })).response.headers.get("etag") ?? "";
    const again = await ask(address, { token, headers: { "if-none-match": `"other", W/${tag}` } });
    expect([again.status, await again.response.text()]).toEqual([304, ""]);
    await pool().query(`UPDATE project SET description = 'Changed' WHERE id = $1`, [projectId]);
    expect((await ask(address, { token, headers: { "if-none-match": tag } })).status).toBe(200);
  });

  test("to a request with a key is given once, however often it is sent, also at once", async () => {
    const email = `${newId()}@example.org`;
    const sent = {
      method: "POST",
      token,
      body: { email, role: "viewer" },
      headers: { "idempotency-key": newId() },
    };
    const address = `/projects/${projectId}/members`;
    const answers = await Promise.all([1, 2, 3].map(() => ask(address, sent)));
    for (const { status } of answers) expect([201, 503]).toContain(status);
    const again = await ask(address, sent);
    expect(again.status).toBe(201);
    expect(again.response.headers.get("idempotent-replayed")).toBe("true");
    expect(again.json).toEqual(answers.find(({ status }) => status === 201)?.json);
    const other = { ...sent, body: { email, role: "annotator" } };
    expect((await ask(address, other)).status).toBe(409);
    // Without the key the same request is another one.
    expect((await ask(address, { ...sent, headers: {} })).status).toBe(409);
  });

  test("holds no secret of anybody", async () => {
    const { rows } = await pool().query<{ hash: string }>(
      `SELECT token_hash AS hash FROM api_token`,
    );
    for (const list of ["members", "audit", "jobs", "assignments"]) {
      const { json } = await ask(`/projects/${projectId}/${list}?limit=200`, { token });
      expect(JSON.stringify(json)).not.toMatch(/password|tokenHash|token_hash|sessionId/i);
      for (const { hash } of rows) expect(JSON.stringify(json)).not.toContain(hash);
    }
  });

  test("on a document that its reader still has to annotate is left out", async () => {
    const document = await makeDocument(projectId);
    const annotator = await makeMember(projectId, "annotator");
    await makeWork(projectId, document, annotator, { spans: [["naming", "army"]] });
    const address = `/projects/${projectId}/annotation-sets?documentId=${document.documentId}`;
    const before = (await ask(address, { token })).json.items;
    expect(before).toHaveLength(1);
    await makeAssignment(projectId, document.documentId, lead.userId);
    expect((await ask(address, { token })).json.items).toEqual([]);
    const one = `/projects/${projectId}/annotation-sets/${before[0].setId}`;
    expect((await ask(one, { token })).status).toBe(404);
    expect((await ask(`${one}/operations`, { token })).status).toBe(404);
  });
});

/** The part of the document that is asked here. */
type Described = {
  paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema?: object }> }> }>
  >;
  components: { schemas: Record<string, object> };
};

/** What a schema of the document makes of a value, read from the document and not from our own schemas. */
function fits(schema: object, value: unknown): z.ZodSafeParseResult<unknown> {
  const { components } = apiDocument() as unknown as Described;
  const whole = { ...schema, $defs: components.schemas };
  const text = JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text)).safeParse(value);
}

describe("the document", () => {
  test("says what each reading operation answers", async () => {
    const token = (await makeToken()).secret;
    const release = await ask(`/projects/${projectId}/releases`, {
      method: "POST",
      token,
      body: { settings: { annotationLicence: "CC-BY-4.0", textLicence: "All rights reserved" } },
    });
    expect(release.status, JSON.stringify(release.json)).toBe(201);
    const imported = await ask(`/projects/${projectId}/imports`, {
      method: "POST",
      token,
      body: { texts: ["A headline\n\nA sentence of its own."] },
    });
    expect(imported.status).toBe(201);
    const draft = await ask(`/projects/${projectId}/codebook-draft`, {
      method: "POST",
      token,
      body: { from: { kind: "published" } },
    });
    expect(draft.status, JSON.stringify(draft.json)).toBe(201);
    await runWaitingJobs((problem) => {
      throw new Error(problem);
    });
    const all: Record<string, string> = {
      ...places,
      releaseId: release.json.releaseId,
      jobId: release.json.jobId,
      importId: imported.json.importId,
    };
    const query: Record<string, string> = {
      downloadDataset: "?format=jsonl",
      compareReleases: `?withId=${release.json.releaseId}`,
    };
    const { paths } = apiDocument() as unknown as Described;
    const reading = OPERATIONS.filter(({ method }) => method === "get");
    expect(reading.length).toBeGreaterThan(25);
    for (const { id, path: pattern, answers } of reading) {
      await pool().query("DELETE FROM rate_limit");
      const value = (name: string) =>
        id === "downloadAgreement" && name === "format" ? "json" : (all[name] ?? "");
      const address = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => value(name));
      const { response, status, json } = await ask(`${address}${query[id] ?? ""}`, { token });
      expect(status, `${id}: ${JSON.stringify(json)}`).toBe(200);
      const described = paths[pattern]?.get?.responses["200"]?.content ?? {};
      const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
      expect(Object.keys(described), id).toContain(type);
      const schema = described[type]?.schema;
      if (answers.kind !== "json" || schema === undefined) continue;
      const parsed = fits(schema, json);
      expect(parsed.error?.issues ?? [], id).toEqual([]);
      // The check itself bites.
      expect(fits(schema, { items: "none" }).success, id).toBe(false);
    }
  });

  test("names each operation once, with a scope and a use", () => {
    const ids = OPERATIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const { paths } = apiDocument() as unknown as Described;
    const described = Object.values(paths).flatMap((item) => Object.keys(item));
    expect(described.length).toBe(OPERATIONS.length);
  });

  test("is what the types of the client are made from", async () => {
    const isFresh = readFileSync(schemaFile, "utf8") === (await clientSchema());
    expect(isFresh, "Run npm run api-client.").toBe(true);
  });
});

test("every address below /api/v1 is one of the registry, but for what pages alone ask for", () => {
  const folder = path.resolve(import.meta.dirname, "../../app/api/v1");
  const routes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => path.dirname(file).split(path.sep).join("/"))
    .sort();
  expect(routes).toEqual([
    "[...path]",
    // The document itself.
    "openapi.json",
    // Events for open pages, which say only that something changed.
    "projects/[projectId]/changes",
  ]);
});

test("the typed client reads lists, and waits where it is told to", async () => {
  const token = (await makeToken(["read"])).secret;
  let refusals = 1;
  const { api, pages } = createFramemark({
    site: SITE,
    token,
    fetch: async (request) => {
      if (refusals-- > 0)
        return new Response(null, { status: 503, headers: { "retry-after": "0" } });
      return handle(request, nobody);
    },
  });
  const { data } = await api.GET("/projects/{projectId}", { params: { path: { projectId } } });
  expect(data?.projectId).toBe(projectId);
  const titles: string[] = [];
  const documents = pages((after) =>
    api.GET("/projects/{projectId}/documents", {
      params: { path: { projectId }, query: { limit: 2, ...(after && { after }) } },
    }),
  );
  for await (const { title } of documents) titles.push(title);
  expect(titles.length).toBeGreaterThan(4);
});
