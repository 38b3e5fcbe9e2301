import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Command } from "commander";
import { asFields, asText } from "@/lib/domain/formats/json-records";
import {
  createRehydration,
  type MissingText,
  REHYDRATED,
  textForms,
} from "@/lib/domain/releases/rehydrate";
import { decodeText } from "@/lib/domain/text/normalise";
import { CommandError, messageOf } from "./command-error";
import { createCommand, listCommand } from "./release-create";

/** `framemark release`: makes and lists releases, checks their archives and puts texts back. */
export function releaseCommand(): Command {
  return new Command("release")
    .summary("Make, list and check releases, or put texts back into one without texts.")
    .description(
      "Make and list the releases of a project, and work on their archives. verify and rehydrate need no" +
        " server and no database.",
    )
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(
      new Command("verify")
        .description("Compare every file of a release with its checksums.")
        .argument("<release>", "the archive, or the folder that it was unpacked to")
        .action(runVerify),
    )
    .addCommand(
      new Command("rehydrate")
        .description(
          "Put texts back into a release without texts, from your own copies: .txt files, and .jsonl" +
            " files whose records have a “text”. A copy is known by its hash, whatever it is called.",
        )
        .argument("<release>", "the archive, or the folder that it was unpacked to")
        .argument("<texts...>", "files and folders with your copies of the texts")
        .requiredOption("--output <folder>", "a folder that is not there yet")
        .option("--partial", "go on where texts are missing; their documents stay without text")
        .addHelpText("after", "\nExit codes: 0 all texts are back; 1 some are missing.")
        .action(runRehydrate),
    );
}

/** The files of a release, wherever they are. */
type Source = { names: string[]; open: (name: string) => AsyncIterable<Uint8Array> };

async function openSource(release: string): Promise<Source> {
  const found = await stat(release).catch(() => null);
  if (found === null) throw new CommandError(`There is no ${release}.`);
  if (found.isDirectory()) {
    const entries = await readdir(release, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(release, path.join(entry.parentPath, entry.name)))
      .map((name) => name.split(path.sep).join("/"));
    return { names, open: (name) => createReadStream(path.join(release, name)) };
  }
  const { listEntries, readEntry } = await import("@/lib/services/release-files");
  try {
    return { names: await listEntries(release), open: (name) => readEntry(release, name) };
  } catch (error) {
    throw new CommandError(`${release} is no archive of a release: ${messageOf(error)}`);
  }
}

async function runVerify(release: string): Promise<void> {
  const source = await openSource(release);
  if (!source.names.includes("checksums.sha256")) {
    throw new CommandError(`${release} has no checksums.sha256, so it is no release.`);
  }
  const listed = new Map<string, string>();
  for await (const line of linesOf(source, "checksums.sha256")) {
    listed.set(line.slice(66), line.slice(0, 64));
  }
  let wrong = 0;
  for (const [name, sum] of listed) {
    const isThere = source.names.includes(name);
    if (isThere && (await hashOf(source.open(name))) === sum) continue;
    wrong++;
    console.error(`${name}: ${isThere ? "differs" : "is missing"}`);
  }
  const extra = source.names.filter((name) => !listed.has(name) && name !== "checksums.sha256");
  for (const name of extra) console.error(`${name}: is not part of the release`);
  console.log(`${listed.size - wrong} of ${listed.size} files are as they were released.`);
  if (wrong > 0 || extra.length > 0) process.exitCode = 1;
}

