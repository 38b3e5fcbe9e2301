/**
 * Applies prisma/migrations with nothing but a database connection: the same table, checksums and
 * lock as Prisma's own engine, so either may continue what the other began.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { pollUntil } from "./deadline.mjs";

/** The number of the advisory lock that Prisma's engine takes for the same purpose. */
const migrationLock = 72707369;
const oldestVersion = 14;

const historyTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * @param {string} databaseUrl
 * @param {string} folder prisma/migrations
 * @param {{ upTo?: string }} [options] the last migration to apply, for a database as it once was
 * @returns {Promise<{ applied: string[], edited: string[] }>} the names newly applied, and of those
 *   applied earlier the ones whose file has changed since
 */
export async function deployMigrations(databaseUrl, folder, { upTo } = {}) {
  const client = await connectPatiently(databaseUrl);
  try {
    await refuseOldServer(client);
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(historyTable);
    const earlier = await readHistory(client);
    const migrations = readMigrations(folder);
    refuseUnknown(earlier, migrations);
    const pending = migrations.filter(
      ({ name }) => !earlier.has(name) && (upTo === undefined || name <= upTo),
    );
    for (const migration of pending) await apply(client, migration);
    await prepareQueue(databaseUrl);
    const edited = migrations.filter(({ name, checksum }) => {
      const known = earlier.get(name);
      return known !== undefined && known !== checksum;
    });
    return { applied: pending.map(({ name }) => name), edited: edited.map(({ name }) => name) };
  } finally {
    await client.end();
  }
}

/** The queue of background jobs keeps tables of its own, in a schema of its own. */
async function prepareQueue(databaseUrl) {
  const { Logger, runMigrations } = await import("graphile-worker");
  const logger = new Logger(() => () => {});
  await runMigrations({ connectionString: databaseUrl, parsedCronItems: [], logger });
}

/** A database server that is started together with us may need a moment. */
async function connectPatiently(databaseUrl) {
  let refusal;
  const attempt = async () => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 10_000,
    });
    client.on("error", () => {}); // the query that is under way reports it
    try {
      await client.connect();
      return client;
    } catch (error) {
      refusal = error;
      await client.end().catch(() => {}); // never connected: nothing to end
      // 57P03: it is starting up.
      if (error.code === "ECONNREFUSED" || error.code === "57P03") return undefined;
      throw unreachable(databaseUrl, error);
    }
  };
  const client = await pollUntil(attempt, { milliseconds: 15_000, every: 250 });
  if (!client) throw unreachable(databaseUrl, refusal);
  return client;
}

/** Says where without the password. */
function unreachable(databaseUrl, error) {
  let where = "the address in DATABASE_URL";
  if (URL.canParse(databaseUrl)) {
    const { hostname, port, pathname } = new URL(databaseUrl);
    where = `${hostname}:${port || 5432}${pathname}`;
  }
  const reason = error.message || error.code;
  return new Error(`The database at ${where} cannot be reached: ${reason}`, { cause: error });
}

async function refuseOldServer(client) {
  const { rows } = await client.query("SHOW server_version_num");
  const version = Math.floor(Number(rows[0].server_version_num) / 10_000);
  if (version < oldestVersion) {
    throw new Error(
      `The database server is PostgreSQL ${version}; Framemark needs ${oldestVersion} or newer.`,
    );
  }
}

async function readHistory(client) {
  const { rows } = await client.query(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS is_finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const failed = rows.find((row) => !row.is_finished);
  if (failed) {
    throw new Error(
      `The migration ${failed.migration_name} failed on this database earlier. Put right what its ` +
        "row in _prisma_migrations (column logs) names, delete that row, and start again.",
    );
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function refuseUnknown(earlier, migrations) {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...earlier.keys()].filter((name) => !known.has(name));
  if (unknown.length) {
    throw new Error(
      "The database was last used by a newer Framemark (it has " +
        `${unknown.join(", ")}): start that version, or give this one a database of its own.`,
    );
  }
}

function readMigrations(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** In one transaction with its row of history: killed or failed half-way, it never happened. */
async function apply(client, { name, sql, checksum }) {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    const reason = [error.message, error.detail].filter(Boolean).join("\n");
    throw new Error(`The migration ${name} failed and has changed nothing: ${reason}`, {
      cause: error,
    });
  }
}
