import "server-only";
import { z } from "zod";
import type { InstanceRole, ProjectRole } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool, type Transaction } from "@/lib/server/db";
import { SESSION_IS_LIVE } from "@/lib/server/live-session";
import { linkToCopy, mailLink } from "./account-mail";
import { accountInput, createAccount, revokeSessions } from "./accounts-store";
import { recordAudit } from "./audit";
import { makeInvite } from "./invites";
import { inTransaction } from "./project-store";
import { type Caller, defineUseCase } from "./use-case";

/** One account as the admin sees it. */
export type ListedUser = {
  userId: string;
  name: string;
  email: string;
  role: InstanceRole;
  isDisabled: boolean;
  hasPassword: boolean;
  /** A one-time link for this person was made and neither used nor has it run out. */
  isLinkWaiting: boolean;
  hasSecondFactor: boolean;
  lastSeenAt: string | null;
  /** Projects that are not archived. */
  projects: number;
};

/** Most accounts that one list shows; a search finds the others. */
const SHOWN = 200;

const userInput = z.strictObject({ userId: z.uuid() });

/** Parts of the list of accounts. */
export const USER_GROUPS = ["all", "admins", "waiting", "disabled"] as const;

/** Accounts by name: all or a part of them, or those whose name or e-mail has the words searched for. */
export const listUsers = defineUseCase({
  name: "listUsers",
  permission: "user.administer",
  scope: "instance",
  input: z.strictObject({
    search: z.string().max(200).default(""),
    group: z.enum(USER_GROUPS).default("all"),
  }),
  async run({ search, group }) {
    const { rows } = await pool().query<{
      id: string;
      name: string;
      email: string;
      role: InstanceRole;
      is_disabled: boolean;
      has_password: boolean;
      is_link_waiting: boolean;
      has_second_factor: boolean;
      last_seen_at: Date | null;
      projects: number;
      found: number;
    }>(LIST, [likePattern(search), SHOWN, group]);
    const users = rows.map(
      (row): ListedUser => ({
        userId: row.id,
        name: row.name,
        email: row.email,
        role: row.role,
        isDisabled: row.is_disabled,
        hasPassword: row.has_password,
        isLinkWaiting: row.is_link_waiting,
        hasSecondFactor: row.has_second_factor,
        lastSeenAt: row.last_seen_at?.toISOString() ?? null,
        projects: row.projects,
      }),
    );
    return success({ users, found: rows[0]?.found ?? 0 });
  },
});

/**
 * Makes an account and the link by which its person gives it a password. The link is sent, or, where the
 * site sends no mail, told this once.
 */
export const createUser = defineUseCase({
  name: "createUser",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: accountInput,
  async run(account, caller) {
    const made = await createAccount(account);
    if (!made.ok) return made;
    const { userId } = made.value;
    const link = await makeInvite({ purpose: "join", userId, createdById: caller.userId });
    await noteAct(caller, "user.created", userId, { role: account.role });
    const delivery = await mailLink({ to: made.value.email, purpose: "join", link });
    return success({ userId, link: linkToCopy(link, delivery), delivery });
  },
});

/** Makes somebody an admin or an ordinary user. Their sessions end, so that both see it at once. */
export const setUserRole = defineUseCase({
  name: "setUserRole",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: userInput.extend({ role: z.enum(["user", "admin"]) }),
  async run({ userId, role }, caller) {
    if (userId === caller.userId) return notYourself("You cannot change your own role.");
    const changed = await withAdminsHeld(async (tx) => {
      if (role === "user" && (await isLastAdmin(tx, userId))) return lastAdmin();
      const rows = await tx.$queryRaw<{ id: string }[]>`
        UPDATE "user" SET role = ${role}::instance_role
         WHERE id = ${userId}::uuid RETURNING id`;
      if (rows.length === 0) return noSuchUser();
      await revokeSessions(tx, userId, null);
      return success(null);
    });
    if (changed.ok) await noteAct(caller, "user.role_changed", userId, { role });
    return changed;
  },
});

