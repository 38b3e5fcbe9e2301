import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { build, isBuilt, serverFile } from "../../scripts/build.mjs";
import { pollUntil } from "../../scripts/deadline.mjs";
import { deployMigrations } from "../../scripts/deploy-migrations.mjs";
import { startCluster } from "../../scripts/postgres/cluster.mjs";

const root = path.resolve(import.meta.dirname, "../..");

/** For cookies that the server takes as its own. */
export const SECRET = "a secret for benchmarks, as long as one must be";

/** A PostgreSQL of its own with the product's settings, and the built server on it. */
export type Stage = {
  address: string;
  databaseUrl: string;
  /** Starts a worker for background jobs, at lower priority as the product does. */
  startWorker(): void;
  /** Seconds of processor that the web server and PostgreSQL have used so far. */
  used(): { web: number; database: number };
  stop(): Promise<void>;
};

/** Sets DATABASE_URL of this process too, so that use cases called here work on the same database. */
export async function openStage(): Promise<Stage> {
  if (!isBuilt(root)) await build(root);
  const home = mkdtempSync(path.join(tmpdir(), "framemark-bench-"));
  chmodSync(home, 0o711); // PostgreSQL's account must get through where we are root
  const folder = path.join(home, "cluster");
  const cluster = await startCluster({ folder, safety: "durable", disposable: home });
  const databaseUrl = cluster.url("postgres");
  await deployMigrations(databaseUrl, path.join(root, "prisma", "migrations"));
  const address = `http://127.0.0.1:${await freePort()}`;
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    FRAMEMARK_DATA: path.join(home, "data"),
    HOSTNAME: "127.0.0.1",
    PORT: new URL(address).port,
    NEXTAUTH_SECRET: SECRET,
    NEXTAUTH_URL: address,
    UV_THREADPOOL_SIZE: "8",
  };
  process.env.DATABASE_URL = databaseUrl;
  const children: ChildProcess[] = [];
  const start = (program: string, argv: string[]): ChildProcess => {
    const child = spawn(program, argv, { cwd: root, env: environment, stdio: "inherit" });
    children.push(child);
    return child;
  };
  const profile = process.env.BENCH_CPU_PROFILE;
  const profiling = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [];
  const web = start(process.execPath, [...profiling, path.join(root, serverFile)]);
  const isUp = () =>
    fetch(`${address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await pollUntil(isUp, { milliseconds: 60_000 }))) throw new Error("The server is not up.");
  const pidFile = path.join(folder, "postmaster.pid");
  const postmaster = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  return {
    address,
    databaseUrl,
    startWorker: () => {
      // Where the bench runs at a real-time priority, niceness says nothing: name a lower one instead.
      const [program = "nice", ...priority] = (process.env.BENCH_WORKER ?? "nice -n 10").split(" ");
      const worker = ["--conditions=react-server", "--import", "tsx", "bin/worker.ts"];
      start(program, [...priority, process.execPath, ...worker]);
    },
    used: () => ({ web: secondsOf(web.pid ?? 0), database: secondsOfFamily(postmaster) }),
    stop: async () => {
      await Promise.all(children.map(end));
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The machine and how busy it is, for beside the figures. */
export function machine(): string {
  const [first] = cpus();
  const load = loadavg().map((each) => each.toFixed(1));
  return `${cpus().length} x ${first?.model.trim()}, Node ${process.version}, load ${load.join(" ")}`;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(forced);
}

/** Ticks of a hundredth of a second: user, system, and of children that have ended. */
function ticksOf(pid: number): [own: number, ended: number] {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
    return [user + system, childUser + childSystem];
  } catch {
    return [0, 0]; // it has just ended; its parent counts it
  }
}

function secondsOf(pid: number): number {
  return ticksOf(pid)[0] / 100;
}

function secondsOfFamily(postmaster: number): number {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  const pids = children.trim().split(" ").map(Number);
  const [own, ended] = ticksOf(postmaster);
  return pids.reduce((sum, pid) => sum + ticksOf(pid)[0], own + ended) / 100;
}

function freePort(): Promise<number> {
  const probe = net.createServer();
  return new Promise((resolve) => {
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
