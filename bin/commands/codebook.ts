import { readFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { type ReadCodebook, readCodebookFile } from "@/lib/domain/codebook/files/read-file";
import { codebookJsonSchema } from "@/lib/domain/codebook/json-schema";
import type { Codebook } from "@/lib/domain/codebook/language";
import { printCodebook } from "@/lib/domain/codebook/print";
import { CommandError } from "./command-error";

/** `framemark codebook`: checks, prints and converts codebook files. Needs no server. */
export function codebookCommand(): Command {
  const command = new Command("codebook").description(
    "Check, print and convert codebook files. Needs no server and no database.",
  );
  const files =
    "codebooks of ours, label lists of doccano, configurations of Label Studio or tagsets of INCEpTION";
  command
    .command("check")
    .description("say what is wrong with files, by place; ends with an error if something is")
    .argument("<files...>", files)
    .action(check);
  command
    .command("print")
    .description("write a codebook as Markdown; with --json as a codebook of ours")
    .argument("<file>", files)
    .option("--json", "as one JSON document, e.g. to convert another program's labels")
    .action(print);
  command
    .command("schema")
    .description("write the JSON Schema of codebooks")
    .action(() => console.log(JSON.stringify(codebookJsonSchema(), null, 2)));
  command
    .command("map")
    .description("write the tables that lead to other schemes, or one of them, as JSON")
    .argument("<file>", "a codebook")
    .argument("[scheme]", "name of the other scheme")
    .action(map);
  return command;
}

async function check(files: string[]): Promise<void> {
  let problems = 0;
  for (const file of files) {
    const read = await readCodebook(file);
    for (const note of read.notes) console.log(`${file}: ${note}`);
    for (const { place, message } of read.problems) console.log(`${file}: ${place}: ${message}`);
    if (read.problems.length === 0) console.log(`${file}: ready to be published`);
    problems += read.problems.length;
  }
  if (problems > 0) process.exitCode = 1;
}

async function print(file: string, { json }: { json?: true }): Promise<void> {
  const codebook = await sound(file);
  console.log(json ? JSON.stringify(codebook, null, 2) : printCodebook(codebook));
}

async function map(file: string, scheme: string | undefined): Promise<void> {
  const { mappings } = await sound(file);
  const wanted = mappings.filter((mapping) => scheme === undefined || mapping.to === scheme);
  if (wanted.length === 0) {
    const known = [...new Set(mappings.map((mapping) => mapping.to))].join(", ") || "none";
    throw new CommandError(`There is no such table in ${file}. There are: ${known}.`);
  }
  console.log(JSON.stringify(wanted, null, 2));
}

async function sound(file: string): Promise<Codebook> {
  const { codebook, problems } = await readCodebook(file);
  if (codebook !== null) return codebook;
  const [first] = problems;
  throw new CommandError(`${file}: ${first?.place}: ${first?.message}`);
}

async function readCodebook(file: string): Promise<ReadCodebook> {
  try {
    return readCodebookFile(await readFile(file, "utf8"), path.basename(file));
  } catch {
    throw new CommandError(`${file} cannot be read.`);
  }
}
