import { stringify } from "csv-stringify/sync";
import type { CorpusWriter, OutputPiece, WriteContext } from "../corpus";
import { safeCell } from "../csv";
import {
  ANNOTATION_COLUMNS,
  annotationRows,
  type Cell,
  DOCUMENT_COLUMNS,
  documentRow,
  noteTableLosses,
  type Row,
  type TableColumn,
} from "./rows";

/** How a table is written: its separator, and whether cells may run as formulas in a spreadsheet. */
type Style = { ending: string; delimiter: string; cells: "safe" | "raw" };

/** Writes documents.csv and annotations.csv, every cell as it is. */
export function writeCsvTables(context: WriteContext): CorpusWriter {
  return writeTables(context, { ending: "csv", delimiter: ",", cells: "raw" });
}

/** Writes documents.tsv and annotations.tsv, every cell as it is. */
export function writeTsvTables(context: WriteContext): CorpusWriter {
  return writeTables(context, { ending: "tsv", delimiter: "\t", cells: "raw" });
}

/** Writes CSV whose cells no spreadsheet takes for formulas: such begin with an apostrophe. */
export function writeSafeCsvTables(context: WriteContext): CorpusWriter {
  return writeTables(context, { ending: "csv", delimiter: ",", cells: "safe" });
}

function writeTables({ report }: WriteContext, style: Style): CorpusWriter {
  const documents = table("documents", DOCUMENT_COLUMNS, style);
  const annotations = table("annotations", ANNOTATION_COLUMNS, style);
  return {
    *write(document): Generator<OutputPiece> {
      noteTableLosses(document, report);
      yield documents([documentRow(document)]);
      yield annotations([...annotationRows(document)]);
    },
    *end(): Generator<OutputPiece> {
      // A corpus of no documents still has the headers.
      yield documents([]);
      yield annotations([]);
    },
  };
}

/** Spreadsheets take a file without this sign for one of their own old encodings. */
const BYTE_ORDER_MARK = "\uFEFF";

function table(name: string, columns: readonly TableColumn[], style: Style) {
  const { ending, delimiter, cells } = style;
  let isBegun = false;
  const toText = (rows: Cell[][]) =>
    stringify(rows, { delimiter, quoted_string: true, record_delimiter: "\r\n" });
  return (rows: Row[]): OutputPiece => {
    const lines = rows.map((row) => columns.map((column) => row[column.name] ?? null));
    const own = cells === "safe" ? lines.map((line) => line.map(safeCell)) : lines;
    const mark = cells === "safe" ? BYTE_ORDER_MARK : "";
    const head = isBegun ? "" : `${mark}${toText([columns.map((column) => column.name)])}`;
    isBegun = true;
    return { path: `${name}.${ending}`, content: head + toText(own) };
  };
}
