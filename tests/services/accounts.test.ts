import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { authorizeSignIn, signInWithPassword } from "@/lib/server/sign-in";
import { writeSignInNote } from "@/lib/server/sign-in-note";
import { hashSecret } from "@/lib/server/tokens";
import {
  acceptInvite,
  changeOwnName,
  changeOwnPassword,
  listOwnSessions,
  openInvite,
  readOwnAccount,
  readOwnKeys,
  revokeOwnSession,
  setOwnKeys,
  setTheme,
} from "@/lib/services/accounts";
import { createAccount } from "@/lib/services/accounts-store";
import { makeInvite } from "@/lib/services/invites";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { isSessionLive, makeProject, makeSession, makeUser } from "./support/factories";

const { verify } = vi.hoisted(() => ({ verify: vi.fn() }));
// The real hash check, watched: that it ran is asserted, since its time cannot be.
vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  verify.mockImplementation(real.verify);
  return { ...real, verify };
});

const PASSWORD = "harbour lantern 47";

const dataFolder = mkdtempSync(path.join(tmpdir(), "framemark-accounts-"));
process.env.FRAMEMARK_DATA = dataFolder;
afterAll(() => rmSync(dataFolder, { recursive: true }));

beforeEach(async () => {
  await emptyDatabase();
  verify.mockClear();
});

/** The secret of a fresh link. */
async function secretFor(
  purpose: "first_admin" | "join" | "reset_password",
  userId: string | null = null,
): Promise<string> {
  const link = await makeInvite({ purpose, userId, createdById: null });
  return link.slice("/welcome/".length);
}

const accept = (input: object) => acceptInvite.as(null, { password: PASSWORD, ...input });

