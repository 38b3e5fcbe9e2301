import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { Command, Option } from "commander";
import {
  type AgreementData,
  FileProblem,
  type SourceFile,
} from "@/lib/domain/agreement/files/agreement-file";
import { readBratFiles } from "@/lib/domain/agreement/files/brat-file";
import { readCsvFile } from "@/lib/domain/agreement/files/csv-file";
import { readJsonlFile } from "@/lib/domain/agreement/files/jsonl-file";
import {
  type MeasureRequest,
  measureRatings,
  measureRequestSchema,
  plainMeasure,
  ratingMeasureNames,
} from "@/lib/domain/agreement/files/measure-file";
import { measureSpans, spanMeasureNames } from "@/lib/domain/agreement/files/measure-spans";
import { readWebannoFiles } from "@/lib/domain/agreement/files/webanno-file";
import { multilabelAlpha, multilabelAlphaPerLabel } from "@/lib/domain/agreement/multilabel-alpha";
import { checkVector } from "@/lib/domain/agreement/vectors/recompute";
import { type Vector, vectorFileSchema } from "@/lib/domain/agreement/vectors/vector";

type Options = {
  vectors?: true;
  measure?: string;
  format: "csv" | "jsonl" | "brat" | "webanno";
  layer?: string;
  level: string;
  weights: string;
  distance: string;
  seed: string;
  replicates: string;
  samples: string;
};

/** `framemark agreement`: recomputes reference vectors, or measures a person's own files. Needs no server. */
export function agreementCommand(): Command {
  return new Command("agreement")
    .description(
      "Measure inter-annotator agreement in files, or check the program against reference vectors. Needs no server and no database.",
    )
    .argument("<files...>", "vector files; or CSV, JSON Lines, brat or WebAnno files and folders")
    .option("--vectors", "recompute every vector of the files; ends with an error if one differs")
    .option("--measure <name>", measureHelp())
    .addOption(
      new Option("--format <format>", "what the files are")
        .choices(["csv", "jsonl", "brat", "webanno"])
        .default("csv"),
    )
    .option("--layer <name>", "only this layer of WebAnno files")
    .option(
      "--level <level>",
      "level of measurement for alpha: nominal, ordinal, interval, ratio",
      "nominal",
    )
    .option(
      "--weights <scheme>",
      "weights for kappas and AC2: identity, linear, quadratic, ordinal",
      "identity",
    )
    .option(
      "--distance <rule>",
      "between sets of labels: jaccard, masi (Passonneau 2006), masi_2004, dice, nominal",
      "jaccard",
    )
    .option("--seed <number>", "seed of everything drawn at random", "1")
    .option(
      "--replicates <number>",
      "also a bootstrap interval from so many resamples of documents",
      "0",
    )
    .option("--samples <number>", "chance continua for gamma", "30")
    .action(runAgreement);
}

function measureHelp(): string {
  return `ratings: ${ratingMeasureNames().join(", ")}, multilabel_alpha; spans: ${spanMeasureNames().join(", ")}`;
}

async function runAgreement(files: string[], options: Options): Promise<void> {
  try {
    if (options.vectors) await checkFiles(files);
    else if (options.measure !== undefined) await measureFiles(files, options);
    else
      throw new FileProblem("Say what to do: --vectors, or --measure with the name of a measure.");
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    console.error("framemark:", error.message);
    process.exitCode = 1;
  }
}

async function checkFiles(files: readonly string[]): Promise<void> {
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    for (const vector of await readVectors(file)) {
      const { isPassed, line } = judge(vector);
      if (isPassed) passed++;
      else failed++;
      console.log(line);
    }
  }
  console.log(`${passed} ok, ${failed} failed, ${passed + failed} in all`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}

async function readVectors(file: string): Promise<Vector[]> {
  const content = await readText(file);
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new FileProblem(`${file} is not JSON.`);
  }
  const read = vectorFileSchema.safeParse(json);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new FileProblem(
    `${file} is no file of vectors: ${issue?.path.join(".")} ${issue?.message ?? ""}`,
  );
}

