import type { StopRules } from "./abbreviations";
import { BLANK_CHARACTER, EXTENDING, UNSPACED, WORD_CHARACTER } from "./characters";

const sticky = (source: string) => new RegExp(source, "uy");

/** Joins parts of one word: apostrophes, hyphens, marks inside Armenian, Hebrew and Catalan words, stops in names of sites. */
const JOINT =
  "(?:['’＇‐‑\\u055A-\\u055E׳״-]|(?<=\\p{sc=Hebr})\"(?=\\p{sc=Hebr})|(?<=[lL])·(?=[lL])" +
  "|(?<=\\p{Nd})[.,:٫٬](?=\\p{Nd})|(?<=\\p{L})\\.(?=\\p{Ll})|(?![\\u200B\\uFEFF])\\p{Cf}+)";

const BLANKS = sticky(`${BLANK_CHARACTER}+`);
const PLAIN_WORD = /[A-Za-z]+(?=[ ,;!?)]|$)/y;
const WORD = sticky(`${WORD_CHARACTER}+(?:${JOINT}${WORD_CHARACTER}+)*${EXTENDING}*`);
const ADDRESS = sticky(
  `(?:(?:https?|ftp):\\/\\/|www\\.)(?:(?!${UNSPACED}|${BLANK_CHARACTER}|[\\p{ExtPict}\\p{RI}])[^\\s<>"“”„«»‹›「」『』【】（）《》、。，！？；：])+`,
);
const MAIL = sticky("[\\p{L}\\p{N}_.+-]{1,64}@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}");
const TAGGED = sticky(
  `[#＃@＠](?=[\\p{L}\\p{N}_])${WORD_CHARACTER}+(?:[.](?=[\\p{Ll}\\p{N}])${WORD_CHARACTER}+)*`,
);
/** Letters with stops: "U.S.", "z.B.", "U.S.-led", "Ph.D.". */
const DOTTED = sticky(
  `(?!${UNSPACED})\\p{L}\\p{M}*\\.(?:(?!${UNSPACED})\\p{L}\\p{M}*\\.)+(?:(?!${UNSPACED})\\p{L}(?!${WORD_CHARACTER}))?(?:[-‑'’]${WORD_CHARACTER}+)*|Ph\\.D\\.`,
);
const KEYCAP = sticky("[0-9#*]\\uFE0F?\\u20E3");
/** Unicode Technical Standard 51, ED-13 to ED-17, without asking whether a font draws the sequence. */
const PICTURE = `\\p{ExtPict}${EXTENDING}*`;
const EMOJI = sticky(`\\p{RI}\\p{RI}?${EXTENDING}*|${PICTURE}(?:(?<=\\u200D)${PICTURE})*`);
/** A letter with its marks, the Burmese or Khmer letters stacked below it, Thai and Lao AM. */
const CLUSTER = `${UNSPACED}${EXTENDING}*(?:(?<=[\\u1039\\u17D2])${UNSPACED}${EXTENDING}*){0,4}(?:[\\u0E33\\u0EB3]${EXTENDING}*)?`;
const UNSPACED_RUN = sticky(`(?:${CLUSTER})+`);
const UNSPACED_CHARACTER = sticky(CLUSTER);
const SIGN = sticky(`[^]${EXTENDING}*`);
const NEXT_WORD = sticky("[\\s\\p{Zs}]{0,4}[\"'“„«‘(\\[]{0,3}([\\p{L}\\p{M}\\p{N}]+)");

/** The same dictionary serves every language of a script; a fixed locale keeps the host's out. */
const dictionary = wordSegmenter();

/** Whether words of scripts without spaces come from the dictionary of the engine (ICU). */
export const HAS_DICTIONARY = dictionary !== null;

/**
 * Tokens of one block as flat [start, end, ...] in UTF-16 offsets into `text`, ascending. Every
 * character with ink is in exactly one; a combining sequence or an emoji is never divided.
 */
export function tokenise(text: string, rules: StopRules): number[] {
  const tokens: number[] = [];
  let at = 0;
  while (at < text.length) {
    if (text.charCodeAt(at) === 32) {
      const blank = matchEnd(BLANKS, text, at);
      if (blank > at) {
        at = blank;
        continue;
      }
    }
    const plain = matchEnd(PLAIN_WORD, text, at);
    if (plain > at) {
      tokens.push(at, plain);
      at = plain;
      continue;
    }
    const blank = matchEnd(BLANKS, text, at);
    at = blank > at ? blank : pushToken(text, at, rules, tokens);
  }
  return tokens;
}

