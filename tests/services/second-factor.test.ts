import { Secret, TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Actor } from "@/lib/domain/policy";
import { pool } from "@/lib/server/db";
import { seal, unseal } from "@/lib/server/sealed";
import { findSession } from "@/lib/server/session";
import { signInWithPassword } from "@/lib/server/sign-in";
import { listProjects } from "@/lib/services/projects";
import {
  beginSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
} from "@/lib/services/second-factor";
import { setSecondFactorOf } from "@/lib/services/site";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import {
  isSessionLive,
  makeMember,
  makeProject,
  makeSession,
  makeUser,
  type TestUser,
} from "./support/factories";

const PASSWORD = "harbour lantern 47";
/** The middle of a half minute, so that no test crosses into the next one. */
const NOON = Date.UTC(2026, 10, 24, 12, 0, 15);

beforeEach(async () => {
  await emptyDatabase();
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
});
afterEach(() => vi.useRealTimers());

const later = (seconds: number) => vi.setSystemTime(NOON + seconds * 1000);

/** What the app on a phone shows, `seconds` from noon. */
function codeOf(secret: string, seconds = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: NOON + seconds * 1000,
  });
}

/** Somebody with a second factor that was set up half a minute before noon. */
async function makeSecured(): Promise<TestUser & { secret: string; codes: string[] }> {
  const user = await makeUser({ password: PASSWORD });
  const { secret } = valueFrom(await beginSecondFactor.as(user.actor, {}));
  const { codes } = valueFrom(
    await confirmSecondFactor.as(user.actor, { code: codeOf(secret, -30) }),
  );
  return { ...user, secret, codes };
}

