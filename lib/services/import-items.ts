import "server-only";
import type { CorpusDocument, CorpusSet, InputFile } from "@/lib/domain/formats/corpus";
import { normaliseDocument } from "@/lib/domain/formats/normalise-document";
import { dayOf } from "@/lib/domain/imports/dates";
import type { FoundArticle, FoundFacts } from "@/lib/domain/imports/found-article";
import { settleRoles } from "@/lib/domain/imports/marked-roles";
import type { ImportSettings } from "@/lib/domain/imports/settings";
import type { BlockRole } from "@/lib/domain/text/roles";
import { isStorable } from "@/lib/domain/text/storable";
import type { NewDocument } from "./document-store";
import { ArchiveRefused } from "./import-archive";
import { divideByFormat, type FormatPart } from "./import-formats";
import { parsers } from "./import-parsing";
import {
  openGroups,
  readArticles,
  type SourceFile,
  type SourceGroup,
  type TableFinder,
} from "./import-sources";
import { addressInput, dayInput, languageInput, optionalNameInput, titleInput } from "./inputs";

/** One row of an import as it is read: the same row at the same place each time. */
export type ImportItem = {
  fileId: string;
  place: string;
  line: number | null;
} & (
  | { problem: string }
  | { article: FoundArticle; original?: Uint8Array; sets: readonly CorpusSet[] }
);

/** What is noticed while reading, for the choices of a person. */
export type Finder = {
  table: TableFinder;
  format: (name: string) => void;
};

/** For readings after the first, which has noticed all. */
export const QUIET: Finder = { table: () => {}, format: () => {} };

/** Everything in the files of an import, in order. Stops between rows when `signal` says so. */
export async function* readItems(
  { projectId, importId }: { projectId: string; importId: string },
  settings: ImportSettings,
  finder: Finder,
): AsyncGenerator<ImportItem> {
  const { groups, close } = await openGroups(projectId, importId);
  try {
    const isMany = groups.length > 1 || (groups[0]?.files.length ?? 0) > 1;
    for (const group of groups) {
      for (const { fileId, name, problem } of group.problems) {
        yield { fileId, place: name, line: null, problem };
      }
      for (const { format, files } of await partsOf(group, settings)) {
        if (format === null) yield* plainItems(files, settings, finder, isMany);
        else yield* orProblem(annotatedItems(files, format, finder), files[0]);
      }
    }
  } finally {
    close();
  }
}

/** Files by what they are read as. */
async function partsOf(
  { files }: SourceGroup,
  { readAs }: ImportSettings,
): Promise<readonly FormatPart[]> {
  if (readAs === "auto") return divideByFormat(files);
  return [{ format: readAs === "articles" ? null : readAs, files }];
}

async function* plainItems(
  files: readonly SourceFile[],
  settings: ImportSettings,
  finder: Finder,
  isMany: boolean,
): AsyncGenerator<ImportItem> {
  for (const file of files) {
    for await (const { place, ...item } of readArticles(file, settings, finder.table)) {
      const shown = place === "" || isMany ? [file.name, place].filter(Boolean).join(", ") : place;
      yield "article" in item
        ? { ...item, fileId: file.fileId, place: shown, sets: [] }
        : { ...item, fileId: file.fileId, place: shown };
    }
  }
}

/** A file that turns out to be damaged ends its part, and is told. */
async function* orProblem(
  items: AsyncGenerator<ImportItem>,
  first: SourceFile | undefined,
): AsyncGenerator<ImportItem> {
  try {
    yield* items;
  } catch (error) {
    if (!(error instanceof ArchiveRefused) || first === undefined) throw error;
    yield { fileId: first.fileId, place: first.name, line: null, problem: error.message };
  }
}

