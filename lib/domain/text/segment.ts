import { stopRules } from "./abbreviations";
import { indexText, utf16 } from "./offsets";
import { isOneSentence } from "./roles";
import { findSentences } from "./sentences";
import type { Block } from "./structure";
import { HAS_DICTIONARY, tokenise } from "./tokenise";

/**
 * Name of the rules that made a token table, stored with it. "+icu" when words of Chinese, Japanese,
 * Thai, Lao, Khmer and Burmese came from the dictionary of the engine, which may differ between engines.
 */
export const SEGMENTER = HAS_DICTIONARY ? "framemark-1+icu" : "framemark-1";

/** Flat [start, end, start, end, ...] lists in code points, ascending, without overlap. */
export type Segments = { tokens: number[]; sentences: number[] };

/**
 * Divides a normalised text into tokens and sentences, none of which crosses a block. Every character
 * with ink in a block is in exactly one token. `language` is a tag such as "en" or "de-AT".
 */
export function segmentText(text: string, blocks: readonly Block[], language: string): Segments {
  const index = indexText(text);
  const rules = stopRules(language);
  const tokens: number[] = [];
  const sentences: number[] = [];
  for (const block of blocks) {
    const base = index.toUtf16(block.start);
    const line = text.slice(base, index.toUtf16(block.end));
    const units = tokenise(line, rules);
    const parts = isOneSentence(block.role) ? outline(units) : findSentences(line, units, rules);
    const inner = indexText(line);
    const push = (list: number[], offsets: number[]) => {
      for (const at of offsets) list.push(block.start + inner.toCodePoint(utf16(at)));
    };
    push(tokens, units);
    push(sentences, parts);
  }
  return { tokens, sentences };
}

/** From the first token to the last. */
function outline(tokens: number[]): number[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first === undefined || last === undefined ? [] : [first, last];
}
