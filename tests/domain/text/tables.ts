import type { BoundaryContext } from "../../../lib/domain/text/boundary";
import { codePoint, indexText, type Range } from "../../../lib/domain/text/offsets";
import { segmentText } from "../../../lib/domain/text/segment";
import { findBlocks } from "../../../lib/domain/text/structure";

/** The tables of a text as the server stores them. */
export function tablesOf(text: string): BoundaryContext {
  const blocks = findBlocks(text);
  return { index: indexText(text), blocks, ...segmentText(text, blocks, "en") };
}

/** A range in code points. */
export function range(start: number, end: number): Range {
  return { start: codePoint(start), end: codePoint(end) };
}

/** Where the first occurrence of some words stands in a text, in code points. */
export function rangeOf(text: string, words: string): Range {
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`The text does not hold "${words}".`);
  const start = [...text.slice(0, at)].length;
  return range(start, start + [...words].length);
}
