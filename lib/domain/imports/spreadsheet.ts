import readWorkbook from "read-excel-file/node";
import { uniqueColumns } from "./delimited";
import type { TableItem } from "./table";

const MOST_ROWS = 200_000;

/** The rows of an Excel workbook, sheet by sheet; the first row of each names its columns. */
export async function* readSpreadsheet(bytes: Uint8Array): AsyncGenerator<TableItem> {
  const sheets = await readWorkbook(Buffer.from(bytes));
  const isSingle = sheets.filter(({ data }) => data.length > 0).length < 2;
  let count = 0;
  for (const { sheet, data } of sheets) {
    const [head, ...rows] = data;
    if (head === undefined) continue;
    const columns = uniqueColumns(head.map(cellText));
    for (const [at, row] of rows.entries()) {
      if (row.every((cell) => cellText(cell) === "")) continue;
      if (++count > MOST_ROWS) {
        yield { place: "", line: null, problem: "There are more than 200,000 rows." };
        return;
      }
      const line = at + 2;
      const place = isSingle ? `row ${line}` : `${sheet}, row ${line}`;
      yield {
        place,
        line,
        cells: new Map(columns.map((name, index) => [name, cellText(row[index])])),
      };
    }
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}
