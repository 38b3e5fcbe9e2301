import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { CorpusWriter, OutputPiece, WriteContext } from "../corpus";
import {
  ANNOTATION_COLUMNS,
  annotationRows,
  DOCUMENT_COLUMNS,
  documentRow,
  noteTableLosses,
  type Row,
  type TableColumn,
} from "./rows";

/** Rows held before a row group is written: enough to compress, few enough to hold. */
const GROUP = 20_000;
/** Characters of text held before a row group is written. */
const GROUP_TEXT = 8_000_000;

/** Writes documents.parquet and annotations.parquet, compressed with Snappy, a row group at a time. */
export function writeParquet({ report }: WriteContext): CorpusWriter {
  const documents = table("documents", DOCUMENT_COLUMNS);
  const annotations = table("annotations", ANNOTATION_COLUMNS);
  return {
    *write(document): Generator<OutputPiece> {
      noteTableLosses(document, report);
      yield* documents.add(documentRow(document));
      for (const row of annotationRows(document)) yield* annotations.add(row);
    },
    *end(): Generator<OutputPiece> {
      yield* documents.end();
      yield* annotations.end();
    },
  };
}

function table(name: string, columns: readonly TableColumn[]) {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    createdBy: "Framemark",
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(({ name: column, type }) =>
        type === "count"
          ? { name: column, type: "INT32" as const, repetition_type: "OPTIONAL" as const }
          : {
              name: column,
              type: "BYTE_ARRAY" as const,
              converted_type: "UTF8" as const,
              repetition_type: "OPTIONAL" as const,
            },
      ),
    ],
  });
  let rows: Row[] = [];
  let size = 0;

  function take(): OutputPiece {
    const content = bytes.getBytes().slice();
    bytes.index = 0;
    return { path: `${name}.parquet`, content };
  }
  function flush(): void {
    if (rows.length === 0) return;
    const columnData = columns.map((column) => ({
      name: column.name,
      data: rows.map((row) => row[column.name] ?? null),
    }));
    writer.write({ columnData, rowGroupSize: GROUP });
    rows = [];
    size = 0;
  }
  return {
    *add(row: Row): Generator<OutputPiece> {
      rows.push(row);
      size += String(row.text ?? "").length + String(row.quote ?? "").length;
      if (rows.length < GROUP && size < GROUP_TEXT) return;
      flush();
      yield take();
    },
    *end(): Generator<OutputPiece> {
      flush();
      writer.finish();
      yield take();
    },
  };
}