describe("setting up a second factor", () => {
  test("counts from its first code on, ends the other sessions and gives ten recovery codes", async () => {
    const user = await makeUser({ password: PASSWORD });
    const here = await makeSession(user.userId);
    const there = await makeSession(user.userId);
    const me = { ...user.actor, sessionId: here };
    const begun = valueFrom(await beginSecondFactor.as(me, {}));
    expect(begun.address).toMatch(/^otpauth:\/\/totp\/Framemark/);
    expect(await signInWithPassword(user.email, PASSWORD)).toEqual({ id: user.userId });
    expect(failureFrom(await confirmSecondFactor.as(me, { code: "000000" })).place).toBe("code");
    expect(valueFrom(await beginSecondFactor.as(me, {}))).toEqual(begun);
    const { codes } = valueFrom(await confirmSecondFactor.as(me, { code: codeOf(begun.secret) }));
    expect(new Set(codes).size).toBe(10);
    expect(valueFrom(await readSecondFactor.as(me, {}))).toMatchObject({
      since: new Date(NOON).toISOString(),
      recoveryCodes: 10,
    });
    expect(await isSessionLive(here)).toBe(true);
    expect(await isSessionLive(there)).toBe(false);
    await expect(signInWithPassword(user.email, PASSWORD)).rejects.toThrow("code_needed");
  });

  test("stores neither the secret nor a recovery code in the clear", async () => {
    const { userId, secret, codes } = await makeSecured();
    const { rows } = await pool().query(
      `SELECT (SELECT string_agg(f::text, ' ') FROM second_factor f) ||
              (SELECT string_agg(r::text, ' ') FROM recovery_code r) AS stored`,
    );
    for (const each of [secret, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) {
      expect(rows[0].stored).not.toContain(each);
    }
    const sealed = seal(`second-factor:${userId}`, secret);
    expect(unseal(`second-factor:${userId}`, sealed)).toBe(secret);
    expect(unseal("second-factor:somebody else", sealed)).toBeNull();
    const spoilt = `${sealed.slice(0, -1)}${sealed.endsWith("A") ? "B" : "A"}`;
    expect(unseal(`second-factor:${userId}`, spoilt)).toBeNull();
  });

  test("is not begun anew where there is one, and cannot be guessed", async () => {
    const secured = await makeSecured();
    expect(failureFrom(await beginSecondFactor.as(secured.actor, {})).kind).toBe("conflict");
    const user = await makeUser();
    const { secret } = valueFrom(await beginSecondFactor.as(user.actor, {}));
    for (let i = 0; i < 5; i++) await confirmSecondFactor.as(user.actor, { code: "12345" });
    const right = await confirmSecondFactor.as(user.actor, { code: codeOf(secret) });
    expect(failureFrom(right).kind).toBe("busy");
  });
});

describe("signing in with a second factor", () => {
  const enter = (user: TestUser, code: string) =>
    signInWithPassword(user.email, PASSWORD, { code });

  test("takes the code of the moment and those beside it, and no other", async () => {
    for (const [seconds, isRight] of [
      [0, true],
      [30, true],
      [90, false],
      [-90, false],
    ] as const) {
      const user = await makeSecured();
      const entering = enter(user, codeOf(user.secret, seconds));
      if (isRight) expect(await entering).toEqual({ id: user.userId });
      else await expect(entering).rejects.toThrow("code_wrong");
    }
  });

  test("takes each code once, of many at the same time too, and none that is older", async () => {
    const user = await makeSecured();
    const code = codeOf(user.secret);
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => enter(user, code)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await pool().query(`DELETE FROM throttle`);
    await expect(enter(user, codeOf(user.secret, -30))).rejects.toThrow("code_wrong");
    later(30);
    await expect(enter(user, code)).rejects.toThrow("code_wrong");
    expect(await enter(user, codeOf(user.secret, 30))).toEqual({ id: user.userId });
  });

  test("takes each recovery code once, however it is written", async () => {
    const user = await makeSecured();
    const [first = "", second = ""] = user.codes;
    expect(await enter(user, first)).toEqual({ id: user.userId });
    await expect(enter(user, first)).rejects.toThrow("code_wrong");
    expect(await enter(user, ` ${second.replaceAll("-", " ").toUpperCase()}`)).not.toBeNull();
    expect(valueFrom(await readSecondFactor.as(user.actor, {})).recoveryCodes).toBe(8);
    const stranger = await makeSecured();
    await expect(enter(user, stranger.codes[0] ?? "")).rejects.toThrow("code_wrong");
  });

  test("asks for no code where the password is wrong, and counts wrong codes as failures", async () => {
    const user = await makeSecured();
    expect(await signInWithPassword(user.email, "wrong")).toBeNull();
    for (let i = 0; i < 9; i++) {
      await expect(signInWithPassword(user.email, PASSWORD)).rejects.toThrow("code_needed");
    }
    for (let i = 0; i < 4; i++) await expect(enter(user, "000000")).rejects.toThrow("code_wrong");
    await expect(enter(user, codeOf(user.secret))).rejects.toThrow("throttled");
  });
});

describe("changing it", () => {
  test("new recovery codes replace the old ones, and removing it ends the other sessions", async () => {
    const user = await makeSecured();
    const old = user.codes[0] ?? "";
    const { codes } = valueFrom(await renewRecoveryCodes.as(user.actor, {}));
    await expect(signInWithPassword(user.email, PASSWORD, { code: old })).rejects.toThrow();
    expect(await signInWithPassword(user.email, PASSWORD, { code: codes[0] ?? "" })).not.toBeNull();
    const there = await makeSession(user.userId);
    valueFrom(await removeSecondFactor.as(user.actor, {}));
    expect(await isSessionLive(there)).toBe(false);
    expect(await signInWithPassword(user.email, PASSWORD)).toEqual({ id: user.userId });
    expect(failureFrom(await renewRecoveryCodes.as(user.actor, {})).kind).toBe("conflict");
  });

  test("an admin takes it away from whoever lost everything, but not their own", async () => {
    const admin = await makeUser({ role: "admin" });
    const user = await makeSecured();
    const session = await makeSession(user.userId);
    valueFrom(await resetSecondFactor.as(admin.actor, { userId: user.userId }));
    expect(await isSessionLive(session)).toBe(false);
    expect(await signInWithPassword(user.email, PASSWORD)).toEqual({ id: user.userId });
    const own = await resetSecondFactor.as(admin.actor, { userId: admin.userId });
    expect(failureFrom(own).kind).toBe("forbidden");
  });

  test("waits for a proof of who asks", async () => {
    const user = await makeUser({ password: PASSWORD });
    const me = { ...user.actor, sessionId: await makeSession(user.userId) };
    await pool().query(`UPDATE session SET proved_at = now() - interval '11 minutes'`);
    for (const answer of [
      await beginSecondFactor.as(me, {}),
      await confirmSecondFactor.as(me, { code: "000000" }),
      await renewRecoveryCodes.as(me, {}),
      await removeSecondFactor.as(me, {}),
    ]) {
      expect(failureFrom(answer).kind).toBe("unproved");
    }
  });
});

describe("a site that asks for a second factor", () => {
  test("lets whoever lacks one do nothing but set it up", async () => {
    const admin = await makeUser({ role: "admin" });
    const lead = await makeMember((await makeProject()).projectId, "lead");
    const sessions = [await makeSession(admin.userId), await makeSession(lead.userId)];
    const held = async (): Promise<boolean[]> =>
      Promise.all(sessions.map(async (id) => (await findSession(id))?.needsSecondFactor === true));
    expect(await held()).toEqual([false, false]);
    valueFrom(await setSecondFactorOf.as(admin.actor, { of: "admins" }));
    expect(await held()).toEqual([true, false]);
    valueFrom(await setSecondFactorOf.as(admin.actor, { of: "admins_and_leads" }));
    expect(await held()).toEqual([true, true]);
    const me = (await findSession(sessions[1] ?? "")) as Actor;
    expect(failureFrom(await listProjects.as(me, {}))).toMatchObject({
      kind: "forbidden",
      place: "second_factor",
    });
    const { secret } = valueFrom(await beginSecondFactor.as(me, {}));
    valueFrom(await confirmSecondFactor.as(me, { code: codeOf(secret) }));
    const free = (await findSession(sessions[1] ?? "")) as Actor;
    expect(free.needsSecondFactor).toBe(false);
    valueFrom(await listProjects.as(free, {}));
  });

  test("leaves it to the provider for whoever signs in there", async () => {
    const admin = await makeUser({ role: "admin" });
    const session = await makeSession(admin.userId);
    valueFrom(await setSecondFactorOf.as(admin.actor, { of: "admins" }));
    await pool().query(`UPDATE session SET method = 'provider'`);
    expect((await findSession(session))?.needsSecondFactor).toBe(false);
  });
});
