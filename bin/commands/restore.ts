import { readdirSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import type { BackupManifest } from "@/lib/services/backup";
import type { OpenBackup, TargetState } from "@/lib/services/restore";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { CommandError, messageOf } from "./command-error";
import { createProgressLine } from "./progress-line";

type Options = { verify?: true; json?: true };

const migrationsFolder = path.resolve(import.meta.dirname, "..", "..", "prisma", "migrations");

/** `framemark restore`: a backup into an empty database, or only a look whether it is whole. */
export function restoreCommand(): Command {
  return new Command("restore")
    .summary("Fill an empty database and data folder from a backup.")
    .description(
      "Fill an empty database, of PostgreSQL 14 or newer, and the data folder from a backup: all of it or" +
        " nothing. A database with rows in it is refused. A backup of an older version is brought to this one.",
    )
    .argument("<in>", "the archive that framemark backup wrote")
    .option("--verify", "only compare everything in the archive with its hashes and counts")
    .option("--json", "what was done as JSON")
    .addHelpText(
      "after",
      "\nExit codes: 0 restored, or whole; 1 not restored, or something in the archive is wrong.",
    )
    .action(runRestore);
}

async function runRestore(file: string, options: Options): Promise<void> {
  const { openBackup } = await import("@/lib/services/restore");
  const opened = await openBackup(file);
  if (!opened.ok) throw new CommandError(opened.failure.message);
  try {
    if (options.verify) await verify(opened.value, file, options);
    else await restore(opened.value, file, options);
  } finally {
    opened.value.close();
  }
}

async function verify(backup: OpenBackup, file: string, { json }: Options): Promise<void> {
  const { verifyBackup } = await import("@/lib/services/restore");
  const line = createProgressLine();
  const problems = await verifyBackup(backup, line.show);
  line.clear();
  const { tables, files, madeAt } = backup.manifest;
  if (json) console.log(JSON.stringify({ file, madeAt, tables: tables.length, problems }));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else if (!json) {
    console.log(`${file} of ${madeAt} is whole: ${tables.length} tables, ${files.length} files.`);
  }
}

async function restore(backup: OpenBackup, file: string, { json }: Options): Promise<void> {
  const { DamagedBackup, restoreBackup } = await import("@/lib/services/restore");
  const { roomProblem } = await import("@/lib/services/release-files");
  const { useDataFolder, withBareDatabase } = await import("./open-database");
  const { manifest } = backup;
  refuseNewer(manifest);
  await withBareDatabase(async (url) => {
    useDataFolder();
    await prepareTarget(url, manifest);
    const line = createProgressLine();
    try {
      const done = await restoreBackup(url, backup, line.show);
      line.clear();
      await deployMigrations(url, migrationsFolder);
      if (json) console.log(JSON.stringify({ file, madeAt: manifest.madeAt, ...done }));
      else {
        console.error(
          `${done.rows} rows and ${done.files} files of ${manifest.madeAt} restored. Everybody signs in again. Run framemark doctor to look at all of it.`,
        );
      }
    } catch (error) {
      line.clear();
      const reason =
        error instanceof DamagedBackup ? error.message : (roomProblem(error) ?? messageOf(error));
      throw new CommandError(`Nothing was restored. ${reason}`);
    }
  });
}

function refuseNewer({ migrations, software }: BackupManifest): void {
  const known = readdirSync(migrationsFolder);
  const unknown = migrations.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new CommandError(
      `The backup is of a newer Framemark (${software}; it has ${unknown}). Restore it with that version.`,
    );
  }
}

/** Makes the tables as the backup had them. */
async function prepareTarget(url: string, { migrations }: BackupManifest): Promise<void> {
  const { clearTarget, readTarget } = await import("@/lib/services/restore");
  const target = await readTarget(url);
  const problem = targetProblem(target);
  if (problem !== null) throw new CommandError(problem);
  if (target.kind === "prepared" && target.migrations.join() !== migrations.join()) {
    await clearTarget(url);
  }
  const upTo = migrations.at(-1);
  await deployMigrations(url, migrationsFolder, upTo === undefined ? {} : { upTo });
}

function targetProblem(target: TargetState): string | null {
  if (target.kind === "filled") {
    return `The database is not empty: its table ${target.table} has rows. Restore into an empty one.`;
  }
  return target.kind === "foreign"
    ? `The database holds tables of something else, such as ${target.table}. Restore into one of its own.`
    : null;
}
