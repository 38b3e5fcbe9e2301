import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command, Option } from "commander";
import type { DatasetFile } from "@/lib/services/dataset";
import { CommandError, messageOf } from "./command-error";

type Options = { project: string; format: "jsonl" | "csv"; raw?: true; output?: string };

/** `framemark export`: the submitted annotations of a project as a file or to a pipe. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Write the submitted annotations of a project, under pseudonyms.")
    .requiredOption("--project <name or id>", "the project")
    .addOption(
      new Option("--format <format>", "the format of the file")
        .choices(["jsonl", "csv"])
        .default("jsonl"),
    )
    .option("--raw", "CSV with every cell as it is, not made safe for spreadsheets")
    .option("--output <file>", "write to this file instead of standard output")
    .action(runExport);
}

async function runExport({ project, format, raw, output }: Options): Promise<void> {
  if (raw && format !== "csv") throw new CommandError("--raw is for --format csv; JSONL is raw.");
  // Loaded only now, so that help and mistakes are answered at once.
  const { findProject, must, withServices } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { exportDataset } = await import("@/lib/services/dataset");
  await withServices(async () => {
    const projectId = await findProject(project);
    const cells = raw ? "raw" : "safe";
    const file = must(await exportDataset.as(OPERATOR, { projectId, format, cells }));
    if (output === undefined) await writeOut(file);
    else await writeFile(output, file);
    console.error(
      `${file.annotations} annotations written${output === undefined ? "" : ` to ${output}`}.`,
    );
  });
}

/** Beside its place first and then moved there: an interrupted export leaves no half file. */
async function writeFile(path: string, { pieces }: DatasetFile): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw new CommandError(`${path} could not be written: ${messageOf(error)}`);
  }
}

async function writeOut({ pieces }: DatasetFile): Promise<void> {
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
  } catch (error) {
    // A reader such as head closes the pipe when it has enough; that is no failure.
    if (!(error instanceof Error && "code" in error && error.code === "EPIPE")) throw error;
  }
}
