import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { startCluster } from "@/scripts/postgres/cluster.mjs";

/**
 * Opens the adjudication of a document of 5,000 words with 8 annotators and 2,000 spans: what the server
 * does for the page, without drawing it, and what one decision takes. On a PostgreSQL with the product's
 * settings.
 */

const root = path.resolve(import.meta.dirname, "..");
const home = mkdtempSync(path.join(tmpdir(), "framemark-bench-adjudication-"));
chmodSync(home, 0o711);
const cluster = await startCluster({
  folder: path.join(home, "cluster"),
  safety: "durable",
  disposable: home,
});
try {
  const databaseUrl = cluster.url("postgres");
  await deployMigrations(databaseUrl, path.join(root, "prisma", "migrations"));
  const run = path.join(root, "bench", "adjudication-run.ts");
  const child = spawnSync(process.execPath, ["--conditions=react-server", "--import=tsx", run], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  if (child.status !== 0) throw new Error(`The run ended with ${child.status}: ${child.stderr}`);
  console.log(child.stdout.trim());
} finally {
  await cluster.stop();
  rmSync(home, { recursive: true, force: true });
}
