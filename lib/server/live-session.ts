import "server-only";
import { pool } from "./db";

/**
 * When a session `s` of an account `u` is let in, in SQL: it was not ended, its fourteen days are not
 * over, it was used within twelve hours (an admin's within one), and the account is not disabled.
 */
export const SESSION_IS_LIVE = `(s.revoked_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL
  AND s.last_seen_at > now() - CASE u.role WHEN 'admin' THEN interval '1 hour' ELSE interval '12 hours' END)`;

/** How long a proof of identity holds for acts that are dangerous in the wrong hands. */
const PROOF_HOLDS = "10 minutes";

/** Whether the person of this session proved a moment ago who they are. */
export async function isProved(sessionId: string): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM session WHERE id = $1 AND revoked_at IS NULL AND proved_at > now() - $2::interval`,
    [sessionId, PROOF_HOLDS],
  );
  return rows.length > 0;
}

/** Notes that the person of this session proved who they are. */
export async function noteProof(sessionId: string): Promise<void> {
  await pool().query(`UPDATE session SET proved_at = now() WHERE id = $1 AND revoked_at IS NULL`, [
    sessionId,
  ]);
}
