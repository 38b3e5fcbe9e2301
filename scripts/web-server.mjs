import { pollUntil } from "./deadline.mjs";
import { signalGroup, spawnNode } from "./run-node.mjs";

/** A first page of the development server may have to be compiled. */
const readyWithin = 120_000;
const graceful = 10_000;

/**
 * Starts the web server and waits until it answers. From then on its end is ours.
 * @param {object} web
 * @param {string[]} web.argv
 * @param {string} web.cwd
 * @param {NodeJS.ProcessEnv} web.environment
 * @param {string} web.host
 * @param {import("./shutdown.mjs").Shutdown} web.shutdown
 */
export async function startWeb({ argv, cwd, environment, host, shutdown }) {
  const child = spawnNode(argv, { cwd, env: environment });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let running = true;
  ended.then(() => {
    running = false;
  });
  shutdown.defer(() => stop(child, ended));
  const answers = () => !running || shutdown.signal.aborted || isLive(host, environment.PORT);
  const answered = await pollUntil(answers, { milliseconds: readyWithin });
  shutdown.signal.throwIfAborted();
  if (!running) throw new Error("The web server ended before it answered.");
  if (!answered) throw new Error(`The web server did not answer in ${readyWithin / 1000} seconds.`);
  ended.then(() => shutdown.end("the web server has ended by itself", 1));
}

async function isLive(host, port) {
  try {
    // A server on every address is asked on this one.
    const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
    const response = await fetch(`http://${name}:${port}/livez`, {
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // not yet
  }
}

async function stop(child, ended) {
  signalGroup(child, "SIGTERM");
  const forced = setTimeout(() => signalGroup(child, "SIGKILL"), graceful);
  await ended;
  clearTimeout(forced);
}