function judge(vector: Vector): { isPassed: boolean; line: string } {
  const outcome = checkVector(vector);
  const head = `${vector.id}  ${vector.measure}`;
  if (outcome.kind === "failed") {
    return {
      isPassed: false,
      line: `FAIL  ${head}  expected ${short(vector.expected)}  got an error: ${outcome.message}`,
    };
  }
  const [first, ...more] = outcome.differences;
  if (first === undefined) {
    const got = Object.fromEntries(
      Object.keys(vector.expected).map((key) => [key, outcome.got[key]]),
    );
    return {
      isPassed: true,
      line: `ok    ${head}  expected ${short(vector.expected)}  got ${short(got)}`,
    };
  }
  const others = more.length === 0 ? "" : `  and ${more.length} more`;
  return {
    isPassed: false,
    line: `FAIL  ${head}  ${first.place} expected ${short(first.expected)}  got ${short(first.got)}${others}`,
  };
}

/** Figures as JSON; long ones are cut, since a line of a terminal is for looking at. */
function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

async function measureFiles(paths: readonly string[], options: Options): Promise<void> {
  const request = measureRequestSchema.safeParse({ ...options });
  if (!request.success) {
    const issue = request.error.issues[0];
    throw new FileProblem(`--${issue?.path.join(".")}: ${issue?.message ?? ""}`);
  }
  const result = measureData(await readData(paths, options), request.data);
  console.log(JSON.stringify(result, null, 2));
}

function measureData(data: AgreementData, request: MeasureRequest): Record<string, unknown> {
  const known =
    data.kind === "ratings"
      ? ratingMeasureNames()
      : data.kind === "spans"
        ? spanMeasureNames()
        : ["multilabel_alpha"];
  if (!known.includes(request.measure)) {
    throw new FileProblem(
      `The files hold ${data.kind}; measures for them are ${known.join(", ")}.`,
    );
  }
  if (data.kind === "ratings") return measureRatings(data, request);
  if (data.kind === "spans") return measureSpans(data, request);
  return {
    measure: "multilabel_alpha",
    ...plainMeasure(multilabelAlpha(data.rows, { kind: request.distance })),
    labels: Object.fromEntries(
      [...multilabelAlphaPerLabel(data.rows)].map(([label, alpha]) => [label, plainMeasure(alpha)]),
    ),
    settings: { distance: request.distance },
  };
}

async function readData(paths: readonly string[], options: Options): Promise<AgreementData> {
  const files = await readSources(paths, options.format);
  const [first, second] = files;
  if (!first) throw new FileProblem("There is no such file.");
  if (options.format === "brat") return readBratFiles(files);
  if (options.format === "webanno") return readWebannoFiles(files, options.layer);
  if (second) throw new FileProblem("Give one file; several are for --format brat and webanno.");
  return options.format === "csv" ? readCsvFile(first) : readJsonlFile(first);
}

const ENDINGS = { brat: [".ann", ".txt"], webanno: [".tsv"], csv: [], jsonl: [] } as const;

async function readSources(
  paths: readonly string[],
  format: Options["format"],
): Promise<SourceFile[]> {
  const files: string[] = [];
  for (const given of paths) {
    if (!(await isFolder(given))) files.push(given);
    else files.push(...(await filesBelow(given, ENDINGS[format])));
  }
  return Promise.all(
    files.map(async (file) => ({
      path: file.split(path.sep).join("/"),
      content: await readText(file),
    })),
  );
}

async function isFolder(given: string): Promise<boolean> {
  try {
    return (await stat(given)).isDirectory();
  } catch {
    throw new FileProblem(`There is no ${given}.`);
  }
}

async function filesBelow(folder: string, endings: readonly string[]): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort()
    .map((name) => path.join(folder, name));
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new FileProblem(`${file} cannot be read.`);
  }
}
