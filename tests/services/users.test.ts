import { beforeEach, describe, expect, test } from "vitest";
import { db, pool } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { signInWithPassword } from "@/lib/server/sign-in";
import { acceptInvite } from "@/lib/services/accounts";
import {
  createPasswordLink,
  createUser,
  disableUser,
  enableUser,
  listUsers,
  setUserRole,
} from "@/lib/services/users";
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
let admin: TestUser;

beforeEach(async () => {
  await emptyDatabase();
  admin = await makeUser({ name: "Ada Admin", email: "ada@example.org", role: "admin" });
});

const secretOf = (link: string | null) => (link ?? "").slice("/welcome/".length);

describe("the list of users", () => {
  test("says of each who they are, when they were here and what waits for them", async () => {
    const { projectId } = await makeProject();
    const member = await makeMember(projectId, "annotator");
    await makeSession(member.userId);
    valueFrom(await createPasswordLink.as(admin.actor, { userId: member.userId }));
    const { users, found } = valueFrom(await listUsers.as(admin.actor, {}));
    expect(found).toBe(2);
    expect(users[0]).toMatchObject({ name: "Ada Admin", role: "admin", lastSeenAt: null });
    expect(users[1]).toMatchObject({
      userId: member.userId,
      role: "user",
      isDisabled: false,
      hasPassword: false,
      isLinkWaiting: true,
      projects: 1,
    });
    expect(Date.now() - Date.parse(users[1]?.lastSeenAt ?? "")).toBeLessThan(60_000);
  });

  test("finds a part of the name or e-mail, and takes % and _ for what they are", async () => {
    await makeUser({ name: "Ben 100% Sure", email: "ben_s@example.org" });
    await makeUser({ name: "Cleo Vantage", email: "cleo@elsewhere.example" });
    const names = async (search: string) =>
      valueFrom(await listUsers.as(admin.actor, { search })).users.map(({ name }) => name);
    expect(await names("vant")).toEqual(["Cleo Vantage"]);
    expect(await names("ELSEWHERE")).toEqual(["Cleo Vantage"]);
    expect(await names("%")).toEqual(["Ben 100% Sure"]);
    expect(await names("n_s")).toEqual(["Ben 100% Sure"]);
    expect(await names("\\")).toEqual([]);
    expect(await names("\0")).toHaveLength(3);
  });
});

describe("an account made by an admin", () => {
  test("is entered by a link, with a password that only its person knows", async () => {
    const made = valueFrom(
      await createUser.as(admin.actor, {
        email: " Ben@Example.org",
        name: "Ben Roe",
        role: "user",
      }),
    );
    expect(await signInWithPassword("ben@example.org", PASSWORD)).toBeNull();
    valueFrom(await acceptInvite.as(null, { secret: secretOf(made.link), password: PASSWORD }));
    expect(await signInWithPassword("ben@example.org", PASSWORD)).toEqual({ id: made.userId });
  });

  test("is refused where the e-mail is taken, in whatever letters", async () => {
    const answer = await createUser.as(admin.actor, {
      email: "ADA@example.org",
      name: "Another Ada",
      role: "user",
    });
    expect(failureFrom(answer)).toMatchObject({ kind: "conflict", place: "email" });
  });
});

describe("disabling an account", () => {
  test("ends its sessions at once, and enabling it brings none back", async () => {
    const ben = await makeUser({ password: PASSWORD });
    const session = await makeSession(ben.userId);
    valueFrom(await disableUser.as(admin.actor, { userId: ben.userId }));
    expect(await isSessionLive(session)).toBe(false);
    expect(await signInWithPassword(ben.email, PASSWORD)).toBeNull();
    valueFrom(await enableUser.as(admin.actor, { userId: ben.userId }));
    expect(await isSessionLive(session)).toBe(false);
    expect(await signInWithPassword(ben.email, PASSWORD)).toEqual({ id: ben.userId });
  });

  test("is for others only", async () => {
    await makeUser({ role: "admin" });
    const answer = await disableUser.as(admin.actor, { userId: admin.userId });
    expect(failureFrom(answer).kind).toBe("forbidden");
  });
});

