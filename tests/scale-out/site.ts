import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { serverFile } from "../../scripts/build.mjs";
import { pollUntil } from "../../scripts/deadline.mjs";
import { deployMigrations } from "../../scripts/deploy-migrations.mjs";
import { startTemporaryCluster } from "../../scripts/postgres/temporary-cluster.mjs";
import { runNode, signalGroup, spawnNode } from "../../scripts/run-node.mjs";
import { freePort } from "../support/product-server";

const root = path.resolve(import.meta.dirname, "..", "..");
const WEB_SERVERS = 3;
const WORKERS = 2;
const KILL_EVERY_MS = 15_000;

/**
 * Three web servers and two workers on one PostgreSQL: nginx in front with the settings that we ship,
 * PgBouncer in transaction mode between the web servers and the database.
 */
export async function startScaledSite(port: string, { kills }: { kills: boolean }) {
  const home = mkdtempSync(path.join(os.tmpdir(), "framemark-scaled-"));
  chmodSync(home, 0o777); // nginx and PgBouncer give up their rights
  const data = path.join(home, "data");
  mkdirSync(data);
  const cluster = await startTemporaryCluster();
  const direct = cluster.url("postgres");
  await deployMigrations(direct, path.join(root, "prisma", "migrations"));
  const common = {
    ...process.env,
    NODE_ENV: "production" as const,
    FRAMEMARK_DATA: data,
    NEXTAUTH_SECRET: "a secret that all of these servers share",
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: direct,
  };
  const program = ["--conditions=react-server", "--import", "tsx"];
  await runNode([...program, "scripts/first-start.ts"], { cwd: root, env: common });

  const pooled = await startPooler(home, new URL(direct));
  const webs = await Promise.all(
    Array.from({ length: WEB_SERVERS }, async () => keepWeb(common, pooled.url)),
  );
  const workers = Array.from({ length: WORKERS }, () =>
    spawnNode([...program, "bin/worker.ts"], { cwd: root, env: common }),
  );
  const proxy = startProxy(
    home,
    port,
    webs.map((each) => each.port),
  );
  const isUp = () =>
    fetch(`${common.NEXTAUTH_URL}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
  if (!(await pollUntil(isUp, { milliseconds: 60_000 }))) throw new Error("The site is not ready.");

  let turn = 0;
  const killing = kills
    ? setInterval(() => webs[turn++ % webs.length]?.kill(), KILL_EVERY_MS)
    : undefined;
  return {
    databaseUrl: direct,
    data,
    stop: async () => {
      clearInterval(killing);
      for (const each of webs) each.stop();
      for (const each of [...workers, proxy, pooled.child]) end(each);
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A web server that is started again when it dies, as a service manager does. */
async function keepWeb(common: NodeJS.ProcessEnv, databaseUrl: string) {
  const port = String(await freePort());
  const env = { ...common, DATABASE_URL: databaseUrl, HOSTNAME: "127.0.0.1", PORT: port };
  let isOver = false;
  let child: ChildProcess;
  const start = () => {
    child = spawnNode(["--import", "./scripts/peer-address.mjs", serverFile], { cwd: root, env });
    child.once("exit", () => {
      if (!isOver) start();
    });
  };
  start();
  return {
    port,
    kill: () => signalGroup(child, "SIGKILL"),
    stop: () => {
      isOver = true;
      signalGroup(child, "SIGTERM");
    },
  };
}

/** PgBouncer with the settings that we ship, for this database. */
async function startPooler(home: string, database: URL) {
  const port = String(await freePort());
  const users = path.join(home, "users.txt");
  writeFileSync(users, `"${database.username}" "${database.password}"\n`, { mode: 0o644 });
  const settings = readFileSync(path.join(root, "deploy", "pgbouncer.ini"), "utf8")
    .replace(
      /^framemark = .*$/m,
      `postgres = host=${database.hostname} port=${database.port} dbname=postgres`,
    )
    .replace(/^listen_port = .*$/m, `listen_port = ${port}`)
    .replace(/^auth_file = .*$/m, `auth_file = ${users}`);
  const file = path.join(home, "pgbouncer.ini");
  writeFileSync(file, settings, { mode: 0o644 });
  const account = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
  const child = spawn("pgbouncer", [...account, "-q", file], { stdio: "inherit" });
  const url = new URL(database.href);
  url.port = port;
  return { child, url: url.href };
}

/** nginx with the settings that we ship, before these servers. */
function startProxy(home: string, port: string, servers: string[]): ChildProcess {
  const shipped = readFileSync(path.join(root, "deploy", "nginx.conf"), "utf8")
    .replace(
      /^ {4}server 127[\s\S]*?(?= {4}keepalive)/m,
      servers.map((each) => `    server 127.0.0.1:${each};\n`).join(""),
    )
    .replace("listen 127.0.0.1:8080", `listen 127.0.0.1:${port}`);
  const file = path.join(home, "nginx.conf");
  writeFileSync(
    file,
    [
      "daemon off;",
      `pid ${home}/nginx.pid;`,
      `error_log ${home}/nginx.log;`,
      "events { worker_connections 2048; }",
      "http {",
      "access_log off;",
      ...["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
        (each) => `${each}_temp_path ${home}/${each};`,
      ),
      shipped,
      "}",
    ].join("\n"),
  );
  return spawn("nginx", ["-p", home, "-c", file], { stdio: "inherit" });
}

function end(child: ChildProcess): void {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
}
