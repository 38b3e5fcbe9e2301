/** Code points within which a cut word is looked for; beyond it the script has no spaces. */
const LONGEST_WORD = 20;

/** The words before a passage, without the rest of a word that was cut at the beginning. */
export function wholeBefore(text: string, isCut: boolean): string {
  if (!isCut) return text;
  const gap = /\s/u.exec(text);
  return gap === null || gap.index > LONGEST_WORD ? text : text.slice(gap.index + 1);
}

/** The words behind a passage, without the beginning of a word that was cut at the end. */
export function wholeAfter(text: string, isCut: boolean): string {
  if (!isCut) return text;
  const gap = /\s\S*$/u.exec(text);
  return gap === null || text.length - gap.index > LONGEST_WORD ? text : text.slice(0, gap.index);
}
