import "server-only";
import { getServerSession } from "next-auth";
import { cache } from "react";
import type { Actor, InstanceRole } from "@/lib/domain/policy";
import type { Reading } from "@/lib/domain/reading";
import { authOptions } from "./auth";
import { pool } from "./db";
import { noteWayBack } from "./way-back";

/** The signed-in person with what pages show of them. */
export type SignedIn = Actor & { name: string; email: string; preferences: Preferences };
export type Preferences = { theme?: "light" | "dark"; reading?: Partial<Reading> };

/**
 * Who is asking, or null. Every request asks the database: the session must exist and be neither
 * revoked nor expired, and the account must be active. Roles are those of this moment.
 */
export const currentUser = cache(async (): Promise<SignedIn | null> => {
  const session = await getServerSession(authOptions);
  const sessionId = session?.sessionId;
  const found = sessionId === undefined ? null : await findSession(sessionId);
  if (found === null) await noteWayBack();
  return found;
});

/** As currentUser, with what rights depend on. */
export async function currentActor(): Promise<Actor | null> {
  return currentUser();
}

async function findSession(sessionId: string): Promise<SignedIn | null> {
  const { rows } = await pool().query<{
    user_id: string;
    name: string;
    email: string;
    role: InstanceRole;
    preferences: Preferences;
    leads: boolean;
    is_stale: boolean;
  }>(
    `SELECT u.id AS user_id, u.name, u.email, u.role, u.preferences,
            s.last_seen_at < now() - interval '5 minutes' AS is_stale,
            EXISTS (SELECT 1 FROM membership m JOIN project p ON p.id = m.project_id
                     WHERE m.user_id = u.id AND m.role = 'lead' AND m.ended_at IS NULL
                       AND p.archived_at IS NULL) AS leads
       FROM session s JOIN "user" u ON u.id = s.user_id
      WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL`,
    [sessionId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.is_stale) await noteSeen(sessionId);
  return {
    userId: row.user_id,
    sessionId,
    instanceRole: row.role,
    leadsSomewhere: row.leads,
    name: row.name,
    email: row.email,
    preferences: row.preferences,
  };
}

/** Not at every request: five minutes are exact enough for people, and a write costs. */
async function noteSeen(sessionId: string): Promise<void> {
  await pool().query(`UPDATE session SET last_seen_at = now() WHERE id = $1`, [sessionId]);
}
