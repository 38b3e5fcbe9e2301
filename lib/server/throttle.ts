import "server-only";
import { pool } from "./db";

/** Failures allowed in a window; kept in PostgreSQL, so that it holds across processes. */
const FAILURES = 5;
const WINDOW = "15 minutes";

/** Whether this subject has failed too often to try again now. */
export async function isThrottled(subject: string): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM throttle WHERE subject = $1 AND failures >= $2 AND window_end > now()`,
    [subject, FAILURES],
  );
  return rows.length > 0;
}

/** Counts one failure; a window starts at the first one. */
export async function recordFailure(subject: string): Promise<void> {
  await pool().query(
    `INSERT INTO throttle AS t (subject, failures, window_end)
     VALUES ($1, 1, now() + $2::interval)
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN t.window_end > now() THEN t.failures + 1 ELSE 1 END,
       window_end = CASE WHEN t.window_end > now() THEN t.window_end ELSE now() + $2::interval END`,
    [subject, WINDOW],
  );
}

/** Forgets the failures of a subject that succeeded. */
export async function clearFailures(subject: string): Promise<void> {
  await pool().query(`DELETE FROM throttle WHERE subject = $1`, [subject]);
}
