import "server-only";
import { pool } from "./db";

/** What failures are counted for, and how many a window allows. */
export type Counted = { subject: string; most: number };

/** A window starts at the first failure. Counts are kept in PostgreSQL, so that they hold across processes. */
const WINDOW = "15 minutes";

/**
 * Takes one try of each, before it is known how it ends, so that many at once get no more than one
 * after the other. False where one of them has none left.
 */
export async function takeTry(counted: readonly Counted[]): Promise<boolean> {
  // Always in the same order, so that two of these cannot wait for each other.
  const inOrder = [...counted].sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const { rows } = await pool().query<{ subject: string; failures: number }>(
    `INSERT INTO throttle AS t (subject, failures, window_end)
     SELECT subject, 1, now() + $2::interval FROM unnest($1::text[]) AS subject
     ON CONFLICT (subject) DO UPDATE SET
       failures = CASE WHEN t.window_end > now() THEN t.failures + 1 ELSE 1 END,
       window_end = CASE WHEN t.window_end > now() THEN t.window_end ELSE now() + $2::interval END
     RETURNING subject, failures`,
    [inOrder.map(({ subject }) => subject), WINDOW],
  );
  return rows.every(({ subject, failures }) =>
    counted.some((each) => each.subject === subject && failures <= each.most),
  );
}

/** Gives a try back that was no failure. */
export async function returnTry(counted: readonly Counted[]): Promise<void> {
  await pool().query(
    `UPDATE throttle SET failures = failures - 1 WHERE subject = ANY($1) AND failures > 0`,
    [counted.map(({ subject }) => subject)],
  );
}

/** Forgets the failures of a subject that succeeded. */
export async function clearFailures(subject: string): Promise<void> {
  await pool().query(`DELETE FROM throttle WHERE subject = $1`, [subject]);
}

/** Removes counts whose window is over. Called now and then. */
export async function forgetOldFailures(): Promise<void> {
  await pool().query(`DELETE FROM throttle WHERE window_end < now()`);
}
