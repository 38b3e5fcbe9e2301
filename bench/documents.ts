import { spawnSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startCluster } from "@/scripts/postgres/cluster.mjs";

/**
 * How long pages of the list of documents and searches take in a large project: on the database that
 * `npm run bench:import -- --large --keep=<folder>` leaves.
 */

const { values } = parseArgs({ options: { keep: { type: "string" } } });
if (values.keep === undefined) throw new Error("Name the folder of the database: --keep=<folder>");

const root = path.resolve(import.meta.dirname, "..");
const cluster = await startCluster({
  folder: path.join(values.keep, "cluster"),
  safety: "durable",
});
try {
  const run = path.join(root, "bench", "documents-run.ts");
  const child = spawnSync(process.execPath, ["--conditions=react-server", "--import=tsx", run], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, DATABASE_URL: cluster.url("postgres") },
  });
  process.exitCode = child.status ?? 1;
  console.log(`Load: ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores.`);
} finally {
  await cluster.stop();
}
