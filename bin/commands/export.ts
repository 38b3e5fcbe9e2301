import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command, Option } from "commander";
import { type DatasetFile, exportDataset } from "@/lib/services/dataset";
import { OPERATOR } from "@/lib/services/program";
import { CommandError, findProject, messageOf, must, withServices } from "./open-database";

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
  await withServices(async () => {
    const projectId = await findProject(project);
    const cells = raw ? "raw" : "safe";
    const file = must(await exportDataset.as(OPERATOR, { projectId, format, cells }));
    if (output === undefined) await writeTo(process.stdout, file);
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

async function writeTo(stream: Writable, { pieces }: DatasetFile): Promise<void> {
  let isGone = false;
  // A reader such as head closes the pipe when it has enough; that is no failure.
  stream.once("error", () => {
    isGone = true;
  });
  for (const piece of pieces) {
    if (isGone) return;
    if (!stream.write(piece)) await Promise.race([once(stream, "drain"), once(stream, "close")]);
  }
}
