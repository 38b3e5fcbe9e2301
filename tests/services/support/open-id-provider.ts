import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** A person whom the provider knows. */
export type Person = { sub: string; email: string; email_verified: boolean };

/** What the provider does wrong with the next ID tokens; null for nothing. */
export type Fault = "audience" | "nonce" | "issuer" | "unsigned" | "foreign_key" | "expired" | null;

export type RunningProvider = {
  issuer: string;
  person: Person;
  fault: Fault;
  stop: () => Promise<void>;
};

export const CLIENT = { id: "framemark", secret: "a client secret, long enough for tests" };

/** A real OpenID provider on loopback whose one person is signed in at once. */
export async function startProvider(redirect: string): Promise<RunningProvider> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const running: RunningProvider = {
    issuer,
    person: { sub: "ada-1", email: "ada@example.org", email_verified: true },
    fault: null,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirect] }],
    jwks: { keys: [{ ...key.export({ format: "jwk" }), kid: "own", use: "sig", alg: "RS256" }] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a cookie key"] },
    ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...running.person, sub }) }),
    features: { devInteractions: { enabled: true } },
  });
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (running.fault !== null && body?.id_token !== undefined) {
      ctx.body = { ...body, id_token: spoil(body.id_token, running.fault, key) };
    }
  });
  server.on("request", provider.callback());
  return running;
}

/** Follows the provider's pages as a browser of its person does; answers the address that leads back. */
export async function visitProvider(start: string, { person }: RunningProvider): Promise<URL> {
  const jar = new Map<string, string>();
  let address = start;
  for (let hop = 0; hop < 12; hop++) {
    const answer = await fetch(address, {
      redirect: "manual",
      headers: { cookie: cookiesOf(jar) },
    });
    keepCookies(jar, answer);
    const next = answer.headers.get("location");
    if (next !== null) {
      const target = new URL(next, address);
      if (target.origin !== new URL(start).origin) return target;
      address = target.href;
      continue;
    }
    address = await fillForm(await answer.text(), address, { jar, person });
  }
  throw new Error("The provider goes round in circles.");
}

/** Its form asks who one is, and then whether the site may know. */
async function fillForm(
  page: string,
  address: string,
  { jar, person }: { jar: Map<string, string>; person: Person },
): Promise<string> {
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? address;
  const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "";
  const answer = await fetch(new URL(action, address), {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookiesOf(jar) },
    body: new URLSearchParams({ prompt, login: person.sub, password: "any" }),
  });
  keepCookies(jar, answer);
  return new URL(answer.headers.get("location") ?? "", address).href;
}

function spoil(token: string, fault: Exclude<Fault, null>, key: KeyObject): string {
  const [head = "", body = ""] = token.split(".");
  const header = decode(head);
  const claims = decode(body);
  if (fault === "audience") return sign(header, { ...claims, aud: "another site" }, key);
  if (fault === "nonce") return sign(header, { ...claims, nonce: "another sign-in" }, key);
  if (fault === "issuer") return sign(header, { ...claims, iss: "http://127.0.0.1:1" }, key);
  if (fault === "expired") return sign(header, { ...claims, exp: 1_000_000_000 }, key);
  if (fault === "unsigned") return `${encode({ alg: "none" })}.${body}.`;
  return sign(header, claims, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
}

function sign(header: object, claims: object, key: KeyObject): string {
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${createSign("RSA-SHA256").update(content).sign(key, "base64url")}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
}

function keepCookies(jar: Map<string, string>, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) {
    const [pair = ""] = cookie.split(";");
    const [name = "", ...value] = pair.split("=");
    jar.set(name, value.join("="));
  }
}

function cookiesOf(jar: ReadonlyMap<string, string>): string {
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}