/** Adds the token or tokens that begin at `at`; answers where they end. */
function pushToken(text: string, at: number, rules: StopRules, tokens: number[]): number {
  const run = matchEnd(UNSPACED_RUN, text, at);
  if (run > at) {
    pushUnspaced(text, at, run, tokens);
    return run;
  }
  const end = longToken(text, at) || wordEnd(text, at, rules) || signEnd(text, at);
  tokens.push(at, end);
  return end;
}

/** End of a token with a grammar of its own, 0 when none begins here. */
function longToken(text: string, at: number): number {
  const keycap = matchEnd(KEYCAP, text, at);
  if (keycap > at) return extend(text, keycap);
  const address = matchEnd(ADDRESS, text, at);
  if (address > at) return trimAddress(text, at, address);
  for (const pattern of [MAIL, TAGGED, DOTTED]) {
    const end = matchEnd(pattern, text, at);
    if (end > at) return extend(text, end);
  }
  return 0;
}

function wordEnd(text: string, at: number, rules: StopRules): number {
  const end = matchEnd(WORD, text, at);
  if (end <= at) return 0;
  return takesStop(text, at, end, rules) ? extend(text, end + 1) : end;
}

function signEnd(text: string, at: number): number {
  const emoji = matchEnd(EMOJI, text, at);
  return emoji > at ? emoji : matchEnd(SIGN, text, at);
}

/** Whether the full stop after the word [at, end) is part of it, as in "Mr." and "3. Oktober". */
function takesStop(text: string, at: number, end: number, rules: StopRules): boolean {
  if (text[end] !== "." || text[end + 1] === "." || end - at > 12) return false;
  const word = text.slice(at, end);
  if (rules.isJoining(word) || rules.isClosing(word)) return true;
  NEXT_WORD.lastIndex = end + 1;
  const next = NEXT_WORD.exec(text)?.[1];
  if (next === undefined) return false;
  if (rules.isNumbered(word)) return /^\p{N}/u.test(next);
  if (rules.opensSentence(next)) return false;
  if (/^\p{Lu}\p{M}*$/u.test(word)) return word !== "I" && /^\p{Lu}/u.test(next);
  return rules.hasOrdinals && /^\d{1,2}$/.test(word) && /^\p{L}/u.test(next);
}

/** Punctuation at the end of an address belongs to the sentence; a bracket only if it opened there too. */
function trimAddress(text: string, start: number, matched: number): number {
  let end = matched;
  let surplus = 0;
  for (let at = start; at < end; at++) {
    if (text[at] === "(") surplus--;
    if (text[at] === ")") surplus++;
  }
  while (end > start) {
    const last = text.charAt(end - 1);
    if (last === ")" && surplus <= 0) break;
    if (last === ")") surplus--;
    else if (!/[.,;:!?'’…\]}*_~]/.test(last)) break;
    end--;
  }
  return extend(text, end);
}

/** Takes in marks that stand on the last character. */
function extend(text: string, end: number): number {
  return matchEnd(EXTENDED, text, end);
}

const EXTENDED = sticky(`${EXTENDING}*`);

/**
 * The dictionary is asked for a piece at a time, because its time grows with the square of the length.
 * The last word of a piece may be cut, so the next piece begins with it.
 */
function pushUnspaced(text: string, start: number, end: number, tokens: number[]): void {
  let at = start;
  while (at < end) {
    const stop = pieceEnd(text, at, dictionary === null ? at : Math.min(end, at + PIECE));
    const words = dictionary === null ? [stop - at] : wordEnds(dictionary, text.slice(at, stop));
    if (stop < end && words.length > 1) words.pop();
    const base = at;
    for (const word of words) {
      tokens.push(at, base + word);
      at = base + word;
    }
  }
}

/** Longest piece given to the dictionary, in UTF-16 code units; a letter is not cut from its marks. */
const PIECE = 512;

/** End of the letters from `at` up to a goal, one letter at least. */
function pieceEnd(text: string, at: number, goal: number): number {
  let end = at;
  do end = matchEnd(UNSPACED_CHARACTER, text, end);
  while (end < goal);
  return end;
}

/** Ends of words; the dictionary may part a stacked letter from the one above, which is put right. */
function wordEnds(segmenter: Intl.Segmenter, piece: string): number[] {
  const ends = Array.from(segmenter.segment(piece), ({ index, segment }) => index + segment.length);
  return ends.filter(
    (end) => end === piece.length || !/[\u1039\u17D2]/.test(piece.charAt(end - 1)),
  );
}

function wordSegmenter(): Intl.Segmenter | null {
  if (typeof Intl === "undefined" || !("Segmenter" in Intl)) return null;
  return new Intl.Segmenter("en", { granularity: "word" });
}

/** Where a match of a sticky pattern at `at` ends, or `at` itself. */
function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
