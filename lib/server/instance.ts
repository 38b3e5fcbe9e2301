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

/** Whether the database answers a question. */
export async function isDatabaseReady(): Promise<boolean> {
  return pool()
    .query("SELECT 1")
    .then(
      () => true,
      () => false,
    );
}
