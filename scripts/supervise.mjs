/** Takes Framemark from a data folder to a served page, and down again without a trace. */
import path from "node:path";
import {
  announceServer,
  authSecret,
  openDataFolder,
  signInLines,
  withdrawServer,
} from "./data-folder.mjs";
import { acquireLock, LockHeld } from "./lock.mjs";
import { watchNpm } from "./parent-watch.mjs";
import { holdPort } from "./port.mjs";
import { startCluster } from "./postgres/cluster.mjs";
import { createProgress } from "./progress.mjs";
import { runNode } from "./run-node.mjs";
import { createShutdown, describe } from "./shutdown.mjs";
import { startWeb } from "./web-server.mjs";
import { keepWorker } from "./worker.mjs";

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {(context: { signal: AbortSignal, say: (sentence: string) => void }) => Promise<string>} run
 *
 * @typedef {object} Plan
 * @property {string} root
 * @property {"production" | "development"} mode
 * @property {"durable" | "fast"} safety of an embedded database, see cluster.mjs
 * @property {Step[]} prepare what the database needs first
 * @property {Step | undefined} build made beside the work on the database
 * @property {string[]} firstStart a Node program that fills an empty database
 * @property {(place: { port: number, host: string }) => { argv: string[], cwd: string }} web
 * @property {string[]} [worker] a Node program that works off background jobs
 */

/** Steps of our own: PostgreSQL, migrations, first content, web server. */
const ownSteps = 4;

/** @param {Plan} plan */
export async function supervise(plan) {
  const total = plan.prepare.length + (plan.build ? 1 : 0) + ownSteps;
  const progress = createProgress(total);
  const shutdown = createShutdown(progress.say);
  try {
    await serve(plan, progress, shutdown);
  } catch (error) {
    await shutdown.end(describe(error), 1);
  }
}

/**
 * @param {Plan} plan
 * @param {import("./progress.mjs").Progress} progress
 * @param {import("./shutdown.mjs").Shutdown} shutdown
 */
async function serve(plan, progress, shutdown) {
  const { signal } = shutdown;
  const run = async (title, work) => {
    signal.throwIfAborted();
    await progress.step(title, work);
  };
  const runStep = ({ title, run: work }) => run(title, (say) => work({ signal, say }));

  const data = openDataFolder(plan.root, process.env);
  shutdown.defer(lockDataFolder(data));
  watchNpm(() => void shutdown.end("stopping (npm has ended)", 0));
  const host = process.env.HOST || "127.0.0.1";
  const held = await holdPort(process.env.PORT, host);
  shutdown.defer(held.release);
  if (held.remark) progress.say(held.remark);

  for (const step of plan.prepare) await runStep(step);
  const built = plan.build ? runStep(plan.build) : Promise.resolve();
  built.catch(() => {}); // its failure is met where it is awaited
  shutdown.defer(() => built.catch(() => {}));

  const address = process.env.APP_URL || `http://localhost:${held.port}`;
  const databaseUrl = await provideDatabase({ plan, data, run, shutdown });
  const environment = childEnvironment({ plan, data, databaseUrl, address, host, port: held.port });
  await fillDatabase({ plan, databaseUrl, environment, run, signal });
  announceServer(data, { databaseUrl, address });
  shutdown.defer(() => withdrawServer(data));
  await built;
  await run("web server", async () => {
    await held.release();
    await startWeb({ ...plan.web({ port: held.port, host }), environment, host, shutdown });
    return "ready";
  });
  if (plan.worker) {
    keepWorker({ argv: plan.worker, cwd: plan.root, environment, shutdown, say: progress.say });
  }
  progress.say(`Framemark is at ${address}`);
  for (const line of signInLines(data)) progress.say(`  ${line}`);
}

function lockDataFolder(data) {
  try {
    return acquireLock(data.lock, "npm start");
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    throw new Error(
      `Framemark already runs on ${data.path} (process ${error.holder.pid}). ` +
        "Use that one, end it, or set FRAMEMARK_DATA to another folder.",
    );
  }
}

/** @returns {Promise<string>} the address of a database with every migration */
async function provideDatabase({ plan, data, run, shutdown }) {
  let databaseUrl = process.env.DATABASE_URL;
  await run("PostgreSQL", async (say) => {
    if (databaseUrl) return "using the server of DATABASE_URL";
    const starting = startCluster({ folder: data.cluster, safety: plan.safety, say });
    shutdown.defer(async () => {
      const cluster = await starting.catch(() => undefined);
      await cluster?.stop();
    });
    const cluster = await starting;
    cluster.ended.then(() => shutdown.end("PostgreSQL has ended by itself", 1));
    databaseUrl = cluster.url();
    return "running";
  });
  await run("migrations", async (say) => {
    const { deployMigrations } = await import("./deploy-migrations.mjs");
    const folder = path.join(import.meta.dirname, "..", "prisma", "migrations");
    const { applied, edited } = await deployMigrations(databaseUrl, folder);
    for (const name of edited) say(`${name} was changed after it was applied here`);
    return applied.length ? `${applied.length} applied` : "nothing new";
  });
  return databaseUrl;
}

async function fillDatabase({ plan, databaseUrl, environment, run, signal }) {
  await run("first content", async (say) => {
    if (await hasContent(databaseUrl)) return "there already";
    await runNode(plan.firstStart, {
      cwd: plan.root,
      env: environment,
      signal,
      // What it says on stderr is shown if it fails.
      onOutput: (line, stream) => stream === "stdout" && say(line),
    });
    return "done";
  });
}

/** Whether somebody has an account, and no earlier start was killed while it loaded the demo. */
async function hasContent(databaseUrl) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT EXISTS (SELECT FROM "user") AND NOT EXISTS (
         SELECT FROM instance_setting WHERE name = 'demo' AND value = '"loading"'::jsonb
       ) AS has_content`,
    );
    return rows[0].has_content;
  } finally {
    await client.end();
  }
}

function childEnvironment({ plan, data, databaseUrl, address, host, port }) {
  return {
    ...process.env,
    NODE_ENV: plan.mode,
    DATABASE_URL: databaseUrl,
    FRAMEMARK_DATA: data.path,
    HOSTNAME: host,
    PORT: String(port),
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || authSecret(data),
    NEXTAUTH_URL: address,
    NEXT_TELEMETRY_DISABLED: "1",
    // argon2 and the file system share these threads; the usual four let sign-ins queue.
    UV_THREADPOOL_SIZE: "8",
  };
}
