import { encode } from "next-auth/jwt";
import { expect, test } from "vitest";
import { env } from "@/lib/server/env";
import { newId } from "@/lib/server/ids";
import { sessionIdOf } from "@/lib/server/session-cookie";

const sessionId = newId();
const make = (more: Partial<Parameters<typeof encode>[0]> = {}) =>
  encode({ token: { sub: newId(), sessionId }, secret: env().NEXTAUTH_SECRET, ...more });

test("a token of ours names its session, the second time as the first", async () => {
  const token = await make();
  expect(await sessionIdOf(token)).toBe(sessionId);
  expect(await sessionIdOf(token)).toBe(sessionId);
});

test("a token that was good names nothing once it is over", async () => {
  const token = await make({ maxAge: 60 });
  expect(await sessionIdOf(token)).toBe(sessionId);
  expect(await sessionIdOf(token, Date.now() + 61_000)).toBeNull();
  expect(await sessionIdOf(await make({ maxAge: -60 }))).toBeNull();
});

test("a changed token, one made with another secret, one of nobody and what is no token name nothing", async () => {
  const token = await make();
  expect(await sessionIdOf(token)).toBe(sessionId);
  const at = token.length - 5;
  const changed = `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
  expect(await sessionIdOf(changed)).toBeNull();
  expect(await sessionIdOf(await make({ secret: "another secret, as long as one must be" }))).toBe(
    null,
  );
  expect(await sessionIdOf(await make({ token: { sub: newId() } }))).toBeNull();
  for (const nonsense of ["", ".", "a.b.c.d.e", "…"])
    expect(await sessionIdOf(nonsense)).toBeNull();
});
