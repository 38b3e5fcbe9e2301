import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "@/prisma/generated/client";

/**
 * One pool for Prisma and for the few statements written by hand. Both are made at the first use,
 * so that a build needs no database, and kept on globalThis, so that a reload does not leak them.
 */
const kept = globalThis as unknown as {
  framemarkPool?: pg.Pool;
  framemarkDb?: PrismaClient;
  framemarkStatementLimit?: number;
};

/** The connection pool, for hand-written SQL on hot paths. */
export function pool(): pg.Pool {
  kept.framemarkPool ??= makePool();
  return kept.framemarkPool;
}

/** The Prisma client. */
export function db(): PrismaClient {
  kept.framemarkDb ??= new PrismaClient({ adapter: new PrismaPg(pool()) });
  return kept.framemarkDb;
}

/** For background work, where a statement may take minutes. Before the first use of the database. */
export function allowLongStatements(): void {
  kept.framemarkStatementLimit = 10 * 60_000;
}

/** Ends all connections, for programs that finish. */
export async function closeDb(): Promise<void> {
  await kept.framemarkDb?.$disconnect();
  await kept.framemarkPool?.end();
  kept.framemarkDb = undefined;
  kept.framemarkPool = undefined;
}

/** Where the database is, for libraries that hold connections of their own. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set.");
  return url;
}

export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

function makePool(): pg.Pool {
  const limit = kept.framemarkStatementLimit ?? 15_000;
  const made = new pg.Pool({
    connectionString: databaseUrl(),
    max: 10,
    connectionTimeoutMillis: 5_000,
    options: `-c statement_timeout=${limit} -c lock_timeout=5000 -c idle_in_transaction_session_timeout=${limit}`,
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  made.on("error", () => {});
  return made;
}