/** Shuts an account. Its sessions end at once; what it annotated stays. */
export const disableUser = defineUseCase({
  name: "disableUser",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: userInput,
  async run({ userId }, caller) {
    if (userId === caller.userId) return notYourself("You cannot disable your own account.");
    const disabled = await withAdminsHeld(async (tx) => {
      if (await isLastAdmin(tx, userId)) return lastAdmin();
      const rows = await tx.$queryRaw<{ id: string }[]>`
        UPDATE "user" SET disabled_at = coalesce(disabled_at, now())
         WHERE id = ${userId}::uuid RETURNING id`;
      if (rows.length === 0) return noSuchUser();
      await revokeSessions(tx, userId, null);
      return success(null);
    });
    if (disabled.ok) await noteAct(caller, "user.disabled", userId);
    return disabled;
  },
});

/** Opens a disabled account again. */
export const enableUser = defineUseCase({
  name: "enableUser",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: userInput,
  async run({ userId }, caller) {
    const { rowCount } = await pool().query(
      `UPDATE "user" SET disabled_at = NULL WHERE id = $1 AND erased_at IS NULL`,
      [userId],
    );
    if (rowCount === 0) return noSuchUser();
    await noteAct(caller, "user.enabled", userId);
    return success(null);
  },
});

/**
 * Makes a link by which somebody gives their account a new password, or its first one, and sends or tells
 * it as above. The present password holds until the link is used.
 */
export const createPasswordLink = defineUseCase({
  name: "createPasswordLink",
  permission: "user.administer",
  scope: "instance",
  needsProof: true,
  input: userInput,
  async run({ userId }, caller) {
    // Whoever found an open screen could else take the account over without its password.
    if (userId === caller.userId) {
      return notYourself("Change your own password on the page of your account.");
    }
    const user = await db().user.findUnique({
      where: { id: userId },
      select: { email: true, passwordHash: true, disabledAt: true },
    });
    if (user === null) return noSuchUser();
    if (user.disabledAt !== null) {
      return failure("conflict", "This account is disabled. Enable it first.");
    }
    const purpose = user.passwordHash === null ? "join" : "reset_password";
    const link = await makeInvite({ purpose, userId, createdById: caller.userId });
    await noteAct(caller, "user.link_made", userId, { purpose });
    const delivery = await mailLink({ to: user.email, purpose, link });
    return success({ link: linkToCopy(link, delivery), purpose, delivery } as const);
  },
});

/** One account with its projects and sessions. */
export type OpenedUser = Omit<ListedUser, "projects"> & {
  createdAt: string;
  /** Providers by which they sign in. */
  providers: string[];
  projects: { projectId: string; name: string; role: ProjectRole; isArchived: boolean }[];
  sessions: { sessionId: string; userAgent: string; startedAt: string; lastSeenAt: string }[];
};

/** One account, with where it belongs and where it is signed in. */
export const openUser = defineUseCase({
  name: "openUser",
  permission: "user.administer",
  scope: "instance",
  input: userInput,
  async run({ userId }): Promise<Result<OpenedUser>> {
    const { rows } = await pool().query<OpenedUser>(ONE, [userId]);
    const user = rows[0];
    if (user === undefined) return noSuchUser();
    const { createdAt, lastSeenAt } = user;
    return success({
      ...user,
      createdAt: new Date(createdAt).toISOString(),
      lastSeenAt: lastSeenAt === null ? null : new Date(lastSeenAt).toISOString(),
    });
  },
});

/** Ends all sessions of somebody at once, such as after a stolen laptop. */
export const endUserSessions = defineUseCase({
  name: "endUserSessions",
  permission: "user.administer",
  scope: "instance",
  input: userInput,
  async run({ userId }, caller) {
    const user = await db().user.findUnique({ where: { id: userId }, select: { id: true } });
    if (user === null) return noSuchUser();
    await revokeSessions(db(), userId, caller.sessionId);
    await noteAct(caller, "user.sessions_ended", userId);
    return success(null);
  },
});

