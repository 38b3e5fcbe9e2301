/** A PostgreSQL whose owner and guard were both killed the hard way still holds its data folder. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { pollUntil } from "../deadline.mjs";
import { processCommand, processIdentity } from "../process-identity.mjs";

/**
 * Stops a server that still runs on this folder. The caller must hold the lock of the data folder,
 * else this would stop somebody's live database.
 * @param {{ folder: string, connect: (port: number) => Promise<import("pg").Client> }} cluster
 * @param {(sentence: string) => void} say
 */
export async function stopLeftover({ folder, connect }, say) {
  const file = path.join(folder, "postmaster.pid");
  if (!existsSync(file)) return;
  const [pid, , , port] = readFileSync(file, "utf8").split("\n").map(Number);
  const identity = processIdentity(pid);
  if (!identity) return;
  if (!(await servesFolder({ pid, port, folder, connect }))) {
    // The number went to another process since; PostgreSQL would take that one for itself.
    rmSync(file, { force: true });
    return;
  }
  say(`stopping the PostgreSQL that a killed start left behind (process ${pid})`);
  for (const [signal, milliseconds] of [
    ["SIGINT", 15_000],
    ["SIGQUIT", 10_000],
    ["SIGKILL", 5_000],
  ]) {
    signalIfAlive(pid, identity, signal);
    const gone = () => processIdentity(pid) !== identity;
    if (await pollUntil(gone, { milliseconds })) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) on ${folder} does not end: stop it by hand.`);
}

/** By its own word, or by its command line while it does not answer (starting, stopping). */
async function servesFolder({ pid, port, folder, connect }) {
  try {
    const client = await connect(port);
    try {
      const { rows } = await client.query("SHOW data_directory");
      return rows[0].data_directory === folder;
    } finally {
      await client.end();
    }
  } catch {
    return processCommand(pid).includes(`-D ${folder} `);
  }
}

function signalIfAlive(pid, identity, signal) {
  if (processIdentity(pid) !== identity) return;
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
