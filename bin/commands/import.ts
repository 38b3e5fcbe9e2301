import { createReadStream, watch as watchFolder } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { Command, Option } from "commander";
import type { ImportRow, ImportView } from "@/lib/services/imports";
import { CommandError, messageOf } from "./command-error";

type Options = {
  project: string;
  map: string[];
  readAs?: string;
  encoding?: string;
  language?: string;
  event?: string;
  outlet?: string;
  name: string;
  dryRun?: true;
  json?: true;
  watch?: true;
};

/** A file to send, with the name that people see. */
type Source = { name: string; open: () => AsyncIterable<Uint8Array> };

/** A file is taken from a watched folder once it has not grown for so long. */
const SETTLED_MS = 1_500;

/** Files that could not even be sent. */
let unsent = 0;

/** `framemark import`: files, folders, archives or standard input into a project. */
export function importCommand(): Command {
  return new Command("import")
    .summary("Add articles, tables, archives and annotated files to a project.")
    .description(
      "Add documents to a project: .txt, .md, .html, .docx and .pdf hold an article each; .csv, .tsv," +
        " .xlsx, .json and .jsonl many; a .zip, a folder or a pattern holds any of them; “-” is standard" +
        " input. Files with annotations of other tools are recognised. What is wrong is told by file and" +
        " line and stops nothing else.",
    )
    .requiredOption("--project <name or id>", "the project")
    .argument("<files...>", "files, folders, patterns such as 'news/*.html', or -")
    .option(
      "--map <column=use>",
      "what a column is (text, title, outlet, publishedOn …, free, skip), or where a label goes: label:Theirs=layer/label",
      (value: string, before: string[]) => [...before, value],
      [],
    )
    .option(
      "--read-as <format>",
      "articles, or the name of an annotated format; found out if left out",
    )
    .addOption(
      new Option("--encoding <encoding>", "letters of text files").choices([
        "auto",
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1252",
      ]),
    )
    .option("--language <tag>", "language of articles that do not tell")
    .option("--event <name>", "event of articles that do not tell")
    .option("--outlet <name>", "outlet of articles that do not tell")
    .option("--name <file name>", "what standard input is, by its ending", "stdin.txt")
    .option("--dry-run", "tell what would happen and store nothing")
    .option("--json", "one JSON object a row, and one for the whole at the end")
    .option("--watch", "stay, and import what is put into the folders")
    .action(runImport);
}

async function runImport(given: string[], options: Options): Promise<void> {
  // Loaded only now, so that help and mistakes are answered at once.
  const { findProject, withServices } = await import("./open-database");
  await withServices(async () => {
    const { parseInThread } = await import("@/lib/services/import-thread");
    parseInThread();
    const projectId = await findProject(options.project);
    const settings = settingsOf(options);
    const sources = (await Promise.all(given.map((each) => sourcesOf(each, options)))).flat();
    if (sources.length > 0) await importOnce(projectId, sources, settings, options);
    else if (!options.watch) throw new CommandError("There is no file to import.");
    if (options.watch) await watchFolders(projectId, given, settings, options);
  });
}

type Settings = Record<string, unknown>;

function settingsOf(options: Options): Settings {
  const columns: Record<string, string> = {};
  const labels: object[] = [];
  for (const each of options.map) {
    const at = each.lastIndexOf("=");
    if (at < 1)
      throw new CommandError(`--map ${each}: write column=use or label:Theirs=layer/label.`);
    const [from, to] = [each.slice(0, at), each.slice(at + 1)];
    if (from.startsWith("label:")) labels.push(...labelChoices(from.slice("label:".length), to));
    else columns[from] = to;
  }
  return {
    ...(Object.keys(columns).length === 0 ? {} : { columns }),
    ...(labels.length === 0 ? {} : { labels }),
    ...(options.readAs === undefined ? {} : { readAs: options.readAs }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    ...(options.language === undefined ? {} : { language: options.language }),
    facts: { event: options.event ?? "", outlet: options.outlet ?? "" },
  };
}

/** `layer/label` of ours for `Layer/Label` or `Label` of theirs; nothing after = leaves it out. */
function labelChoices(theirs: string, ours: string): object[] {
  const [layer, label] = ours.split("/");
  const slash = theirs.indexOf("/");
  const from = {
    layer: slash < 0 ? "" : theirs.slice(0, slash),
    label: slash < 0 ? theirs : theirs.slice(slash + 1),
  };
  const to = ours === "" ? null : { layer: layer ?? "", label: label ?? "" };
  return (["span", "relation", "unit"] as const).map((kind) => ({ kind, ...from, to }));
}

async function sourcesOf(given: string, { name }: Options): Promise<Source[]> {
  if (given === "-") return [{ name, open: () => process.stdin }];
  if (/[*?]/.test(given)) return (await matching(given)).map((file) => fileSource(file, file));
  const found = await stat(given).catch(() => null);
  if (found === null) {
    unsent++;
    refuse(given, "There is no such file.");
    return [];
  }
  if (!found.isDirectory()) return [fileSource(given, path.basename(given))];
  const entries = await readdir(given, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        !/(^|[\\/])\./.test(path.relative(given, path.join(entry.parentPath, entry.name))),
    )
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => fileSource(file, path.relative(path.dirname(given), file)));
}

