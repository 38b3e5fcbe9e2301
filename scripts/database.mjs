/** A database for programs other than the server: the command line, the migration tool. */
import path from "node:path";
import { openDataFolder, runningServer } from "./data-folder.mjs";
import { pollUntil } from "./deadline.mjs";
import { deployMigrations } from "./deploy-migrations.mjs";
import { tryLock } from "./lock.mjs";
import { startCluster } from "./postgres/cluster.mjs";

const root = path.resolve(import.meta.dirname, "..");

/**
 * Runs `use` with a database and DATABASE_URL set to it: the one that DATABASE_URL names already,
 * else that of the server running on our data folder, else our own, started for as long as it takes.
 * @template T
 * @param {(databaseUrl: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withDatabase(use) {
  if (process.env.DATABASE_URL) return use(process.env.DATABASE_URL);
  const data = openDataFolder(root, process.env);
  const found = await pollUntil(() => findOrLock(data), { milliseconds: 60_000, every: 250 });
  if (!found) {
    throw new Error(`Another program is busy with the database in ${data.path}: try again later.`);
  }
  return found.databaseUrl
    ? runWithUrl(found.databaseUrl, use)
    : runOnCluster(data, found.release, use);
}

/** Waits, by finding nothing, for a server that is just starting and for other programs like ours. */
function findOrLock(data) {
  const server = runningServer(data);
  if (server) return { databaseUrl: server.databaseUrl };
  const release = tryLock(data.lock, "a command");
  return release && { release };
}

async function runOnCluster(data, release, use) {
  const interrupted = (signal) => {
    // The guard ends PostgreSQL when we are gone.
    release();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const cluster = await startCluster({
      folder: data.cluster,
      safety: "durable",
      say: (sentence) => console.error(sentence),
    });
    try {
      await deployMigrations(cluster.url(), path.join(root, "prisma", "migrations"));
      return await runWithUrl(cluster.url(), use);
    } finally {
      await cluster.stop();
    }
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    release();
  }
}

async function runWithUrl(databaseUrl, use) {
  process.env.DATABASE_URL = databaseUrl;
  try {
    return await use(databaseUrl);
  } finally {
    delete process.env.DATABASE_URL;
  }
}
