/**
 * Character classes that the text modules share, as parts of regular expressions with the flag `u`.
 * Only properties of the Unicode character database are used, which are the same in every engine.
 */

/** Letters of scripts written without spaces: words are found by dictionary, not by white space. */
export const UNSPACED =
  "(?:(?=[\\p{L}\\p{N}\\p{M}])[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\u30FC\\uFF70])";

/** What can only stand on a character before it: marks, joiners, skin tones, variation selectors, tags. */
export const EXTENDING = "[\\p{M}\\p{Gr_Ext}\\p{EMod}\\u200D]";

/** Signs that stand before what they belong to (property Prepended_Concatenation_Mark). */
const PREPENDED = "\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}";

/** One character of a word of a spaced script. */
export const WORD_CHARACTER = `(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}\\p{Pc}${PREPENDED}])`;

const UNSEEN = "\\uFE00-\\uFE0F\\u200C\\u200D";

/**
 * One character without ink. A space that carries a visible mark is the Unicode way to show the mark
 * alone, so it counts as ink. Looking ahead is bounded, so that a long run of joiners stays cheap.
 */
export const BLANK_CHARACTER =
  `(?:[\\p{Cc}\\p{Zl}\\p{Zp}]|[\\p{Zs}${UNSEEN}](?![${UNSEEN}]{0,8}(?![${UNSEEN}])${EXTENDING})` +
  `|(?![${PREPENDED}${UNSEEN}])\\p{Cf})`;

const INK = new RegExp(`(?!${BLANK_CHARACTER})[^]`, "u");

/** True when a reader would see nothing: white space, controls and invisible format characters only. */
export function isBlank(text: string): boolean {
  return !INK.test(text);
}