function fileSource(file: string, name: string): Source {
  return { name: name.split(path.sep).join("/"), open: () => createReadStream(file) };
}

/** Files that fit a pattern with * and ? in its names; a shell has usually done that already. */
async function matching(pattern: string): Promise<string[]> {
  const parts = path.normalize(pattern).split(path.sep);
  const fixed = parts.findIndex((part) => /[*?]/.test(part));
  const base = parts.slice(0, fixed).join(path.sep) || (path.isAbsolute(pattern) ? path.sep : ".");
  const wanted = new RegExp(`^${parts.slice(fixed).map(patternOf).join("/")}$`);
  const entries = await readdir(base, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => wanted.test(path.relative(base, file).split(path.sep).join("/")))
    .sort();
}

function patternOf(part: string): string {
  if (part === "**") return ".*";
  return part
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");
}

async function importOnce(
  projectId: string,
  sources: Source[],
  settings: Settings,
  options: Options,
): Promise<void> {
  const { must } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const imports = await import("@/lib/services/imports");
  const { importId } = must(await imports.createImport.as(OPERATOR, { projectId, settings }));
  const place = { projectId, importId };
  for (const { name, open } of sources) {
    const kept = await imports.addImportFile
      .as(OPERATOR, { ...place, name, bytes: open() })
      .catch((error: unknown) => {
        throw new CommandError(`${name} cannot be read: ${messageOf(error)}`);
      });
    if (kept.ok) continue;
    unsent++;
    refuse(name, kept.failure.message);
  }
  let view = must(await imports.readImport.as(OPERATOR, { ...place, where: "here" }));
  if (options.dryRun) {
    await report(place, view, options);
    must(await imports.cancelImport.as(OPERATOR, place));
    return;
  }
  view = must(await imports.startImport.as(OPERATOR, { ...place, where: "here" }));
  await report(place, view, options);
}

async function report(
  place: { projectId: string; importId: string },
  view: ImportView,
  { json, dryRun }: Options,
): Promise<void> {
  const { must } = await import("./open-database");
  const { OPERATOR } = await import("@/lib/services/program");
  const { listImportRows } = await import("@/lib/services/imports");
  for (let after: number | undefined; ; ) {
    const input = { ...place, ...(after === undefined ? {} : { after }) };
    const page = must(await listImportRows.as(OPERATOR, input));
    for (const row of page.rows) tell(row, json === true);
    if (page.next === null) break;
    after = page.next;
  }
  const { fresh, known, refused, stored } = view.rows;
  if (json)
    console.log(JSON.stringify({ ...view.rows, importId: place.importId, state: view.state }));
  const added = dryRun ? `${fresh} would be added` : `${stored} added`;
  console.error(`${added}, ${known} known already, ${refused + unsent} refused.`);
  if (refused > 0) process.exitCode = 1;
}

function tell(row: ImportRow, json: boolean): void {
  if (json) return console.log(JSON.stringify(row));
  if (row.problem !== null) return refuse(row.place, row.problem);
  const words = { fresh: "new", known: "known", stored: "added", refused: "refused" };
  console.log(`${row.documentId ?? "-"}\t${words[row.state]}\t${row.title}`);
  for (const note of row.notes) console.error(`${row.place}: ${note}`);
}

function refuse(place: string, message: string): void {
  process.exitCode = 1;
  console.error(`${place}: ${message}`);
}

/** Imports what comes into the folders, each file once it is whole, until Ctrl-C. */
async function watchFolders(
  projectId: string,
  folders: string[],
  settings: Settings,
  options: Options,
): Promise<void> {
  const waiting = new Map<string, NodeJS.Timeout>();
  let importing: Promise<void> = Promise.resolve();
  const take = (folder: string, file: string) => {
    waiting.delete(file);
    importing = importing.then(async () => {
      const found = await stat(file).catch(() => null);
      if (!found?.isFile()) return;
      const source = fileSource(file, path.relative(path.dirname(folder), file));
      await importOnce(projectId, [source], settings, options).catch((error: unknown) =>
        refuse(file, messageOf(error)),
      );
    });
  };
  const watchers = await Promise.all(
    folders.map(async (folder) => {
      const found = await stat(folder).catch(() => null);
      if (!found?.isDirectory())
        throw new CommandError(`--watch is for folders; ${folder} is none.`);
      return watchFolder(folder, { recursive: true }, (_event, name) => {
        if (name === null || /(^|[\\/])\./.test(name)) return;
        const file = path.join(folder, name);
        clearTimeout(waiting.get(file));
        waiting.set(
          file,
          setTimeout(() => take(folder, file), SETTLED_MS),
        );
      });
    }),
  );
  console.error(`Watching ${folders.join(", ")}. Ctrl-C ends it.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
  for (const watcher of watchers) watcher.close();
  for (const timer of waiting.values()) clearTimeout(timer);
  await importing;
}
