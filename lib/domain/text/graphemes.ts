import { type Utf16, utf16 } from "./offsets";

/**
 * Before these a new character always begins, unless one of PREPEND stands there (Unicode Standard
 * Annex 29, rules GB9 to GB13), so a look at the text may start here.
 */
const SURE_START =
  /[\n\x20-\x7e\p{Lu}\p{Ll}\p{Zs}\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]|(?=[\p{sc=Arab}\p{sc=Hebr}])\p{Lo}/u;
/** Of those above, what may belong to the character before after all. */
const JOINING = /[\p{M}\p{Gr_Ext}\p{ExtPict}]/u;
/** Grapheme_Cluster_Break=Prepend. */
const PREPEND =
  /[\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u0D4E\u{110BD}\u{110CD}\u{111C2}\u{111C3}\u{113D1}\u{1193F}\u{11941}\u{11A3A}\u{11A84}-\u{11A89}\u{11D46}\u{11F02}]/u;
const FLAG_LETTER = /\p{RI}/u;

/** Farthest look back for a sure start, in UTF-16 code units; only flags need to be counted farther. */
const REACH = 1024;
const FIRST_WINDOW = 64;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Whether a UTF-16 offset lies inside what a reader takes for one character: a letter with its marks,
 * a family of emoji, a flag, a Hangul syllable. The ends of the text lie in none.
 */
export function splitsGrapheme(text: string, at: Utf16): boolean {
  if (at <= 0 || at >= text.length) return false;
  return graphemeAt(text, at).start < at;
}

/** The nearest UTF-16 offset, backwards ("start") or forwards ("end"), that divides no character. */
export function snapToGrapheme(text: string, at: Utf16, side: "start" | "end"): Utf16 {
  if (!splitsGrapheme(text, at)) return at;
  return graphemeAt(text, at)[side];
}

/** UTF-16 offset one whole character away from `at`, stopping at the ends of the text. */
export function stepGrapheme(text: string, at: Utf16, side: "start" | "end"): Utf16 {
  if (side === "end") return at >= text.length ? at : graphemeAt(text, at).end;
  return at <= 0 ? at : graphemeAt(text, utf16(at - 1)).start;
}

/** The character that holds the code unit at `at`. Only the text around is looked at. */
function graphemeAt(text: string, at: Utf16): { start: Utf16; end: Utf16 } {
  const from = sureStart(text, at);
  for (let size = FIRST_WINDOW; ; size *= 2) {
    const to = Math.min(text.length, at + size);
    const found = segmenter.segment(text.slice(from, to)).containing(at - from);
    const start = from + (found?.index ?? 0);
    const end = start + (found?.segment.length ?? 0);
    if (end < to || to === text.length) return { start: utf16(start), end: utf16(end) };
  }
}

/** A UTF-16 offset at or before `at` where a character surely begins. */
function sureStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < REACH) {
    start = inPair(text, start) ? start - 1 : start;
    const before = previous(text, start);
    if (isSure(text, start) && !PREPEND.test(before)) return start;
    start -= before.length;
  }
  while (start > 1 && FLAG_LETTER.test(previous(text, start))) start -= 2;
  return start;
}

function isSure(text: string, at: number): boolean {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return SURE_START.test(character) && !JOINING.test(character);
}

/** Whether a UTF-16 offset lies between the halves of a surrogate pair. */
function inPair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

/** The code point that ends at a UTF-16 offset, as text. */
function previous(text: string, at: number): string {
  const isPair = isLow(text.charCodeAt(at - 1)) && isHigh(text.charCodeAt(at - 2));
  return text.slice(Math.max(0, at - (isPair ? 2 : 1)), at);
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
