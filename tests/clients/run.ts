/**
 * npm run test:clients: real programs load what Framemark writes, and Framemark reads what they write, with
 * every offset compared with its words. They live in an environment of Python that is made for the run and
 * thrown away; FRAMEMARK_CLIENTS names one to keep and use again. The last line is the sum.
 */
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { findFormat } from "@/lib/domain/formats/catalogue";
import {
  type CorpusDocument,
  createFormatReport,
  createSurvey,
  type InputFile,
  spanHull,
} from "@/lib/domain/formats/corpus";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { withTemporaryCluster } from "@/scripts/postgres/temporary-cluster.mjs";
import { collect } from "@/tests/domain/formats/expected-corpus";
import { generatedCorpus } from "@/tests/domain/formats/generated-corpus";

const WRITTEN = [
  "jsonl",
  "xmi",
  "casjson",
  "brat",
  "spacy",
  "label-studio",
  "parquet",
  "csv",
  "xlsx",
];
/** What clients wrote, with the format that it is. */
const READ = [
  ["cassis-xmi", "xmi"],
  ["cassis-json", "casjson"],
  ["spacy", "spacy"],
  ["label-studio", "label-studio"],
] as const;

const truthSchema = z.array(
  z.object({
    document: z.string(),
    label: z.string(),
    start: z.number(),
    end: z.number(),
    quote: z.string(),
  }),
);
const lineSchema = z.object({
  client: z.string(),
  what: z.string(),
  version: z.string().nullable(),
  checked: z.number().optional(),
  failed: z.string().optional(),
  skipped: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

const say = (text: string) => process.stdout.write(`${text}\n`);

await main();

async function main() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "framemark-clients-"));
  try {
    const python = preparePython(folder);
    if (python === null) {
      say("Skipped: there is no Python 3 with venv here, or its packages cannot be installed.");
      say("0 passed, 0 failed, 1 skipped");
      return;
    }
    const corpus = Array.from({ length: 40 }, (_, seed) => generatedCorpus(seed)).flat();
    writeCorpus(folder, corpus);
    await writeRelease(folder);
    const lines = [...runClients(python, folder), ...(await readBack(folder))];
    reportLines(lines);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function preparePython(folder: string): string | null {
  const kept = process.env.FRAMEMARK_CLIENTS;
  const home = kept ?? path.join(folder, "python");
  const python = path.join(home, process.platform === "win32" ? "Scripts" : "bin", "python");
  if (existsSync(python)) return python;
  const made = spawnSync("python3", ["-m", "venv", home], { stdio: "inherit" });
  if (made.status !== 0) return null;
  const requirements = readFileSync(path.join(import.meta.dirname, "requirements.txt"), "utf8");
  say("Installing the clients ...");
  // One by one, so that a client that does not install here leaves the others.
  for (const each of requirements.split("\n").filter((line) => line.trim() !== "")) {
    const got = spawnSync(python, ["-m", "pip", "install", "--quiet", each], { stdio: "inherit" });
    if (got.status !== 0) say(`${each} cannot be installed here; its checks are skipped.`);
  }
  return python;
}

function writeCorpus(folder: string, corpus: readonly CorpusDocument[]): void {
  for (const name of WRITTEN) {
    const survey = createSurvey();
    for (const document of corpus) survey.add(document);
    const context = { report: createFormatReport(), survey: survey.survey() };
    const writer = findFormat(name)?.write?.(context);
    if (!writer) throw new Error(`${name} is not written.`);
    const begun = new Set<string>();
    const pieces = corpus.flatMap((document) => [...writer.write(document)]);
    for (const { path: file, content } of [...pieces, ...writer.end()]) {
      const place = path.join(folder, name, file);
      if (!begun.has(place)) mkdirSync(path.dirname(place), { recursive: true });
      begun.add(place);
      appendFileSync(place, content);
    }
  }
  const spans = corpus.flatMap((document) => {
    const index = indexText(document.text);
    return document.sets.flatMap((set) =>
      set.spans.map((span) => {
        const { start, end } = spanHull(span);
        const hull = index.slice(codePoint(start), codePoint(end));
        return { document: document.id, set: set.name, label: span.label, hull };
      }),
    );
  });
  const texts = Object.fromEntries(corpus.map(({ id, text }) => [id, text]));
  writeFileSync(path.join(folder, "expected.json"), JSON.stringify({ texts, spans }));
}

/** A release as the product makes it, in a database for as long as that takes. */
async function writeRelease(folder: string): Promise<void> {
  const root = path.resolve(import.meta.dirname, "..", "..");
  await withTemporaryCluster(async (cluster: { url: (database?: string) => string }) => {
    const databaseUrl = cluster.url("postgres");
    await deployMigrations(databaseUrl, path.join(root, "prisma", "migrations"));
    const child = path.join(import.meta.dirname, "release-child.ts");
    const made = spawnSync(
      process.execPath,
      ["--conditions=react-server", "--import=tsx", child, folder],
      {
        cwd: root,
        stdio: "inherit",
        env: {
          ...process.env,
          DATABASE_URL: databaseUrl,
          FRAMEMARK_DATA: path.join(folder, "data"),
        },
      },
    );
    if (made.status !== 0) throw new Error(`The release was not made (${made.status}).`);
  });
}

function runClients(python: string, folder: string): Line[] {
  const script = path.join(import.meta.dirname, "clients.py");
  const run = spawnSync(python, [script, folder], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, HF_HUB_OFFLINE: "1", HF_DATASETS_OFFLINE: "1", PYTHONUTF8: "1" },
  });
  const lines = run.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => lineSchema.parse(JSON.parse(line)));
  if (run.status === 0) return lines;
  return [...lines, { client: "python", what: "all", version: null, failed: run.stderr }];
}

