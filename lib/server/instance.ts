import "server-only";
import { pool } from "./db";

/** Whether this instance holds the demo, so that pages can say that it is invented. */
export async function isDemoInstance(): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM instance_setting WHERE name = 'demo' AND value = 'true'::jsonb`,
  );
  return rows.length > 0;
}

/** What admins have to say on top of every page, such as when the site will be away; empty for nothing. */
export async function readBanner(): Promise<string> {
  const { rows } = await pool().query<{ banner: string }>(
    `SELECT value #>> '{}' AS banner FROM instance_setting WHERE name = 'banner'`,
  );
  return rows[0]?.banner ?? "";
}

/** Why this build cannot serve from its database now; null where it can. */
export async function findDatabaseProblem(): Promise<string | null> {
  // The newest migration at the time of the build; next.config.js writes it in.
  const wanted = process.env.FRAMEMARK_SCHEMA;
  try {
    if (wanted === undefined) {
      await pool().query("SELECT 1");
      return null;
    }
    const { rows } = await pool().query(
      "SELECT FROM _prisma_migrations WHERE migration_name = $1 AND finished_at IS NOT NULL",
      [wanted],
    );
    return rows.length > 0 ? null : `the database lacks the migration ${wanted}`;
  } catch {
    return "the database does not answer";
  }
}