describe("a one-time link", () => {
  test("makes the first admin, who can then sign in", async () => {
    const secret = await secretFor("first_admin");
    expect(valueFrom(await openInvite.as(null, { secret })).purpose).toBe("first_admin");
    const made = valueFrom(await accept({ secret, email: "Ada@Example.org", name: "Ada Roe" }));
    expect(made.email).toBe("ada@example.org");
    const admin = await db().user.findUniqueOrThrow({ where: { email: made.email } });
    expect(admin).toMatchObject({ name: "Ada Roe", role: "admin", isDemo: false });
    expect(admin.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await signInWithPassword(made.email, PASSWORD)).toEqual({ id: admin.id });
  });

  test("for the first admin is noted for its owner's eyes, until it was used", async () => {
    const note = path.join(dataFolder, "sign-in.txt");
    const secret = await secretFor("first_admin");
    await writeSignInNote(["The link:", `/welcome/${secret}`]);
    expect(statSync(note).mode & 0o777).toBe(0o600);
    valueFrom(await accept({ secret, email: "ada@example.org", name: "Ada" }));
    expect(existsSync(note)).toBe(false);
  });

  test("gives an account its first password, with the name that its person chose", async () => {
    const { userId, email } = await makeUser({ name: "A. Roe" });
    const secret = await secretFor("join", userId);
    const opened = valueFrom(await openInvite.as(null, { secret }));
    expect(opened).toEqual({ purpose: "join", email, name: "A. Roe" });
    expect(valueFrom(await accept({ secret, name: "Ada Roe" }))).toEqual({ email });
    expect(await signInWithPassword(email, PASSWORD)).toEqual({ id: userId });
    expect(valueFrom(await readOwnAccount.as(await actorOf(userId), {})).name).toBe("Ada Roe");
  });

  test("may lead into a project", async () => {
    const { userId } = await makeUser();
    const { projectId } = await makeProject();
    const secret = await secretFor("join", userId);
    await pool().query(`UPDATE invite SET project_id = $1, project_role = 'annotator'`, [
      projectId,
    ]);
    valueFrom(await accept({ secret }));
    const membership = await db().membership.findFirstOrThrow({ where: { projectId, userId } });
    expect(membership).toMatchObject({ role: "annotator", endedAt: null });
    expect(await db().annotator.count({ where: { projectId, userId } })).toBe(1);
  });

  test("resets a password, ends every session and lets a throttled person in again", async () => {
    const { userId, email, name } = await makeUser({ password: "an older one 12" });
    const session = await makeSession(userId);
    for (let i = 0; i < 5; i++) await signInWithPassword(email, "wrong");
    await expect(signInWithPassword(email, "an older one 12")).rejects.toThrow("throttled");
    const secret = await secretFor("reset_password", userId);
    valueFrom(await accept({ secret, name: "Not my name" }));
    expect(await isSessionLive(session)).toBe(false);
    expect(await signInWithPassword(email, PASSWORD)).toEqual({ id: userId });
    expect(await signInWithPassword(email, "an older one 12")).toBeNull();
    expect((await db().user.findUniqueOrThrow({ where: { id: userId } })).name).toBe(name);
  });

  test("works once: of fifty at once exactly one wins", async () => {
    const { userId } = await makeUser();
    const secret = await secretFor("join", userId);
    const answers = await Promise.all(Array.from({ length: 50 }, () => accept({ secret })));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const refusals = answers.filter((answer) => !answer.ok).map(failureFrom);
    expect(new Set(refusals.map(({ kind }) => kind))).toEqual(new Set(["not_found"]));
    expect(failureFrom(await openInvite.as(null, { secret })).kind).toBe("not_found");
  });

  test("of fifty at once makes one admin, though each brings an e-mail of its own", async () => {
    const secret = await secretFor("first_admin");
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        accept({ secret, email: `ada-${i}@example.org`, name: "Ada" }),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await db().user.count()).toBe(1);
  });

  test("fails for another purpose than it was made for", async () => {
    const { userId } = await makeUser();
    const secret = await secretFor("join", userId);
    await pool().query(`UPDATE invite SET purpose = 'reset_password'`);
    expect(failureFrom(await openInvite.as(null, { secret })).kind).toBe("not_found");
    expect(failureFrom(await accept({ secret })).kind).toBe("not_found");
  });

  test("fails when it has run out", async () => {
    const { userId } = await makeUser();
    const secret = await secretFor("reset_password", userId);
    await pool().query(`UPDATE invite SET expires_at = now() - interval '1 second'`);
    expect(failureFrom(await openInvite.as(null, { secret })).kind).toBe("not_found");
    expect(failureFrom(await accept({ secret })).kind).toBe("not_found");
  });

  test("runs out after seven days, to reset a password after thirty minutes", async () => {
    const { userId } = await makeUser();
    await secretFor("first_admin");
    await secretFor("join", userId);
    await secretFor("reset_password", userId);
    const { rows } = await pool().query(
      `SELECT purpose, round(extract(epoch FROM expires_at - created_at) / 60)::int AS minutes
         FROM invite ORDER BY purpose`,
    );
    expect(rows).toEqual([
      { purpose: "first_admin", minutes: 7 * 24 * 60 },
      { purpose: "join", minutes: 7 * 24 * 60 },
      { purpose: "reset_password", minutes: 30 },
    ]);
  });

  test("stops working when a newer one is made", async () => {
    const { userId } = await makeUser();
    const older = await secretFor("join", userId);
    const newer = await secretFor("join", userId);
    expect(failureFrom(await openInvite.as(null, { secret: older })).kind).toBe("not_found");
    expect((await openInvite.as(null, { secret: newer })).ok).toBe(true);
  });

  test("does not work while its account is disabled", async () => {
    const { userId } = await makeUser();
    const secret = await secretFor("join", userId);
    await pool().query(`UPDATE "user" SET disabled_at = now()`);
    expect(failureFrom(await accept({ secret })).kind).toBe("not_found");
  });

  test("makes no admin where one exists", async () => {
    const secret = await secretFor("first_admin");
    await makeUser({ role: "admin" });
    const answer = await accept({ secret, email: "ada@example.org", name: "Ada" });
    expect(failureFrom(answer).kind).toBe("not_found");
  });

  test("is not used up by a refused password or a missing field", async () => {
    const secret = await secretFor("first_admin");
    const form = { secret, email: "ada@example.org", name: "Ada Roe" };
    expect(failureFrom(await accept({ ...form, password: "short" })).place).toBe("password");
    expect(failureFrom(await accept({ ...form, password: "password123" })).place).toBe("password");
    expect(failureFrom(await accept({ secret, name: "Ada Roe" })).place).toBe("email");
    expect(failureFrom(await accept({ secret, email: form.email })).place).toBe("name");
    expect(failureFrom(await accept({ ...form, email: "ada" })).place).toBe("email");
    expect((await accept(form)).ok).toBe(true);
  });

  test("stands nowhere but in its address: only a hash is stored", async () => {
    const { userId } = await makeUser();
    const secret = await secretFor("join", userId);
    const { rows } = await pool().query(`SELECT i::text AS invite, token_hash FROM invite i`);
    expect(rows[0].invite).not.toContain(secret);
    expect(rows[0].token_hash).toBe(hashSecret("join", secret));
  });
});

