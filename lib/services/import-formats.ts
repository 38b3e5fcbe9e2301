import "server-only";
import { detectFormat } from "@/lib/domain/formats/detect";
import { ArchiveRefused } from "./import-archive";
import { endingOf, type SourceFile } from "./import-sources";

/** Files that are read together; `format` is null where they are articles without annotations. */
export type FormatPart = { format: string | null; files: SourceFile[] };

/** Endings under which annotated files come; others are articles without a look. */
const LOOKED_AT = new Set(
  "bio conll conllu iob iob2 iobes json jsonl jsonld ndjson qdpx tei tsv xmi xml".split(" "),
);
/** Tables of articles look like these, and hold no annotations that could be told from other columns. */
const NOT_TAKEN = new Set(["csv", "xlsx", "parquet", "ratings", "lewidi"]);
/** Formats of which text and annotations are files apart, with the endings that belong to them. */
const APART: ReadonlyMap<string, RegExp> = new Map([
  ["brat", /\.(?:ann|conf)$/i],
  ["ptc", /\.(?:labels|txt|tsv)$/i],
  ["semeval2023", /\.(?:labels|txt|tsv)$/i],
  ["basil", /\.json$/i],
]);
const HEAD = 4096;

/**
 * Divides files by what they are, told by their names and first characters: a pile of articles may hold an
 * export of another tool, and neither is read as the other. The order within a part is that of the files.
 */
export async function divideByFormat(files: readonly SourceFile[]): Promise<FormatPart[]> {
  const apart = takeApart(files);
  const parts = new Map<string, SourceFile[]>();
  const articles: SourceFile[] = [];
  for (const file of files) {
    if (apart?.files.includes(file)) continue;
    const format = LOOKED_AT.has(endingOf(file.name)) ? await formatOf(file) : null;
    if (format === null) articles.push(file);
    else parts.set(format, [...(parts.get(format) ?? []), file]);
  }
  return [
    ...(apart === null ? [] : [apart]),
    ...[...parts].map(([format, taken]) => ({ format, files: withTypes(format, taken, articles) })),
    { format: null, files: articles.filter((file) => !isType(file, parts)) },
  ].filter(({ files: some }) => some.length > 0);
}

function takeApart(files: readonly SourceFile[]): { format: string; files: SourceFile[] } | null {
  const format = detectFormat(
    files.map(({ name }) => name),
    () => "",
  );
  const endings = format === null ? undefined : APART.get(format);
  if (format === null || endings === undefined) return null;
  const annotated = new Set(
    files.filter(({ name }) => /\.ann$/i.test(name)).map(({ name }) => name.slice(0, -4)),
  );
  // A text without annotations beside it is an article like any other.
  const isText = ({ name }: SourceFile) => /\.txt$/i.test(name) && annotated.has(name.slice(0, -4));
  return { format, files: files.filter((file) => endings.test(file.name) || isText(file)) };
}

/** UIMA files come with the description of their types, which looks like any XML. */
function withTypes(format: string, files: SourceFile[], others: readonly SourceFile[]) {
  return format === "xmi" ? [...files, ...others.filter(isXml)] : files;
}

function isType(file: SourceFile, parts: ReadonlyMap<string, unknown>): boolean {
  return parts.has("xmi") && isXml(file);
}

function isXml({ name }: SourceFile): boolean {
  return endingOf(name) === "xml";
}

async function formatOf(file: SourceFile): Promise<string | null> {
  const head = await headOf(file);
  const found = detectFormat([file.name], () => head);
  return found === null || NOT_TAKEN.has(found) ? null : found;
}

async function headOf(file: SourceFile): Promise<string> {
  try {
    for await (const chunk of file.chunks()) {
      return new TextDecoder().decode(chunk.subarray(0, HEAD));
    }
  } catch (error) {
    // Told when the file itself is read.
    if (!(error instanceof ArchiveRefused)) throw error;
  }
  return "";
}
