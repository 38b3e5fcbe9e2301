/** The checks that need no running product. Each counts as one. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { runNode } from "../run-node.mjs";

const bin = (...parts) => path.join("node_modules", ...parts);
const next = bin("next", "dist", "bin", "next");
const tsx = ["--import", "tsx"];

/** What has layers; a folder or file that is not there is left out. */
const layered = ["app", "bin", "components", "lib", "scripts", "tests"];
const layeredFile = /^(proxy|instrumentation(-client)?|.*\.config)\.(ts|js|mjs)$/;

/** Each check is a row of programs that run one after the other. */
function listChecks(root) {
  const files = readdirSync(root).filter((name) => layeredFile.test(name));
  const sources = [...layered, ...files].filter((name) => existsSync(path.join(root, name)));
  return {
    // The first writes the types of the routes and next-env.d.ts.
    types: [
      [next, "typegen"],
      [bin("typescript", "bin", "tsc"), "--noEmit"],
    ],
    lint: [[bin("@biomejs", "biome", "bin", "biome"), "ci", "--colors=off", "."]],
    layers: [
      [
        bin("dependency-cruiser", "bin", "dependency-cruise.mjs"),
        "--config",
        "dependency-cruiser.cjs",
        // Generated code has cycles of its own.
        "--do-not-follow",
        "node_modules|^prisma/generated",
        ...sources,
      ],
    ],
    "unused code": [[bin("knip", "bin", "knip.js"), "--no-progress"]],
    "migrations fit the schema": [[...tsx, path.join("scripts", "migrate.ts"), "check"]],
  };
}

export async function runChecks({ root, environment, tally, signal }) {
  // Colours are for a terminal; a failure is shown later and as a whole.
  const env = { ...environment, NO_COLOR: "1", FORCE_COLOR: undefined };
  const waiting = Object.entries(listChecks(root));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, programs] = next;
      try {
        for (const argv of programs) await runNode(argv, { cwd: root, env, signal });
        tally.pass(name);
      } catch (error) {
        signal.throwIfAborted();
        tally.fail(name, error);
      }
    }
  };
  // Two at a time: the first, type checking, takes about as long as all others.
  await Promise.all([work(), work()]);
}
