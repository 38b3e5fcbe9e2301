import path from "node:path";
import { Command } from "commander";
import { deployMigrations } from "../../scripts/deploy-migrations.mjs";
import { CommandError } from "./command-error";

/** `framemark migrate`: brings the database of DATABASE_URL to this version's schema, for sites that start their parts by themselves. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Bring the database that DATABASE_URL names to the schema of this version.")
    .option("--json", "print what was applied as JSON")
    .action(async ({ json }: { json?: true }) => {
      const url = process.env.DATABASE_URL;
      if (!url) throw new CommandError("Set DATABASE_URL to the database that is to be migrated.");
      const folder = path.resolve(import.meta.dirname, "..", "..", "prisma", "migrations");
      const { applied, edited } = await deployMigrations(url, folder);
      if (json) return console.log(JSON.stringify({ applied, edited }));
      for (const name of edited) console.error(`${name} was changed after it was applied here`);
      console.log(applied.length === 0 ? "nothing new" : applied.join("\n"));
    });
}
