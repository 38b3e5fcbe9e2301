import type { AnnotatedDocument, TextRange } from "./span-input";

/** Turns an offset in the document into a position in its annotable text, cut to that text. */
export type Place = (offset: number) => number;

/** Length of the annotable text in code points. */
export function annotableLength(document: AnnotatedDocument): number {
  if (!document.annotable) return document.length;
  return document.annotable.reduce((sum, range) => sum + range.end - range.start, 0);
}

/**
 * Positions in the annotable text: the parts that can be annotated, one after the other, without what lies between.
 * Agreement on text that nobody could mark would only raise the figures (agreement.md 5.1 point 9).
 */
export function placeIn(document: AnnotatedDocument): Place {
  const { annotable, length } = document;
  if (!annotable) return (offset) => Math.min(Math.max(offset, 0), length);
  const before = lengthsBefore(annotable);
  return (offset) => {
    let low = 0;
    let high = annotable.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((annotable[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const range = annotable[low - 1];
    if (!range) return 0;
    return (before[low - 1] ?? 0) + Math.min(offset, range.end) - range.start;
  };
}

/** Tokens of the annotable text in its own positions, as start, end, start, end ...; tokens outside are left out. */
export function annotableTokens(document: AnnotatedDocument): Int32Array | null {
  const { tokens, length } = document;
  if (!tokens) return null;
  const place = createWalk(document.annotable ?? [{ start: 0, end: length }]);
  const kept = new Int32Array(tokens.length);
  let count = 0;
  for (let index = 0; index + 1 < tokens.length; index += 2) {
    const start = place(tokens[index] ?? 0);
    const end = place(tokens[index + 1] ?? 0);
    if (end <= start) continue;
    kept[count] = start;
    kept[count + 1] = end;
    count += 2;
  }
  return kept.subarray(0, count);
}

/** Like {@link placeIn} for offsets that never fall: goes through the parts once. */
function createWalk(ranges: readonly TextRange[]): Place {
  let part = 0;
  let before = 0;
  return (offset) => {
    for (let own = ranges[part]; own !== undefined && own.end < offset; own = ranges[part]) {
      before += own.end - own.start;
      part++;
    }
    return before + Math.max(0, offset - (ranges[part]?.start ?? offset));
  };
}

function lengthsBefore(ranges: readonly TextRange[]): number[] {
  const before: number[] = [];
  let sum = 0;
  for (const range of ranges) {
    before.push(sum);
    sum += range.end - range.start;
  }
  return before;
}
