/**
 * Runs before each test file of the services and gives it a database of its own. The file may then
 * commit, lock and race as the product does.
 */
import pg from "pg";
import { afterAll, inject } from "vitest";
import { closeDb } from "@/lib/server/db";

const administrationUrl = inject("administrationUrl");
const database = `test_${crypto.randomUUID().replaceAll("-", "")}`;

await administer(
  `CREATE DATABASE ${database} TEMPLATE ${inject("templateDatabase")} STRATEGY FILE_COPY`,
);
const url = new URL(administrationUrl);
url.pathname = `/${database}`;
process.env.DATABASE_URL = url.href;
process.env.NEXTAUTH_URL ??= "http://127.0.0.1:3000";
process.env.NEXTAUTH_SECRET ??= "a secret for tests, as long as one must be";

afterAll(async () => {
  await closeDb();
  await administer(`DROP DATABASE ${database} WITH (FORCE)`);
});

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: administrationUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
