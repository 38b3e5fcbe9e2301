import { safeCell } from "../formats/csv";

type ListedRow = {
  state: string;
  file: string;
  place: string;
  line: number | null;
  title: string;
  problem: string | null;
  notes: readonly string[];
};

const HEAD = ["state", "file", "place", "line", "title", "problem", "notes"];
/** Spreadsheets take a file without this sign for one of their own old encodings. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Rows of an import as lines of CSV that no spreadsheet computes. */
export function rowLines(rows: readonly ListedRow[], part: "with_head" | "rows"): string {
  const lines = rows.map((row) =>
    [
      row.state,
      row.file,
      row.place,
      row.line === null ? "" : String(row.line),
      row.title,
      row.problem ?? "",
      row.notes.join(" "),
    ]
      .map(quoted)
      .join(","),
  );
  const head = part === "with_head" ? [BYTE_ORDER_MARK + HEAD.join(",")] : [];
  return [...head, ...lines].map((line) => `${line}\r\n`).join("");
}

function quoted(cell: string): string {
  return `"${String(safeCell(cell)).replaceAll('"', '""')}"`;
}
