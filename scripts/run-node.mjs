/** Runs Node programs as children that never outlive this process. */
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const dieWithParent = pathToFileURL(path.join(import.meta.dirname, "die-with-parent.mjs")).href;
/** Lines of output that a failure shows. */
const lastWords = 120;
const patience = 30_000;
const hasGroups = process.platform !== "win32";

/**
 * A child in a process group of its own, so that Ctrl-C in the terminal reaches it only through us.
 * @param {string[]} argv
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {"inherit" | "pipe"} [options.output]
 * @param {{ uid: number, gid: number }} [options.account] another than ours, for root
 */
export function spawnNode(argv, { cwd, env = process.env, output = "inherit", account }) {
  return spawn(process.execPath, ["--import", dieWithParent, ...argv], {
    cwd,
    env: { ...env, FRAMEMARK_PARENT: String(process.pid) },
    stdio: ["ignore", output, output, "ipc"],
    detached: hasGroups,
    ...account,
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
 * @param {(line: string, stream: "stdout" | "stderr") => void} [options.onOutput]
 */
export async function runNode(argv, { cwd, env, signal, onOutput = () => {} }) {
  signal?.throwIfAborted();
  const child = spawnNode(argv, { cwd, env, output: "pipe" });
  const lines = [];
  for (const stream of ["stdout", "stderr"]) {
    createInterface({ input: child[stream] }).on("line", (line) => {
      lines.push(line);
      onOutput(line, stream);
    });
  }
  let forced;
  const abort = () => {
    signalGroup(child, "SIGTERM");
    forced = setTimeout(() => signalGroup(child, "SIGKILL"), patience);
  };
  signal?.addEventListener("abort", abort);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  signal?.removeEventListener("abort", abort);
  clearTimeout(forced);
  signal?.throwIfAborted();
  if (code !== 0) {
    const program = argv.find((part) => /[/.]/.test(part) && !part.startsWith("-")) ?? "node";
    const name = path.basename(program);
    throw new Error(`${name} failed:\n${lines.slice(-lastWords).join("\n")}`);
  }
}
