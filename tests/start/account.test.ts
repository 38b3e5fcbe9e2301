import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { startServer, temporaryData } from "../support/server";

const isRoot = process.getuid?.() === 0;
/** `daemon`, which every Unix has and which is not the account PostgreSQL is given by root. */
const daemon = { uid: 1, gid: 1 };
/** An ordinary user cannot start what it cannot read. */
const isReadable = isOpenToAll(path.resolve(import.meta.dirname, "..", ".."));

const undo: Array<() => unknown> = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

function isOpenToAll(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return path.dirname(folder) === folder || isOpenToAll(path.dirname(folder));
}

describe.runIf(isRoot)("started by root", () => {
  test("PostgreSQL runs as another account", async () => {
    const { data, remove } = temporaryData();
    undo.push(remove);
    const server = await startServer({ entry: "supervisor", data });
    undo.push(() => server.stop());
    expect(statSync(path.join(data, "pg18")).uid).not.toBe(0);
  });

  test("data under a folder that is closed to that account is kept elsewhere, twice the same", async () => {
    const closed = mkdtempSync(path.join(os.tmpdir(), "framemark-closed-"));
    undo.push(() => rmSync(closed, { recursive: true, force: true }));
    const data = path.join(closed, "inner", "data");
    mkdirSync(path.dirname(data), { mode: 0o700 });
    chmodSync(closed, 0o700);
    const first = await startServer({ entry: "supervisor", data });
    const place = readFileSync(path.join(data, "pg18.location"), "utf8").trim();
    undo.push(() => rmSync(path.dirname(place), { recursive: true, force: true }));
    expect(first.output()).toContain(`the database is kept in ${place}`);
    expect(existsSync(path.join(place, "PG_VERSION"))).toBe(true);
    expect(await first.stop()).toBe(0);

    const second = await startServer({ entry: "supervisor", data });
    undo.push(() => second.stop());
    expect(second.output()).toContain("migrations: nothing new");
  });

  test.runIf(isReadable)("an ordinary user can start it too", async () => {
    const { data, home, remove } = temporaryData(daemon);
    undo.push(remove);
    const server = await startServer({
      entry: "supervisor",
      data,
      account: daemon,
      environment: { TMPDIR: home, HOME: home },
    });
    undo.push(() => server.stop());
    expect(statSync(path.join(data, "pg18")).uid).toBe(daemon.uid);
    expect(await server.stop()).toBe(0);
  });

  test.runIf(isReadable)("an ordinary user is told when the data is somebody else's", async () => {
    const { data, home, remove } = temporaryData(daemon);
    undo.push(remove);
    mkdirSync(data);
    chownSync(data, daemon.uid, daemon.gid);
    mkdirSync(path.join(data, "pg18")); // root's
    const failure = await startServer({
      entry: "supervisor",
      data,
      account: daemon,
      environment: { TMPDIR: home, HOME: home },
    }).catch((error: Error) => error.message);
    expect(failure).toContain("belongs to another account");
  });
});
