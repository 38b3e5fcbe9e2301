import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pollUntil } from "../../../scripts/deadline.mjs";
import { MortalDatabase } from "../support/mortal-database";
import { runInProduct } from "../support/run-in-product";

const root = path.resolve(import.meta.dirname, "../../..");

let database: MortalDatabase;
beforeAll(async () => {
  database = await MortalDatabase.start();
});
afterAll(() => database.stop());

test("a worker that is killed -9 again and again fills a round once: each assignment is there, none twice", async () => {
  const databaseUrl = await database.make("jobs");
  const { roundId, assignments } = await runInProduct<{ roundId: string; assignments: number }>(
    "large-round-process.ts",
    databaseUrl,
  );
  const query = <T extends object>(statement: string) => database.query<T>(databaseUrl, statement);
  const stored = async () => {
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int AS count FROM assignment WHERE round_id = '${roundId}'`,
    );
    return row?.count ?? 0;
  };
  const isDone = async () => {
    const [row] = await query<{ state: string }>("SELECT state::text FROM job");
    return row?.state === "done";
  };
  let kills = 0;
  for (let seen = 0; !(await isDone()); seen = await stored()) {
    const worker = startWorker(databaseUrl);
    const mayBeKilled = async () => (await isDone()) || (kills < 4 && (await stored()) > seen);
    expect(await pollUntil(mayBeKilled, { milliseconds: 120_000, every: 5 })).toBe(true);
    worker.kill("SIGKILL");
    if (await isDone()) break;
    kills++;
    // As when half a minute has gone by.
    await query("UPDATE job SET lease_until = now() - interval '1 s' WHERE state = 'running'");
    await query(
      "UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, run_at = now()",
    );
  }
  expect(kills).toBe(4);
  expect(await stored()).toBe(assignments);
  const [sets] = await query<{ count: number }>(
    `SELECT count(*)::int AS count FROM annotation_set s JOIN assignment a
        ON a.id = s.assignment_id WHERE a.round_id = '${roundId}'`,
  );
  expect(sets?.count).toBe(assignments);
});

function startWorker(databaseUrl: string): ChildProcess {
  const argv = ["--conditions=react-server", "--import", "tsx", "bin/worker.ts"];
  return spawn(process.execPath, argv, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: databaseUrl },
    stdio: "ignore",
  });
}