const ONE = `
SELECT u.id AS "userId", u.name, u.email, u.role, u.disabled_at IS NOT NULL AS "isDisabled",
       u.password_hash IS NOT NULL AS "hasPassword", u.created_at AS "createdAt",
       EXISTS (SELECT 1 FROM invite i WHERE i.user_id = u.id AND i.used_at IS NULL
                  AND i.expires_at > now()) AS "isLinkWaiting",
       EXISTS (SELECT 1 FROM second_factor f
                WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "hasSecondFactor",
       (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id) AS "lastSeenAt",
       ARRAY(SELECT i.issuer FROM identity i WHERE i.user_id = u.id ORDER BY 1) AS providers,
       (SELECT coalesce(json_agg(json_build_object('projectId', p.id, 'name', p.name, 'role', m.role,
                 'isArchived', p.archived_at IS NOT NULL) ORDER BY p.archived_at IS NOT NULL, p.name), '[]')
          FROM membership m JOIN project p ON p.id = m.project_id
         WHERE m.user_id = u.id AND m.ended_at IS NULL) AS projects,
       (SELECT coalesce(json_agg(json_build_object('sessionId', s.id, 'userAgent', s.user_agent,
                 'startedAt', s.created_at, 'lastSeenAt', s.last_seen_at) ORDER BY s.last_seen_at DESC), '[]')
          FROM session s WHERE s.user_id = u.id AND ${SESSION_IS_LIVE}) AS sessions
  FROM "user" u WHERE u.id = $1 AND u.erased_at IS NULL`;

const LIST = `
SELECT u.id, u.name, u.email, u.role, u.disabled_at IS NOT NULL AS is_disabled,
       u.password_hash IS NOT NULL AS has_password,
       EXISTS (SELECT 1 FROM invite i WHERE i.user_id = u.id AND i.used_at IS NULL
                  AND i.expires_at > now()) AS is_link_waiting,
       EXISTS (SELECT 1 FROM second_factor f
                WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_second_factor,
       (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id) AS last_seen_at,
       (SELECT count(*)::int FROM membership m JOIN project p ON p.id = m.project_id
         WHERE m.user_id = u.id AND m.ended_at IS NULL AND p.archived_at IS NULL) AS projects,
       count(*) OVER ()::int AS found
  FROM "user" u
 WHERE (u.name ILIKE $1 OR u.email ILIKE $1) AND u.erased_at IS NULL
   AND CASE $3::text
         WHEN 'admins' THEN u.role = 'admin' AND u.disabled_at IS NULL
         WHEN 'disabled' THEN u.disabled_at IS NOT NULL
         WHEN 'waiting' THEN u.password_hash IS NULL AND u.disabled_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.user_id = u.id)
         ELSE true END
 ORDER BY lower(u.name), u.id LIMIT $2`;

/** A pattern of ILIKE that finds the words anywhere, each of its own signs taken literally. */
function likePattern(search: string): string {
  return `%${search
    .trim()
    .replaceAll("\0", "")
    .replace(/[\\%_]/g, "\\$&")}%`;
}

/** One after the other, so that two admins cannot remove each other in the same moment. */
function withAdminsHeld<T>(run: (tx: Transaction) => Promise<Result<T>>): Promise<Result<T>> {
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('framemark admins'))`;
    return run(tx);
  });
}

async function isLastAdmin(tx: Transaction, userId: string): Promise<boolean> {
  const admins = await tx.user.findMany({
    where: { role: "admin", disabledAt: null },
    select: { id: true },
    take: 2,
  });
  return admins.length === 1 && admins[0]?.id === userId;
}

function noteAct(
  caller: Caller,
  action: string,
  userId: string,
  detail: Record<string, string> = {},
): Promise<void> {
  return recordAudit(caller, { action, targetType: "user", targetId: userId, detail });
}

function notYourself(message: string) {
  return failure("forbidden", message);
}

function noSuchUser() {
  return failure("not_found", "This account does not exist.");
}

function lastAdmin() {
  return failure("conflict", "This is the last admin. Make somebody else an admin first.");
}
