import {
  type AgreementData,
  categoryFrom,
  collectRatings,
  createSpanCollector,
  FileProblem,
  type RatingRow,
  type SourceFile,
} from "./agreement-file";
import { readDelimited } from "./delimited";

type Column = "item" | "document" | "annotator" | "value" | "start" | "end" | "length";

const NAMES: Readonly<Record<Column, readonly string[]>> = {
  item: ["item", "item_id", "unit", "task", "id", "sentence"],
  document: ["document", "document_id", "doc", "doc_id", "article", "file"],
  annotator: ["annotator", "annotator_id", "worker", "coder", "rater", "user", "observer"],
  value: ["value", "label", "rating", "code", "category", "answer", "class"],
  start: ["start", "begin", "start_offset"],
  end: ["end", "stop", "end_offset"],
  length: ["length", "document_length"],
};

/**
 * Reads ratings or spans from delimited text with a header. Spans: columns for document, annotator, label, start and end; a
 * row without label says that the annotator found nothing. Ratings, long: item (or document), annotator, value.
 * Ratings, wide: one column per annotator, with the item in the first column where it is named so.
 */
export function readCsvFile(file: SourceFile): AgreementData {
  const [header = [], ...rows] = readDelimited(file.content);
  const columns = columnsOf(header);
  if (rows.length === 0) throw new FileProblem(`${file.path} has no rows below its header.`);
  const has = (...names: Column[]) => names.every((name) => columns[name] >= 0);
  if (has("start", "end", "annotator", "document", "value"))
    return readSpanRows(file, rows, columns);
  if (has("annotator", "value") && (has("item") || has("document"))) {
    return collectRatings(readLongRows(rows, columns));
  }
  return collectRatings(readWideRows(header, rows, columns));
}

function columnsOf(header: readonly string[]): Record<Column, number> {
  const names = header.map((cell) => cell.trim().toLowerCase().replaceAll(" ", "_"));
  const find = (column: Column) => names.findIndex((name) => NAMES[column].includes(name));
  return {
    item: find("item"),
    document: find("document"),
    annotator: find("annotator"),
    value: find("value"),
    start: find("start"),
    end: find("end"),
    length: find("length"),
  };
}

function readSpanRows(
  file: SourceFile,
  rows: readonly (readonly string[])[],
  columns: Record<Column, number>,
): AgreementData {
  const collector = createSpanCollector();
  rows.forEach((row, index) => {
    const cell = (column: Column) => row[columns[column]] ?? "";
    const spans = collector.spansOf(cell("document"), cell("annotator"));
    if (columns.length >= 0) {
      collector.addDocument({ id: cell("document"), length: Number(cell("length")) || 0 });
    }
    if (cell("value").trim() === "") return;
    const start = Number(cell("start"));
    const end = Number(cell("end"));
    if (!(Number.isInteger(start) && Number.isInteger(end) && end > start && start >= 0)) {
      throw new FileProblem(
        `${file.path}, row ${index + 2}: start and end must be whole numbers, start below end.`,
      );
    }
    spans.push({ start, end, label: cell("value").trim() });
  });
  return collector.finish();
}

function readLongRows(
  rows: readonly (readonly string[])[],
  columns: Record<Column, number>,
): RatingRow[] {
  return rows.map((row) => {
    const cell = (column: Column) => row[columns[column]] ?? "";
    const document = columns.document >= 0 ? { document: cell("document") } : {};
    const item = columns.item >= 0 ? cell("item") : cell("document");
    const place =
      columns.item >= 0 && columns.document >= 0 ? `${cell("document")}\u0000${item}` : item;
    return {
      item: place,
      annotator: cell("annotator"),
      value: categoryFrom(cell("value")),
      ...document,
    };
  });
}

function readWideRows(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: Record<Column, number>,
): RatingRow[] {
  const names = [columns.item, columns.document].filter((place) => place >= 0);
  return rows.flatMap((row, index) => {
    const item = columns.item >= 0 ? (row[columns.item] ?? "") : String(index + 1);
    const document = columns.document >= 0 ? { document: row[columns.document] ?? "" } : {};
    return header.flatMap((annotator, place): RatingRow[] => {
      if (names.includes(place)) return [];
      const value = categoryFrom(row[place] ?? "");
      return [
        {
          item: `${item}\u0000${index}`,
          annotator: annotator || `column ${place + 1}`,
          value,
          ...document,
        },
      ];
    });
  });
}
