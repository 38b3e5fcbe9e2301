import { safeCell } from "../formats/csv";

type Cell = string | number | null;

/** A table as CSV (RFC 4180) that spreadsheets read as UTF-8 and compute nothing of. */
export function writeTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return `\uFEFF${[head, ...rows].map((row) => `${row.map(written).join(",")}\r\n`).join("")}`;
}

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  return `"${String(safeCell(cell)).replaceAll('"', '""')}"`;
}
