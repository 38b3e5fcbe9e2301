import "server-only";
import { pool } from "./db";

/** Whether this instance holds the demo, so that pages can say that it is invented. */
export async function isDemoInstance(): Promise<boolean> {
  const { rows } = await pool().query(
    `SELECT 1 FROM instance_setting WHERE name = 'demo' AND value = 'true'::jsonb`,
  );
  return rows.length > 0;
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
