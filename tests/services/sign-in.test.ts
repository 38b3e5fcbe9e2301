import { beforeEach, describe, expect, test } from "vitest";
import { networkOf } from "@/lib/server/client-network";
import { pool } from "@/lib/server/db";
import { findSession } from "@/lib/server/session";
import { signInWithPassword } from "@/lib/server/sign-in";
import { forgetOldFailures, returnTry, takeTry } from "@/lib/server/throttle";
import { listOwnSessions } from "@/lib/services/accounts";
import { makeInvite } from "@/lib/services/invites";
import { proveIdentity } from "@/lib/services/proof";
import { forgetOldTraces } from "@/lib/services/retention";
import { createUser } from "@/lib/services/users";
import { emptyDatabase } from "@/tests/support/database";
import { failureFrom, valueFrom } from "./support/answers";
import { isSessionLive, makeMember, makeProject, makeSession, makeUser } from "./support/factories";

const PASSWORD = "harbour lantern 47";

beforeEach(emptyDatabase);

const age = (column: string, time: string) =>
  pool().query(`UPDATE session SET ${column} = now() - $1::interval`, [time]);

describe("tries from one network", () => {
  const network = "a network";

  test("end at fifty failures, whichever accounts they were for, and other networks go on", async () => {
    const { userId, email } = await makeUser({ password: PASSWORD });
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => takeTry([counted(`sign-in:${i}`, 5), net(network)])),
    );
    await expect(signInWithPassword(email, PASSWORD, { network })).rejects.toThrow("throttled");
    const elsewhere = await signInWithPassword(email, PASSWORD, { network: "another" });
    expect(elsewhere).toEqual({ id: userId });
  });

  test("are not used up by people who sign in, nor set back by one who has an account", async () => {
    const { email } = await makeUser({ password: PASSWORD });
    for (let i = 0; i < 3; i++)
      await signInWithPassword("nobody@example.org", "wrong", { network });
    for (let i = 0; i < 3; i++) await signInWithPassword(email, PASSWORD, { network });
    const { rows } = await pool().query(
      `SELECT failures FROM throttle WHERE subject = 'network:a network'`,
    );
    expect(rows).toEqual([{ failures: 3 }]);
  });

  test("at once are no more than one after the other", async () => {
    const tries = await Promise.all(
      Array.from({ length: 40 }, () => takeTry([counted("sign-in:ada", 5), net(network)])),
    );
    expect(tries.filter((isLeft) => isLeft)).toHaveLength(5);
  });

  test("are forgotten when their window is over, and may be given back", async () => {
    const ada = counted("sign-in:ada", 1);
    expect(await takeTry([ada])).toBe(true);
    await returnTry([ada]);
    expect(await takeTry([ada])).toBe(true);
    expect(await takeTry([ada])).toBe(false);
    await pool().query(`UPDATE throttle SET window_end = now() - interval '1 second'`);
    await forgetOldFailures();
    const { rowCount } = await pool().query(`SELECT 1 FROM throttle`);
    expect(rowCount).toBe(0);
  });

  const counted = (subject: string, most: number) => ({ subject, most });
  const net = (name: string) => counted(`network:${name}`, 50);
});

describe("the network of a request", () => {
  const from = (peer: string | null, forwarded: string | null = null, proxies?: number) =>
    networkOf({ peer, forwarded, proxies });

  test("is 256 addresses of IPv4, and what one subscriber has of IPv6", () => {
    expect(from("203.0.113.7")).toBe(from("203.0.113.200"));
    expect(from("203.0.113.7")).not.toBe(from("203.0.114.7"));
    expect(from("::ffff:203.0.113.7")).toBe(from("203.0.113.7"));
    expect(from("2001:db8:1:2::1")).toBe(from("2001:db8:1:2:ffff::9"));
    expect(from("2001:db8:1:2::1")).not.toBe(from("2001:db8:1:3::1"));
    expect(from(null)).toBeNull();
    expect(from("nonsense")).toBeNull();
  });

  test("is never what a client says of itself", () => {
    expect(from("203.0.113.7", "198.51.100.1")).toBe(from("203.0.113.7"));
    expect(from("203.0.113.7", "198.51.100.1", 0)).toBe(from("203.0.113.7"));
  });

  test("is what the proxy says that stands in front, whatever stood before its word", () => {
    expect(from("127.0.0.1", "198.51.100.1, 203.0.113.7")).toBe(from("203.0.113.7"));
    expect(from("10.0.0.2", "192.0.2.1, 198.51.100.1, 203.0.113.7", 1)).toBe(from("203.0.113.7"));
    expect(from("10.0.0.2", "192.0.2.1, 198.51.100.1, 203.0.113.7", 2)).toBe(from("198.51.100.1"));
    expect(from("10.0.0.2", "nonsense", 1)).toBe(from("10.0.0.2"));
    expect(from("127.0.0.1")).toBe(from("127.0.0.9"));
  });
});

