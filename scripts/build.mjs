/** The production build: is it of these sources, and how is it made? */
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pollUntil } from "./deadline.mjs";
import { tryLock } from "./lock.mjs";
import { runNode } from "./run-node.mjs";

/** What goes into the build. Folders count with everything in them. */
const sources = [
  "app",
  "codebooks",
  "components",
  "lib",
  "public",
  "prisma/migrations",
  "prisma/schema.prisma",
  "package-lock.json",
  "tsconfig.json",
];
/** And these at the top: next.config, postcss.config, proxy, instrumentation (also of the client). */
const topLevelSource = /^(next\.config|postcss\.config|proxy|instrumentation(-client)?)\.[a-z]+$/;

const longestBuild = 15 * 60_000;

const standalone = path.join(".next", "standalone");
const stamp = path.join(".next", "framemark-sources.sha256");

/** Where the built server is, below the root. */
export const serverFile = path.join(standalone, "server.js");

/** @param {string} root */
export function isBuilt(root) {
  const file = path.join(root, stamp);
  if (!existsSync(file) || !existsSync(path.join(root, serverFile))) return false;
  return readFileSync(file, "utf8") === hashSources(root);
}

/**
 * One at a time in a checkout: a start and a test run may both find that a build is due.
 * @param {string} root
 * @param {{ signal?: AbortSignal, onOutput?: (line: string) => void }} [options]
 */
export async function build(root, options = {}) {
  const lock = path.join(root, "node_modules", ".build.lock");
  const attempt = () => options.signal?.aborted || tryLock(lock, "a build");
  const release = await pollUntil(attempt, { milliseconds: longestBuild, every: 250 });
  options.signal?.throwIfAborted();
  if (typeof release !== "function") throw new Error("Another build of this checkout hangs.");
  try {
    if (!isBuilt(root)) await makeBuild(root, options);
  } finally {
    release();
  }
}

async function makeBuild(root, options) {
  // The stamp goes first and comes last: a build broken off in the middle is made again.
  rmSync(path.join(root, stamp), { force: true });
  const hash = hashSources(root);
  await runNode([path.join("node_modules", "next", "dist", "bin", "next"), "build"], {
    ...options,
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  // Next has been seen to end well without one, after a worker of its had died.
  if (!existsSync(path.join(root, serverFile))) throw new Error(`The build left no ${serverFile}.`);
  completeStandalone(root);
  writeFileSync(path.join(root, stamp), hash);
}

/** Next leaves these two to whoever serves them; it is us. */
function completeStandalone(root) {
  const target = path.join(root, standalone);
  cpSync(path.join(root, ".next", "static"), path.join(target, ".next", "static"), {
    recursive: true,
  });
  const files = path.join(root, "public");
  if (existsSync(files)) cpSync(files, path.join(target, "public"), { recursive: true });
}

/** Of the content, not of dates: git sets those anew whenever it writes a file. */
function hashSources(root) {
  const hash = createHash("sha256").update(process.version);
  for (const file of listSources(root)) {
    hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex");
}

function listSources(root) {
  const atTop = readdirSync(root).filter((name) => topLevelSource.test(name));
  return [...sources, ...atTop].flatMap((source) => filesBelow(root, source)).sort();
}

function filesBelow(root, source) {
  const place = path.join(root, source);
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [source];
  return readdirSync(place).flatMap((name) => filesBelow(root, `${source}/${name}`));
}
