/** An embedded PostgreSQL: made on first use, started under a guard, reached over loopback TCP. */
import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pollUntil } from "../deadline.mjs";
import { choosePlace } from "./account.mjs";
import { findBinaries, program } from "./binaries.mjs";
import { stopLeftover } from "./leftover.mjs";

const user = "framemark";
const guardFile = path.join(import.meta.dirname, "guard.mjs");
const attempts = 8;
/** For what passes by itself, on a machine that is busy: milliseconds. */
const patience = 90_000;
const passing = /lock file|shared memory|address already in use/i;
const logLimit = 5_000_000;

/**
 * `ended` settles when the server is gone, asked or not.
 * @typedef {object} Cluster
 * @property {(database?: string) => string} url
 * @property {number} guardPid
 * @property {Promise<void>} ended
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} wish
 * @param {string} wish.folder absolute; its password and log lie beside it
 * @param {"durable" | "fast"} wish.safety fast survives kill -9 but no power cut: for tests
 * @param {string} [wish.disposable] a folder to delete once the server has been stopped
 * @param {(sentence: string) => void} [wish.say]
 * @returns {Promise<Cluster>}
 */
export async function startCluster({ folder, safety, disposable, say = () => {} }) {
  mkdirSync(path.dirname(folder), { recursive: true });
  const place = choosePlace(folder, findBinaries(), say);
  const passwordFile = `${folder}.password`;
  if (!existsSync(path.join(place.folder, "PG_VERSION"))) initialise(place, passwordFile, safety);
  if (!existsSync(passwordFile)) {
    throw new Error(
      `The database in ${place.folder} is there, but its password in ${passwordFile} is not: ` +
        "put that file back, or remove the folder to begin anew.",
    );
  }
  const password = readFileSync(passwordFile, "utf8").trim();
  const { default: pg } = await import("pg");
  const connect = async (port) => {
    const client = new pg.Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
    client.on("error", () => {}); // the query that is under way reports it
    await client.connect();
    return client;
  };
  const server = { ...place, connect, safety, disposable, log: `${folder}.log`, say };
  await stopLeftover(server, say);
  const { guard, port, ended } = await launch(server);
  return {
    url: (database = user) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`,
    guardPid: guard.pid,
    ended,
    stop: async () => {
      guard.stdin.end();
      await ended;
    },
  };
}

/** Made beside its place and moved there when whole: an interrupted initdb leaves no half cluster. */
function initialise({ folder, binaries, account }, passwordFile, safety) {
  const unfinished = `${folder}.new`;
  const passwordInput = `${unfinished}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  writeFileSync(passwordInput, readFileSync(passwordFile), { mode: 0o600 });
  if (account.uid !== undefined) {
    for (const file of [unfinished, passwordInput]) chownSync(file, account.uid, account.gid);
  }
  const flags = ["-D", unfinished, "-U", user, "-E", "UTF8", "--auth=scram-sha-256"];
  // A locale of PostgreSQL's own sorts the same on every machine.
  flags.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  flags.push(`--pwfile=${passwordInput}`, ...(safety === "fast" ? ["--no-sync"] : []));
  const made = spawnSync(program(binaries, "initdb"), flags, {
    ...account,
    cwd: "/",
    env: serverEnvironment(),
    encoding: "utf8",
  });
  rmSync(passwordInput, { force: true });
  if (made.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its data folder:\n${made.error ?? made.stderr}`);
  }
  renameSync(unfinished, folder);
}

/** Another program may take the free port first, and remains of a killed server need a moment. */
async function launch(server) {
  const since = performance.now();
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const { guard, ended, isRunning } = startGuard(server, port);
    if (await becomesReady(server, port, isRunning)) return { guard, port, ended };
    guard.stdin.end();
    await ended;
    const words = lastWords(server.log);
    const isPassing = passing.test(words) && performance.now() - since < patience;
    if (attempt >= attempts && !isPassing) {
      throw new Error(`PostgreSQL did not start. Its last words:\n${words}`);
    }
    await wait(Math.min(attempt, attempts) * 250);
  }
}

function startGuard(server, port) {
  const { folder, binaries, account, connect, safety, disposable, log, say } = server;
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(safety === "fast" && { fsync: "off", full_page_writes: "off" }),
  };
  const flags = ["-D", folder, "-p", String(port)];
  for (const [name, value] of Object.entries(settings)) flags.push("-c", `${name}=${value}`);
  const order = JSON.stringify({
    program: program(binaries, "postgres"),
    flags,
    account,
    disposable,
  });
  const output = openSync(log, existsSync(log) && statSync(log).size > logLimit ? "w" : "a", 0o600);
  // Detached: Ctrl-C in the terminal goes to the whole group and must not reach the database first.
  const guard = spawn(process.execPath, [guardFile, order], {
    stdio: ["pipe", "ignore", output],
    detached: true,
    cwd: "/",
    env: serverEnvironment(),
  });
  closeSync(output);
  guard.stdin.on("error", () => {}); // a guard that is gone is noticed by its exit
  let running = true;
  const ended = new Promise((resolve) => guard.once("exit", resolve)).then(() => {
    running = false;
    // The guard alone may have been killed: its server must not outlive it.
    return stopLeftover({ folder, connect }, say);
  });
  return { guard, ended, isRunning: () => running };
}

async function becomesReady({ connect }, port, isRunning) {
  const probe = async () => {
    if (!isRunning()) return "ended";
    try {
      const client = await connect(port);
      try {
        const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [user]);
        if (!found.rowCount) await client.query(`CREATE DATABASE ${user}`);
        return "ready";
      } finally {
        await client.end();
      }
    } catch (error) {
      if (error.code === "28P01") throw error; // a wrong password never gets right
      return undefined;
    }
  };
  // Minutes, for the recovery after a crash under heavy writing.
  return (await pollUntil(probe, { milliseconds: 180_000, every: 20 })) === "ready";
}

/** PG* variables of the person's shell would steer the server; only these are passed on. */
function serverEnvironment() {
  const kept = ["PATH", "TMPDIR", "TEMP", "SystemRoot"];
  const passed = kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
  return { ...Object.fromEntries(passed), LC_ALL: "C", TZ: "UTC" };
}

function lastWords(log) {
  return existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-15).join("\n") : "";
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}
