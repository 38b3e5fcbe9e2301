import "server-only";
import { decodeFile } from "@/lib/domain/imports/decode";
import { readDelimited } from "@/lib/domain/imports/delimited";
import type { Encoding } from "@/lib/domain/imports/encodings";
import { proposeColumns } from "@/lib/domain/imports/fact-names";
import {
  type FoundArticle,
  type FoundItem,
  plainArticle,
} from "@/lib/domain/imports/found-article";
import { readJsonLines, readJsonRows } from "@/lib/domain/imports/json-rows";
import { articleOfRow, type TableItem } from "@/lib/domain/imports/table";
import { failure, type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { type ArchiveEntry, ArchiveRefused, checkOfficeFile, openArchive } from "./import-archive";
import { FileBytes } from "./import-files";

/** A file that holds articles: one that was sent, or one in an archive that was. */
export type SourceFile = {
  fileId: string;
  /** With the name of its archive before it. */
  name: string;
  size: number;
  whole: () => Promise<Uint8Array>;
  chunks: () => AsyncIterable<Uint8Array>;
};

export type SourceProblem = { fileId: string; name: string; problem: string };

/** Files that were read together: an archive, or all others. */
export type SourceGroup = { name: string | null; files: SourceFile[]; problems: SourceProblem[] };

/** What readers do differently by the choice of a person. */
export type ReadingChoices = {
  encoding: Encoding;
  columns: Readonly<Record<string, ReturnType<typeof proposeColumns>[string]>> | null;
};

/** What a table has, for the choice of columns. */
export type TableFinder = (columns: ReadonlyMap<string, string>) => void;

type FileRow = { id: string; name: string; size: number };

/** The files of an import in their order, archives opened. `close` frees what was opened. */
export async function openGroups(
  projectId: string,
  importId: string,
): Promise<{ groups: SourceGroup[]; close: () => void }> {
  const { rows } = await pool().query<FileRow>(
    `SELECT id, name, size FROM import_file
      WHERE project_id = $1 AND import_id = $2 AND sha256 IS NOT NULL ORDER BY position`,
    [projectId, importId],
  );
  const groups: SourceGroup[] = [];
  const closing: (() => void)[] = [];
  let loose: SourceGroup | null = null;
  for (const row of rows) {
    const bytes = new FileBytes(projectId, row.id, row.size);
    if (!/\.zip$/i.test(row.name)) {
      if (loose === null) {
        loose = { name: null, files: [], problems: [] };
        groups.push(loose);
      }
      loose.files.push({
        fileId: row.id,
        name: row.name,
        size: row.size,
        whole: () => bytes.whole(),
        chunks: () => bytes.chunks(),
      });
      continue;
    }
    loose = null;
    const opened = await openArchive(bytes);
    if (opened.ok) {
      closing.push(opened.value.close);
      const files = opened.value.entries.map((entry) => entryFile(row, entry));
      groups.push({ name: row.name, files, problems: [] });
    } else {
      const problem = { fileId: row.id, name: row.name, problem: opened.failure.message };
      groups.push({ name: row.name, files: [], problems: [problem] });
    }
  }
  const close = () => {
    for (const each of closing) each();
  };
  return { groups, close };
}

function entryFile(archive: FileRow, entry: ArchiveEntry): SourceFile {
  return {
    fileId: archive.id,
    name: `${archive.name}/${entry.name}`,
    size: entry.size,
    whole: entry.read,
    chunks: async function* () {
      yield await entry.read();
    },
  };
}

/** An article of a file, or what is wrong; `original` are the bytes to keep, where the file is one article. */
export type ReadArticle = FoundItem & { original?: Uint8Array };

/** The articles of one file, by its ending. What is broken is told, and the rest goes on. */
export async function* readArticles(
  file: SourceFile,
  choices: ReadingChoices,
  onTable: TableFinder,
): AsyncGenerator<ReadArticle> {
  try {
    const table = await openTable(file, choices.encoding);
    if (table === null) yield await readOne(file, choices.encoding);
    else if (!table.ok) yield { place: "", line: null, problem: table.failure.message };
    else yield* rowsOf(table.value, choices, onTable);
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    yield { place: "", line: null, problem: error.message };
  }
}

type Table = AsyncIterable<TableItem> | Iterable<TableItem>;

/** The rows of a file that holds many articles; null where it is one article. */
async function openTable(file: SourceFile, encoding: Encoding): Promise<Result<Table> | null> {
  switch (endingOf(file.name)) {
    case "jsonl":
    case "ndjson":
      return success(readJsonLines(file.chunks()));
    case "json": {
      const decoded = decodeFile(await file.whole(), encoding);
      return decoded.ok ? success(readJsonRows(decoded.value.text)) : decoded;
    }
    case "csv":
    case "tsv":
    case "tab": {
      const decoded = decodeFile(await file.whole(), encoding);
      if (!decoded.ok) return decoded;
      const delimiter = endingOf(file.name) === "csv" ? undefined : "\t";
      return success(readDelimited(decoded.value.text, delimiter));
    }
    case "xlsx": {
      const bytes = await file.whole();
      const checked = await checkOfficeFile(bytes);
      if (!checked.ok) return checked;
      const { readSpreadsheet } = await import("@/lib/domain/imports/spreadsheet");
      return success(readSpreadsheet(bytes));
    }
    default:
      return null;
  }
}

async function* rowsOf(
  table: Table,
  choices: ReadingChoices,
  onTable: TableFinder,
): AsyncGenerator<ReadArticle> {
  let columns = choices.columns;
  for await (const row of table) {
    if ("cells" in row) {
      onTable(row.cells);
      columns = withNew(columns, row.cells);
    }
    yield articleOfRow(row, columns ?? {});
  }
}

/** Objects of a JSON file may have fields that the ones before had not. */
function withNew(
  columns: ReadingChoices["columns"],
  cells: ReadonlyMap<string, string>,
): NonNullable<ReadingChoices["columns"]> {
  const names = [...cells.keys()];
  if (columns === null) return proposeColumns(names);
  if (names.every((name) => columns[name] !== undefined)) return columns;
  const known = Object.keys(columns);
  const proposed = proposeColumns([
    ...known,
    ...names.filter((name) => columns[name] === undefined),
  ]);
  return { ...proposed, ...columns };
}

async function readOne(file: SourceFile, encoding: Encoding): Promise<ReadArticle> {
  const original = await file.whole();
  const read = await readBytes(endingOf(file.name), original, encoding);
  if (!read.ok) return { place: "", line: null, problem: read.failure.message };
  return { place: "", line: null, article: read.value, original };
}

async function readBytes(
  ending: string,
  bytes: Uint8Array,
  encoding: Encoding,
): Promise<Result<FoundArticle>> {
  switch (ending) {
    case "txt":
    case "text":
      return readDecoded(bytes, encoding, (text) => success(plainArticle(text)));
    case "md":
    case "markdown": {
      const { readMarkdown } = await import("@/lib/domain/imports/markdown");
      return readDecoded(bytes, encoding, readMarkdown);
    }
    case "html":
    case "htm":
    case "xhtml": {
      const { readHtml } = await import("@/lib/domain/imports/html");
      const told = encoding === "auto" ? decodeAsTold(bytes) : null;
      return told === null ? readDecoded(bytes, encoding, readHtml) : readHtml(told);
    }
    case "docx": {
      const checked = await checkOfficeFile(bytes);
      if (!checked.ok) return checked;
      const { readWord } = await import("@/lib/domain/imports/word");
      return readWord(bytes);
    }
    case "pdf": {
      const { readPdf } = await import("@/lib/domain/imports/pdf");
      return readPdf(bytes);
    }
    default:
      return failure("invalid", refusalOf(ending));
  }
}

function readDecoded(
  bytes: Uint8Array,
  encoding: Encoding,
  read: (text: string) => Result<FoundArticle>,
): Result<FoundArticle> {
  const decoded = decodeFile(bytes, encoding);
  if (!decoded.ok) return decoded;
  const article = read(decoded.value.text);
  if (!article.ok) return article;
  return success({
    ...article.value,
    notes: [...decoded.value.notes, ...article.value.notes],
  });
}

/** Pages name their encoding in their head; null where they do not, or where it is UTF-8. */
function decodeAsTold(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString("latin1");
  const name = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head)?.[1];
  if (name === undefined || /^utf-?8$/i.test(name)) return null;
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    // Not an encoding, or not this one: it is guessed like that of other files.
    return null;
  }
}

const SAVE_AS: Record<string, string> = {
  doc: "Old Word files are not read. Save it as .docx.",
  odt: "Save it as .docx or .html.",
  rtf: "Save it as .docx or .txt.",
  pages: "Export it as .docx or .pdf.",
  xls: "Old Excel files are not read. Save it as .xlsx or .csv.",
  ods: "Save it as .xlsx or .csv.",
  zip: "An archive within an archive is not opened. Unpack it first.",
  gz: "Compressed files other than .zip are not opened. Unpack it first.",
  tar: "Archives other than .zip are not opened. Pack the files as a zip.",
  rar: "Archives other than .zip are not opened. Pack the files as a zip.",
  "7z": "Archives other than .zip are not opened. Pack the files as a zip.",
};

function refusalOf(ending: string): string {
  return (
    SAVE_AS[ending] ??
    "Files of this kind are not read. There are .txt, .md, .html, .docx, .pdf, .csv, .tsv, .xlsx, .json, .jsonl and .zip."
  );
}

/** The ending of a name in small letters, without its dot. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
