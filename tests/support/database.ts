import pg from "pg";
import { pool } from "@/lib/server/db";

let statement: string | undefined;

/**
 * Deletes every row of this test file's database; its tables stay. Without triggers and foreign
 * keys, so that append-only tables can be emptied too and the order does not matter.
 */
export async function emptyDatabase(): Promise<void> {
  statement ??= await deleteStatement();
  await pool().query(statement);
}

/** Runs SQL on a connection apart from the product's, e.g. to hold a lock while it works. */
export async function withClient<T>(use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

async function deleteStatement(): Promise<string> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  const deletions = rows.map(({ name }) => `DELETE FROM ${name}`);
  // The setting ends with the transaction that these statements form.
  return ["SET LOCAL session_replication_role = replica", ...deletions].join(";\n");
}
