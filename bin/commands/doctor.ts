import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import type { Finding } from "@/lib/services/doctor";

const migrationsFolder = path.resolve(import.meta.dirname, "..", "..", "prisma", "migrations");

/** `framemark doctor`: whether everything that must hold does. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .summary("Look whether everything that is stored is whole.")
    .description(
      "Look at the schema, at references between tables, at texts and the words at each offset, at what the" +
        " operations of each annotation set give, at the seals of the audit log, at the files of releases, at" +
        " jobs and at the disk. Changes nothing; the site may run meanwhile.",
    )
    .option("--json", "one line of JSON for each check")
    .addHelpText("after", "\nExit codes: 0 all is well; 1 something is wrong.")
    .action(runDoctor);
}

async function runDoctor({ json }: { json?: true }): Promise<void> {
  const { useDataFolder, withServices } = await import("./open-database");
  const { examine } = await import("@/lib/services/doctor");
  await withServices(async () => {
    useDataFolder();
    for await (const finding of examine(knownMigrations())) {
      if (finding.state === "wrong") process.exitCode = 1;
      if (json) console.log(JSON.stringify(finding));
      else tell(finding);
    }
  });
}

const SIGNS = { good: "ok", notice: "note", wrong: "WRONG" } as const;

function tell({ check, state, summary, problems }: Finding): void {
  console.log(`${SIGNS[state].padEnd(6)} ${check.padEnd(11)} ${summary}`);
  for (const problem of problems) console.log(`       ${problem}`);
}

function knownMigrations() {
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(path.join(migrationsFolder, name, "migration.sql"));
      return { name, sha256: createHash("sha256").update(sql).digest("hex") };
    });
}
