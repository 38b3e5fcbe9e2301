import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { deployMigrations } from "../../scripts/deploy-migrations.mjs";
import type { Cluster } from "../../scripts/postgres/cluster.mjs";
import { startTemporaryCluster } from "../../scripts/postgres/temporary-cluster.mjs";

let cluster: Cluster;
let client: pg.Client;
let folder = "";
let count = 0;

beforeAll(async () => {
  cluster = await startTemporaryCluster();
});
afterAll(() => cluster.stop());

/** Each test has a database of its own and a folder of migrations to fill. */
beforeEach(async () => {
  const administrator = new pg.Client({ connectionString: cluster.url() });
  await administrator.connect();
  await administrator.query(`CREATE DATABASE migrated${++count}`);
  await administrator.end();
  client = new pg.Client({ connectionString: url() });
  await client.connect();
  folder = mkdtempSync(path.join(os.tmpdir(), "framemark-migrations-"));
});
afterEach(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

const url = () => cluster.url(`migrated${count}`);

function migration(name: string, sql: string) {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function tables() {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

test("each is applied once, in the order of their names", async () => {
  migration("2_second", "ALTER TABLE first ADD COLUMN word text");
  migration("1_first", "CREATE TABLE first (id int)");
  expect((await deployMigrations(url(), folder)).applied).toEqual(["1_first", "2_second"]);
  expect((await deployMigrations(url(), folder)).applied).toEqual([]);
  migration("3_third", "CREATE TABLE third (id int)");
  expect((await deployMigrations(url(), folder)).applied).toEqual(["3_third"]);
});

test("of several at the same time one applies them", async () => {
  migration("1_first", "CREATE TABLE first (id int)");
  const all = await Promise.all([1, 2, 3].map(() => deployMigrations(url(), folder)));
  expect(all.flatMap(({ applied }) => applied)).toEqual(["1_first"]);
});

test("functions with semicolons in them pass whole", async () => {
  migration(
    "1_function",
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN PERFORM 1; RETURN NULL; END; $$;
     CREATE TABLE first (id int);`,
  );
  await deployMigrations(url(), folder);
  expect(await tables()).toEqual(["first"]);
});

test("one that fails changes nothing, and the next start tries again", async () => {
  migration("1_first", "CREATE TABLE first (id int)");
  migration("2_broken", "CREATE TABLE second (id int); SELECT 1 / 0");
  await expect(deployMigrations(url(), folder)).rejects.toThrow("2_broken failed");
  expect(await tables()).toEqual(["first"]);
  migration("2_broken", "CREATE TABLE second (id int)");
  expect((await deployMigrations(url(), folder)).applied).toEqual(["2_broken"]);
  expect(await tables()).toEqual(["first", "second"]);
});

test("one that was changed after it was applied is reported and not applied again", async () => {
  migration("1_first", "CREATE TABLE first (id int)");
  await deployMigrations(url(), folder);
  migration("1_first", "CREATE TABLE other (id int)");
  expect(await deployMigrations(url(), folder)).toEqual({ applied: [], edited: ["1_first"] });
});

test("a database of a newer version is refused", async () => {
  migration("1_first", "CREATE TABLE first (id int)");
  migration("2_newer", "CREATE TABLE second (id int)");
  await deployMigrations(url(), folder);
  rmSync(path.join(folder, "2_newer"), { recursive: true });
  await expect(deployMigrations(url(), folder)).rejects.toThrow("newer Framemark");
});