async function runRehydrate(
  release: string,
  places: string[],
  { output, partial }: { output: string; partial?: true },
): Promise<void> {
  if ((await stat(output).catch(() => null)) !== null) {
    throw new CommandError(`${output} is there already; nothing is written over.`);
  }
  const source = await openSource(release);
  if (!source.names.includes("documents.jsonl")) {
    throw new CommandError(`${release} has no documents.jsonl, so it is no release.`);
  }
  const wanted: MissingText[] = [];
  for await (const line of linesOf(source, "documents.jsonl")) {
    const fields = asFields(JSON.parse(line)) ?? {};
    const [id, sha256] = [asText(fields.id), asText(fields.text_sha256)];
    if (typeof fields.text === "string") {
      throw new CommandError("This release has its texts already.");
    }
    if (id !== null && sha256 !== null) {
      wanted.push({ id, sha256, title: asText(fields.title) ?? "" });
    }
  }
  const texts = await findTexts(wanted, places);
  const missing = wanted.filter(({ id }) => !texts.has(id));
  for (const { id, title } of missing) console.error(`No copy has the hash of “${title}” (${id}).`);
  if (missing.length > 0) {
    process.exitCode = 1;
    if (!partial) {
      throw new CommandError(
        `${missing.length} of ${wanted.length} texts are missing; nothing is written. Add copies, or use --partial.`,
      );
    }
  }
  await writeRehydrated(source, texts, output);
  console.log(`${texts.size} of ${wanted.length} texts put back in ${output}.`);
}

/** Texts by the id of the document whose hash they have. */
async function findTexts(
  wanted: readonly MissingText[],
  places: readonly string[],
): Promise<Map<string, string>> {
  const byHash = new Map<string, string[]>();
  for (const { id, sha256 } of wanted) byHash.set(sha256, [...(byHash.get(sha256) ?? []), id]);
  const found = new Map<string, string>();
  for await (const content of copiesIn(places)) {
    for (const form of textForms(content)) {
      const hash = createHash("sha256").update(form).digest("hex");
      for (const id of byHash.get(hash) ?? []) found.set(id, form);
    }
  }
  return found;
}

async function* copiesIn(places: readonly string[]): AsyncGenerator<string> {
  for (const place of places) {
    const found = await stat(place).catch(() => null);
    if (found === null) throw new CommandError(`There is no ${place}.`);
    const files = found.isDirectory() ? await filesBelow(place) : [place];
    for (const file of files) yield* copiesOf(file);
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /\.(txt|jsonl)$/i.test(name))
    .map((name) => path.join(folder, name));
}

async function* copiesOf(file: string): AsyncGenerator<string> {
  if (!/\.jsonl$/i.test(file)) {
    const text = decodeText(await readFile(file));
    if (text.ok) yield text.value;
    else console.error(`${file}: ${text.failure.message}`);
    return;
  }
  for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
    const text = line.trim() === "" ? null : asFields(JSON.parse(line))?.text;
    if (typeof text === "string") yield text;
  }
}

/** Beside its place first and then moved there: an interrupted run leaves no half folder. */
async function writeRehydrated(
  source: Source,
  texts: ReadonlyMap<string, string>,
  output: string,
): Promise<void> {
  const draft = `${output}.${process.pid}.part`;
  const rehydrate = createRehydration(texts);
  const tables: readonly string[] = REHYDRATED;
  try {
    for (const name of source.names) {
      // They are of the files as they were released.
      const place = path.join(draft, name === "checksums.sha256" ? `released-${name}` : name);
      await mkdir(path.dirname(place), { recursive: true });
      const out: WriteStream = createWriteStream(place);
      if (tables.includes(name)) {
        const lines = linesOf(source, name);
        await pipeline(Readable.from(mapLines(lines, (line) => rehydrate(name, line))), out);
      } else await pipeline(Readable.from(source.open(name)), out);
    }
    await rename(draft, output);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function* mapLines(
  lines: AsyncIterable<string>,
  change: (line: string) => string,
): AsyncGenerator<string> {
  for await (const line of lines) yield change(line);
}

async function* linesOf(source: Source, name: string): AsyncGenerator<string> {
  const input = Readable.from(source.open(name), { objectMode: false });
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line !== "") yield line;
  }
}

async function hashOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of content) hash.update(piece);
  return hash.digest("hex");
}
