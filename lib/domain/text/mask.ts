import { codePoint, indexText, type Range } from "./offsets";
import type { BlockRole } from "./roles";

/** What tells where an article comes from. */
export type TextSource = { outlet: string | null; author: string | null; url: string | null };

/** Stands for a letter or a digit that is hidden. No letter, and no punctuation that edges are trimmed of. */
export const MASK = "█";

const HIDDEN_ROLES: readonly BlockRole[] = ["byline", "photo_credit"];
const SIGN = /[\p{L}\p{N}]/u;

/**
 * A text with its source hidden: bylines and photo credits, and wherever outlet, author or address are
 * named. Every letter and digit there becomes one MASK; white space, punctuation and combining marks
 * stay. So the text keeps its length in code points, its lines, and its words.
 */
export function maskSource(
  text: string,
  blocks: readonly { role: BlockRole; start: number; end: number }[],
  source: TextSource,
): string {
  const whole = blocks.filter(({ role }) => HIDDEN_ROLES.includes(role));
  return maskRanges(text, [
    ...whole.map(({ start, end }) => ({ start: codePoint(start), end: codePoint(end) })),
    ...findMentions(text, source),
  ]);
}

/** A title or another short text with the mentions of its source hidden. */
export function maskMentions(text: string, source: TextSource): string {
  return maskRanges(text, findMentions(text, source));
}

/** Whether words shown earlier can be those shown now: hidden signs may have come into sight since. */
export function fitsMasked(quote: string, shown: string): boolean {
  const before = Array.from(quote);
  const now = Array.from(shown);
  return (
    before.length === now.length && before.every((sign, at) => sign === now[at] || sign === MASK)
  );
}

function maskRanges(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  const signs = Array.from(text);
  for (const { start, end } of ranges) {
    for (let at = start as number; at < end; at += 1) {
      if (SIGN.test(signs[at] ?? "")) signs[at] = MASK;
    }
  }
  return signs.join("");
}

function findMentions(text: string, source: TextSource): Range[] {
  const patterns = patternsOf(source);
  if (patterns.length === 0) return [];
  const index = indexText(text);
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      start: index.toCodePoint(match.index as Parameters<typeof index.toCodePoint>[0]),
      end: index.toCodePoint(
        (match.index + match[0].length) as Parameters<typeof index.toCodePoint>[0],
      ),
    })),
  );
}

/** A name to be found, and whether its case is free: short forms in lower case are other words. */
type Form = { words: string; anyCase: boolean };

function patternsOf({ outlet, author, url }: TextSource): RegExp[] {
  const forms = [...outletForms(outlet), ...authorForms(author), ...addressForms(url)];
  const seen = new Map(forms.map((form) => [`${form.words}/${form.anyCase}`, form]));
  return [...seen.values()].map(patternOf);
}

const ARTICLE = /^(?:the|le|la|les|el|los|las|il|lo|der|die|das|den|det|de|het|o|os|as)\s+(?=\S)/iu;
const GENERIC =
  /\s+(?:news|online|media|tv|television|radio|network|english|arabic|international|worldwide)$/iu;
const SMALL_WORDS = /^(?:of|and|for|de|der|del|di|da|du|des|und|et|y|e)$/iu;

function outletForms(outlet: string | null): Form[] {
  const full = clean(outlet);
  if (full === "") return [];
  const bare = full.replace(ARTICLE, "");
  const names = [full, bare];
  // Of "BBC News" and "Al Jazeera English" the first part is a name by itself; of "Arab News" it is not.
  const first = bare.replace(GENERIC, "");
  if (first !== bare && (/^\p{Lu}{2,}\d*$/u.test(first) || /\s/u.test(first))) names.push(first);
  const host = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(full) ? hostForms(full) : [];
  return [
    ...names.map((words) => ({ words, anyCase: isPhrase(words, full !== bare) })),
    ...initials(bare).map((words) => ({ words, anyCase: false })),
    ...host,
  ];
}

