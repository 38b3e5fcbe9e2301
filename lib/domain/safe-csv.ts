import { safeCell } from "./formats/csv";

/** Spreadsheets take a file without this sign for one of their own old encodings. */
const BYTE_ORDER_MARK = "\uFEFF";

/** Rows of text as CSV (RFC 4180) of which no cell runs as a formula when a spreadsheet opens it. */
export function toSafeCsv(rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) =>
    row.map((cell) => `"${String(safeCell(cell)).replaceAll('"', '""')}"`).join(","),
  );
  return `${BYTE_ORDER_MARK}${lines.join("\r\n")}\r\n`;
}
