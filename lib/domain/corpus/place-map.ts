import { codePoint, type Range, type TextIndex } from "../text/offsets";
import { compareTexts, type SameRun } from "./text-diff";

/** Where a range of the old text stands in the new one; null where its words or surroundings changed. */
export type PlaceMap = (range: Range) => Range | null;

/** Unchanged code points beside a range without which it may stand there by chance. */
const CONTEXT = 12;
/** Code points of words that are found again anywhere, if both texts hold them only once. */
const UNIQUE = 16;

/**
 * Follows places from a text into its correction. A range is followed where it reads the same and
 * enough beside it does too, so that a common word in a sentence written anew is not taken for the old
 * one; or, where a passage was moved, if its words stand in each text exactly once.
 */
export function followPlaces(before: TextIndex, after: TextIndex): PlaceMap {
  const runs = compareTexts(before.text, after.text);
  const isLine = (run: SameRun) =>
    isEdge(before, run.from, run.from + run.length) && isEdge(after, run.to, run.to + run.length);
  return (range) => {
    const run = runs.find(({ from, length }) => from <= range.start && range.end <= from + length);
    if (run !== undefined) {
      const beside = range.start - run.from + (run.from + run.length - range.end);
      if (beside >= CONTEXT || isLine(run)) return shifted(range, run.to - run.from);
    }
    return moved(range, before, after);
  };
}

function shifted({ start, end }: Range, by: number): Range {
  return { start: codePoint(start + by), end: codePoint(end + by) };
}

/** Whether [start, end) covers whole lines, white space apart. */
function isEdge({ text, toUtf16 }: TextIndex, start: number, end: number): boolean {
  const [from, to] = [toUtf16(codePoint(start)), toUtf16(codePoint(end))];
  return /(?:^|\n)[^\S\n]*$/.test(text.slice(0, from)) || /^\n/.test(text.slice(from, to))
    ? /^[^\S\n]*(?:\n|$)/.test(text.slice(to)) || /\n$/.test(text.slice(from, to))
    : false;
}

function moved(range: Range, before: TextIndex, after: TextIndex): Range | null {
  const quote = before.slice(range.start, range.end);
  if (quote.length < UNIQUE || !isOnce(before.text, quote) || !isOnce(after.text, quote))
    return null;
  const start = after.toCodePoint(after.text.indexOf(quote) as ReturnType<TextIndex["toUtf16"]>);
  return { start, end: codePoint(start + (range.end - range.start)) };
}

function isOnce(text: string, quote: string): boolean {
  const first = text.indexOf(quote);
  return first !== -1 && text.indexOf(quote, first + 1) === -1;
}
