import "server-only";
import type { ProjectRole } from "@/lib/domain/policy";
import { failure, type Result } from "@/lib/domain/result";
import { db, pool, type Transaction } from "@/lib/server/db";
import { newId } from "@/lib/server/ids";
import { hashSecret, newSecret } from "@/lib/server/tokens";

const PURPOSES = ["first_admin", "join", "reset_password"] as const;
export type InvitePurpose = (typeof PURPOSES)[number];

/** How long a link works, in minutes. */
const MINUTES: Record<InvitePurpose, number> = {
  first_admin: 7 * 24 * 60,
  join: 7 * 24 * 60,
  reset_password: 30,
};

/** A link that still works, with the account it is for, if there is one already. */
export type OpenInvite = {
  id: string;
  purpose: InvitePurpose;
  userId: string | null;
  name: string | null;
  email: string | null;
};

/**
 * Makes a link that works once and answers its path, the only place where its secret ever stands.
 * Earlier links for the same purpose and person stop working.
 */
export async function makeInvite(invite: {
  purpose: InvitePurpose;
  userId: string | null;
  createdById: string | null;
}): Promise<string> {
  const { purpose, userId, createdById } = invite;
  const secret = newSecret();
  await db().$transaction([
    db().$executeRaw`
      UPDATE invite SET expires_at = now()
       WHERE purpose = ${purpose}::invite_purpose AND user_id IS NOT DISTINCT FROM ${userId}::uuid
         AND used_at IS NULL AND expires_at > now()`,
    db().$executeRaw`
      INSERT INTO invite (id, purpose, token_hash, user_id, created_by_id, expires_at)
      VALUES (${newId()}::uuid, ${purpose}::invite_purpose, ${hashSecret(purpose, secret)},
              ${userId}::uuid, ${createdById}::uuid, now() + ${MINUTES[purpose]} * interval '1 minute')`,
  ]);
  return `/welcome/${secret}`;
}

/** What the secret of a link opens; null once it was used, ran out, or never was. */
export async function findOpenInvite(secret: string): Promise<OpenInvite | null> {
  const { rows } = await pool().query<{
    id: string;
    purpose: InvitePurpose;
    user_id: string | null;
    name: string | null;
    email: string | null;
  }>(
    `SELECT i.id, i.purpose, i.user_id, u.name, u.email
       FROM unnest($1::invite_purpose[], $2::text[]) AS asked (purpose, token_hash)
       JOIN invite i ON i.token_hash = asked.token_hash AND i.purpose = asked.purpose
       LEFT JOIN "user" u ON u.id = i.user_id
      WHERE i.used_at IS NULL AND i.expires_at > now() AND u.disabled_at IS NULL
        AND (i.purpose = 'first_admin') = (i.user_id IS NULL)
        AND (i.purpose <> 'first_admin' OR NOT EXISTS (SELECT 1 FROM "user" a WHERE a.role = 'admin'))`,
    [PURPOSES, PURPOSES.map((purpose) => hashSecret(purpose, secret))],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { id, purpose, user_id: userId, name, email } = row;
  return { id, purpose, userId, name, email };
}

/**
 * Uses the link up, inside the transaction that does what it is for; null where somebody else was
 * first. Answers the project that it leads into, if any.
 */
export async function takeInvite(
  transaction: Transaction,
  inviteId: string,
): Promise<{ projectId: string | null; projectRole: ProjectRole | null } | null> {
  const rows = await transaction.$queryRaw<
    { project_id: string | null; project_role: ProjectRole | null }[]
  >`
    UPDATE invite SET used_at = now()
     WHERE id = ${inviteId}::uuid AND used_at IS NULL AND expires_at > now()
    RETURNING project_id, project_role::text`;
  const row = rows[0];
  return row === undefined ? null : { projectId: row.project_id, projectRole: row.project_role };
}

/** The answer for a link that does not work, whatever the reason. */
export function deadLink(): Result<never> {
  return failure(
    "not_found",
    "This link was used already or has run out. Ask whoever gave it to you for a new one.",
  );
}
