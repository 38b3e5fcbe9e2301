import { codePoint, indexText, type TextIndex } from "../text/offsets";
import { segmentText } from "../text/segment";
import type { Block } from "../text/structure";
import type { CorpusDocument, CorpusRange } from "./corpus";

/** A sentence with its tokens, in code points. */
export type Sentence = CorpusRange & { tokens: CorpusRange[] };

/**
 * The sentences of a document with their tokens: those that it carries, else ours. Every character with
 * ink is in a token, and every token in exactly one sentence.
 */
export function sentencesOf(document: CorpusDocument, index: TextIndex): Sentence[] {
  const { tokens, sentences } = document;
  const own = tokens && sentences ? group(pairs(tokens), pairs(sentences)) : null;
  if (own !== null) return own;
  const language = document.source.language ?? "en";
  const found = segmentText(document.text, linesOf(document, index), language);
  return group(pairs(found.tokens), pairs(found.sentences)) ?? [];
}

/** The tokens of a document: those that it carries, else ours. */
export function tokensOf(document: CorpusDocument, index: TextIndex): CorpusRange[] {
  return sentencesOf(document, index).flatMap((sentence) => sentence.tokens);
}

/** Index of the first token that ends after an offset; the number of tokens if none does. */
export function firstTokenAfter(tokens: readonly CorpusRange[], at: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.end ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Indexes [first, last] of the tokens that a range touches, or null where it touches none. */
export function tokensAt(
  tokens: readonly CorpusRange[],
  range: CorpusRange,
): { first: number; last: number } | null {
  const first = firstTokenAfter(tokens, range.start);
  let last = firstTokenAfter(tokens, range.end - 1);
  if (last >= tokens.length || (tokens[last]?.start ?? 0) >= range.end) last--;
  return last < first ? null : { first, last };
}

/** Every line that is not blank, with the role of the block that is the same line. */
function linesOf(document: CorpusDocument, index: TextIndex): Block[] {
  const roles = new Map(document.blocks.map((block) => [block.start, block]));
  const lines: Block[] = [];
  let start = 0;
  for (const line of document.text.split("\n")) {
    const end = start + indexText(line).length;
    const block = roles.get(start);
    const role = block !== undefined && block.end <= end ? block.role : "body";
    if (/[^\s\u200B\uFEFF]/.test(line)) {
      lines.push({ start: codePoint(start), end: codePoint(Math.min(end, index.length)), role });
    }
    start = end + 1;
  }
  return lines;
}

/** Null where a token is in no sentence, or one of the lists is not in order. */
function group(tokens: CorpusRange[], sentences: CorpusRange[]): Sentence[] | null {
  const grouped = sentences.map((sentence) => ({ ...sentence, tokens: [] as CorpusRange[] }));
  let at = 0;
  for (const token of tokens) {
    while ((grouped[at]?.end ?? Number.POSITIVE_INFINITY) < token.end) at++;
    const sentence = grouped[at];
    if (sentence === undefined || token.start < sentence.start) return null;
    sentence.tokens.push(token);
  }
  return grouped.filter((sentence) => sentence.tokens.length > 0);
}

/** A flat list as ranges. */
export function pairs(flat: readonly number[]): CorpusRange[] {
  const ranges: CorpusRange[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    ranges.push({ start: flat[at] ?? 0, end: flat[at + 1] ?? 0 });
  }
  return ranges;
}
