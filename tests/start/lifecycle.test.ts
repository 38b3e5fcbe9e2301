import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { startTemporaryCluster } from "../../scripts/postgres/temporary-cluster.mjs";
import { query } from "../support/database-query";
import { type Server, startServer, temporaryData } from "../support/server";
import { processesOf, survivorsOf } from "../support/server-processes";

const undo: Array<() => unknown> = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

function newData(): string {
  const { data, remove } = temporaryData();
  undo.push(remove);
  return data;
}

async function start(data: string, environment = {}): Promise<Server> {
  const server = await startServer({ entry: "supervisor", data, environment });
  undo.push(() => server.stop());
  return server;
}

test("a second start finds what the first one stored", async () => {
  const data = newData();
  const first = await start(data);
  await query(first.databaseUrl, "CREATE TABLE kept AS SELECT 'liberated' AS word");
  expect(await first.stop()).toBe(0);

  const second = await start(data);
  expect(await query(second.databaseUrl, "SELECT word FROM kept")).toEqual([{ word: "liberated" }]);
  expect(second.output()).toContain("migrations: nothing new");
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s ends everything with code 0",
  async (signal) => {
    const data = newData();
    const server = await start(data);
    const processes = await processesOf(server, data);
    server.child.kill(signal);
    expect(await server.exit).toBe(0);
    expect(await survivorsOf(processes)).toEqual([]);
    expect(existsSync(path.join(data, "server.json"))).toBe(false);
    expect(existsSync(path.join(data, "lock"))).toBe(false);
  },
);

test("an empty database is filled before the first page is served", async () => {
  const server = await start(newData());
  expect(server.output()).toContain("an empty database was met");
});

test("the web server is told what it needs, and its secret stays the same", async () => {
  const data = newData();
  const secretOf = async (server: Server) => {
    const { environment } = (await (await fetch(server.address)).json()) as {
      environment: Record<string, string>;
    };
    expect(environment).toMatchObject({
      DATABASE_URL: server.databaseUrl,
      FRAMEMARK_DATA: data,
      HOSTNAME: "127.0.0.1",
      NODE_ENV: "production",
      NEXTAUTH_URL: server.address.replace("127.0.0.1", "localhost"),
    });
    return environment.NEXTAUTH_SECRET;
  };
  const first = await start(data);
  const secret = await secretOf(first);
  expect(secret?.length).toBeGreaterThanOrEqual(32);
  await first.stop();
  expect(await secretOf(await start(data))).toBe(secret);
});

test("what must stay private is readable by its owner only", async () => {
  const data = newData();
  await start(data);
  for (const name of ["auth-secret", "server.json", "pg18.password", "lock"]) {
    expect([name, statSync(path.join(data, name)).mode & 0o077]).toEqual([name, 0]);
  }
});

test("with DATABASE_URL it uses that server and starts none", async () => {
  const cluster = await startTemporaryCluster();
  undo.push(() => cluster.stop());
  const data = newData();
  const server = await start(data, { DATABASE_URL: cluster.url() });
  expect(server.databaseUrl).toBe(cluster.url());
  expect(server.output()).toContain("using the server of DATABASE_URL");
  expect(existsSync(path.join(data, "pg18"))).toBe(false);
  expect(await query(cluster.url(), 'SELECT count(*)::int AS users FROM "user"')).toEqual([
    { users: 0 },
  ]);
  expect(await server.stop()).toBe(0);
  await query(cluster.url(), "SELECT"); // and does not stop it either
});

test("a database that cannot be reached is named without its password", async () => {
  const cluster = await startTemporaryCluster();
  undo.push(() => cluster.stop());
  const url = new URL(cluster.url());
  url.password = "hidden";
  const failure = await start(newData(), { DATABASE_URL: url.href }).catch(
    (error: Error) => error.message,
  );
  expect(failure).toContain(`The database at 127.0.0.1:${url.port}/framemark cannot be reached`);
  expect(failure).not.toContain("hidden");
});

test("the note for other programs names the running server", async () => {
  const data = newData();
  const server = await start(data);
  const note = JSON.parse(readFileSync(path.join(data, "server.json"), "utf8"));
  expect(note).toEqual({
    databaseUrl: server.databaseUrl,
    address: server.address.replace("127.0.0.1", "localhost"),
    pid: server.child.pid,
  });
});
