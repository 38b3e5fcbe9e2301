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

async function deleteStatement(): Promise<string> {
  const { rows } = await pool().query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  const deletions = rows.map(({ name }) => `DELETE FROM ${name}`);
  // The setting ends with the transaction that these statements form.
  return ["SET LOCAL session_replication_role = replica", ...deletions].join(";\n");
}