/** Several words beside an article are a name whatever their case; "the times" is not. */
function isPhrase(words: string, hasArticle: boolean): boolean {
  const count = words.split(/[\s-]+/u).length;
  return count >= (hasArticle && ARTICLE.test(words) ? 3 : 2);
}

function initials(name: string): string[] {
  const words = name.split(/[\s-]+/u).filter((word) => /^\p{L}/u.test(word));
  const first = (list: string[]) => list.map((word) => Array.from(word)[0] ?? "").join("");
  const large = words.filter((word) => /^\p{Lu}/u.test(word) && !SMALL_WORDS.test(word));
  return [first(large), first(words).toUpperCase()].filter((letters) =>
    /^\p{Lu}{3,6}$/u.test(letters),
  );
}

function authorForms(author: string | null): Form[] {
  return clean(author)
    .split(/\s*(?:[,;&/]|\band\b|\bund\b|\bet\b|\by\b)\s*/u)
    .map((name) => name.replace(/^by\s+/iu, ""))
    .filter((name) => /\S\s+\S/u.test(name))
    .map((words) => ({ words, anyCase: true }));
}

function addressForms(url: string | null): Form[] {
  if (url === null || !URL.canParse(url)) return [];
  return hostForms(new URL(url).hostname);
}

const SECOND_LEVEL = /^(?:co|com|org|net|gov|ac|or|ne)$/u;

/** A host as it is written, without "www.", and the part of it that is the outlet's own. */
function hostForms(host: string): Form[] {
  const parts = host
    .toLowerCase()
    .replace(/^www\./u, "")
    .split(".");
  const own = parts.slice(0, -1).filter((part, at) => at === 0 || !SECOND_LEVEL.test(part));
  const name = own.at(-1) ?? "";
  const forms = [{ words: parts.slice(-2).join("."), anyCase: true }];
  if (parts.length > 2) forms.push({ words: parts.join("."), anyCase: true });
  // "www.sun.example" does not make every sun a mention.
  if (Array.from(name).length >= 8) forms.push({ words: name, anyCase: true });
  return forms.filter(({ words }) => !SECOND_LEVEL.test(words.split(".")[0] ?? ""));
}

function clean(name: string | null): string {
  return (name ?? "")
    .normalize("NFC")
    .replace(/\s*\([^)]*\)/gu, "")
    .trim();
}

const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}]/u;
const PREFIXING = /[\p{sc=Arab}\p{sc=Hebr}]/u;
const CYRILLIC = /^\p{sc=Cyrl}{5,}$/u;
/** Endings that change with the case of a noun or an adjective. */
const CYRILLIC_ENDING = /[аеёиоуыьэюяійї]{1,2}$/iu;

/**
 * Whole words, with what languages put at them: endings ("Spiegels", "Правды"), and in Arabic and
 * Hebrew letters before them. Where words stand without spaces a name is found anywhere.
 */
function patternOf({ words, anyCase }: Form): RegExp {
  const parts = words.split(/[\s\u00A0-]+/u).filter((part) => part !== "");
  const body = parts.map((part, at) => wordPattern(part, at === parts.length - 1));
  const source = body.join("[\\s\\u00A0-]+");
  const variants = anyCase ? source : `(?:${source}|${escapePattern(words.toUpperCase())})`;
  const flags = anyCase ? "giu" : "gu";
  if (UNSPACED.test(words)) return new RegExp(variants, flags);
  const before = PREFIXING.test(words) ? "(?<!\\p{L})\\p{L}{0,3}" : "(?<![\\p{L}\\p{N}])";
  return new RegExp(`${before}${variants}(?![\\p{L}\\p{N}])`, flags);
}

function wordPattern(word: string, isLast: boolean): string {
  if (CYRILLIC.test(word)) {
    return `${escapePattern(word.replace(CYRILLIC_ENDING, ""))}\\p{L}{0,4}`;
  }
  const takesEnding = isLast && Array.from(word).length >= 5 && /\p{Ll}$/u.test(word);
  return `${escapePattern(word)}${takesEnding ? "\\p{L}{0,3}" : ""}`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
}
