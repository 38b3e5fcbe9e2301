import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { pollUntil } from "../../scripts/deadline.mjs";
import { processIdentity } from "../../scripts/process-identity.mjs";
import { query } from "../support/database-query";
import { type Server, startServer, temporaryData } from "../support/server";
import { processesOf, survivorsOf } from "../support/server-processes";

const undo: Array<() => unknown> = [];

afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

function newData() {
  const { data, home, remove } = temporaryData();
  undo.push(remove);
  return { data, home };
}

async function start(data: string): Promise<Server> {
  const server = await startServer({ entry: "supervisor", data });
  undo.push(() => server.stop());
  return server;
}

async function store({ databaseUrl }: Server, word: string) {
  await query(databaseUrl, "CREATE TABLE IF NOT EXISTS kept (word text)");
  await query(databaseUrl, "INSERT INTO kept VALUES ($1)", [word]);
}

async function stored({ databaseUrl }: Server) {
  const rows = await query(databaseUrl, "SELECT word FROM kept ORDER BY word");
  return rows.map(({ word }) => word);
}

test("kill -9 of the supervisor ends the web server and PostgreSQL too", async () => {
  const { data } = newData();
  const server = await start(data);
  const processes = await processesOf(server, data);
  server.child.kill("SIGKILL");
  expect(await survivorsOf(processes)).toEqual([]);
});

test("after kill -9 of supervisor and guard the next start stops the orphaned PostgreSQL", async () => {
  const { data } = newData();
  const first = await start(data);
  await store(first, "seized");
  const { supervisor, guard, postmaster } = await processesOf(first, data);
  for (const pid of [supervisor, guard]) process.kill(pid, "SIGKILL");
  await first.exit;
  expect(processIdentity(postmaster)).toBeDefined();

  const second = await start(data);
  expect(second.output()).toContain(`left behind (process ${postmaster})`);
  expect(processIdentity(postmaster)).toBeUndefined();
  expect(await stored(second)).toEqual(["seized"]);
});

test("after kill -9 of everything the next start has all that was stored", async () => {
  const { data } = newData();
  const first = await start(data);
  await store(first, "recaptured");
  const processes = await processesOf(first, data);
  for (const pid of Object.values(processes)) process.kill(pid, "SIGKILL");
  expect(await survivorsOf(processes)).toEqual([]);

  const second = await start(data);
  expect(await stored(second)).toEqual(["recaptured"]);
});

test("kill -9 of PostgreSQL stops the web server and ends the start with code 1", async () => {
  const { data } = newData();
  const server = await start(data);
  const processes = await processesOf(server, data);
  process.kill(processes.postmaster, "SIGKILL");
  expect(await server.exit).toBe(1);
  expect(server.output()).toContain("PostgreSQL has ended by itself");
  expect(await survivorsOf(processes)).toEqual([]);
});

test("kill -9 of the guard alone leaves no PostgreSQL behind", async () => {
  const { data } = newData();
  const server = await start(data);
  const processes = await processesOf(server, data);
  process.kill(processes.guard, "SIGKILL");
  expect(await server.exit).toBe(1);
  expect(await survivorsOf(processes)).toEqual([]);
});

test("the end of the web server ends the start with code 1", async () => {
  const { data } = newData();
  const server = await start(data);
  const processes = await processesOf(server, data);
  await fetch(`${server.address}/die`).catch(() => {});
  expect(await server.exit).toBe(1);
  expect(server.output()).toContain("the web server has ended by itself");
  expect(await survivorsOf(processes)).toEqual([]);
});

test("kill -9 of npm alone ends everything", async () => {
  const { data, home } = newData();
  const entry = path.resolve(import.meta.dirname, "..", "support", "server-supervised.mjs");
  const project = path.join(home, "project");
  mkdirSync(project);
  const manifest = { name: "tiny", private: true, scripts: { start: `node ${entry}` } };
  writeFileSync(path.join(project, "package.json"), JSON.stringify(manifest));
  const npm = spawn("npm", ["start"], {
    cwd: project,
    env: { ...process.env, FRAMEMARK_DATA: data, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  undo.push(() => npm.kill("SIGKILL"));
  let output = "";
  npm.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const address = await pollUntil(() => /Framemark is at (\S+)/.exec(output)?.[1], {
    milliseconds: 60_000,
  });
  const { pid: web, ...note } = await answerOf(String(address));
  npm.kill("SIGKILL");
  const gone = () => !processIdentity(web) && !processIdentity(note.supervisor);
  expect(await pollUntil(gone, { milliseconds: 30_000 })).toBe(true);
});

async function answerOf(address: string) {
  const response = await fetch(address.replace("localhost", "127.0.0.1"));
  const answer = (await response.json()) as { pid: number; parent: number };
  return { pid: answer.pid, supervisor: answer.parent };
}
