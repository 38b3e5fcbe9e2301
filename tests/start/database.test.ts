import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withDatabase } from "../../scripts/database.mjs";
import { acquireLock } from "../../scripts/lock.mjs";
import { query } from "../support/database-query";
import { startServer, temporaryData } from "../support/server";

const undo: Array<() => unknown> = [];
let data = "";

beforeEach(() => {
  const temporary = temporaryData();
  undo.push(temporary.remove);
  data = temporary.data;
  vi.stubEnv("FRAMEMARK_DATA", data);
  vi.stubEnv("DATABASE_URL", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const each of undo.splice(0).reverse()) await each();
});

const countUsers = 'SELECT count(*)::int AS users FROM "user"';

test("a command has the database of a running server", async () => {
  const server = await startServer({ entry: "supervisor", data });
  undo.push(() => server.stop());
  expect(await withDatabase(async (url) => url)).toBe(server.databaseUrl);
  await query(server.databaseUrl, countUsers); // still there
});

test("without a server a command has the database to itself, migrated, and ends it, even when it fails", async () => {
  const url = await withDatabase(async (databaseUrl) => {
    expect(process.env.DATABASE_URL).toBe(databaseUrl);
    expect(() => acquireLock(path.join(data, "lock"), "another")).toThrow();
    expect(await query(databaseUrl, countUsers)).toEqual([{ users: 0 }]);
    await query(databaseUrl, "CREATE TABLE kept ()");
    return databaseUrl;
  });
  expect(existsSync(path.join(data, "lock"))).toBe(false);
  await expect(query(url, "SELECT")).rejects.toThrow("ECONNREFUSED");
  const failing = withDatabase(async (databaseUrl) => {
    await query(databaseUrl, "SELECT FROM kept");
    throw new Error("no such project");
  });
  await expect(failing).rejects.toThrow("no such project");
  expect(existsSync(path.join(data, "lock"))).toBe(false);
});

test("a command uses the database that DATABASE_URL names", async () => {
  vi.stubEnv("DATABASE_URL", "postgresql://elsewhere/framemark");
  expect(await withDatabase(async (url) => url)).toBe("postgresql://elsewhere/framemark");
  expect(existsSync(data)).toBe(false);
});
