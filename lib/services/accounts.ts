import "server-only";
import { z } from "zod";
import { keySettingsSchema, readKeySettings } from "@/lib/domain/keyboard/key-settings";
import { isKnownLanguage, isKnownTimeZone } from "@/lib/domain/moment";
import { passwordProblem } from "@/lib/domain/password";
import { LINE_HEIGHTS, LINE_LENGTHS, TEXT_SIZES } from "@/lib/domain/reading";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool } from "@/lib/server/db";
import { env } from "@/lib/server/env";
import { isDemoInstance } from "@/lib/server/instance";
import { SESSION_IS_LIVE } from "@/lib/server/live-session";
import { isMailOn } from "@/lib/server/mail";
import { hashPassword } from "@/lib/server/passwords";
import { removeSignInNote } from "@/lib/server/sign-in-note";
import { clearFailures } from "@/lib/server/throttle";
import {
  emailInput,
  emailTaken,
  insertAccount,
  passwordInput,
  personNameInput,
  revokeSessions,
} from "./accounts-store";
import { recordAudit } from "./audit";
import { deadLink, findOpenInvite, type OpenInvite, takeInvite } from "./invites";
import { enterProject } from "./member-store";
import { checkPresentPassword } from "./present-password";
import { inTransaction } from "./project-store";
import { defineUseCase } from "./use-case";

const secretInput = z.string().max(200);

/** Looks at a one-time link without using it up. */
export const openInvite = defineUseCase({
  name: "openInvite",
  permission: "account.enter",
  scope: "public",
  input: z.strictObject({ secret: secretInput }),
  async run({ secret }) {
    const invite = await findOpenInvite(secret);
    if (invite === null) return deadLink();
    const { purpose, name, email } = invite;
    return success({ purpose, name, email });
  },
});

/**
 * Uses a one-time link: makes the first admin, or gives an account its first or a new password. Of
 * many at once exactly one succeeds. Answers the e-mail, to sign in with.
 */
export const acceptInvite = defineUseCase({
  name: "acceptInvite",
  permission: "account.enter",
  scope: "public",
  input: z.strictObject({
    secret: secretInput,
    email: emailInput.optional(),
    name: personNameInput.optional(),
    password: passwordInput,
  }),
  async run({ secret, email, name, password }) {
    const invite = await findOpenInvite(secret);
    if (invite === null) return deadLink();
    const person = personOf(invite, { email, name });
    if (!person.ok) return person;
    const problem = passwordProblem(password, person.value);
    if (problem !== undefined) return failure("invalid", problem, { place: "password" });
    const entering = { ...person.value, passwordHash: await hashPassword(password) };
    const entered = await (invite.userId === null
      ? makeFirstAdmin(invite.id, entering)
      : setPassword(invite.id, invite.userId, entering));
    if (!entered.ok) return entered;
    const { userId } = entered.value;
    if (invite.purpose === "first_admin") await removeSignInNote();
    await clearFailures(`sign-in:${entering.email}`);
    await recordAudit(
      { userId, sessionId: null, projectId: "" },
      {
        action: "account.entered",
        targetType: "user",
        targetId: userId,
        detail: { purpose: invite.purpose },
      },
    );
    return success({ email: entering.email });
  },
});

/** The demo's accounts, for the sign-in page; none where this is not the demo. */
export const listDemoAccounts = defineUseCase({
  name: "listDemoAccounts",
  permission: "account.enter",
  scope: "public",
  input: z.strictObject({}),
  async run() {
    if (!(await isDemoInstance())) return success([]);
    const { rows } = await pool().query<{ name: string; email: string; role: string }>(
      `SELECT u.name, u.email,
              CASE WHEN u.role = 'admin' THEN 'admin' ELSE coalesce(min(m.role)::text, 'user') END AS role
         FROM "user" u LEFT JOIN membership m ON m.user_id = u.id AND m.ended_at IS NULL
        WHERE u.is_demo AND u.disabled_at IS NULL
        GROUP BY u.id ORDER BY u.role, min(m.role), u.name LIMIT 20`,
    );
    return success(rows);
  },
});

