/** Runs Node programs as children that never outlive this process. */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const dieWithParent = pathToFileURL(path.join(import.meta.dirname, "die-with-parent.mjs")).href;
const hasGroups = process.platform !== "win32";

/**
 * A child in a process group of its own, so that Ctrl-C in the terminal reaches it only through us.
 * @param {string[]} argv
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: "inherit" | "pipe" }} options
 */
export function spawnNode(argv, { cwd, env, output = "inherit" }) {
  return spawn(process.execPath, ["--import", dieWithParent, ...argv], {
    cwd,
    env,
    stdio: ["ignore", output, output, "ipc"],
    detached: hasGroups,
  });
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(child, signal) {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(hasGroups ? -child.pid : child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/**
 * Settles when the program has ended well; throws with its last words otherwise.
 * @param {string[]} argv
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {AbortSignal} [options.signal] ends the program and what it started
 * @param {(line: string) => void} [options.onOutput]
 */
export async function runNode(argv, { cwd, env, signal, onOutput = () => {} }) {
  signal?.throwIfAborted();
  const child = spawnNode(argv, { cwd, env, output: "pipe" });
  const lines = [];
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on("line", (line) => {
      lines.push(line);
      onOutput(line);
    });
  }
  const abort = () => signalGroup(child, "SIGTERM");
  signal?.addEventListener("abort", abort);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  signal?.removeEventListener("abort", abort);
  signal?.throwIfAborted();
  if (code !== 0) {
    const name = path.basename(argv.find((part) => !part.startsWith("-")) ?? "node");
    throw new Error(`${name} failed:\n${lines.slice(-30).join("\n")}`);
  }
}
