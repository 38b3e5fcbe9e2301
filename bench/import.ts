import { spawnSync } from "node:child_process";
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os, { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { deployMigrations } from "@/scripts/deploy-migrations.mjs";
import { startCluster } from "@/scripts/postgres/cluster.mjs";

/**
 * Imports 10,000 articles of 600 words into an empty project and, with `--large`, into one of 100,000:
 * sending the file, reading it, storing with structure, sentences, search, reprints and events. Each
 * import runs in a process of its own, as the worker does, on a PostgreSQL with the product's settings.
 */

const { values } = parseArgs({
  options: {
    articles: { type: "string", default: "10000" },
    words: { type: "string", default: "600" },
    large: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    /** A folder that keeps the database, for `bench:documents`. */
    keep: { type: "string" },
  },
});
const articles = Number(values.articles);
const words = Number(values.words);

const root = path.resolve(import.meta.dirname, "..");
const home = values.keep ?? mkdtempSync(path.join(tmpdir(), "framemark-bench-import-"));
mkdirSync(home, { recursive: true });
chmodSync(home, 0o711);

const OUTLETS = [
  "The Harbour Post",
  "Straits Wire",
  "Corvane Herald",
  "Vintermo Post",
  "Morning Quay",
];
const SYLLABLES = "ta ko mer lin sa vo dra pel ne ru sti gan ho be cur mi fa to wen lor".split(" ");

type Run = {
  documents: number;
  seconds: number;
  sendSeconds: number;
  readSeconds: number;
  storeSeconds: number;
  eventSeconds: number;
  cpuSeconds: number;
  peakMiB: number;
  state: string;
  stored: number;
  reprints: number;
  events: number;
  proposed: number;
  before: number;
};

const cluster = await startCluster({
  folder: path.join(home, "cluster"),
  safety: "durable",
  ...(values.keep === undefined ? { disposable: home } : {}),
});
try {
  const databaseUrl = cluster.url("postgres");
  await deployMigrations(databaseUrl, path.join(root, "prisma", "migrations"));
  const runs: Run[] = [await runOnce(databaseUrl, 0)];
  report(runs[0]);
  if (values.large) {
    for (let seed = 1; seed <= 10; seed++) {
      runs.push(await runOnce(databaseUrl, seed));
      report(runs.at(-1));
    }
  }
  if (values.json) console.log(JSON.stringify({ cores: os.cpus().length, runs }, null, 2));
} finally {
  await cluster.stop();
  if (values.keep === undefined) rmSync(home, { recursive: true, force: true });
}

async function runOnce(databaseUrl: string, seed: number): Promise<Run> {
  const file = path.join(home, `articles-${seed}.jsonl`);
  await pipeline(Readable.from(articleLines(seed)), createWriteStream(file));
  const child = spawnSync(
    process.execPath,
    [
      "--conditions=react-server",
      "--import=tsx",
      path.join(root, "bench", "import-run.ts"),
      file,
      String(seed),
    ],
    {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: databaseUrl },
      maxBuffer: 1e8,
    },
  );
  rmSync(file);
  if (child.status !== 0) throw new Error(`The import ended with ${child.status}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Run;
}

function report(run: Run | undefined): void {
  if (run === undefined) return;
  const rate = run.documents / run.seconds;
  console.log(
    `${run.before.toLocaleString("en")} documents before: ${run.documents.toLocaleString("en")} articles of ${words} words in ` +
      `${run.seconds.toFixed(1)} s, ${rate.toFixed(0)} a second (send ${run.sendSeconds.toFixed(1)}, ` +
      `read ${run.readSeconds.toFixed(1)}, store ${run.storeSeconds.toFixed(1)}, events ${run.eventSeconds.toFixed(1)}; processor ${run.cpuSeconds.toFixed(1)} s); ` +
      `peak ${run.peakMiB.toFixed(0)} MiB; ${run.stored} stored, ${run.reprints} reprints, ${run.events} events, ${run.proposed} proposed; load ${os.loadavg()[0]?.toFixed(1)}`,
  );
}

/** Articles of an invented world: the same for the same seed, each with the parts of a real page. */
function* articleLines(seed: number): Generator<string> {
  const random = randomFrom(seed + 1);
  let last = "";
  for (let number = 0; number < articles; number++) {
    const isReprint = number % 25 === 24;
    const text: string = isReprint ? reprintOf(last, number) : article(random, `${seed}-${number}`);
    if (!isReprint) last = text;
    const story = Math.floor(number / 8);
    yield `${JSON.stringify({
      text,
      outlet: OUTLETS[number % OUTLETS.length],
      date: new Date(Date.UTC(2026, 0, 1 + (story % 360))).toISOString(),
      url: `https://example.org/${seed}/${number}`,
      ...(number % 2 === 0 ? { event: `Event ${seed}-${story}` } : {}),
    })}\n`;
  }
}

function reprintOf(text: string, number: number): string {
  return text.replace("officials said", `officials said on day ${number}`);
}

function article(random: () => number, name: string): string {
  const sentence = (many: number) => {
    const chosen = Array.from({ length: many }, () => word(random));
    return `${capital(chosen.join(" "))}.`;
  };
  const parts = [
    capital(Array.from({ length: 9 }, () => word(random)).join(" ")),
    sentence(18),
    `In this file photo, ${sentence(12)}\nAA`,
  ];
  let count = 40;
  while (count < words) {
    if (count > words / 2 && count < words / 2 + 60)
      parts.push(`What ${word(random)} means for ${word(random)}`);
    const sentences = Array.from({ length: 3 }, (_, at) =>
      at === 1 ? `“${sentence(14)}” officials said.` : sentence(12 + Math.floor(random() * 12)),
    );
    parts.push(sentences.join(" "));
    count += 56;
  }
  parts.push(`READ MORE: ${sentence(7)}`, `Loading...\n${name}`);
  return parts.join("\n\n");
}

/** Common words come often and rare ones seldom, as in a language. */
function word(random: () => number): string {
  return wordNumber(Math.floor(40_000 ** random()));
}

function wordNumber(number: number): string {
  let text = "";
  for (let rest = number + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    text += SYLLABLES[rest % SYLLABLES.length];
  }
  return text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A small generator with a seed (sfc32). One whose state is a mere counter gives the texts of one seed again
 * under another.
 */
function randomFrom(seed: number): () => number {
  let [a, b, c, counter] = [seed, 0x9e3779b9, 0x6d2b79f5, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4_294_967_296;
  };
  for (let round = 0; round < 16; round++) next();
  return next;
}
