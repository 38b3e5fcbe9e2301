/** Runs a test program that writes a report, and adds up what it says. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { runNode } from "../run-node.mjs";

/** A part that takes longer hangs. */
const limit = 15 * 60_000;

const outside = "There was an error outside of its tests, or it took too long; see above.";

/**
 * @typedef {object} Context
 * @property {string} root
 * @property {string} temporary
 * @property {NodeJS.ProcessEnv} environment
 * @property {ReturnType<typeof import("./tally.mjs").createTally>} tally
 * @property {AbortSignal} signal
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {string} folder
 * @property {RegExp} file of a test file's name
 * @property {string[]} argv
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {() => import("./tally.mjs").Counts | undefined} readCounts
 */

/** @param {Context} context @param {Part} part */
export async function runReported({ root, environment, tally, signal }, part) {
  if (!hasTests(path.join(root, part.folder), part.file)) {
    console.log(`There are no tests in ${part.folder}.`);
    return;
  }
  let failure;
  try {
    await runNode(part.argv, {
      cwd: root,
      env: { ...environment, ...part.environment },
      signal: AbortSignal.any([signal, AbortSignal.timeout(limit)]),
      onOutput: (line) => console.log(line),
    });
  } catch (error) {
    signal.throwIfAborted();
    failure = error;
  }
  const counts = part.readCounts();
  if (!counts) return tally.fail(part.name, failure ?? new Error("It left no report."));
  tally.add(part.name, counts);
  if (counts.passed + counts.failed + counts.skipped === 0) {
    return tally.fail(part.name, new Error(`It ran none of the tests in ${part.folder}.`));
  }
  // An error outside of any test, say in a clean-up, is in no count.
  if (failure && counts.failed === 0) tally.fail(part.name, new Error(outside));
}

function hasTests(folder, file) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) => file.test(String(name)));
}