/** By which ways people come in here, for the sign-in page. */
export const readWaysIn = defineUseCase({
  name: "readWaysIn",
  permission: "account.enter",
  scope: "public",
  input: z.strictObject({}),
  async run() {
    const { FRAMEMARK_PASSWORDS, FRAMEMARK_OIDC_ISSUER, FRAMEMARK_OIDC_NAME } = env();
    return success({
      hasPasswords: FRAMEMARK_PASSWORDS === "on",
      isMailed: isMailOn(),
      provider: FRAMEMARK_OIDC_ISSUER === undefined ? null : FRAMEMARK_OIDC_NAME,
    });
  },
});

/** The caller's own account. */
export const readOwnAccount = defineUseCase({
  name: "readOwnAccount",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }) {
    const { rows } = await pool().query<{
      name: string;
      email: string;
      theme: string | null;
      language: string | null;
      timeZone: string | null;
      hasPassword: boolean;
    }>(
      `SELECT name, email, preferences->>'theme' AS theme, preferences->>'language' AS language,
              preferences->>'timeZone' AS "timeZone", password_hash IS NOT NULL AS "hasPassword"
         FROM "user" WHERE id = $1`,
      [userId],
    );
    const row = rows[0];
    if (row === undefined) return failure("not_found", "This account does not exist any more.");
    const theme = row.theme === "light" || row.theme === "dark" ? row.theme : "system";
    return success({ ...row, theme } as const);
  },
});

/** Changes the name that others see. */
export const changeOwnName = defineUseCase({
  name: "changeOwnName",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({ name: personNameInput }),
  async run({ name }, caller) {
    await pool().query(`UPDATE "user" SET name = $2 WHERE id = $1`, [caller.userId, name]);
    await recordAudit(caller, {
      action: "account.renamed",
      targetType: "user",
      targetId: caller.userId,
    });
    return success(null);
  },
});

/** How the caller has days and times written; null for as the site does, in English and UTC. */
export const setOwnPlace = defineUseCase({
  name: "setOwnPlace",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({
    language: z.string().refine(isKnownLanguage, "Choose a language from the list.").nullable(),
    timeZone: z.string().refine(isKnownTimeZone, "Choose a time zone from the list.").nullable(),
  }),
  async run(place, { userId }) {
    const kept = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== null));
    await pool().query(
      `UPDATE "user" SET preferences = (preferences - 'language' - 'timeZone') || $2::jsonb
        WHERE id = $1`,
      [userId, JSON.stringify(kept)],
    );
    return success(null);
  },
});

/** Light, dark, or as the system has it. */
export const setTheme = defineUseCase({
  name: "setTheme",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({ theme: z.enum(["light", "dark", "system"]) }),
  async run({ theme }, { userId }) {
    await pool().query(
      `UPDATE "user" SET preferences = (preferences - 'theme') || $2::jsonb WHERE id = $1`,
      [userId, JSON.stringify(theme === "system" ? {} : { theme })],
    );
    return success(null);
  },
});

/** How articles are shown to the caller in the workspace. */
export const setReading = defineUseCase({
  name: "setReading",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({
    size: z.enum(TEXT_SIZES),
    length: z.enum(LINE_LENGTHS),
    height: z.enum(LINE_HEIGHTS),
    names: z.boolean(),
    relations: z.boolean(),
  }),
  async run(reading, { userId }) {
    await pool().query(`UPDATE "user" SET preferences = preferences || $2::jsonb WHERE id = $1`, [
      userId,
      JSON.stringify({ reading }),
    ]);
    return success(null);
  },
});

/** Where the caller's keys differ from those shipped. */
export const readOwnKeys = defineUseCase({
  name: "readOwnKeys",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId }) {
    const { rows } = await pool().query<{ keys: unknown }>(
      `SELECT preferences->'keys' AS keys FROM "user" WHERE id = $1`,
      [userId],
    );
    return success(readKeySettings(rows[0]?.keys));
  },
});

/** Keeps the caller's keys, for all their sessions; with none of their own, those shipped are in force. */
export const setOwnKeys = defineUseCase({
  name: "setOwnKeys",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({ keys: keySettingsSchema }),
  async run({ keys }, { userId }) {
    const isShipped = Object.keys({ ...keys.commands, ...keys.labels }).length === 0;
    await pool().query(
      `UPDATE "user" SET preferences = (preferences - 'keys') || $2::jsonb WHERE id = $1`,
      [userId, JSON.stringify(isShipped ? {} : { keys })],
    );
    return success(null);
  },
});

