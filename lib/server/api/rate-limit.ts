import "server-only";
import { pool } from "../db";

/** How much may be asked for: `perSecond` for long, `burst` at once. */
export type Rate = { perSecond: number; burst: number };

/**
 * Takes `cost` units from what a subject may ask for; answers 0, or the seconds to wait where it is used
 * up, and then takes nothing. One statement and one row, so that it holds across processes: the row says
 * when the subject would have its whole burst again.
 */
export async function takeUnits(subject: string, cost: number, rate: Rate): Promise<number> {
  const each = cost / rate.perSecond;
  const most = rate.burst / rate.perSecond;
  const { rows } = await pool().query<{ taken: boolean; wait: number }>(
    `WITH taken AS (
       INSERT INTO rate_limit AS r (subject, free_at) VALUES ($1, now() + make_interval(secs => $2))
       ON CONFLICT (subject) DO UPDATE
         SET free_at = greatest(r.free_at, now()) + make_interval(secs => $2)
         WHERE greatest(r.free_at, now()) + make_interval(secs => $2) <= now() + make_interval(secs => $3)
       RETURNING 1
     )
     SELECT EXISTS (SELECT 1 FROM taken) AS taken,
            coalesce((SELECT extract(epoch FROM r.free_at - now()) FROM rate_limit r
                       WHERE r.subject = $1), 0)::float + $2 - $3 AS wait`,
    [subject, each, most],
  );
  const row = rows[0];
  if (row === undefined || row.taken) return 0;
  return Math.max(1, Math.ceil(row.wait));
}

/** Removes what says nothing any more. Called now and then by workers. */
export async function forgetRates(): Promise<void> {
  await pool().query(`DELETE FROM rate_limit WHERE free_at < now() - interval '1 hour'`);
}
