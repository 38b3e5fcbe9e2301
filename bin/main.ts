import { Command } from "commander";
import { agreementCommand } from "./commands/agreement";
import { backupCommand } from "./commands/backup";
import { codebookCommand } from "./commands/codebook";
import { CommandError } from "./commands/command-error";
import { convertCommand } from "./commands/convert";
import { doctorCommand } from "./commands/doctor";
import { exportCommand } from "./commands/export";
import { importCommand } from "./commands/import";
import { migrateCommand } from "./commands/migrate";
import { releaseCommand } from "./commands/release";
import { restoreCommand } from "./commands/restore";
import { userCommand } from "./commands/user";

const program = new Command("framemark")
  .description(
    "Framemark on the command line. Uses the database that DATABASE_URL names, else that of the" +
      " server running on this machine, else starts its own for as long as it takes.",
  )
  .showHelpAfterError("Add --help to see what there is.");
for (const command of [
  exportCommand(),
  importCommand(),
  userCommand(),
  agreementCommand(),
  convertCommand(),
  releaseCommand(),
  codebookCommand(),
  migrateCommand(),
  backupCommand(),
  restoreCommand(),
  doctorCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

try {
  await program.parseAsync();
} catch (error) {
  // Where the person can help it a sentence is enough; else the whole error helps to mend it.
  console.error("framemark:", error instanceof CommandError ? error.message : error);
  process.exitCode = 1;
}
