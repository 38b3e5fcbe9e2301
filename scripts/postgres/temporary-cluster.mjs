import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startCluster } from "./cluster.mjs";

/**
 * A cluster of its own, gone when `use` ends. For tools and tests: it does not survive a power cut.
 * @template T
 * @param {(cluster: import("./cluster.mjs").Cluster) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withTemporaryCluster(use) {
  const cluster = await startTemporaryCluster();
  try {
    return await use(cluster);
  } finally {
    await cluster.stop();
  }
}

/** The same, for a caller whose end is elsewhere: it must call `stop`. */
export async function startTemporaryCluster() {
  const home = mkdtempSync(path.join(os.tmpdir(), "framemark-postgres-"));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    chmodSync(home, 0o711); // PostgreSQL's account must get through, see account.mjs
    const folder = path.join(home, "cluster");
    const cluster = await startCluster({ folder, safety: "fast", disposable: home });
    return { ...cluster, stop: () => cluster.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}
