/**
 * npm run test:scale-out: the browser tests against a site of several processes. Words after `--` go to
 * Playwright; `--kill` kills a web server now and then while the tests run.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { build } from "../../scripts/build.mjs";

const root = path.resolve(import.meta.dirname, "..", "..");
const wishes = process.argv.slice(2);

for (const program of ["nginx", "pgbouncer"]) {
  if (spawnSync(program, ["-V"]).error !== undefined) {
    process.stderr.write(`This needs ${program}, which is not installed here.\n`);
    process.exit(1);
  }
}
await build(root);
const playwright = path.join(root, "node_modules", "@playwright", "test", "cli.js");
const ran = spawnSync(
  process.execPath,
  [playwright, "test", ...wishes.filter((each) => each !== "--kill")],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      FRAMEMARK_TEST_SCALED: wishes.includes("--kill") ? "killed now and then" : "yes",
    },
  },
);
process.exitCode = ran.status ?? 1;
