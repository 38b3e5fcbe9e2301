import "server-only";
import { decodeFile } from "@/lib/domain/imports/decode";
import { readDelimited } from "@/lib/domain/imports/delimited";
import type { Encoding } from "@/lib/domain/imports/encodings";
import { proposeColumns } from "@/lib/domain/imports/fact-names";
import type { FoundItem } from "@/lib/domain/imports/found-article";
import { readJsonLines, readJsonRows } from "@/lib/domain/imports/json-rows";
import { articleOfRow, type TableItem } from "@/lib/domain/imports/table";
import { type Result, success } from "@/lib/domain/result";
import { pool } from "@/lib/server/db";
import { type ArchiveEntry, ArchiveRefused, checkOfficeFile, openArchive } from "./import-archive";
import { FileBytes } from "./import-files";
import { parsers } from "./import-parsing";

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
      return checked.ok ? success(parsers().spreadsheet(bytes)) : checked;
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
  const read = await parsers().article(endingOf(file.name), original, encoding);
  if (!read.ok) return { place: "", line: null, problem: read.failure.message };
  return { place: "", line: null, article: read.value, original };
}

/** The ending of a name in small letters, without its dot. */
export function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
