import "server-only";
import { pool } from "@/lib/server/db";
import { forgetOldFailures } from "@/lib/server/throttle";

/**
 * Removes traces of people that nobody needs any more: sessions ninety days after their end, links thirty
 * days after theirs, counts of failed sign-ins once their window is over. Called now and then by workers.
 */
export async function forgetOldTraces(): Promise<void> {
  await forgetOldFailures();
  await pool().query(
    `DELETE FROM session WHERE least(coalesce(revoked_at, expires_at), expires_at) < now() - interval '90 days'`,
  );
  await pool().query(
    `DELETE FROM invite WHERE least(coalesce(used_at, expires_at), expires_at) < now() - interval '30 days'`,
  );
}
