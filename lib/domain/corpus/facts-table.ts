import { readDelimited } from "../agreement/files/delimited";
import { factNamed } from "../imports/fact-names";
import { failure, type Result, success } from "../result";

/** One row of a table of source facts; rows count from 1, the header is the first. */
export type FactsRow = {
  line: number;
  by: "id" | "url" | "title";
  key: string;
  /** Only what the row says; an empty cell says nothing. */
  facts: Record<string, string | Record<string, string>>;
  problem: string | null;
};

const ID = /^(?:document[ _]?)?id$/i;

/**
 * Reads a table of source facts with a header: one column names the document (`id`, or an address, or a
 * title, in this order of trust), the others say what is known of it. Columns of other names become free
 * fields and are told of.
 */
export function readFactsTable(content: string): Result<{ rows: FactsRow[]; unknown: string[] }> {
  const table = readTable(content);
  if (!table.ok) return table;
  const [header = [], ...body] = table.value;
  const columns = header.map((name) => name.trim());
  const used = columns.map((name) => (ID.test(name) ? "id" : factNamed(name)));
  const by = (["id", "url", "title"] as const).find((each) => used.includes(each));
  if (by === undefined) {
    return failure(
      "invalid",
      "The first row names no column “id”, “address” or “title” by which a document is found.",
    );
  }
  if (columns.length < 2) return failure("invalid", "The table has no column of facts.");
  const keyColumn = used.indexOf(by);
  const unknown = columns.filter((name, at) => used[at] === null && name !== "");
  const rows = body.map((cells, at) =>
    readRow(cells, { line: at + 2, columns, used, by, keyColumn }),
  );
  return success({ rows, unknown });
}

function readTable(content: string): Result<string[][]> {
  try {
    return success(readDelimited(content));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return failure("invalid", error.message);
  }
}

type Header = {
  line: number;
  columns: readonly string[];
  used: readonly (string | null)[];
  by: FactsRow["by"];
  keyColumn: number;
};

function readRow(cells: readonly string[], header: Header): FactsRow {
  const { line, columns, used, by, keyColumn } = header;
  const facts: FactsRow["facts"] = Object.create(null);
  const free: Record<string, string> = Object.create(null);
  cells.forEach((raw, at) => {
    const [cell, use, name] = [raw.trim(), used[at], columns[at] ?? ""];
    if (cell === "" || at === keyColumn || use === undefined || use === "text") return;
    if (use === null) {
      if (name !== "") free[name] = cell;
    } else if (use !== "id" && !(use in facts))
      facts[use] = use === "publishedOn" ? day(cell) : cell;
  });
  if (Object.keys(free).length > 0) facts.facts = { ...free };
  const key = (cells[keyColumn] ?? "").trim();
  const problem =
    key === ""
      ? "This row names no document."
      : cells.length > columns.length
        ? "This row has more cells than the header."
        : null;
  return { line, by, key, facts: { ...facts }, problem };
}

/** The day of a date with a time. */
function day(cell: string): string {
  return /^(\d{4}-\d{2}-\d{2})[T ]/.exec(cell)?.[1] ?? cell;
}
