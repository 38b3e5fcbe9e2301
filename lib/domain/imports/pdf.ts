import { extractTextItems, getDocumentProxy } from "unpdf";
import { failure, type Result, success } from "../result";
import type { BlockRole } from "../text/roles";
import { articleOf, type FoundArticle, type FoundLine } from "./found-article";

/** Pages beyond this are a book. */
const MOST_PAGES = 300;
/** A page with fewer characters is a picture with a page number. */
const LEAST_CHARACTERS = 20;

/** A line as it stands on its page; units are points, `y` grows upwards. */
type PrintedLine = {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  page: number;
};

/**
 * The article of a PDF file with text: lines are joined to paragraphs by the gaps between them, and
 * words that were divided at the end of a line are put together. A scan is refused.
 */
export async function readPdf(bytes: Uint8Array): Promise<Result<FoundArticle>> {
  const pages = await itemsOf(bytes);
  if (!pages.ok) return pages;
  const lines = pages.value.flatMap((items, page) => linesOf(items, page));
  const characters = lines.reduce((sum, line) => sum + line.text.length, 0);
  if (characters < LEAST_CHARACTERS * Math.max(1, pages.value.length)) {
    return failure(
      "invalid",
      "This PDF holds pictures of pages and no text (a scan). Run text recognition on it first.",
    );
  }
  const body = usualSize(lines);
  const paragraphs = paragraphsOf(withoutRunningLines(lines, pages.value.length), body);
  return success(
    articleOf(paragraphs, {
      notes: ["Read from a PDF: look at where paragraphs begin and end, and at divided words."],
    }),
  );
}

type Item = { str: string; x: number; y: number; width: number; fontSize: number };

async function itemsOf(bytes: Uint8Array): Promise<Result<Item[][]>> {
  try {
    // The reader takes the bytes over, so it gets its own.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (document.numPages > MOST_PAGES) {
      return failure(
        "invalid",
        `This PDF has more than ${MOST_PAGES} pages. Take the article out of it.`,
      );
    }
    const { items } = await extractTextItems(document);
    await document.destroy();
    return success(items);
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    return failure(
      "invalid",
      isLocked
        ? "This PDF is locked with a password. Save it without one."
        : "This is not a PDF that can be read. Save it again, or copy its text.",
    );
  }
}

/** Pieces of one height that stand beside each other are one line. */
function linesOf(items: readonly Item[], page: number): PrintedLine[] {
  const lines: PrintedLine[] = [];
  for (const { str, x, y, width, fontSize } of items) {
    if (str === "") continue;
    const last = lines.at(-1);
    const right = x + width;
    if (last !== undefined && Math.abs(last.y - y) < Math.max(2, fontSize * 0.4) && x >= last.x) {
      const gap = x - last.right;
      const needsSpace = gap > fontSize * 0.15 && !/\s$/.test(last.text) && !/^\s/.test(str);
      last.text += (needsSpace ? " " : "") + str;
      last.right = Math.max(last.right, right);
      last.size = Math.max(last.size, str.trim() === "" ? 0 : fontSize);
    } else if (str.trim() !== "") lines.push({ text: str, x, right, y, size: fontSize, page });
  }
  return lines.filter((line) => line.text.trim() !== "");
}

/** The size in which most characters are set. */
function usualSize(lines: readonly PrintedLine[]): number {
  const counts = new Map<number, number>();
  for (const { text, size } of lines) {
    const rounded = Math.round(size * 2) / 2;
    counts.set(rounded, (counts.get(rounded) ?? 0) + text.length);
  }
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [10, 0])[0];
}

/** Heads and feet that come on most pages, and page numbers, belong to the paper. */
function withoutRunningLines(lines: readonly PrintedLine[], pages: number): PrintedLine[] {
  if (pages < 3) return lines.filter(({ text }) => !/^\d{1,4}$/.test(text.trim()));
  const onPages = new Map<string, Set<number>>();
  const shape = (line: PrintedLine) => line.text.trim().replace(/\d+/g, "#");
  for (const line of lines) {
    onPages.set(shape(line), (onPages.get(shape(line)) ?? new Set()).add(line.page));
  }
  return lines.filter((line) => (onPages.get(shape(line))?.size ?? 0) < Math.max(3, pages * 0.6));
}

function paragraphsOf(lines: readonly PrintedLine[], usual: number): FoundLine[][] {
  const paragraphs: { lines: PrintedLine[] }[] = [];
  const usualGap = median(
    lines.flatMap((line, at) => {
      const above = lines[at - 1];
      return above !== undefined && above.page === line.page && above.y > line.y
        ? [above.y - line.y]
        : [];
    }),
  );
  const widest = Math.max(...lines.map(({ x, right }) => right - x), 1);
  lines.forEach((line, at) => {
    const above = lines[at - 1];
    const current = paragraphs.at(-1);
    if (above === undefined || current === undefined || isNewParagraph(above, line)) {
      paragraphs.push({ lines: [line] });
    } else current.lines.push(line);
  });
  return paragraphs.map((paragraph, at) => [
    { text: joinLines(paragraph.lines.map(({ text }) => text)), role: roleOf(paragraph.lines, at) },
  ]);

  function isNewParagraph(above: PrintedLine, line: PrintedLine): boolean {
    if (Math.abs(above.size - line.size) > usual * 0.15) return true;
    const isFull = above.right - above.x > widest * 0.75;
    const ends = /[.!?…:”"’')\]]\s*$/.test(above.text);
    if (above.page !== line.page || line.y > above.y) return ends;
    // Large type stands in wider lines.
    if (above.y - line.y > usualGap * 1.35 * Math.max(1, line.size / usual)) return true;
    return ends && (!isFull || line.x > above.x + usual * 0.8);
  }

  function roleOf(of: readonly PrintedLine[], at: number): BlockRole | null {
    const size = Math.max(...of.map((line) => line.size));
    if (at < 4 && size >= usual * 1.4 && size === Math.max(...lines.map((line) => line.size))) {
      return "headline";
    }
    return at > 0 && size >= usual * 1.15 && of.length <= 2 ? "subheading" : null;
  }
}

/** A hyphen at the end of a line divides a word where a small letter follows. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const next = line.trim();
    if (text === "") return next;
    if (/\p{Ll}[-\u00AD]$/u.test(text) && /^\p{Ll}/u.test(next)) return text.slice(0, -1) + next;
    return `${text} ${next}`;
  }, "");
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
