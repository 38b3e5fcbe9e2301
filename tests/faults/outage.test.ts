import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { pollUntil } from "../../scripts/deadline.mjs";
import { processIdentity } from "../../scripts/process-identity.mjs";
import { findFaults, readHoldings } from "./support/find-faults";
import { MortalDatabase } from "./support/mortal-database";
import { answers, MortalServer, productKind } from "./support/mortal-server";
import { makeWorkplaces } from "./support/workplace";
import { Writers } from "./support/writers";

/** Operations acknowledged before and after a fault. */
const ENOUGH = 100;

let database: MortalDatabase;
let server: MortalServer;
let databaseUrl: string;
let count = 0;
let undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await MortalDatabase.start();
});

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

afterAll(() => database.stop());

async function setUp(): Promise<Writers> {
  databaseUrl = await database.make(`outage_${++count}`);
  const workplaces = await makeWorkplaces(databaseUrl);
  server = await MortalServer.start(productKind(), databaseUrl);
  undo = [() => server.stop()];
  return Writers.start(server, workplaces);
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => {});
  await client.connect();
  undo.push(() => client.end().catch(() => {}));
  return client;
}

/** INV-1 and INV-2 hold, everything was acknowledged in the end, and nobody was shown a failure. */
async function expectNothingLost(writers: Writers): Promise<void> {
  await writers.stop();
  expect(findFaults(writers.journal, await readHoldings(databaseUrl))).toEqual([]);
  expect(writers.journal.every(({ outcome }) => outcome !== null)).toBe(true);
  const shown = [...writers.statuses.keys()].filter((status) => status !== 200 && status !== 503);
  expect(shown).toEqual([]);
  expect(writers.hasty).toBe(0);
}

describe("while twenty people write", () => {
  test("a restart of the database is a wait: nothing is lost, no error shown, and the server lives on", async () => {
    const writers = await setUp();
    await writers.makeProgress(ENOUGH);
    const { pid } = server;
    await database.restart();
    const since = performance.now();
    await writers.makeProgress(ENOUGH);
    expect(performance.now() - since).toBeLessThan(30_000);
    expect(server.pid).toBe(pid);
    expect(processIdentity(pid)).toBeDefined();
    await expectNothingLost(writers);
    // The fault was met: somebody had to send again.
    expect(writers.retries).toBeGreaterThan(0);
  });

  test("connections that are all held are a wait: 503 with a time to come again, and the process answers", async () => {
    const writers = await setUp();
    await writers.makeProgress(ENOUGH);
    const holder = await connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE annotation_set IN ACCESS EXCLUSIVE MODE");
    const isRefused = () => (writers.statuses.get(503) ?? 0) > 0;
    // The control: requests do hang on the lock, until they are told to come again.
    expect(await pollUntil(isRefused, { milliseconds: 15_000, every: 50 })).toBe(true);
    expect(await answers(`${server.address}/livez`)).toBe(true);
    await holder.query("ROLLBACK");
    await writers.makeProgress(ENOUGH);
    await expectNothingLost(writers);
  });

  test("deadlocks are tried again, and shown to nobody", async () => {
    const writers = await setUp();
    await writers.makeProgress(ENOUGH);
    const rival = await connect();
    const deadlocks = async () => {
      const { rows } = await rival.query<{ deadlocks: number }>(
        `SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`,
      );
      return rows[0]?.deadlocks ?? 0;
    };
    // Patient, so that it is the server whose transaction is given up.
    await rival.query("SET deadlock_timeout = '60s'");
    for (let round = 0; round < 40 && (await deadlocks()) < 2; round++) {
      await rival.query("BEGIN");
      // The other way round than the product: sets first, then their assignments.
      await rival.query("SELECT 1 FROM annotation_set ORDER BY id FOR UPDATE");
      await rival.query("SELECT 1 FROM assignment ORDER BY id FOR UPDATE").catch(() => {});
      await rival.query("ROLLBACK");
      await writers.makeProgress(1);
    }
    expect(await deadlocks()).toBeGreaterThanOrEqual(2);
    await expectNothingLost(writers);
  });

  test("a server that is asked to end ends within ten seconds, and breaks nothing off that it confirmed", async () => {
    const writers = await setUp();
    await writers.makeProgress(ENOUGH);
    expect(await server.terminate()).toBeLessThan(10_000);
    await server.relaunch();
    await writers.makeProgress(ENOUGH);
    await expectNothingLost(writers);
  });
});
