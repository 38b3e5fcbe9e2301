import NextAuth from "next-auth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { authOptions } from "@/lib/server/auth";
import { db, pool } from "@/lib/server/db";
import { findSession } from "@/lib/server/session";
import { entrance } from "@/lib/services/entrance";
import { makeInvite } from "@/lib/services/invites";
import { openSite, testProvider } from "@/lib/services/site";
import { emptyDatabase } from "@/tests/support/database";
import { valueFrom } from "./support/answers";
import { makeUser } from "./support/factories";
import {
  CLIENT,
  type Fault,
  type RunningProvider,
  startProvider,
  visitProvider,
} from "./support/open-id-provider";

// What Next gives a request; there is none here.
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "user-agent": "a browser" }),
}));

const SITE = "http://127.0.0.1:3000";
let provider: RunningProvider;

beforeAll(async () => {
  provider = await startProvider(`${SITE}/api/auth/callback/open-id`);
  process.env.FRAMEMARK_OIDC_ISSUER = provider.issuer;
  process.env.FRAMEMARK_OIDC_CLIENT_ID = CLIENT.id;
  process.env.FRAMEMARK_OIDC_CLIENT_SECRET = CLIENT.secret;
  vi.spyOn(console, "error").mockReturnValue();
});
afterAll(() => provider.stop());

beforeEach(async () => {
  await emptyDatabase();
  provider.fault = null;
  provider.person = { sub: "ada-1", email: "ada@example.org", email_verified: true };
});

const CALLBACK = ["callback", "open-id"];

/** The cookies that this site gave to one browser. */
type Jar = Record<string, string>;

/** Asks next-auth as its route does. */
async function ask(
  jar: Jar,
  request: { path: string[]; method: "GET" | "POST"; query?: object; body?: object },
): Promise<{ redirect: string; body: unknown }> {
  const answered = { redirect: "", body: null as unknown };
  const response = {
    status: () => response,
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === "location") answered.redirect = String(value);
      if (name.toLowerCase() === "set-cookie") keep(jar, [value].flat());
      return response;
    },
    getHeader: () => undefined,
    json: (body: unknown) => done(body),
    send: (body: unknown) => done(body),
    end: () => done(null),
  };
  const done = (body: unknown) => {
    answered.body = body;
    return response;
  };
  const { path, method, query = {}, body = {} } = request;
  await NextAuth(
    { method, body, cookies: jar, headers: {}, query: { ...query, nextauth: path } } as never,
    response as never,
    authOptions(entrance),
  );
  return answered;
}

function keep(jar: Jar, cookies: string[]): void {
  for (const cookie of cookies) {
    const [pair = ""] = cookie.split(";");
    const [name = "", ...value] = pair.split("=");
    jar[name] = decodeURIComponent(value.join("="));
  }
}

/** Begins to sign in, and comes back from the provider with its answer. */
async function goThere(jar: Jar): Promise<Record<string, string>> {
  const { body } = await ask(jar, { path: ["csrf"], method: "GET" });
  const { csrfToken } = body as { csrfToken: string };
  const begun = await ask(jar, {
    path: ["signin", "open-id"],
    method: "POST",
    body: { csrfToken },
  });
  const back = await visitProvider(begun.redirect, provider);
  return Object.fromEntries(back.searchParams);
}

/** Signs in; answers where that led to. */
async function signIn(jar: Jar = {}): Promise<string> {
  const query = await goThere(jar);
  return (await ask(jar, { path: CALLBACK, method: "GET", query })).redirect;
}

async function sessions(): Promise<{ id: string; user_id: string; method: string }[]> {
  return (await pool().query(`SELECT id, user_id, method FROM session`)).rows;
}

