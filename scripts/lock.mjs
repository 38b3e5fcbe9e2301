/**
 * A lock that one process holds and that falls with it. The file names the process; a file whose
 * process is gone, kill -9 included, is taken over.
 */
import { createHash } from "node:crypto";
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { processIdentity } from "./process-identity.mjs";

/** After this, a takeover that did not finish was itself killed. */
const takeoverLimit = 10_000;

/** @typedef {{ pid: number, identity: string, purpose: string }} Holder */

/** Thrown when a living process has the lock. */
export class LockHeld extends Error {
  /** @param {string} file @param {Holder} holder */
  constructor(file, holder) {
    super(`${file} is held by process ${holder.pid} (${holder.purpose}).`);
    this.holder = holder;
  }
}

/**
 * @param {string} file
 * @param {string} purpose what the process does, for the one who finds the lock taken
 * @returns {() => void} releases it
 */
export function acquireLock(file, purpose) {
  const identity = processIdentity(process.pid);
  const mine = JSON.stringify({ pid: process.pid, identity, purpose });
  const draft = `${file}.${process.pid}`;
  // Written in full first and then linked: nobody ever reads half a lock.
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    while (!linkIfFree(draft, file)) removeStale(file);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readIfThere(file) === mine) rmSync(file, { force: true });
  };
}

/**
 * The same for one who can wait: undefined where the other would throw LockHeld.
 * @param {string} file
 * @param {string} purpose
 */
export function tryLock(file, purpose) {
  try {
    return acquireLock(file, purpose);
  } catch (error) {
    if (error instanceof LockHeld) return undefined;
    throw error;
  }
}

/**
 * The living process that holds the lock.
 * @param {string} file
 * @returns {Holder | undefined}
 */
export function lockHolder(file) {
  const content = readIfThere(file);
  return content === undefined ? undefined : livingHolder(content);
}

function removeStale(file) {
  const content = readIfThere(file);
  if (content === undefined) return;
  const holder = livingHolder(content);
  if (holder) throw new LockHeld(file, holder);
  // Two may find the same stale lock. The second name, made from its content, goes to one of them
  // only, and shows whether the file still is the stale one.
  const claim = `${file}.stale-${createHash("sha256").update(content).digest("hex").slice(0, 16)}`;
  if (!linkIfFree(file, claim)) {
    dropAbandoned(claim);
    return;
  }
  if (readIfThere(claim) === content) rmSync(file, { force: true });
  rmSync(claim, { force: true });
}

/** @returns {boolean} whether the new name was free; also false when there is nothing to link */
function linkIfFree(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code === "EEXIST" || error.code === "ENOENT") return false;
    throw error;
  }
}

function dropAbandoned(claim) {
  // Linking sets ctime. Whoever made the claim may remove it at any moment.
  const since = statSync(claim, { throwIfNoEntry: false })?.ctimeMs ?? Date.now();
  if (Date.now() - since > takeoverLimit) rmSync(claim, { force: true });
}

function livingHolder(content) {
  try {
    const holder = JSON.parse(content);
    return processIdentity(holder.pid) === holder.identity ? holder : undefined;
  } catch {
    return undefined; // damaged by a full disk, say: nobody's
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}