describe("signing in", () => {
  test("takes the password exactly as received", async () => {
    const composed = "caf\u00e9 harbour";
    const spaced = "  two  spaces  ";
    const long = "x".repeat(127);
    const accounts = await Promise.all(
      [composed, spaced, `${long}y`].map((password) => makeUser({ password })),
    );
    const [first, second, third] = accounts.map(({ email }) => email);
    expect(await signInWithPassword(first, composed)).not.toBeNull();
    expect(await signInWithPassword(first, composed.normalize("NFD"))).toBeNull();
    expect(await signInWithPassword(first, composed.toUpperCase())).toBeNull();
    expect(await signInWithPassword(second, spaced)).not.toBeNull();
    expect(await signInWithPassword(second, spaced.trim())).toBeNull();
    expect(await signInWithPassword(third, `${long}y`)).not.toBeNull();
    expect(await signInWithPassword(third, `${long}z`)).toBeNull();
  });

  test("does the same work for an unknown e-mail and for a disabled account", async () => {
    const { userId, email } = await makeUser({ password: PASSWORD });
    expect(await signInWithPassword(email, "wrong password")).toBeNull();
    expect(verify).toHaveBeenCalledTimes(1);
    expect(await signInWithPassword("nobody@example.org", PASSWORD)).toBeNull();
    expect(verify).toHaveBeenCalledTimes(2);
    await pool().query(`UPDATE "user" SET disabled_at = now() WHERE id = $1`, [userId]);
    expect(await signInWithPassword(email, PASSWORD)).toBeNull();
    expect(verify).toHaveBeenCalledTimes(3);
    const costs = verify.mock.calls.map(([hash]) => String(hash).split("$")[3]);
    expect(new Set(costs)).toEqual(new Set(["m=19456,t=2,p=1"]));
  });

  test("is not possible to an account without a password", async () => {
    const { email } = await makeUser();
    expect(await signInWithPassword(email, PASSWORD)).toBeNull();
    expect(await signInWithPassword(email, "no account has this password")).toBeNull();
  });

  test("after five failures waits, with the right password too, and for this account alone", async () => {
    const one = await makeUser({ password: PASSWORD });
    const other = await makeUser({ password: PASSWORD });
    for (let i = 0; i < 5; i++) {
      expect(await signInWithPassword(one.email, `wrong ${i}`)).toBeNull();
    }
    await expect(signInWithPassword(one.email, PASSWORD)).rejects.toThrow("throttled");
    expect(await signInWithPassword(other.email, PASSWORD)).toEqual({ id: other.userId });
    await pool().query(`UPDATE throttle SET window_end = now() - interval '1 second'`);
    expect(await signInWithPassword(one.email, PASSWORD)).toEqual({ id: one.userId });
  });

  test("throttles an unknown e-mail as it does a known one", async () => {
    for (let i = 0; i < 5; i++) await signInWithPassword("nobody@example.org", PASSWORD);
    await expect(signInWithPassword("nobody@example.org", PASSWORD)).rejects.toThrow("throttled");
  });

  test("tells the browser that it must wait, and nothing of a database that is broken", async () => {
    const { email } = await makeUser({ password: PASSWORD });
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await pool().query(`ALTER TABLE "user" RENAME TO lost`);
    const broken = authorizeSignIn(email, PASSWORD);
    await expect(broken).rejects.toThrow(/^unavailable$/);
    await pool().query(`ALTER TABLE lost RENAME TO "user"`);
    expect(written).toHaveBeenCalledOnce();
    written.mockRestore();
    for (let i = 0; i < 5; i++) await authorizeSignIn(email, "wrong");
    await expect(authorizeSignIn(email, PASSWORD)).rejects.toThrow(/^throttled$/);
  });

  test("forgets four failures when the fifth try succeeds", async () => {
    const { email } = await makeUser({ password: PASSWORD });
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 4; i++) await signInWithPassword(email, "wrong");
      expect(await signInWithPassword(email, PASSWORD)).not.toBeNull();
    }
  });
});

