/** Dependencies: are they there, and as the lock file says? */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runNode } from "./run-node.mjs";

/**
 * npm writes its own copy of the lock file last, so half an installation has none.
 * @param {string} root
 */
export function isInstalled(root) {
  const installed = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const lock = path.join(root, "package-lock.json");
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return true;
  // A lock file that git has only written anew is younger and yet the same.
  const stamp = stampFile(root);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === digest(lock);
}

/**
 * With the development packages even under NODE_ENV=production: the build needs some of them.
 * @param {string} root
 * @param {{ signal?: AbortSignal, onOutput?: (line: string) => void }} [options]
 */
export async function install(root, options = {}) {
  const argv = [npmProgram(), "ci", "--include=dev", "--no-audit", "--no-fund"];
  await runNode(argv, { ...options, cwd: root, env: process.env });
  writeFileSync(stampFile(root), digest(path.join(root, "package-lock.json")));
}

/** The npm that started us, else the one that came with this Node. */
function npmProgram() {
  const home = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(home, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(home, "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const found = candidates.find((file) => file && /npm-cli\.c?js$/.test(file) && existsSync(file));
  if (!found) throw new Error("npm was not found: run `npm ci --include=dev`, then start again.");
  return found;
}

function stampFile(root) {
  return path.join(root, "node_modules", ".installed-lock.sha256");
}

function digest(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
