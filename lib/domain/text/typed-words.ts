import { findText } from "./occurrences";
import { indexText, type Range, type TextIndex } from "./offsets";

/**
 * Places of words that somebody typed or pasted, within a part of a text; in code points. Upper and
 * lower case, straight and curly quotes, kinds of dashes and spaces are alike; line breaks of the
 * pasted text count as spaces. Longer kinds, such as "..." for "…", are not found.
 */
export function findTyped(typed: string, index: TextIndex, within: Range): Range[] {
  const wanted = plain(typed).replaceAll(/\s+/g, " ").trim();
  if (wanted === "") return [];
  const part = indexText(plain(index.slice(within.start, within.end)));
  const places = findText(wanted, part);
  // Pasted from elsewhere, words may come in quotes that the article has not there.
  const bare = wanted.replace(/^["']+|["']+$/g, "").trim();
  const found = places.length === 0 && bare !== wanted ? findText(bare, part) : places;
  return found.map(({ start, end }) => ({
    start: (within.start + start) as Range["start"],
    end: (within.start + end) as Range["end"],
  }));
}

/** Signs that keyboards lack, each by one of the same length; the text is in the basic plane there. */
function plain(text: string): string {
  return text
    .replaceAll(/[\u2018\u2019\u201a\u201b\u2039\u203a\u2032]/g, "'")
    .replaceAll(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"')
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\n]/g, " ");
}
