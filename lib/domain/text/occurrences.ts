import type { FlatRanges } from "./movement";
import { codePoint, codePointLength, type Range, type TextIndex } from "./offsets";

/**
 * Every place where words stand, whole tokens only, upper and lower case alike; in code points. The
 * tokens are those that may be marked, so that a caption is never found.
 */
export function findOccurrences(words: string, index: TextIndex, tokens: FlatRanges): Range[] {
  const starts = new Set<number>();
  const ends = new Set<number>();
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    starts.add(tokens[at] ?? -1);
    ends.add(tokens[at + 1] ?? -1);
  }
  return findText(words, index).filter(({ start, end }) => starts.has(start) && ends.has(end));
}

/** Every place where a text stands, upper and lower case alike; in code points. */
export function findText(wanted: string, index: TextIndex): Range[] {
  const needle = fold(wanted.normalize("NFC"));
  if (needle.trim() === "") return [];
  const hay = fold(index.text);
  const points = codePointLength(needle);
  const found: Range[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    const start = index.toCodePoint(at as Parameters<TextIndex["toCodePoint"]>[0]);
    found.push({ start, end: codePoint(start + points) });
  }
  return found;
}

/** Lower case where that keeps the length, so that offsets stay those of the text. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (sign) => {
    const small = sign.toLowerCase();
    return small.length === sign.length ? small : sign;
  }).join("");
}