describe("somebody whom the provider vouches for", () => {
  test("gets into the account that was made for them, by their verified e-mail", async () => {
    const { userId } = await makeUser({ email: "ada@example.org" });
    await makeInvite({ purpose: "join", userId, createdById: null });
    const jar: Jar = {};
    expect(await signIn(jar)).not.toContain("error");
    expect(jar["next-auth.session-token"]).toBeTruthy();
    const [session] = await sessions();
    expect(session).toMatchObject({ user_id: userId, method: "provider" });
    expect(await db().identity.findMany({ select: { issuer: true, subject: true } })).toEqual([
      { issuer: provider.issuer, subject: "ada-1" },
    ]);
    expect(await db().invite.count({ where: { usedAt: null } })).toBe(0);
    expect(await findSession(session?.id ?? "")).toMatchObject({ userId, hasPassword: false });
    // The provider says when its person proved who they are.
    const { rows } = await pool().query(
      `SELECT proved_at > now() - interval '5 minutes' AS ok FROM session`,
    );
    expect(rows).toEqual([{ ok: true }]);
  });

  test("is known by the provider's name for them afterwards, whatever their e-mail is by then", async () => {
    const { userId } = await makeUser({ email: "ada@example.org" });
    await signIn();
    const ben = await makeUser({ email: "ben@example.org" });
    provider.person = { sub: "ada-1", email: "ben@example.org", email_verified: false };
    await signIn();
    expect((await sessions()).map(({ user_id }) => user_id)).toEqual([userId, userId]);
    expect(await db().identity.count({ where: { userId: ben.userId } })).toBe(0);
  });

  test("is let in nowhere without an account, and none is made", async () => {
    expect(await signIn()).toBe("/sign-in?error=unknown");
    expect(await db().user.count()).toBe(0);
    expect(await sessions()).toEqual([]);
  });

  test("is not found by an e-mail that the provider has not verified", async () => {
    await makeUser({ email: "ada@example.org" });
    provider.person = { ...provider.person, email_verified: false };
    expect(await signIn()).toBe("/sign-in?error=unverified");
    expect(await sessions()).toEqual([]);
    expect(await db().identity.count()).toBe(0);
  });

  test("does not get the account of whoever had their e-mail before", async () => {
    await makeUser({ email: "ada@example.org" });
    await signIn();
    provider.person = { sub: "another-ada", email: "ada@example.org", email_verified: true };
    expect(await signIn()).toBe("/sign-in?error=other_identity");
    expect(await sessions()).toHaveLength(1);
  });

  test("stays out of a disabled account, linked before or not", async () => {
    const { userId } = await makeUser({ email: "ada@example.org" });
    await signIn();
    await pool().query(`UPDATE "user" SET disabled_at = now()`);
    expect(await signIn()).toBe("/sign-in?error=disabled");
    await pool().query(`DELETE FROM identity WHERE user_id = $1`, [userId]);
    expect(await signIn()).toBe("/sign-in?error=disabled");
    expect(await sessions()).toHaveLength(1);
  });
});

describe("an answer that cannot be trusted", () => {
  const faults: Exclude<Fault, null>[] = [
    "audience",
    "nonce",
    "issuer",
    "unsigned",
    "foreign_key",
    "expired",
  ];
  test.each(faults)("lets nobody in: ID token with wrong %s", async (fault) => {
    await makeUser({ email: "ada@example.org" });
    provider.fault = fault;
    const jar: Jar = {};
    expect(await signIn(jar)).toContain("error=OAuthCallback");
    expect(jar["next-auth.session-token"]).toBeUndefined();
    expect(await sessions()).toEqual([]);
    expect(await db().identity.count()).toBe(0);
  });

  test("lets nobody in who did not begin it: the state is of another browser", async () => {
    await makeUser({ email: "ada@example.org" });
    const query = await goThere({});
    const victim: Jar = {};
    await goThere(victim);
    const { redirect } = await ask(victim, { path: CALLBACK, method: "GET", query });
    expect(redirect).toContain("error=OAuthCallback");
    expect(await sessions()).toEqual([]);
  });
});

test("the admin's page names the provider without its secret, and tries it", async () => {
  const admin = await makeUser({ role: "admin" });
  const site = valueFrom(await openSite.as(admin.actor, {}));
  expect(site.provider).toMatchObject({
    issuer: provider.issuer,
    callback: `${SITE}/api/auth/callback/open-id`,
  });
  expect(JSON.stringify(site)).not.toContain(CLIENT.secret);
  valueFrom(await testProvider.as(admin.actor, {}));
});