describe("a session", () => {
  test("ends after twelve hours without use, an admin's after one", async () => {
    const user = await makeSession((await makeUser()).userId);
    const admin = await makeSession((await makeUser({ role: "admin" })).userId);
    await age("last_seen_at", "59 minutes");
    expect(await findSession(user)).not.toBeNull();
    await age("last_seen_at", "59 minutes");
    expect(await findSession(admin)).not.toBeNull();
    await age("last_seen_at", "61 minutes");
    expect(await findSession(admin)).toBeNull();
    expect(await findSession(user)).not.toBeNull();
    await age("last_seen_at", "12 hours 1 minute");
    expect(await findSession(user)).toBeNull();
    expect(await isSessionLive(user)).toBe(false);
  });

  test("ends at its time, however much it is used", async () => {
    const { userId } = await makeUser();
    const session = await makeSession(userId);
    await pool().query(`UPDATE session SET expires_at = now() - interval '1 second'`);
    expect(await findSession(session)).toBeNull();
  });

  test("that is over is not listed as one that goes on", async () => {
    const { userId, actor } = await makeUser();
    await makeSession(userId);
    await age("last_seen_at", "13 hours");
    expect(valueFrom(await listOwnSessions.as(actor, {}))).toEqual([]);
  });

  test("has at once the role that its person has now", async () => {
    const { projectId } = await makeProject();
    const lead = await makeMember(projectId, "lead");
    const session = await makeSession(lead.userId);
    expect(await findSession(session)).toMatchObject({ leadsSomewhere: true });
    await pool().query(`UPDATE membership SET role = 'annotator'`);
    expect(await findSession(session)).toMatchObject({ leadsSomewhere: false });
  });
});

describe("traces of people", () => {
  test("go when nobody needs them: ended sessions after ninety days, old links after thirty", async () => {
    const { userId } = await makeUser();
    const kept = [await makeSession(userId), await makeSession(userId)];
    const ended = await makeSession(userId);
    const set = (id: string, sql: string) =>
      pool().query(`UPDATE session SET ${sql} WHERE id = $1`, [id]);
    await set(kept[1] ?? "", "revoked_at = now() - interval '89 days'");
    await set(ended, "revoked_at = now() - interval '91 days'");
    await makeInvite({ purpose: "join", userId, createdById: null });
    await makeInvite({ purpose: "reset_password", userId, createdById: null });
    await pool().query(
      `UPDATE invite SET expires_at = now() - interval '31 days' WHERE purpose = 'join'`,
    );
    await forgetOldTraces();
    const { rows } = await pool().query(`SELECT id FROM session ORDER BY id`);
    expect(rows.map(({ id }) => id)).toEqual([...kept].sort());
    const invites = await pool().query(`SELECT purpose FROM invite`);
    expect(invites.rows).toEqual([{ purpose: "reset_password" }]);
  });
});

describe("an act that is dangerous in the wrong hands", () => {
  const account = { email: "ben@example.org", name: "Ben", role: "user" as const };

  test("waits until whoever asks has proved in this session who they are", async () => {
    const admin = await makeUser({ role: "admin", password: PASSWORD });
    const sessionId = await makeSession(admin.userId);
    const other = { ...admin.actor, sessionId: await makeSession(admin.userId) };
    const me = { ...admin.actor, sessionId };
    await age("proved_at", "10 minutes 1 second");
    expect(failureFrom(await createUser.as(me, account)).kind).toBe("unproved");
    expect(failureFrom(await proveIdentity.as(me, { present: "wrong" })).place).toBe("present");
    expect(failureFrom(await createUser.as(me, account)).kind).toBe("unproved");
    valueFrom(await proveIdentity.as(me, { present: PASSWORD }));
    expect(failureFrom(await createUser.as(other, account)).kind).toBe("unproved");
    valueFrom(await createUser.as(me, account));
  });

  test("waits too where nobody knows when that was, and once the session has ended", async () => {
    const admin = await makeUser({ role: "admin", password: PASSWORD });
    const me = { ...admin.actor, sessionId: await makeSession(admin.userId) };
    await pool().query(`UPDATE session SET proved_at = NULL`);
    expect(failureFrom(await createUser.as(me, account)).kind).toBe("unproved");
    await pool().query(`UPDATE session SET proved_at = now(), revoked_at = now()`);
    expect(failureFrom(await createUser.as(me, account)).kind).toBe("unproved");
  });

  test("is refused for want of a right before anything is asked", async () => {
    const user = await makeUser({ password: PASSWORD });
    const me = { ...user.actor, sessionId: await makeSession(user.userId) };
    await age("proved_at", "1 hour");
    expect(failureFrom(await createUser.as(me, account)).kind).toBe("forbidden");
  });

  test("cannot be guessed open: five tries in fifteen minutes", async () => {
    const user = await makeUser({ password: PASSWORD });
    const me = { ...user.actor, sessionId: await makeSession(user.userId) };
    for (let i = 0; i < 5; i++) await proveIdentity.as(me, { present: "wrong" });
    expect(failureFrom(await proveIdentity.as(me, { present: PASSWORD })).kind).toBe("busy");
  });
});