async function* annotatedItems(
  files: readonly SourceFile[],
  name: string,
  finder: Finder,
): AsyncGenerator<ImportItem> {
  const first = files[0];
  const inputs: InputFile[] = files.map((file) => ({ path: file.name, open: file.chunks }));
  const read = parsers().annotated(name, inputs);
  if (read === null || first === undefined) {
    yield {
      fileId: first?.fileId ?? "",
      place: first?.name ?? "",
      line: null,
      problem: `There is no format “${name}” that is read.`,
    };
    return;
  }
  finder.format(name);
  const ids = new Map(files.map((file) => [file.name, file.fileId]));
  for await (const item of read) {
    const fileId = ids.get(item.path) ?? first.fileId;
    const place = item.line === null ? item.path : `${item.path}, line ${item.line}`;
    const at = { fileId, place, line: item.line };
    if (item.kind === "problem") {
      yield { ...at, problem: item.message };
      continue;
    }
    const normal = normaliseDocument(item.document);
    if (!normal.ok) yield { ...at, problem: normal.failure.message };
    else yield { ...at, article: articleOfCorpus(normal.value), sets: normal.value.sets };
  }
}

function articleOfCorpus(document: CorpusDocument): FoundArticle {
  const { more = {}, ...source } = document.source;
  const roles = new Map<number, BlockRole>();
  const starts = new Map(document.blocks.map(({ start, role }) => [start, role]));
  if (starts.size > 0) {
    let at = 0;
    document.text.split("\n").forEach((line, number) => {
      const length = [...line].length;
      for (let offset = at; offset < at + Math.max(1, length); offset++) {
        const role = starts.get(offset);
        if (role !== undefined) roles.set(number, role);
      }
      at += length + 1;
    });
  }
  const title = document.title === null ? {} : { title: document.title };
  return { text: document.text, facts: { ...source, ...title }, free: more, roles, notes: [] };
}

/** What each fact of an article may hold. */
export const FACT_INPUTS = {
  title: titleInput,
  outlet: optionalNameInput(),
  author: optionalNameInput(),
  publishedOn: dayInput,
  url: addressInput,
  language: languageInput,
  country: optionalNameInput(80),
  section: optionalNameInput(),
  licence: optionalNameInput(),
  event: optionalNameInput(),
} as const;

/**
 * An article as it is stored: what a person said of it comes first, then what its source says, then what
 * was said of all. A fact that cannot be kept as such stays as a free field and is told; the text matters
 * more than its date.
 */
export function toNewDocument(
  item: { article: FoundArticle; original?: Uint8Array },
  settings: ImportSettings,
  said: FoundFacts = {},
): { document: NewDocument; notes: string[] } {
  const { article, original } = item;
  const notes = [...article.notes];
  const free: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(article.free)) {
    if (isStorable(name) && isStorable(value)) free[name.slice(0, 200)] = value;
    else
      notes.push(`The field “${name.toWellFormed()}” was left out: it holds a broken character.`);
  }
  const fact = (name: keyof typeof FACT_INPUTS): string | null => {
    const common =
      name in settings.facts ? settings.facts[name as keyof typeof settings.facts] : "";
    // Also where a person said that there is none.
    const given = said[name] ?? (article.facts[name] || common);
    if (!given) return null;
    const value = name === "publishedOn" ? (dayOf(given) ?? given) : given;
    const parsed = FACT_INPUTS[name].safeParse(value);
    if (parsed.success) return parsed.data;
    notes.push(
      `${FACT_NAMES[name]} “${given.slice(0, 80).toWellFormed()}” was not taken. ${parsed.error.issues[0]?.message ?? ""}`.trim(),
    );
    if (isStorable(given)) free[name] = given.slice(0, 2000);
    return null;
  };
  const document: NewDocument = {
    title: fact("title"),
    language: fact("language") ?? settings.language,
    event: fact("event"),
    outlet: fact("outlet"),
    author: fact("author"),
    publishedOn: fact("publishedOn"),
    url: fact("url"),
    country: fact("country"),
    section: fact("section"),
    licence: fact("licence"),
    source: article.text,
    ...(original === undefined ? {} : { original }),
    ...(article.roles.size === 0 ? {} : { roles: settleRoles(article.text, article.roles) }),
    facts: free,
  };
  return { document, notes };
}

const FACT_NAMES: Record<keyof typeof FACT_INPUTS, string> = {
  title: "The title",
  outlet: "The outlet",
  author: "The author",
  publishedOn: "The date",
  url: "The address",
  language: "The language",
  country: "The country",
  section: "The section",
  licence: "The licence",
  event: "The event",
};