/** Gives the caller a new password and ends all their other sessions. */
export const changeOwnPassword = defineUseCase({
  name: "changeOwnPassword",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({ present: passwordInput, password: passwordInput }),
  async run({ present, password }, caller) {
    const { userId, sessionId } = caller;
    const person = await db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, name: true, passwordHash: true },
    });
    const problem = passwordProblem(password, person);
    if (problem !== undefined) return failure("invalid", problem, { place: "password" });
    const known = await checkPresentPassword(userId, person.passwordHash, present);
    if (!known.ok) return known;
    const passwordHash = await hashPassword(password);
    await inTransaction(async (tx) => {
      await tx.user.update({ where: { id: userId }, data: { passwordHash } });
      await revokeSessions(tx, userId, sessionId);
    });
    await recordAudit(caller, {
      action: "account.password_changed",
      targetType: "user",
      targetId: userId,
    });
    return success(null);
  },
});

/** The caller's sessions that have not ended, the present one first. */
export const listOwnSessions = defineUseCase({
  name: "listOwnSessions",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({}),
  async run(_, { userId, sessionId }) {
    const { rows } = await pool().query<{
      id: string;
      user_agent: string;
      created_at: Date;
      last_seen_at: Date;
    }>(
      `SELECT s.id, s.user_agent, s.created_at, s.last_seen_at
         FROM session s JOIN "user" u ON u.id = s.user_id
        WHERE s.user_id = $1 AND ${SESSION_IS_LIVE}
        ORDER BY (s.id = $2) DESC NULLS LAST, s.last_seen_at DESC LIMIT 100`,
      [userId, sessionId],
    );
    return success(
      rows.map((row) => ({
        sessionId: row.id,
        userAgent: row.user_agent,
        startedAt: row.created_at.toISOString(),
        lastSeenAt: row.last_seen_at.toISOString(),
        isPresent: row.id === sessionId,
      })),
    );
  },
});

/** Ends one of the caller's sessions at once. */
export const revokeOwnSession = defineUseCase({
  name: "revokeOwnSession",
  permission: "account.manage_own",
  scope: "instance",
  input: z.strictObject({ sessionId: z.uuid() }),
  async run({ sessionId }, caller) {
    const { rowCount } = await pool().query(
      `UPDATE session SET revoked_at = now()
        WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL`,
      [sessionId, caller.userId],
    );
    if (rowCount === 0) return failure("not_found", "This session has ended already.");
    await recordAudit(caller, {
      action: "session.ended",
      targetType: "session",
      targetId: sessionId,
    });
    return success(null);
  },
});

/** Who enters by a link: the account it is for, or for the first admin what the form says. */
function personOf(
  invite: OpenInvite,
  form: { email: string | undefined; name: string | undefined },
): Result<{ email: string; name: string }> {
  const email = invite.email ?? form.email;
  const name = (invite.purpose === "reset_password" ? invite.name : form.name) ?? invite.name;
  if (email === undefined) return failure("invalid", "Write your e-mail.", { place: "email" });
  if (name === null) return failure("invalid", "Write your name.", { place: "name" });
  return success({ email, name });
}

type Entering = { email: string; name: string; passwordHash: string };

async function makeFirstAdmin(
  inviteId: string,
  entering: Entering,
): Promise<Result<{ userId: string }>> {
  return inTransaction(async (tx) => {
    if ((await tx.user.count({ where: { email: entering.email } })) > 0) return emailTaken();
    if ((await takeInvite(tx, inviteId)) === null) return deadLink();
    const made = await insertAccount(tx, { ...entering, role: "admin" });
    // Somebody else took the e-mail in this very moment; thrown, so that the link is not used up.
    if (!made.ok) throw new Error(made.failure.message);
    return made;
  });
}

async function setPassword(
  inviteId: string,
  userId: string,
  { name, passwordHash }: Entering,
): Promise<Result<{ userId: string }>> {
  return inTransaction(async (tx) => {
    const taken = await takeInvite(tx, inviteId);
    if (taken === null) return deadLink();
    await tx.user.update({ where: { id: userId }, data: { name, passwordHash } });
    await revokeSessions(tx, userId, null);
    const { projectId, projectRole } = taken;
    if (projectId !== null && projectRole !== null) {
      await enterProject(tx, { projectId, userId, role: projectRole });
    }
    return success({ userId });
  });
}