describe("a role", () => {
  test("changes for others, whose sessions end", async () => {
    const ben = await makeUser();
    const session = await makeSession(ben.userId);
    valueFrom(await setUserRole.as(admin.actor, { userId: ben.userId, role: "admin" }));
    expect((await db().user.findUniqueOrThrow({ where: { id: ben.userId } })).role).toBe("admin");
    expect(await isSessionLive(session)).toBe(false);
  });

  test("is never one's own to change", async () => {
    await makeUser({ role: "admin" });
    const answer = await setUserRole.as(admin.actor, { userId: admin.userId, role: "user" });
    expect(failureFrom(answer).kind).toBe("forbidden");
  });
});

describe("the last active admin", () => {
  test("stays, even where another program asks", async () => {
    const program = { ...admin.actor, userId: newId() };
    const { userId } = admin;
    for (const answer of [
      await setUserRole.as(program, { userId, role: "user" }),
      await disableUser.as(program, { userId }),
    ]) {
      expect(failureFrom(answer)).toMatchObject({ kind: "conflict" });
    }
  });

  test("is the last one too where the other admin is disabled", async () => {
    const ben = await makeUser({ role: "admin" });
    valueFrom(await disableUser.as(admin.actor, { userId: ben.userId }));
    const answer = await disableUser.as(ben.actor, { userId: admin.userId });
    expect(failureFrom(answer).kind).toBe("conflict");
  });

  test("remains when two admins remove each other in the same moment", async () => {
    for (let round = 0; round < 10; round++) {
      await emptyDatabase();
      const one = await makeUser({ role: "admin" });
      const two = await makeUser({ role: "admin" });
      const answers = await Promise.all([
        setUserRole.as(one.actor, { userId: two.userId, role: "user" }),
        disableUser.as(two.actor, { userId: one.userId }),
      ]);
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
      expect(await db().user.count({ where: { role: "admin", disabledAt: null } })).toBe(1);
    }
  });
});

describe("a password link", () => {
  test("is a first-password link until there is a password, then one to reset it", async () => {
    const ben = await makeUser();
    const first = valueFrom(await createPasswordLink.as(admin.actor, { userId: ben.userId }));
    expect(first.purpose).toBe("join");
    valueFrom(await acceptInvite.as(null, { secret: secretOf(first.link), password: PASSWORD }));
    const second = valueFrom(await createPasswordLink.as(admin.actor, { userId: ben.userId }));
    expect(second.purpose).toBe("reset_password");
    expect(await signInWithPassword(ben.email, PASSWORD)).toEqual({ id: ben.userId });
  });

  test("is not for oneself, a disabled account or nobody", async () => {
    const ben = await makeUser();
    valueFrom(await disableUser.as(admin.actor, { userId: ben.userId }));
    const kindFor = async (userId: string) =>
      failureFrom(await createPasswordLink.as(admin.actor, { userId })).kind;
    expect(await kindFor(admin.userId)).toBe("forbidden");
    expect(await kindFor(ben.userId)).toBe("conflict");
    expect(await kindFor(newId())).toBe("not_found");
  });
});

test("every act is in the audit log, without a secret or a person's name", async () => {
  const made = valueFrom(
    await createUser.as(admin.actor, { email: "ben@example.org", name: "Ben", role: "user" }),
  );
  const { userId } = made;
  valueFrom(await acceptInvite.as(null, { secret: secretOf(made.link), password: PASSWORD }));
  valueFrom(await setUserRole.as(admin.actor, { userId, role: "admin" }));
  valueFrom(await disableUser.as(admin.actor, { userId }));
  valueFrom(await enableUser.as(admin.actor, { userId }));
  const { link } = valueFrom(await createPasswordLink.as(admin.actor, { userId }));
  const { rows } = await pool().query(
    `SELECT action, target_id, actor_id, a::text AS whole FROM audit_event a ORDER BY seq`,
  );
  expect(rows.map((row) => row.action)).toEqual([
    "user.created",
    "account.entered",
    "user.role_changed",
    "user.disabled",
    "user.enabled",
    "user.link_made",
  ]);
  expect(new Set(rows.map((row) => row.target_id))).toEqual(new Set([userId]));
  for (const { whole } of rows) {
    for (const secret of [secretOf(made.link), secretOf(link), PASSWORD, "Ben", "argon2"]) {
      expect(whole).not.toContain(secret);
    }
  }
});
