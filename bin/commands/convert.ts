import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { Command, Option } from "commander";
import { FORMATS, findFormat } from "@/lib/domain/formats/catalogue";
import {
  type CorpusFormat,
  type CorpusItem,
  type CorpusSurvey,
  createFormatReport,
  createSurvey,
  type FormatProblem,
  type InputFile,
  type Loss,
  type OffsetUnit,
} from "@/lib/domain/formats/corpus";
import { joinDocuments } from "@/lib/domain/formats/join-documents";
import { CommandError } from "./command-error";
import { createOutput } from "./convert-output";

type Options = {
  from: string;
  to: string;
  unit: OffsetUnit;
  annotator?: string;
  name?: string;
  json?: true;
  strict?: true;
};

/** `framemark convert`: annotated files from one format to another. Needs no server and no database. */
export function convertCommand(): Command {
  return new Command("convert")
    .summary("Convert annotated files from one format to another.")
    .description(
      "Convert annotated files from one format to another, a document at a time. Needs no server and" +
        " no database. Says what the target cannot hold, and what of the source is wrong, by file and" +
        " line, and goes on with the rest.",
    )
    .addOption(new Option("--from <format>", "what the files are").choices(names("read")))
    .addOption(new Option("--to <format>", "what they become").choices(names("write")))
    .addOption(
      new Option("--unit <unit>", "what offsets of the source count")
        .choices(["detect", "code_points", "utf16", "graphemes"])
        .default("detect"),
    )
    .option("--annotator <name>", "whose annotations these are, where the files do not say")
    .option("--name <name>", "the name of the corpus, for formats that have one")
    .option("--json", "the report as JSON")
    .option("--strict", "end with exit code 3 if anything is lost")
    .argument("<in>", "a file, a folder, or - for standard input")
    .argument("<out>", "a file or a folder that is not there yet, or - for standard output")
    .addHelpText("after", `\n${describeFormats()}\n\n${EXIT_CODES}`)
    .action(runConvert);
}

const EXIT_CODES =
  "Exit codes: 0 converted; 1 converted, but parts of the source were wrong and are left out;" +
  " 2 not converted; 3 converted with --strict, but the target cannot hold everything.";

function names(what: "read" | "write"): string[] {
  return FORMATS.filter((format) => format[what] !== null).map(({ name }) => name);
}

function describeFormats(): string {
  const lines = FORMATS.map(({ name, title, about, read }) => {
    return `  ${name.padEnd(14)} ${title}${read === null ? " (only to)" : ""}. ${about}`;
  });
  return `Formats:\n${lines.join("\n")}`;
}

