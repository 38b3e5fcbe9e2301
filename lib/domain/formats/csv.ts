import { stringify } from "csv-stringify/sync";
import type { AnnotationRecord, Dataset } from "./records";

/**
 * `safe`: no cell can run as a formula when a spreadsheet opens the file; such cells begin with an
 * apostrophe, so the words are not quite those of the text. `raw`: every cell as it is.
 */
export type Cells = "safe" | "raw";

type Cell = string | number | null;

const COLUMNS: Record<string, (record: AnnotationRecord) => Cell> = {
  id: (record) => record.id,
  submission: (record) => record.submission,
  project: (record) => record.project,
  document: (record) => record.document,
  document_version: (record) => record.document_version,
  title: (record) => record.title,
  outlet: (record) => record.outlet,
  text_sha256: (record) => record.text_sha256,
  pseudonym: (record) => record.pseudonym,
  unit: (record) => record.unit,
  layer: (record) => record.layer,
  label: (record) => record.label,
  label_name: (record) => record.label_name,
  start: (record) => record.start,
  end: (record) => record.end,
  // As JSON, since a spreadsheet would take 12-20 for a date.
  ranges: (record) => JSON.stringify(record.ranges),
  quote: (record) => record.quote,
  value: (record) => record.value,
  entity: (record) => record.entity,
  from: (record) => record.from,
  to: (record) => record.to,
  evidence: (record) => record.evidence.join(" "),
  attributes: (record) => JSON.stringify(record.attributes),
  flags: (record) => record.flags.join(" "),
  origin: (record) => record.origin,
  codebook_key: (record) => record.codebook.key,
  codebook_name: (record) => record.codebook.name,
  codebook_version: (record) => record.codebook.version,
  round: (record) => record.round,
  submitted_on: (record) => record.submitted_on,
  active_seconds: (record) => record.active_seconds,
};

const ROWS_AT_ONCE = 200;

/** Spreadsheets take a file without this sign for one of their own old encodings. */
const BYTE_ORDER_MARK = "\uFEFF";

/** The annotations of a dataset as CSV (RFC 4180), one row each, in pieces of many rows. */
export function* writeCsv(dataset: Dataset, cells: Cells): Generator<string> {
  const names = Object.keys(COLUMNS);
  yield (cells === "safe" ? BYTE_ORDER_MARK : "") + toRows([names]);
  const readers = Object.values(COLUMNS);
  const { annotations } = dataset;
  for (let at = 0; at < annotations.length; at += ROWS_AT_ONCE) {
    const rows = annotations
      .slice(at, at + ROWS_AT_ONCE)
      .map((record) => readers.map((read) => read(record)));
    yield toRows(cells === "safe" ? rows.map((row) => row.map(safeCell)) : rows);
  }
}

/**
 * First signs at which spreadsheets begin to compute, with their full-width forms (ASVS 1.2.10,
 * OWASP "CSV injection").
 */
const FORMULA_START = /^[=+\-@\t\r\n\0＝＋－＠]/;

/** A cell that no spreadsheet computes. */
export function safeCell(cell: Cell): Cell {
  return typeof cell === "string" && FORMULA_START.test(cell) ? `'${cell}` : cell;
}

/** Text is always quoted, so that a semicolon or tab in it makes no new cell in any country's settings. */
function toRows(rows: Cell[][]): string {
  return stringify(rows, { quoted_string: true, record_delimiter: "\r\n" });
}
