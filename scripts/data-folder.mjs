/** What Framemark keeps on this machine: the database, its secrets, how to sign in. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lockHolder } from "./lock.mjs";

/**
 * @typedef {object} DataFolder
 * @property {string} path
 * @property {string} cluster
 * @property {string} lock
 * @property {string} signIn
 * @property {string} server
 */

/**
 * @param {string} root of the checkout
 * @param {NodeJS.ProcessEnv} environment
 * @returns {DataFolder}
 */
export function openDataFolder(root, environment) {
  const folder = path.resolve(root, environment.FRAMEMARK_DATA || ".framemark");
  if (!existsSync(folder)) makeFolder(folder);
  return {
    path: folder,
    cluster: path.join(folder, "pg18"), // a later PostgreSQL cannot read it: the name says whose it is
    lock: path.join(folder, "lock"),
    signIn: path.join(folder, "sign-in.txt"),
    server: path.join(folder, "server.json"),
  };
}

/** Parents first and with their usual mode: a closed parent would shut out PostgreSQL's account. */
function makeFolder(folder) {
  mkdirSync(path.dirname(folder), { recursive: true });
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * The key that signs sessions, made once.
 * @param {DataFolder} data
 */
export function authSecret(data) {
  const file = path.join(data.path, "auth-secret");
  if (!existsSync(file)) writePrivately(file, randomBytes(32).toString("base64url"));
  return readFileSync(file, "utf8").trim();
}

/**
 * Tells other programs on this machine where the running server is.
 * @param {DataFolder} data
 * @param {{ databaseUrl: string, address: string }} server
 */
export function announceServer(data, { databaseUrl, address }) {
  const note = { databaseUrl, address, pid: process.pid };
  writePrivately(data.server, `${JSON.stringify(note, null, 2)}\n`);
}

/** @param {DataFolder} data */
export function withdrawServer(data) {
  rmSync(data.server, { force: true });
}

/**
 * The server that runs on this folder now; a note that a killed one left behind does not count.
 * @param {DataFolder} data
 * @returns {{ databaseUrl: string, address: string, pid: number } | undefined}
 */
export function runningServer(data) {
  const holder = lockHolder(data.lock);
  if (!holder || !existsSync(data.server)) return undefined;
  const server = JSON.parse(readFileSync(data.server, "utf8"));
  return server.pid === holder.pid ? server : undefined;
}

/** @param {DataFolder} data */
export function signInLines(data) {
  return existsSync(data.signIn) ? readFileSync(data.signIn, "utf8").trimEnd().split("\n") : [];
}

/** In one step, so that no reader meets half a file. */
function writePrivately(file, content) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}
