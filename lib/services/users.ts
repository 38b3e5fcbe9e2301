import "server-only";
import { z } from "zod";
import type { InstanceRole } from "@/lib/domain/policy";
import { failure, type Result, success } from "@/lib/domain/result";
import { db, pool, type Transaction } from "@/lib/server/db";
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
  lastSeenAt: string | null;
  /** Projects that are not archived. */
  projects: number;
};

/** Most accounts that one list shows; a search finds the others. */
const SHOWN = 200;

const userInput = z.strictObject({ userId: z.uuid() });

/** Accounts by name, all or those whose name or e-mail has the words searched for. */
export const listUsers = defineUseCase({
  name: "listUsers",
  permission: "user.administer",
  scope: "instance",
  input: z.strictObject({ search: z.string().max(200).default("") }),
  async run({ search }) {
    const { rows } = await pool().query<{
      id: string;
      name: string;
      email: string;
      role: InstanceRole;
      is_disabled: boolean;
      has_password: boolean;
      is_link_waiting: boolean;
      last_seen_at: Date | null;
      projects: number;
      found: number;
    }>(LIST, [likePattern(search), SHOWN]);
    const users = rows.map(
      (row): ListedUser => ({
        userId: row.id,
        name: row.name,
        email: row.email,
        role: row.role,
        isDisabled: row.is_disabled,
        hasPassword: row.has_password,
        isLinkWaiting: row.is_link_waiting,
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
    const { rowCount } = await pool().query(`UPDATE "user" SET disabled_at = NULL WHERE id = $1`, [
      userId,
    ]);
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

const LIST = `
SELECT u.id, u.name, u.email, u.role, u.disabled_at IS NOT NULL AS is_disabled,
       u.password_hash IS NOT NULL AS has_password,
       EXISTS (SELECT 1 FROM invite i WHERE i.user_id = u.id AND i.used_at IS NULL
                  AND i.expires_at > now()) AS is_link_waiting,
       (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = u.id) AS last_seen_at,
       (SELECT count(*)::int FROM membership m JOIN project p ON p.id = m.project_id
         WHERE m.user_id = u.id AND m.ended_at IS NULL AND p.archived_at IS NULL) AS projects,
       count(*) OVER ()::int AS found
  FROM "user" u
 WHERE u.name ILIKE $1 OR u.email ILIKE $1
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
