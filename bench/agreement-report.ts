import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { startCluster } from "@/scripts/postgres/cluster.mjs";

/**
 * Computes the agreement report of a project with 10,000 documents, each annotated by 8 of 50 people, with 1,000,000 spans
 * in all: read from a PostgreSQL with the product's settings, as the background worker does it, in a process of its
 * own. Then single submissions are changed and the running figures follow.
 */

const { values } = parseArgs({
  options: {
    documents: { type: "string", default: "10000" },
  },
});
const root = path.resolve(import.meta.dirname, "..");
const home = mkdtempSync(path.join(tmpdir(), "framemark-bench-agreement-"));
chmodSync(home, 0o711);
const cluster = await startCluster({
  folder: path.join(home, "cluster"),
  safety: "durable",
  disposable: home,
});
try {
  const databaseUrl = cluster.url("postgres");
  await deployMigrations(databaseUrl, path.join(root, "prisma", "migrations"));
  run(databaseUrl, "agreement-report-fill.ts", [values.documents]);
  run(databaseUrl, "agreement-report-run.ts", []);
} finally {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
}

function run(databaseUrl: string, file: string, rest: string[]): void {
  const child = spawnSync(
    process.execPath,
    ["--conditions=react-server", "--import=tsx", path.join(root, "bench", file), ...rest],
    {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, DATABASE_URL: databaseUrl },
    },
  );
  if (child.status !== 0) throw new Error(`${file} ended with ${child.status}`);
}