async function runConvert(given: string, out: string, options: Options): Promise<void> {
  const temporary = await mkdtemp(path.join(os.tmpdir(), "framemark-convert-"));
  try {
    const { source, target } = findFormats(options);
    const files = await findFiles(given, temporary);
    const summary = await convert({ source, target, files, out, options });
    report(summary, options);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error("framemark:", error.message);
    process.exitCode = 2;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

type Formats = {
  source: CorpusFormat & { read: NonNullable<CorpusFormat["read"]> };
  target: CorpusFormat & { write: NonNullable<CorpusFormat["write"]> };
};

function findFormats({ from, to }: Options): Formats {
  const [source, target] = [findFormat(from ?? ""), findFormat(to ?? "")];
  if (!source?.read) throw new CommandError("Say what the files are: --from with a format.");
  if (!target?.write) throw new CommandError("Say what they become: --to with a format.");
  return {
    source: { ...source, read: source.read },
    target: { ...target, write: target.write },
  };
}

/** Standard input goes into a file first, since formats may look at their start to know what they are. */
async function findFiles(given: string, temporary: string): Promise<InputFile[]> {
  if (given === "-") {
    const file = path.join(temporary, "input");
    await pipeline(process.stdin, createWriteStream(file));
    return [inputFile(file, "-")];
  }
  const found = await stat(given).catch(() => null);
  if (found === null) throw new CommandError(`There is no ${given}.`);
  if (!found.isDirectory()) return [inputFile(given, path.basename(given))];
  const entries = await readdir(given, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) throw new CommandError(`There are no files in ${given}.`);
  return files.map((file) => {
    return inputFile(file, path.relative(given, file).split(path.sep).join("/"));
  });
}

function inputFile(file: string, name: string): InputFile {
  return { path: name, open: () => createReadStream(file) };
}

type Work = Formats & { files: InputFile[]; out: string; options: Options };
type Summary = {
  documents: number;
  sets: number;
  annotations: number;
  losses: Loss[];
  problems: FormatProblem[];
  problemCount: number;
};

/** As many problems are kept for the report. */
const MOST_PROBLEMS = 1000;

async function convert({ source, target, files, out, options }: Work): Promise<Summary> {
  const readOptions = { unit: options.unit, annotator: options.annotator };
  const items = () => joinDocuments(source.read(files, readOptions));
  const survey = target.needsSurvey ? await surveyOf(items()) : undefined;
  const formatReport = createFormatReport();
  const writer = target.write({ report: formatReport, survey, projectName: options.name });
  const summary: Summary = {
    documents: 0,
    sets: 0,
    annotations: 0,
    losses: [],
    problems: [],
    problemCount: 0,
  };
  const output = await createOutput(out, target.layout);
  const progress = createProgress();
  try {
    for await (const item of items()) {
      if (item.kind === "problem") addProblem(summary, item);
      else {
        count(summary, item);
        output.take(writer.write(item.document));
        progress.show(summary.documents);
      }
    }
    output.take(writer.end());
    await output.keep();
  } catch (error) {
    await output.drop();
    throw error;
  } finally {
    progress.clear();
  }
  return { ...summary, losses: formatReport.losses() };
}

async function surveyOf(items: AsyncIterable<CorpusItem>): Promise<CorpusSurvey> {
  const survey = createSurvey();
  for await (const item of items) if (item.kind === "document") survey.add(item.document);
  return survey.survey();
}

function addProblem(summary: Summary, { path: file, line, message }: FormatProblem): void {
  summary.problemCount++;
  if (summary.problems.length < MOST_PROBLEMS) summary.problems.push({ path: file, line, message });
}

function count(summary: Summary, { document }: CorpusItem & { kind: "document" }): void {
  summary.documents++;
  summary.sets += document.sets.length;
  for (const { spans, relations, unitLabels } of document.sets) {
    summary.annotations += spans.length + relations.length + unitLabels.length;
  }
}

/** How many documents are done, on a terminal only. */
function createProgress() {
  const isShown = process.stderr.isTTY === true;
  let next = 0;
  return {
    show(documents: number) {
      if (!isShown || Date.now() < next) return;
      next = Date.now() + 250;
      process.stderr.write(`\r${documents} documents`);
    },
    clear() {
      if (isShown && next > 0) process.stderr.write("\r\u001B[K");
    },
  };
}

function report(summary: Summary, { json, strict }: Options): void {
  if (json) console.error(JSON.stringify(summary));
  else sayReport(summary);
  if (summary.documents === 0) process.exitCode = 2;
  else if (summary.problemCount > 0) process.exitCode = 1;
  else if (strict && summary.losses.length > 0) process.exitCode = 3;
}

function sayReport({
  documents,
  sets,
  annotations,
  losses,
  problems,
  problemCount,
}: Summary): void {
  for (const { path: file, line, message } of problems) {
    console.error(`${file}${line === null ? "" : `:${line}`}: ${message}`);
  }
  if (problemCount > problems.length) {
    console.error(`and ${problemCount - problems.length} more.`);
  }
  console.error(`${documents} documents, ${sets} annotation sets, ${annotations} annotations.`);
  for (const { count: number, message, examples } of losses) {
    console.error(`${number} ${message} (${examples.slice(0, 3).join("; ")})`);
  }
  if (losses.length === 0) console.error("Nothing was lost.");
}
