import { stat } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { CommandError, messageOf } from "./command-error";
import { createProgressLine } from "./progress-line";

/** `framemark backup`: everything in the database, and the files that it names, in one archive. */
export function backupCommand(): Command {
  return new Command("backup")
    .summary("Write everything into one archive while the site runs.")
    .description(
      "Write all tables, as one moment of the database has them, and the files of releases into one" +
        " archive. The site runs on meanwhile. Sessions are not in it: after a restore everybody signs in" +
        " again. The archive holds all that the database holds: keep it as safe as that.",
    )
    .argument("<out>", "the archive to write, e.g. framemark.zip; nothing is written over")
    .option("--json", "what was written as JSON")
    .addHelpText(
      "after",
      "\nExit codes: 0 written; 1 written, but files of releases are missing or damaged, or not written.",
    )
    .action(runBackup);
}

async function runBackup(out: string, { json }: { json?: true }): Promise<void> {
  if ((await stat(out).catch(() => null)) !== null) {
    throw new CommandError(`${out} is there already; nothing is written over.`);
  }
  // Loaded only now, so that help and mistakes are answered at once.
  const { withServices } = await import("./open-database");
  const { writeBackup } = await import("@/lib/services/backup");
  const { missingProblem } = await import("@/lib/services/restore");
  const { roomProblem } = await import("@/lib/services/release-files");
  const { useDataFolder } = await import("./open-database");
  await withServices(async () => {
    useDataFolder();
    const line = createProgressLine();
    try {
      const { tables, files, missing, madeAt } = await writeBackup(path.resolve(out), line.show);
      line.clear();
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      const { size: bytes } = await stat(out);
      for (const name of missing) console.error(missingProblem(name));
      if (missing.length > 0) process.exitCode = 1;
      const written = {
        out,
        madeAt,
        bytes,
        tables: tables.length,
        rows,
        files: files.length,
        missing,
      };
      if (json) console.log(JSON.stringify(written));
      else
        console.error(
          `${rows} rows of ${tables.length} tables and ${files.length} files written to ${out}.`,
        );
    } catch (error) {
      line.clear();
      throw new CommandError(
        `${out} could not be written. ${roomProblem(error) ?? messageOf(error)}`,
      );
    }
  });
}
