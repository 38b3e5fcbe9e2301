/** Keeps a background worker beside the web server, and starts another where one dies. */
import os from "node:os";
import { signalGroup, spawnNode } from "./run-node.mjs";

const graceful = 10_000;
const longestPause = 30_000;
/** Of niceness: whoever saves goes before whatever is computed. */
const niceness = 10;

/**
 * The site works without it, so its death ends nothing: jobs wait until the next one is there.
 * @param {object} worker
 * @param {string[]} worker.argv
 * @param {string} worker.cwd
 * @param {NodeJS.ProcessEnv} worker.environment
 * @param {import("./shutdown.mjs").Shutdown} worker.shutdown
 * @param {(sentence: string) => void} worker.say
 */
export function keepWorker({ argv, cwd, environment, shutdown, say }) {
  let pause = 1_000;
  let child;
  let waiting;
  const start = () => {
    const startedAt = performance.now();
    child = spawnNode(argv, { cwd, env: environment });
    if (child.pid !== undefined) os.setPriority(child.pid, niceness);
    child.once("exit", (code, signal) => {
      if (shutdown.signal.aborted) return;
      // One that held out for a while was healthy; one that dies at once gets ever longer pauses.
      pause =
        performance.now() - startedAt > longestPause ? 1_000 : Math.min(pause * 2, longestPause);
      say(
        `the background worker has ended (${signal ?? code}); another starts in ${pause / 1000} s`,
      );
      waiting = setTimeout(start, pause);
    });
  };
  start();
  shutdown.defer(() => {
    clearTimeout(waiting);
    return stop(child);
  });
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  signalGroup(child, "SIGTERM");
  const forced = setTimeout(() => signalGroup(child, "SIGKILL"), graceful);
  await ended;
  clearTimeout(forced);
}
