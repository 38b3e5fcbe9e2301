import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { deployMigrations } from "../../scripts/deploy-migrations.mjs";
import { startTemporaryCluster } from "../../scripts/postgres/temporary-cluster.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** A database on the test cluster from which others are made and dropped. */
    administrationUrl: string;
    /** The name of a migrated, empty database to copy. */
    templateDatabase: string;
  }
}

const templateDatabase = "framemark_template";

/** One PostgreSQL for the whole run, gone with it even after kill -9. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTemporaryCluster();
  const administrationUrl = cluster.url("postgres");
  const client = new pg.Client({ connectionString: administrationUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase}`);
  await client.end();
  const migrations = path.resolve(import.meta.dirname, "..", "..", "prisma", "migrations");
  await deployMigrations(cluster.url(templateDatabase), migrations);
  project.provide("administrationUrl", administrationUrl);
  project.provide("templateDatabase", templateDatabase);
  return () => cluster.stop();
}
