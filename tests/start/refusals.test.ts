import { existsSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { launchServer, startServer, temporaryData } from "../support/server";

const undo: Array<() => unknown> = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

function newData(): string {
  const { data, remove } = temporaryData();
  undo.push(remove);
  return data;
}

/** Takes a port; which one, it answers. */
async function occupy(port: number, host: string): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  });
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as net.AddressInfo).port;
}

test("a second start on the same data refuses, and the first goes on", async () => {
  const data = newData();
  const first = await startServer({ entry: "supervisor", data });
  undo.push(() => first.stop());
  const second = launchServer({ entry: "supervisor", data });
  expect(await second.exit).toBe(1);
  expect(second.output().trim().split("\n")).toHaveLength(1);
  expect(second.output()).toContain(`already runs on ${data} (process ${first.child.pid})`);
  expect((await fetch(first.address)).status).toBe(200);
  expect(existsSync(path.join(data, "server.json"))).toBe(true);
});

test("a database without its password is named, and left alone", async () => {
  const data = newData();
  const first = await startServer({ entry: "supervisor", data });
  await first.stop();
  rmSync(path.join(data, "pg18.password"));
  const second = launchServer({ entry: "supervisor", data });
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain("put that file back");
  expect(existsSync(path.join(data, "pg18", "PG_VERSION"))).toBe(true);
});

test("a given port that is taken is refused before anything is begun", async () => {
  const port = await occupy(0, "127.0.0.1");
  const data = newData();
  const start = launchServer({ entry: "supervisor", data, environment: { PORT: String(port) } });
  expect(await start.exit).toBe(1);
  expect(start.output()).toContain(`Port ${port} is taken by another program.`);
  expect(existsSync(path.join(data, "pg18"))).toBe(false);
  expect(existsSync(path.join(data, "lock"))).toBe(false);
});

test("something that is no port is refused", async () => {
  const start = launchServer({
    entry: "supervisor",
    data: newData(),
    environment: { PORT: "http" },
  });
  expect(await start.exit).toBe(1);
  expect(start.output()).toContain('PORT is "http", which is no port number.');
});

test("without a given port the next free one is taken, and said", async () => {
  // Someone else may have it already, which serves as well.
  await occupy(3000, "127.0.0.1").catch(() => {});
  const server = await startServer({
    entry: "supervisor",
    data: newData(),
    environment: { PORT: "" },
  });
  undo.push(() => server.stop());
  const port = Number(new URL(server.address).port);
  expect(port).toBeGreaterThan(3000);
  expect(server.output()).toContain(`port 3000 is taken, using ${port}`);
  expect((await fetch(server.address)).status).toBe(200);
});
