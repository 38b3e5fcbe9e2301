/** PostgreSQL refuses to run as root; this finds the account and the places it can use then. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { program } from "./binaries.mjs";

/** Root's own place for what an unprivileged account must be able to reach. */
const systemHome = "/var/lib/framemark";

/**
 * `account` is empty when the current one will do.
 * @typedef {{ uid?: number, gid?: number }} Account
 * @typedef {{ folder: string, binaries: string, account: Account }} Place
 */

/**
 * Where the cluster of `folder` lives and who runs it.
 * @param {string} folder
 * @param {import("./binaries.mjs").Binaries} binaries
 * @param {(sentence: string) => void} say
 * @returns {Place}
 */
export function choosePlace(folder, binaries, say) {
  if (process.getuid?.() !== 0) {
    refuseForeignFolder(folder);
    return { folder, binaries: binaries.folder, account: {} };
  }
  const place = reachableFolder(folder, say);
  const account = accountFor(place);
  return { folder: place, account, binaries: readableBinaries(binaries, account, say) };
}

function refuseForeignFolder(folder) {
  if (!existsSync(folder) || !process.getuid) return;
  if (statSync(folder).uid !== process.getuid()) {
    throw new Error(
      `The database in ${folder} belongs to another account. ` +
        "Start as that account or as root, or set FRAMEMARK_DATA to a folder of your own.",
    );
  }
}

/** The owner of an existing cluster, else an account that every system has. Creates none. */
function accountFor(folder) {
  if (existsSync(path.join(folder, "PG_VERSION"))) {
    const { uid, gid } = statSync(folder);
    if (uid !== 0) return { uid, gid };
  }
  for (const name of ["postgres", "nobody"]) {
    const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
    const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
    if (uid.status === 0 && gid.status === 0) return { uid: +uid.stdout, gid: +gid.stdout };
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run it as: " +
      "start as an ordinary user, or set DATABASE_URL.",
  );
}

/**
 * A folder under a closed one (/root, say) is out of reach for the other account whatever its own
 * mode is. The cluster then lives under /var/lib, and a note beside the folder says where.
 */
function reachableFolder(folder, say) {
  const note = `${folder}.location`;
  if (existsSync(note)) return readFileSync(note, "utf8").trim();
  const parent = path.dirname(folder);
  const account = accountFor(folder);
  if (canEnter(parent, account)) return folder;
  // The data folder is Framemark's own, and the files in it are closed one by one.
  if (canEnter(path.dirname(parent), account)) {
    chmodSync(parent, statSync(parent).mode | 0o111);
    return folder;
  }
  const elsewhere = path.join(systemHome, digest(folder), path.basename(folder));
  makeOpenFolder(path.dirname(elsewhere));
  writeFileSync(note, `${elsewhere}\n`, { mode: 0o600 });
  say(`the database is kept in ${elsewhere}, as its account cannot enter ${parent}`);
  return elsewhere;
}

/** @returns {string} a folder from which the account can run the programs */
function readableBinaries({ folder, version }, account, say) {
  if (canRun(folder, account)) return folder;
  const copy = path.join(systemHome, `postgresql-${version}`);
  if (!existsSync(copy)) {
    say(`copying PostgreSQL to ${copy}, as its account cannot read ${folder}`);
    makeOpenFolder(systemHome);
    const unfinished = `${copy}.${process.pid}`;
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    openForReading(unfinished);
    try {
      renameSync(unfinished, copy);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return copy;
}

function canEnter(folder, account) {
  const options = { ...account, cwd: "/", stdio: "ignore" };
  return spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], options).status === 0;
}

function canRun(folder, account) {
  const options = { ...account, cwd: "/", stdio: "ignore" };
  return spawnSync(program(folder, "postgres"), ["--version"], options).status === 0;
}

/** mkdir's mode is cut by the umask, hence the second call. Parents first, so none stays closed. */
function makeOpenFolder(folder) {
  if (existsSync(folder)) return;
  makeOpenFolder(path.dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}

function openForReading(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) openForReading(child);
    else if (entry.isFile()) chmodSync(child, statSync(child).mode | 0o444);
  }
  const programs = path.join(folder, "bin");
  if (!existsSync(programs)) return;
  for (const name of readdirSync(programs)) chmodSync(path.join(programs, name), 0o755);
}

function digest(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
