import type { StopRules } from "./abbreviations";
import { isClosingMark, isOpeningBracket, matchPairs } from "./pairs";

const TERMINATOR = /^[.!?…。！？．｡؟۔।॥։‼⁇⁈⁉‽⸮።។၊။]/u;
/** After these a sentence ends without a space. */
const WIDE = /^[。！？．｡։።។။॥।؟۔]/u;
const SKIPPED = /^[\p{P}\p{S}]+$/u;
const CONTINUING = /^[,;:，；：、،؛)\]}）】]/u;
const SPEECH =
  /^(?:said|says|asked|asks|told|added|adds|wrote|writes|replied|cried|exclaimed|demanded|wondered|shouted|tweeted|warned|declared|insisted)$/;

/** What is asked of the tokens of one block while sentences are looked for. */
type Scan = {
  word(index: number): string;
  /** White space stands between the token and the one before. */
  isApart(index: number): boolean;
  partners: Int32Array;
  count: number;
  rules: StopRules;
};

/**
 * Sentences of one block as flat [start, end, ...] in UTF-16 offsets, each from its first token to its
 * last. `tokens` are those of `text`. Closing quotes and brackets stay with the sentence they end.
 */
export function findSentences(text: string, tokens: readonly number[], rules: StopRules): number[] {
  const scan: Scan = {
    word: (index) => text.slice(tokens[index * 2], tokens[index * 2 + 1]),
    isApart: (index) => tokens[index * 2] !== tokens[index * 2 - 1],
    partners: matchPairs(text, tokens),
    count: tokens.length / 2,
    rules,
  };
  const sentences: number[] = [];
  let first = 0;
  let index = 0;
  while (index < scan.count) {
    index = skipBracket(scan, index);
    const last = sentenceEnd(scan, first, index);
    if (last >= 0) {
      sentences.push(tokens[first * 2] ?? 0, tokens[last * 2 + 1] ?? 0);
      first = last + 1;
    }
    index = Math.max(index, last) + 1;
  }
  if (first < scan.count) sentences.push(tokens[first * 2] ?? 0, tokens.at(-1) ?? 0);
  return sentences;
}

/** From an opening bracket to its partner, since no sentence ends between. */
function skipBracket(scan: Scan, index: number): number {
  const partner = scan.partners[index] ?? -1;
  return partner > index && isOpeningBracket(scan.word(index)) ? partner : index;
}

/** Index of the last token of the sentence from `first` that ends at `index`, or -1. */
function sentenceEnd(scan: Scan, first: number, index: number): number {
  if (!mayEnd(scan, index)) return -1;
  const last = withClosers(scan, index);
  return last + 1 === scan.count || isBreak(scan, { first, index, last }) ? last : -1;
}

/** A terminator, a word that ends in a stop, or a bracket that closes right after a terminator. */
function mayEnd(scan: Scan, index: number): boolean {
  const word = scan.word(index);
  if (TERMINATOR.test(word) || (word.length > 1 && word.endsWith("."))) return true;
  const partner = scan.partners[index] ?? -1;
  return (
    partner >= 0 &&
    partner < index &&
    /^[)\]）】]$/.test(word) &&
    TERMINATOR.test(scan.word(index - 1))
  );
}

/** Index of the last token of the sentence: further terminators and closing marks are taken in. */
function withClosers(scan: Scan, index: number): number {
  let last = index;
  while (last + 1 < scan.count && belongsToEnd(scan, last + 1, index)) last++;
  return last;
}

function belongsToEnd(scan: Scan, next: number, terminator: number): boolean {
  const word = scan.word(next);
  const partner = scan.partners[next] ?? -1;
  const closes = partner >= 0 && partner < terminator;
  // French puts a space inside its quotation marks.
  if (scan.isApart(next)) return closes && (word === "»" || word === "›");
  if (TERMINATOR.test(word)) return true;
  return closes || (partner < 0 && isClosingMark(word));
}

type End = { first: number; index: number; last: number };

/** Whether the sentence ends after `last`, given what follows. */
function isBreak(scan: Scan, end: End): boolean {
  const next = end.last + 1;
  if (CONTINUING.test(scan.word(next))) return false;
  const stop = scan.word(end.index);
  if (!WIDE.test(stop) && !scan.isApart(next)) return false;
  const follower = nextWord(scan, next);
  if (/^\p{Ll}/u.test(follower)) return false;
  if (stop.length > 1 && stop.endsWith(".") && !TERMINATOR.test(stop)) {
    return canClose(scan.rules, stop.slice(0, -1)) && scan.rules.opensSentence(follower);
  }
  if (stop === "." && isEnumerator(scan, end)) return false;
  return !isSpeechTag(scan, end);
}

function canClose(rules: StopRules, word: string): boolean {
  if (rules.isClosing(word)) return true;
  return word.includes(".") && !rules.isJoining(word);
}

/** "1." or "a." at the start numbers what follows. */
function isEnumerator(scan: Scan, { first, index }: End): boolean {
  return index === first + 1 && /^(?:\d{1,3}|\p{L}|[IVX]{1,4})$/u.test(scan.word(first));
}

/** `"Why now?" Akar asked.` goes on after the question. */
function isSpeechTag(scan: Scan, { index, last }: End): boolean {
  if (last === index || !/^[?!…]/.test(scan.word(index))) return false;
  for (let next = last + 1; next < Math.min(last + 5, scan.count); next++) {
    const word = scan.word(next);
    if (SPEECH.test(word)) return !scan.rules.opensSentence(scan.word(last + 1));
    if (SKIPPED.test(word)) return false;
  }
  return false;
}

/** The next token that is more than a mark, or nothing. */
function nextWord(scan: Scan, from: number): string {
  for (let index = from; index < Math.min(from + 6, scan.count); index++) {
    const word = scan.word(index);
    if (!SKIPPED.test(word)) return word;
  }
  return "";
}
