import type { Layer } from "../codebook/language";
import { snapToGrapheme } from "./graphemes";
import { blockHolding, rangeAt, type Tables, tokensTouching } from "./movement";
import type { CodePoint, Range, TextIndex } from "./offsets";
import { isPairedMark, matchPairs } from "./pairs";

/** What a codebook says about the edges of the spans of a layer. */
export type BoundaryPolicy = Pick<Layer["boundary"], "unit" | "trim" | "within">;

/** The text of a selection, its tables, and where the selection began (left out: at its start). */
export type BoundaryContext = Tables & { index: TextIndex; anchor?: CodePoint };

/**
 * `adjusted` says what was done, the most important if several: "cut" at the edge of a sentence or
 * block, "snapped" outwards to whole words or characters, "trimmed" of white space and punctuation.
 * `note` is a sentence to show after a cut. `refused` is a sentence to show instead of a span.
 */
export type Adjusted =
  | { range: Range; adjusted: "cut" | "snapped" | "trimmed" | null; note: string | null }
  | { refused: string };

const OUTSIDE = "This selection lies outside the text.";
const EMPTY = "There is nothing to mark here. Select at least one word.";
const BARE = "Punctuation alone cannot be marked. Select at least one word.";
const UNITS = { sentence: "sentence", block: "paragraph" };

/** Signs that mean something by themselves ("%", "§", the stars of "f***") are no edge to trim. */
const TRIMMABLE = /^(?:(?![%‰٪#@&§¶*_])\p{P}|\p{M})+$/u;
const PUNCTUATION = /^[\p{P}\p{M}]+$/u;

type Window = { first: number; last: number };

/**
 * Makes a span of a selection as the boundary policy of its layer asks; offsets are code points.
 * Applied to its own result it changes nothing. White space at the ends is dropped in any case.
 */
export function adjustRange(
  range: Range,
  policy: BoundaryPolicy,
  context: BoundaryContext,
): Adjusted {
  if (!isInside(range, context.index.length)) return { refused: OUTSIDE };
  const touched = tokensTouching(context.tokens, range);
  if (touched === null) return { refused: EMPTY };
  const kept = policy.within === "document" ? touched : cut(touched, policy.within, range, context);
  if (kept === null || !hasWord(kept, context)) return { refused: BARE };
  const trimmed = policy.trim ? trim(kept, context) : kept;
  const result = toCharacters(shape(range, trimmed, policy, context), context.index);
  // A part of a word may be only its apostrophe.
  if (PUNCTUATION.test(context.index.slice(result.start, result.end))) return { refused: BARE };
  const isCut = kept.first !== touched.first || kept.last !== touched.last;
  return {
    range: result,
    adjusted: isCut ? "cut" : difference(range, result),
    note: isCut && policy.within !== "document" ? cutNote(policy.within) : null,
  };
}

function isInside({ start, end }: Range, length: CodePoint): boolean {
  return (
    Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length
  );
}

function cutNote(within: "sentence" | "block"): string {
  return `A span of this layer stays within one ${UNITS[within]}, so the selection was cut there.`;
}

/** The tokens in the sentence or block where the selection began, or the next one that has a word in it. */
function cut(
  touched: Window,
  within: "sentence" | "block",
  range: Range,
  context: BoundaryContext,
): Window | null {
  const isBackward = (context.anchor ?? range.start) >= range.end;
  let at = isBackward ? touched.last : touched.first;
  while (at >= touched.first && at <= touched.last) {
    const unit = unitOf(at, within, context);
    const part = {
      first: Math.max(unit.first, touched.first),
      last: Math.min(unit.last, touched.last),
    };
    if (hasWord(part, context)) return part;
    at = isBackward ? part.first - 1 : part.last + 1;
  }
  return null;
}

/** The tokens of the sentence or block around a token. */
function unitOf(token: number, within: "sentence" | "block", context: BoundaryContext): Window {
  const alone = { first: token, last: token };
  const place = rangeAt(context.tokens, token);
  if (place === null) return alone;
  if (within === "block") {
    const block = blockHolding(context.blocks, place.start);
    return (block && tokensTouching(context.tokens, block)) ?? alone;
  }
  const found = tokensTouching(context.sentences, place);
  const sentence = found && rangeAt(context.sentences, found.first);
  return (sentence && tokensTouching(context.tokens, sentence)) ?? alone;
}

function hasWord({ first, last }: Window, context: BoundaryContext): boolean {
  for (let index = first; index <= last; index++) {
    if (!PUNCTUATION.test(tokenText(index, context))) return true;
  }
  return false;
}

/** Drops punctuation from both ends; brackets and quotation marks stay when their partner is inside. */
function trim(window: Window, context: BoundaryContext): Window {
  let { first, last } = window;
  const partner = partnerFinder(context);
  const isEdge = (index: number) => {
    const word = tokenText(index, context);
    if (!TRIMMABLE.test(word)) return false;
    const other = isPairedMark(word) ? partner(index) : -1;
    return other < first || other > last;
  };
  for (let before = -1; before !== last - first; ) {
    before = last - first;
    while (first < last && isEdge(first)) first++;
    while (last > first && isEdge(last)) last--;
  }
  return { first, last };
}

/** Finds the partner of a bracket or quotation mark in its block; each block is read once. */
function partnerFinder(context: BoundaryContext): (token: number) => number {
  const known = new Map<CodePoint, { first: number; partners: Int32Array }>();
  return (token) => {
    const place = rangeAt(context.tokens, token);
    const block = place && blockHolding(context.blocks, place.start);
    if (!block) return -1;
    const pairs = known.get(block.start) ?? pairsOf(block, context);
    known.set(block.start, pairs);
    const partner = pairs.partners[token - pairs.first] ?? -1;
    return partner < 0 ? -1 : pairs.first + partner;
  };
}

function pairsOf(block: Range, context: BoundaryContext): { first: number; partners: Int32Array } {
  const { index, tokens } = context;
  const { first, last } = tokensTouching(tokens, block) ?? { first: 0, last: -1 };
  const base = index.toUtf16(block.start);
  const offsets = Array.from(
    { length: (last - first + 1) * 2 },
    (_, at) => index.toUtf16((tokens[first * 2 + at] ?? 0) as CodePoint) - base,
  );
  return { first, partners: matchPairs(index.slice(block.start, block.end), offsets) };
}

/** The range of the kept tokens: whole tokens, or no more of them than was selected. */
function shape(
  range: Range,
  kept: Window,
  policy: BoundaryPolicy,
  context: BoundaryContext,
): Range {
  const first = rangeAt(context.tokens, kept.first) ?? range;
  const last = rangeAt(context.tokens, kept.last) ?? range;
  if (policy.unit === "token") return { start: first.start, end: last.end };
  return {
    start: first.start > range.start ? first.start : range.start,
    end: last.end < range.end ? last.end : range.end,
  };
}

/** Grows a range so that it divides no character. */
function toCharacters({ start, end }: Range, index: TextIndex): Range {
  return {
    start: index.toCodePoint(snapToGrapheme(index.text, index.toUtf16(start), "start")),
    end: index.toCodePoint(snapToGrapheme(index.text, index.toUtf16(end), "end")),
  };
}

function difference(before: Range, after: Range): "snapped" | "trimmed" | null {
  if (after.start < before.start || after.end > before.end) return "snapped";
  return after.start > before.start || after.end < before.end ? "trimmed" : null;
}

function tokenText(token: number, { tokens, index }: BoundaryContext): string {
  const place = rangeAt(tokens, token);
  return place === null ? "" : index.slice(place.start, place.end);
}
