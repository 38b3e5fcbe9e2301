/** Reads delimited text (RFC 4180): quoted cells may hold separators, line ends and doubled quotes. */
export function readDelimited(content: string): string[][] {
  const text = content.replace(/^\uFEFF/, "");
  const separator = separatorOf(text);
  const cell = new RegExp(`("(?:[^"]|"")*"|[^${separator}\\r\\n]*)(${separator}|\\r?\\n|$)`, "y");
  const rows: string[][] = [[]];
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new SyntaxError(`A quote is not closed in row ${rows.length}.`);
    const [, raw = "", end = ""] = match;
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end !== separator) rows.push([]);
  }
  return rows.filter((row) => row.some((value) => value !== ""));
}

/** The sign that the first line has most of: tab, semicolon or comma. */
function separatorOf(text: string): string {
  const first = text.split("\n", 1)[0] ?? "";
  const counts = ["\t", ";", ","].map((sign) => ({ sign, count: first.split(sign).length }));
  return counts.sort((a, b) => b.count - a.count)[0]?.sign ?? ",";
}