describe("my account", () => {
  test("gets a new password for the present one, and all my other sessions end", async () => {
    const { userId, email } = await makeUser({ password: PASSWORD });
    const here = await makeSession(userId);
    const there = await makeSession(userId);
    const me = { ...(await actorOf(userId)), sessionId: here };
    const password = "another lantern 48";
    valueFrom(await changeOwnPassword.as(me, { present: PASSWORD, password }));
    expect(await isSessionLive(here)).toBe(true);
    expect(await isSessionLive(there)).toBe(false);
    expect(await signInWithPassword(email, password)).toEqual({ id: userId });
    expect(await signInWithPassword(email, PASSWORD)).toBeNull();
  });

  test("keeps its password where the present one is wrong, and slows guesses down", async () => {
    const { userId, email, actor } = await makeUser({ password: PASSWORD });
    const change = (present: string) =>
      changeOwnPassword.as(actor, { present, password: "another lantern 48" });
    for (let i = 0; i < 5; i++) {
      expect(failureFrom(await change("wrong"))).toMatchObject({
        kind: "invalid",
        place: "present",
      });
    }
    expect(failureFrom(await change(PASSWORD)).kind).toBe("busy");
    expect(await signInWithPassword(email, PASSWORD)).toEqual({ id: userId });
  });

  test("refuses a new password that is my name, before it looks at the present one", async () => {
    const { actor } = await makeUser({ name: "Ada Lantern", password: PASSWORD });
    const answer = await changeOwnPassword.as(actor, {
      present: PASSWORD,
      password: "ada lantern",
    });
    expect(failureFrom(answer).place).toBe("password");
    expect(verify).not.toHaveBeenCalled();
  });

  test("has a name and a theme of my choice", async () => {
    const { actor } = await makeUser();
    valueFrom(await changeOwnName.as(actor, { name: "  Ada   Roe " }));
    valueFrom(await setTheme.as(actor, { theme: "dark" }));
    expect(valueFrom(await readOwnAccount.as(actor, {}))).toMatchObject({
      name: "Ada Roe",
      theme: "dark",
    });
    valueFrom(await setTheme.as(actor, { theme: "system" }));
    expect(valueFrom(await readOwnAccount.as(actor, {})).theme).toBe("system");
    expect(failureFrom(await changeOwnName.as(actor, { name: "Ada\u202eeoR" })).place).toBe("name");
  });

  test("keeps my keys beside the theme, for me alone, and refuses those of the browser", async () => {
    const { actor } = await makeUser();
    const stranger = await makeUser();
    const keys = {
      commands: { find: ["f"], redo: [] },
      labels: { "book/wording/loaded": "Shift+x" },
    };
    const shipped = { commands: {}, labels: {} };
    expect(valueFrom(await readOwnKeys.as(actor, {}))).toEqual(shipped);
    valueFrom(await setTheme.as(actor, { theme: "dark" }));
    valueFrom(await setOwnKeys.as(actor, { keys }));
    expect(valueFrom(await readOwnKeys.as(actor, {}))).toEqual(keys);
    expect(valueFrom(await readOwnAccount.as(actor, {})).theme).toBe("dark");
    expect(valueFrom(await readOwnKeys.as(stranger.actor, {}))).toEqual(shipped);
    const taken = await setOwnKeys.as(actor, {
      keys: { commands: { find: ["Ctrl+t"] }, labels: {} },
    });
    expect(failureFrom(taken).message).toContain("browsers keep Ctrl");
    expect(valueFrom(await readOwnKeys.as(actor, {}))).toEqual(keys);
    valueFrom(await setOwnKeys.as(actor, { keys: shipped }));
    expect(valueFrom(await readOwnKeys.as(actor, {}))).toEqual(shipped);
  });

  test("lists my live sessions, the present one first, and ends one of them", async () => {
    const { userId, actor } = await makeUser();
    const stranger = await makeUser();
    const foreign = await makeSession(stranger.userId);
    const here = await makeSession(userId);
    const there = await makeSession(userId);
    const me = { ...actor, sessionId: here };
    const listed = valueFrom(await listOwnSessions.as(me, {}));
    expect(listed.map(({ sessionId, isPresent }) => [sessionId, isPresent])).toEqual([
      [here, true],
      [there, false],
    ]);
    valueFrom(await revokeOwnSession.as(me, { sessionId: there }));
    expect(await isSessionLive(there)).toBe(false);
    expect(valueFrom(await listOwnSessions.as(me, {}))).toHaveLength(1);
    for (const sessionId of [foreign, there, newId()]) {
      expect(failureFrom(await revokeOwnSession.as(me, { sessionId })).kind).toBe("not_found");
    }
    expect(await isSessionLive(foreign)).toBe(true);
  });
});

describe("an account made by a script", () => {
  test("is checked as one made by an admin", async () => {
    const account = { email: "Ada@example.org", name: "Ada Roe", role: "user" as const };
    const { userId } = valueFrom(await createAccount({ ...account, password: PASSWORD }));
    expect(await signInWithPassword("ada@example.org", PASSWORD)).toEqual({ id: userId });
    expect(failureFrom(await createAccount(account))).toMatchObject({
      kind: "conflict",
      place: "email",
    });
    const bad = { ...account, email: "ben@example.org" };
    expect(failureFrom(await createAccount({ ...bad, password: "short" })).place).toBe("password");
    expect(failureFrom(await createAccount({ ...bad, name: "" })).place).toBe("name");
    expect(failureFrom(await createAccount({ ...bad, email: "ben" })).place).toBe("email");
  });
});

async function actorOf(userId: string) {
  const { role } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  return { userId, sessionId: null, instanceRole: role, leadsSomewhere: false };
}
