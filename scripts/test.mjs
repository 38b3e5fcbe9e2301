/**
 * npm test: everything, from a clean clone. --only=check,domain,services,start,faults,e2e runs parts;
 * faults-long runs only where it is named.
 * The last line is the sum: `N passed, N failed`, and `, N skipped` where any were.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { install, isInstalled } from "./install.mjs";
import { generateClient, isClientCurrent } from "./prisma-generate.mjs";
import { createShutdown } from "./shutdown.mjs";
import { runChecks } from "./test/checks.mjs";
import { runPlaywright } from "./test/playwright-part.mjs";
import { createTally } from "./test/tally.mjs";
import { runVitest } from "./test/vitest-part.mjs";

const root = path.resolve(import.meta.dirname, "..");

const parts = {
  check: runChecks,
  domain: (context) => runVitest("domain", context),
  services: (context) => runVitest("services", context),
  start: (context) => runVitest("start", context),
  faults: (context) => runVitest("faults", context),
  "faults-long": (context) => runVitest("faults-long", context),
  e2e: runPlaywright,
};

/** What a person may have set for `npm start` is not for the tests. */
const notForTests = ["DATABASE_URL", "FRAMEMARK_DATA", "PORT", "HOST", "APP_URL", "NODE_ENV"];

await main();

async function main() {
  const chosen = choose(process.argv.slice(2));
  const shutdown = createShutdown((sentence) => console.log(sentence), { interrupted: 130 });
  const temporary = mkdtempSync(path.join(os.tmpdir(), "framemark-test-"));
  chmodSync(temporary, 0o711); // other accounts must get through to what lies deeper
  shutdown.defer(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }));
  const environment = { ...process.env, TMPDIR: temporary, NEXT_TELEMETRY_DISABLED: "1" };
  for (const name of notForTests) delete environment[name];

  const tally = createTally();
  const running = runAll(chosen, { root, temporary, environment, tally, signal: shutdown.signal });
  // Interrupted: what runs is told to end, and nothing is removed before it has.
  shutdown.defer(() => running.catch(() => {}));
  await running.catch((error) => {
    if (!shutdown.signal.aborted) tally.fail("the test run itself", error);
  });
  await shutdown.end(tally.report(), tally.hasFailed() ? 1 : 0);
}

function choose(argv) {
  const only = argv.find((each) => each.startsWith("--only="));
  const usual = Object.keys(parts).filter((name) => name !== "faults-long");
  const names = only ? only.slice("--only=".length).split(",") : usual;
  const unknown = [
    ...names.filter((name) => !parts[name]),
    ...argv.filter((each) => each !== only),
  ];
  if (unknown.length === 0) return names;
  console.error(`Unknown: ${unknown.join(", ")}. Use --only=${Object.keys(parts).join(",")}`);
  process.exit(1);
}

/** Every part runs, whatever became of the one before. */
async function runAll(names, context) {
  const { signal } = context;
  const say = (line) => console.log(line);
  if (!isInstalled(root)) {
    say("Installing the dependencies ...");
    await install(root, { signal });
  }
  if (!isClientCurrent(root)) await generateClient(root, { signal });
  for (const name of names) {
    signal.throwIfAborted();
    say(`\n== ${name}`);
    await parts[name](context);
  }
}
