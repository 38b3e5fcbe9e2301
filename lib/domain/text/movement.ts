import { snapToGrapheme, stepGrapheme } from "./graphemes";
import { type CodePoint, codePoint, type Range, type TextIndex } from "./offsets";
import type { Block } from "./structure";

/** Flat [start, end, start, end, ...] in code points, ascending, without overlap. */
export type FlatRanges = ArrayLike<number>;

/** What the keyboard cursor moves over. The cursor is the index of a token. */
export type Tables = {
  tokens: FlatRanges;
  sentences: FlatRanges;
  blocks: readonly Block[];
};

/** Moves by what the text is made of; moves by visual line belong to the view. */
export type Motion =
  | "next_token"
  | "previous_token"
  | "next_sentence"
  | "previous_sentence"
  | "sentence_end"
  | "next_block"
  | "previous_block"
  | "block_end"
  | "document_start"
  | "document_end";

/** The n-th range of a flat list, or null outside it. */
export function rangeAt(ranges: FlatRanges, index: number): Range | null {
  const [start, end] = [ranges[index * 2], ranges[index * 2 + 1]];
  if (start === undefined || end === undefined) return null;
  return { start: codePoint(start), end: codePoint(end) };
}

/**
 * Index of the token that holds an offset in code points, else of the next one, else of the last.
 * -1 only where there are no tokens.
 */
export function tokenIndexAt(tokens: FlatRanges, at: CodePoint): number {
  return Math.min(countEndedBy(tokens, at), tokens.length / 2 - 1);
}

/** First and last index of the ranges that share a code point with `range`, or null when none does. */
export function tokensTouching(
  tokens: FlatRanges,
  range: Range,
): { first: number; last: number } | null {
  const first = countEndedBy(tokens, range.start);
  const last = countStartedBefore(tokens, range.end) - 1;
  return first <= last && range.start < range.end ? { first, last } : null;
}

/** The range of a flat list that holds an offset in code points, such as the sentence around a word. */
export function rangeHolding(ranges: FlatRanges, at: CodePoint): Range | null {
  const found = rangeAt(ranges, countEndedBy(ranges, at));
  return found !== null && found.start <= at ? found : null;
}

/** The block that holds an offset in code points, or null on a line break or a blank line. */
export function blockHolding(blocks: readonly Block[], at: CodePoint): Block | null {
  const block = blocks[search(blocks.length, (index) => (blocks[index]?.end ?? 0) <= at)];
  return block !== undefined && block.start <= at ? block : null;
}

/** Where the cursor stands after a move. It stays where it is at the edge of the document. */
export function moveCursor(tables: Tables, cursor: number, motion: Motion): number {
  const last = tables.tokens.length / 2 - 1;
  const clamp = (index: number) => Math.max(Math.min(index, last), Math.min(0, last));
  const here = clamp(cursor);
  switch (motion) {
    case "next_token":
      return clamp(here + 1);
    case "previous_token":
      return clamp(here - 1);
    case "document_start":
      return clamp(0);
    case "document_end":
      return clamp(last);
    default:
      return clamp(moveByUnit(tables, here, motion));
  }
}

/** The range from one token to another, whichever comes first; null where there are no such tokens. */
export function rangeBetween(tokens: FlatRanges, anchor: number, cursor: number): Range | null {
  const first = rangeAt(tokens, Math.min(anchor, cursor));
  const last = rangeAt(tokens, Math.max(anchor, cursor));
  return first === null || last === null ? null : { start: first.start, end: last.end };
}

/** The sentence or block around a token, from its first token to its last. */
export function unitAround(
  tables: Tables,
  cursor: number,
  unit: "sentence" | "block",
): Range | null {
  const token = rangeAt(tables.tokens, cursor);
  if (token === null) return null;
  const whole = holding(tables, token.start, unit);
  const touching = whole && tokensTouching(tables.tokens, whole);
  return touching && rangeBetween(tables.tokens, touching.first, touching.last);
}

/** The whole sentence or block that holds a token, as it is stored; null where there is none. */
export function unitAt(tables: Tables, cursor: number, unit: "sentence" | "block"): Range | null {
  const token = rangeAt(tables.tokens, cursor);
  const whole = token && holding(tables, token.start, unit);
  return whole && { start: whole.start, end: whole.end };
}

/** Moves one end of a range by one whole character; the range keeps one character at least. */
export function nudgeEdge(
  index: TextIndex,
  range: Range,
  move: { edge: "start" | "end"; towards: "start" | "end" },
): Range {
  const { text } = index;
  const from = snapToGrapheme(text, index.toUtf16(range[move.edge]), move.edge);
  const moved = index.toCodePoint(stepGrapheme(text, from, move.towards));
  const nudged = { ...range, [move.edge]: moved };
  return nudged.start < nudged.end ? nudged : range;
}

function moveByUnit(tables: Tables, cursor: number, motion: Motion): number {
  const unit = motion.endsWith("block") || motion === "block_end" ? "block" : "sentence";
  const here = unitTokens(tables, cursor, unit);
  if (motion === "sentence_end" || motion === "block_end") return here.last;
  if (motion === "next_sentence" || motion === "next_block") return here.last + 1;
  if (cursor > here.first) return here.first;
  return unitTokens(tables, Math.max(0, here.first - 1), unit).first;
}

/** First and last token of the unit around a token; the token alone where no unit holds it. */
function unitTokens(
  tables: Tables,
  cursor: number,
  unit: "sentence" | "block",
): { first: number; last: number } {
  const at = rangeAt(tables.tokens, cursor)?.start ?? codePoint(0);
  const whole = holding(tables, at, unit);
  const touching = whole && tokensTouching(tables.tokens, whole);
  return touching ?? { first: cursor, last: cursor };
}

function holding(tables: Tables, at: CodePoint, unit: "sentence" | "block"): Range | null {
  return unit === "block" ? blockHolding(tables.blocks, at) : rangeHolding(tables.sentences, at);
}

/** How many ranges end at or before an offset: the index of the first that ends behind it. */
function countEndedBy(ranges: FlatRanges, at: number): number {
  return search(ranges.length / 2, (index) => (ranges[index * 2 + 1] ?? 0) <= at);
}

function countStartedBefore(ranges: FlatRanges, at: number): number {
  return search(ranges.length / 2, (index) => (ranges[index * 2] ?? 0) < at);
}

/** The first index for which a test fails that holds up to some index and then no more. */
function search(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
