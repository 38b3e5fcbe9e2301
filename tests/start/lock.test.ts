import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquireLock, LockHeld, lockHolder } from "../../scripts/lock.mjs";
import { processIdentity } from "../../scripts/process-identity.mjs";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "framemark-lock-"));
  file = path.join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a lock that is held is refused and names its holder", () => {
  acquireLock(file, "the first");
  expect(() => acquireLock(file, "the second")).toThrow(LockHeld);
  expect(lockHolder(file)).toMatchObject({ pid: process.pid, purpose: "the first" });
});

test("a lock that was released is free, and nothing is left of it", () => {
  acquireLock(file, "the first")();
  expect(readdirSync(folder)).toEqual([]);
  acquireLock(file, "the second")();
});

test("the lock of a process that is gone is taken over", () => {
  writeFileSync(file, JSON.stringify({ pid: 999_999_999, identity: "gone", purpose: "a start" }));
  acquireLock(file, "the next");
  expect(lockHolder(file)?.pid).toBe(process.pid);
});

test("a process that got the number of a dead one is not taken for it", () => {
  const stale = {
    pid: process.ppid,
    identity: `not ${processIdentity(process.ppid)}`,
    purpose: "",
  };
  writeFileSync(file, JSON.stringify(stale));
  expect(lockHolder(file)).toBeUndefined();
  acquireLock(file, "the next");
  expect(lockHolder(file)?.pid).toBe(process.pid);
});

test("a damaged lock is nobody's", () => {
  writeFileSync(file, '{"pid":');
  acquireLock(file, "the next");
  expect(lockHolder(file)?.pid).toBe(process.pid);
});

test("of many that find the same stale lock, one gets it", async () => {
  writeFileSync(file, JSON.stringify({ pid: 999_999_999, identity: "gone", purpose: "a start" }));
  const module = path.resolve(import.meta.dirname, "..", "..", "scripts", "lock.mjs");
  // All wait for the same moment, try, and keep what they got until their input closes.
  const program = `
    const { acquireLock } = await import(${JSON.stringify(module)});
    while (Date.now() < ${Date.now() + 1_500});
    try { acquireLock(${JSON.stringify(file)}, "one of many"); console.log("got it"); }
    catch (error) { console.log(error.constructor.name); }
    process.stdin.resume();`;
  const children = Array.from({ length: 6 }, () => {
    const argv = ["--input-type=module", "--eval", program];
    return spawn(process.execPath, argv, { stdio: ["pipe", "pipe", "inherit"] });
  });
  const answers = children.map(
    ({ stdout }) =>
      new Promise<string>((resolve) =>
        stdout.once("data", (chunk) => resolve(String(chunk).trim())),
      ),
  );
  expect((await Promise.all(answers)).sort()).toEqual([
    ...Array.from({ length: 5 }, () => "LockHeld"),
    "got it",
  ]);
  const holder = JSON.parse(readFileSync(file, "utf8"));
  expect(children.map(({ pid }) => pid)).toContain(holder.pid);
  for (const child of children) child.stdin.end();
});