/** What clients wrote is read, and every word compared with where it is. */
async function readBack(folder: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [name, formatName] of READ) {
    const own = path.join(folder, `from-${name}`);
    const line = { client: "Framemark", what: `reads ${formatName} of ${name}`, version: "" };
    if (!existsSync(own)) {
      lines.push({ ...line, skipped: "nothing was written" });
      continue;
    }
    const read = findFormat(formatName)?.read;
    if (!read) throw new Error(`${formatName} is not read.`);
    const truth = truthSchema.parse(JSON.parse(readFileSync(path.join(own, "truth.json"), "utf8")));
    const { documents, problems } = await collect(read(inputFiles(own), {}));
    const wanted = truth.map((each) => JSON.stringify(each)).sort();
    const got = documents.flatMap(spansOf).sort();
    const isSame = JSON.stringify(got) === JSON.stringify(wanted) && problems.length === 0;
    const failed = `${JSON.stringify(problems.slice(0, 3))} got ${got.slice(0, 3)} wanted ${wanted.slice(0, 3)}`;
    lines.push(isSame ? { ...line, checked: got.length } : { ...line, failed });
  }
  return lines;
}

function spansOf(document: CorpusDocument): string[] {
  const index = indexText(document.text);
  return document.sets.flatMap((set) =>
    set.spans.map((span) => {
      const { start, end } = spanHull(span);
      const quote = index.slice(codePoint(start), codePoint(end));
      return JSON.stringify({ document: document.id, label: span.label, start, end, quote });
    }),
  );
}

function inputFiles(folder: string): InputFile[] {
  const names = readdirSync(folder).filter((name) => name !== "truth.json");
  return names.sort().map((name) => ({
    path: name,
    open: async function* () {
      yield new Uint8Array(readFileSync(path.join(folder, name)));
    },
  }));
}

function reportLines(lines: readonly Line[]): void {
  for (const { client, version, what, checked, failed, skipped } of lines) {
    const outcome = failed === undefined ? (skipped === undefined ? "ok" : "skipped") : "FAILED";
    const count = checked === undefined ? "" : `${checked} annotations`;
    const name = `${client} ${version ?? ""}`.padEnd(26);
    say(`${name} ${what.padEnd(34)} ${outcome.padEnd(8)} ${count}${failed ?? skipped ?? ""}`);
  }
  const failed = lines.filter((line) => line.failed !== undefined).length;
  const skipped = lines.filter((line) => line.skipped !== undefined).length;
  say(
    `${lines.length - failed - skipped} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  );
  if (failed > 0) process.exitCode = 1;
}
