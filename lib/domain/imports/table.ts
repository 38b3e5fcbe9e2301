import type { Columns, ColumnUse } from "./fact-names";
import type { FoundArticle, FoundItem } from "./found-article";

/** A row as it was read: its cells by column. */
export type TableRow = { place: string; line: number | null; cells: ReadonlyMap<string, string> };
export type TableItem = TableRow | { place: string; line: number | null; problem: string };

/** Free fields are for reading beside the text, not a second text. */
const MOST_FREE = 60;
const LONGEST_FREE = 2_000;

/** The article of a row under a choice of columns; several text columns are joined as paragraphs. */
export function articleOfRow(row: TableItem, columns: Columns): FoundItem {
  const { place, line } = row;
  if ("problem" in row) return { place, line, problem: row.problem };
  const texts: string[] = [];
  const facts: Partial<Record<ColumnUse, string>> = {};
  const free: Record<string, string> = Object.create(null);
  const notes: string[] = [];
  for (const [column, cell] of row.cells) {
    const use = columns[column] ?? "free";
    const value = cell.trim();
    if (use === "skip" || value === "") continue;
    if (use === "text") texts.push(cell);
    else if (use !== "free") facts[use] = value;
    else if (value.length > LONGEST_FREE || Object.keys(free).length >= MOST_FREE) {
      notes.push(`The field “${column}” was left out: it is too long, or there are too many.`);
    } else free[column] = value;
  }
  if (texts.length === 0) return { place, line, problem: noText(columns) };
  const article: FoundArticle = {
    text: texts.join("\n\n"),
    facts,
    free,
    roles: new Map(),
    notes,
  };
  return { place, line, article };
}

function noText(columns: Columns): string {
  const isChosen = Object.values(columns).includes("text");
  return isChosen
    ? "There is no text in this row."
    : "No column is chosen as the text. Choose one under “Columns”.";
}
