import "server-only";
import { cache } from "react";
import type { Actor, InstanceRole } from "@/lib/domain/policy";
import type { Reading } from "@/lib/domain/reading";
import { pool } from "./db";
import { SESSION_IS_LIVE } from "./live-session";
import { sessionIdFromCookie } from "./session-cookie";
import { noteWayBack } from "./way-back";

/** The signed-in person with what pages show of them. */
export type SignedIn = Actor & {
  name: string;
  email: string;
  preferences: Preferences;
  /** Whether they can prove who they are by a password. */
  hasPassword: boolean;
};
export type Preferences = {
  theme?: "light" | "dark";
  reading?: Partial<Reading>;
  /** How days and numbers are written, as a language tag; as on the server without it. */
  language?: string;
  /** Name of a time zone, such as Europe/Vienna; UTC without it. */
  timeZone?: string;
};

/**
 * Who is asking, or null. Every request asks the database whether the session lives
 * (lib/server/live-session.ts). Roles are those of this moment.
 */
export const currentUser = cache(async (): Promise<SignedIn | null> => {
  const sessionId = await sessionIdFromCookie();
  const found = sessionId === null ? null : await findSession(sessionId);
  if (found === null) await noteWayBack();
  return found;
});

/** As currentUser, with what rights depend on. */
export async function currentActor(): Promise<Actor | null> {
  return currentUser();
}

/** As currentUser, for a session that is named. For requests and tests. */
export async function findSession(sessionId: string): Promise<SignedIn | null> {
  const { rows } = await pool().query<{
    user_id: string;
    name: string;
    email: string;
    role: InstanceRole;
    preferences: Preferences;
    leads: boolean;
    is_stale: boolean;
    has_password: boolean;
    has_factor: boolean;
    factor_of: string | null;
    by_password: boolean;
  }>(
    `SELECT u.id AS user_id, u.name, u.email, u.role, u.preferences,
            s.last_seen_at < now() - interval '5 minutes' AS is_stale,
            u.password_hash IS NOT NULL AS has_password, s.method = 'password' AS by_password,
            EXISTS (SELECT 1 FROM second_factor f
                     WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS has_factor,
            (SELECT value #>> '{}' FROM instance_setting WHERE name = 'second_factor_of') AS factor_of,
            EXISTS (SELECT 1 FROM membership m JOIN project p ON p.id = m.project_id
                     WHERE m.user_id = u.id AND m.role = 'lead' AND m.ended_at IS NULL
                       AND p.archived_at IS NULL) AS leads
       FROM session s JOIN "user" u ON u.id = s.user_id
      WHERE s.id = $1 AND ${SESSION_IS_LIVE}`,
    [sessionId],
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (row.is_stale) await noteSeen(sessionId);
  const { role, leads } = row;
  return {
    userId: row.user_id,
    sessionId,
    instanceRole: role,
    leadsSomewhere: leads,
    // Who comes by a provider shows a second factor there, where its keeper asks for one.
    needsSecondFactor:
      row.by_password && !row.has_factor && mustHaveSecondFactor(row.factor_of, { role, leads }),
    hasPassword: row.has_password,
    name: row.name,
    email: row.email,
    preferences: row.preferences,
  };
}

/** Whether the site asks somebody of these roles for a second factor. */
function mustHaveSecondFactor(
  setting: string | null,
  { role, leads }: { role: InstanceRole; leads: boolean },
): boolean {
  if (setting === "admins") return role === "admin";
  return setting === "admins_and_leads" && (role === "admin" || leads);
}

/** Not at every request: five minutes are exact enough for people, and a write costs. */
async function noteSeen(sessionId: string): Promise<void> {
  await pool().query(`UPDATE session SET last_seen_at = now() WHERE id = $1`, [sessionId]);
}
