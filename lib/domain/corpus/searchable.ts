import { UNSPACED } from "../text/characters";
import { codePoint, indexText, type TextIndex } from "../text/offsets";
import { segmentText } from "../text/segment";

const HAS_UNSPACED = new RegExp(UNSPACED, "u");

/**
 * A text as full text search is given it. The database finds words by white space, so words of scripts
 * that have none between them (Chinese, Japanese, Thai and others) are set apart.
 */
export function searchableText(index: TextIndex, tokens: readonly number[]): string {
  if (!HAS_UNSPACED.test(index.text)) return index.text;
  const words: string[] = [];
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    words.push(index.slice(codePoint(tokens[at] ?? 0), codePoint(tokens[at + 1] ?? 0)));
  }
  return words.join(" ");
}

/** What a person looks for, with words set apart in the same way. */
export function searchableQuery(query: string): string {
  if (!HAS_UNSPACED.test(query)) return query;
  const index = indexText(query);
  const block = { role: "headline", start: codePoint(0), end: index.length } as const;
  return searchableText(index, segmentText(query, [block], "en").tokens);
}
