import type { TextIndex } from "../text/offsets";
import { codePoint } from "../text/offsets";
import { type BlockRole, isAnnotatable } from "../text/roles";

/** A text as it is stored: tokens as a flat [start, end, ...] list in code points. */
export type CorpusText = {
  index: TextIndex;
  tokens: readonly number[];
  blocks: readonly { role: BlockRole; start: number; end: number }[];
};

const INK = /[\p{L}\p{N}]/u;

/**
 * The words of an article in lower case, without punctuation: those of headline, text and quotations,
 * or all where there are none. Captions, links and widgets belong to the page and not to the report.
 */
export function reportWords(text: CorpusText): string[] {
  const own = text.blocks.filter(({ role }) => isAnnotatable(role));
  const words = wordsIn(text, own);
  return words.length > 0 ? words : wordsIn(text, text.blocks);
}

/** The words of some blocks, which are in order, in lower case and without punctuation. */
function wordsIn(
  { index, tokens }: CorpusText,
  blocks: readonly { start: number; end: number }[],
): string[] {
  const words: string[] = [];
  let at = 0;
  for (const { start, end } of blocks) {
    while (at < tokens.length && (tokens[at] ?? 0) < start) at += 2;
    for (; at < tokens.length && (tokens[at] ?? end) < end; at += 2) {
      const word = index.slice(codePoint(tokens[at] ?? 0), codePoint(tokens[at + 1] ?? 0));
      if (INK.test(word)) words.push(word.toLowerCase());
    }
  }
  return words;
}

/** A 32-bit number for a string, the same in every engine (FNV-1a over UTF-16, then mixed). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return mix(hash);
}

/** Spreads the bits of a 32-bit number (the finish of MurmurHash3); one to one. */
export function mix(number: number): number {
  let hash = number;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
