import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { TableItem } from "./table";

/** A cell longer than this is no cell but a forgotten quotation mark; in bytes. */
const LONGEST_RECORD = 10_000_000;
const PIECE = 256 * 1024;
const MOST_COLUMNS = 500;

/** The rows of a CSV or TSV file whose first row names its columns. Broken rows are told and passed over. */
export async function* readDelimited(
  content: string,
  delimiter = guessDelimiter(content),
): AsyncGenerator<TableItem> {
  // Within quotation marks the parser would count both signs of a line's end.
  const text = content.replace(/\r\n?/g, "\n");
  const broken: TableItem[] = [];
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: LONGEST_RECORD,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  });
  parser.on("skip", (error: Error & { lines?: number }) => {
    const line = error.lines ?? null;
    broken.push({
      place: line === null ? "" : `line ${line}`,
      line,
      problem: "This row cannot be read: a quotation mark is missing or misplaced.",
    });
  });
  const source = Readable.from(pieces(text), { objectMode: false });
  let columns: string[] | null = null;
  // The parser tells the line at which a row ends; it begins after the one before.
  let next = 1;
  for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
    yield* broken.splice(0);
    const line = next;
    next = info.lines + 1;
    if (columns === null) columns = uniqueColumns(record);
    else yield rowOf(record, columns, line);
  }
  yield* broken.splice(0);
}

type Parsed = { record: string[]; info: { lines: number } };

/** The sign between cells that the first row holds most of; of as many the one that is rarer in words. */
function guessDelimiter(text: string): string {
  const head = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, "");
  const first = head.split(/\r\n|[\r\n]/).find((line) => line.trim() !== "") ?? "";
  const counts = ["\t", ";", "|", ","].map((sign) => [sign, first.split(sign).length] as const);
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

/** Names for all columns: none is empty, none comes twice. */
export function uniqueColumns(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, at) => {
    const wanted = name.trim() === "" ? `column ${at + 1}` : name.trim().slice(0, 200);
    let unique = wanted;
    for (let number = 2; seen.has(unique); number++) unique = `${wanted} (${number})`;
    seen.add(unique);
    return unique;
  });
}

function rowOf(record: string[], columns: string[], line: number): TableItem {
  const place = `line ${line}`;
  if (columns.length > MOST_COLUMNS) {
    return { place, line, problem: `There are more than ${MOST_COLUMNS} columns.` };
  }
  if (record.length > columns.length) {
    return {
      place,
      line,
      problem: `This row has ${record.length} cells, but there are ${columns.length} columns.`,
    };
  }
  return { place, line, cells: new Map(columns.map((name, at) => [name, record[at] ?? ""])) };
}

function* pieces(text: string): Generator<Buffer> {
  let at = 0;
  while (at < text.length) {
    let end = Math.min(text.length, at + PIECE);
    // Both halves of a surrogate pair go together.
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end++;
    yield Buffer.from(text.slice(at, end));
    at = end;
  }
}
