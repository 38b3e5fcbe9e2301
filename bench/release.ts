import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os, { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { startCluster } from "@/scripts/postgres/cluster.mjs";

/**
 * Releases 1,000,000 spans in 10,000 documents and writes the release in every format, each by its job in a
 * process of its own as the worker runs it, on a PostgreSQL with the product's settings. `--documents` and
 * `--annotators` make it smaller, `--only=build,jsonl` measures some, `--keep=FOLDER` keeps database and
 * releases for the next run.
 */

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "10000" },
    annotators: { type: "string", default: "4" },
    spans: { type: "string", default: "25" },
    only: { type: "string" },
    keep: { type: "string" },
    json: { type: "boolean", default: false },
  },
});

type Run = {
  what: string;
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
  bytes: number;
  spans: number;
  progress: number;
  losses: number;
  problem: string | null;
};

const MOST_MIB = 400;
const LEAST_PER_SECOND = 50_000;

const root = path.resolve(import.meta.dirname, "..");
const home = values.keep ?? mkdtempSync(path.join(tmpdir(), "framemark-bench-release-"));
mkdirSync(home, { recursive: true });
chmodSync(home, 0o711);
const isFilled = existsSync(path.join(home, "filled"));
const cluster = await startCluster({
  folder: path.join(home, "cluster"),
  safety: "durable",
  ...(values.keep === undefined ? { disposable: home } : {}),
});
const environment = {
  ...process.env,
  DATABASE_URL: cluster.url("postgres"),
  FRAMEMARK_DATA: path.join(home, "data"),
};
try {
  await deployMigrations(environment.DATABASE_URL, path.join(root, "prisma", "migrations"));
  if (!isFilled) {
    const size = [values.documents, values.annotators, values.spans];
    console.log(await run("release-fill.ts", [...size, path.join(home, "filled")]));
  }
  const names = values.only?.split(",") ?? JSON.parse(await run("release-run.ts", ["names"]));
  const runs: Run[] = [];
  for (const name of names as string[]) {
    const found: Run = JSON.parse(await run("release-run.ts", [name]));
    runs.push(found);
    console.log(lineOf(found));
  }
  const highest = Math.max(...runs.map(({ peakMiB }) => peakMiB));
  console.log(
    `${os.cpus().length} cores; highest peak ${highest.toFixed(0)} MiB, ${highest < MOST_MIB ? "below" : "NOT below"} ${MOST_MIB}`,
  );
  if (values.json) console.log(JSON.stringify(runs, null, 2));
  if (runs.some(({ problem }) => problem !== null)) process.exitCode = 1;
} finally {
  await cluster.stop();
  if (values.keep === undefined) rmSync(home, { recursive: true, force: true });
}

function lineOf(run: Run): string {
  const rate = run.spans / run.seconds;
  const bar = run.what === "jsonl" && rate < LEAST_PER_SECOND ? " NOT MET" : "";
  return run.problem === null
    ? `${run.what.padEnd(14)} ${run.seconds.toFixed(1).padStart(6)} s ${Math.round(rate).toLocaleString("en").padStart(8)} spans/s${bar}  processor ${run.cpuSeconds.toFixed(1)} s  peak ${run.peakMiB.toFixed(0)} MiB  ${(run.bytes / 1e6).toFixed(0)} MB  progress told ${run.progress} times  kinds of loss ${run.losses}`
    : `${run.what.padEnd(14)} NOT MADE: ${run.problem} (${run.seconds.toFixed(1)} s, peak ${run.peakMiB.toFixed(0)} MiB)`;
}

/** A program of the bench with the database, as the worker is started; answers what it prints. */
function run(file: string, args: string[]): Promise<string> {
  const program = path.join(root, "bench", file);
  const child = spawn(
    process.execPath,
    ["--max-semi-space-size=2", "--conditions=react-server", "--import=tsx", program, ...args],
    { cwd: root, env: environment, stdio: ["ignore", "pipe", "inherit"] },
  );
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  return new Promise((resolve, reject) => {
    child.once("close", (code) =>
      code === 0 ? resolve(printed.trim()) : reject(new Error(`${file} ended with ${code}.`)),
    );
  });
}
