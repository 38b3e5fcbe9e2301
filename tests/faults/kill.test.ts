import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findFaults, readHoldings } from "./support/find-faults";
import { MortalDatabase } from "./support/mortal-database";
import { type Kind, MortalServer, productKind } from "./support/mortal-server";
import { makeWorkplaces } from "./support/workplace";
import { Writers } from "./support/writers";

/** Operations acknowledged between two kills: at twenty clients, one or two seconds. */
const BETWEEN_KILLS = 100;

let database: MortalDatabase;
let server: MortalServer | undefined;
let count = 0;

beforeAll(async () => {
  database = await MortalDatabase.start();
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

afterAll(() => database.stop());

/** A server of a kind on a database of its own, and twenty clients that are busy with it. */
async function setUp(kind: Kind, settings: Record<string, string> = {}) {
  const databaseUrl = await database.make(`faults_${++count}`, settings);
  const workplaces = await makeWorkplaces(databaseUrl);
  const started = await MortalServer.start(kind, databaseUrl);
  server = started;
  const writers = await Writers.start(started, workplaces);
  return { databaseUrl, writers, started };
}

async function settingsOf(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes')`,
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

describe("kill -9 in the middle of twenty people's writes", () => {
  test("of the web server four times and of PostgreSQL twice loses nothing and doubles nothing", async () => {
    const { databaseUrl, writers, started } = await setUp(productKind());
    expect(await settingsOf(databaseUrl)).toEqual({
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
    });
    for (const victim of [started, started, database, started, database, started]) {
      await writers.makeProgress(BETWEEN_KILLS);
      await victim.killAndRestart();
    }
    await writers.makeProgress(BETWEEN_KILLS);
    await writers.stop();
    const holdings = await readHoldings(databaseUrl);
    expect(findFaults(writers.journal, holdings)).toEqual([]);
    expect(writers.journal.every(({ outcome }) => outcome !== null)).toBe(true);
    expect(writers.retries).toBeGreaterThan(20);
    expect(holdings.flatMap(({ log }) => log)).toHaveLength(writers.journal.length);
  });
});

describe("the checker finds", () => {
  test("operations that a server doubles which makes the ids itself", async () => {
    const { databaseUrl, writers, started } = await setUp("naive");
    const doubled = async () =>
      findFaults(writers.journal, await readHoldings(databaseUrl)).filter((fault) =>
        fault.includes("is in the log 2 times"),
      );
    // Not every kill falls between a commit and its answer.
    for (let kills = 0; kills < 12 && (await doubled()).length === 0; kills++) {
      await writers.makeProgress(BETWEEN_KILLS);
      await started.killAndRestart();
      await writers.makeProgress(1);
    }
    await writers.stop();
    expect(await doubled()).not.toEqual([]);
  });

  test("acknowledged operations that PostgreSQL loses where it does not wait for the disk", async () => {
    const { databaseUrl, writers } = await setUp("use case", { synchronous_commit: "off" });
    expect(await settingsOf(databaseUrl)).toMatchObject({ synchronous_commit: "off" });
    const lost = async () =>
      findFaults(writers.journal, await readHoldings(databaseUrl)).filter((fault) =>
        fault.includes("was acknowledged and is lost"),
      );
    for (let kills = 0; kills < 6 && (await lost()).length === 0; kills++) {
      await writers.makeProgress(BETWEEN_KILLS);
      await database.killAndRestart();
    }
    await writers.stop();
    expect(await lost()).not.toEqual([]);
  });

  test("one lost, one doubled and one invented operation, and a projection that is not its log", async () => {
    const { databaseUrl, writers } = await setUp("use case");
    await writers.makeProgress(BETWEEN_KILLS);
    await writers.stop();
    const holdings = await readHoldings(databaseUrl);
    expect(findFaults(writers.journal, holdings)).toEqual([]);
    const [holding] = holdings;
    const first = holding?.log.find(({ outcome }) => outcome === "applied");
    if (holding === undefined || first?.change.kind !== "add_span") throw new Error("Too little.");
    const mark = String(first.change.span.attributes.note);
    const others = holdings.filter((each) => each !== holding);
    const faults = (changed: Partial<typeof holding>, journal = writers.journal) =>
      findFaults(journal, [{ ...holding, ...changed }, ...others]);

    const spanId = first.change.span.id;
    const lost = {
      log: holding.log.filter((each) => each !== first),
      spans: holding.spans.filter((each) => each.id !== spanId),
    };
    expect(faults(lost)).toContain(`${mark} was acknowledged and is lost.`);
    expect(faults({ log: [...holding.log, first] })).toContain(`${mark} is in the log 2 times.`);
    expect(faults({ spans: lost.spans })).toEqual([
      `${mark} was applied and is in the projection 0 times.`,
      `The projection of ${holding.setId} is not what its log gives.`,
    ]);
    expect(
      faults(
        {},
        writers.journal.filter((each) => each.mark !== mark),
      ),
    ).toEqual([`Nobody sent ${holding.setId} ${mark}.`]);
    expect(faults({ revision: holding.revision + 1 })).toEqual([
      `The log of ${holding.setId} has a gap.`,
    ]);
  });
});
