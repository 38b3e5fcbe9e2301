/** Offset in Unicode code points, 0-based: what is stored, sent and exported. `end` is exclusive. */
export type CodePoint = number & { readonly __unit: "code point" };

/** Offset in UTF-16 code units, 0-based: what `String.slice` and the DOM count. */
export type Utf16 = number & { readonly __unit: "utf-16" };

/** Half-open range [start, end) in code points. */
export type Range = { start: CodePoint; end: CodePoint };

/** Converts between the two units for one text. The only place where units are converted. */
export type TextIndex = {
  readonly text: string;
  /** Length in code points. */
  readonly length: CodePoint;
  toUtf16(at: CodePoint): Utf16;
  /** An offset inside a surrogate pair counts as the offset before the pair. */
  toCodePoint(at: Utf16): CodePoint;
  /** The text of [start, end) in code points. */
  slice(start: CodePoint, end: CodePoint): string;
};

/** Marks a whole number as an offset in code points; the caller vouches for the unit. */
export function codePoint(at: number): CodePoint {
  return at as CodePoint;
}

/** Marks a whole number as an offset in UTF-16 code units; the caller vouches for the unit. */
export function utf16(at: number): Utf16 {
  return at as Utf16;
}

/**
 * Builds the converter of one text: O(length) once, O(log pairs) per conversion. Only the positions
 * of surrogate pairs are kept, since everywhere else the units differ by the pairs passed so far.
 */
export function indexText(text: string): TextIndex {
  const pairs = surrogatePairs(text);
  const length = codePoint(text.length - pairs.length);
  const toUtf16 = (at: CodePoint): Utf16 => utf16(at + countBefore(pairs, at, codePointOfPair));
  const toCodePoint = (at: Utf16): CodePoint => codePoint(at - countBefore(pairs, at, unitOfPair));
  return {
    text,
    length,
    toUtf16,
    toCodePoint,
    slice: (start, end) => text.slice(toUtf16(start), toUtf16(end)),
  };
}

/** Length of a text in code points. */
export function codePointLength(text: string): CodePoint {
  return codePoint(text.length - surrogatePairs(text).length);
}

/** UTF-16 positions of the first half of every surrogate pair, ascending. */
function surrogatePairs(text: string): number[] {
  const pairs: number[] = [];
  // Most articles have none, which the engine's own search tells many times sooner.
  const first = text.search(/[\ud800-\udbff]/);
  if (first === -1) return pairs;
  for (let at = first; at < text.length - 1; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdbff) continue;
    const next = text.charCodeAt(at + 1);
    if (next >= 0xdc00 && next <= 0xdfff) {
      pairs.push(at);
      at++;
    }
  }
  return pairs;
}

/** The n-th pair starts n code points earlier than its UTF-16 position says. */
const codePointOfPair = (unit: number, n: number): number => unit - n;
/** An offset must pass both halves of a pair to count it. */
const unitOfPair = (unit: number): number => unit;

/** How many pairs lie before `at`, by binary search; `position` gives a pair's place in the unit of `at`. */
function countBefore(
  pairs: number[],
  at: number,
  position: (unit: number, n: number) => number,
): number {
  let low = 0;
  let high = pairs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (position(pairs[middle] ?? 0, middle) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
