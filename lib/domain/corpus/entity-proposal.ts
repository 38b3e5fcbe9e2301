import { stopRules } from "../text/abbreviations";
import { codePoint, type TextIndex } from "../text/offsets";
import { type BlockRole, isAnnotatable, isOneSentence } from "../text/roles";
import { groupedBy } from "./grouped";

/** A person, place or body that an article names. `mentions` is a flat [start, end, ...] list in code points. */
export type ProposedEntity = { name: string; aliases: string[]; mentions: number[] };

type Article = {
  index: TextIndex;
  /** Flat [start, end, ...] lists in code points. */
  tokens: readonly number[];
  sentences: readonly number[];
  blocks: readonly { role: BlockRole; start: number; end: number }[];
  language: string;
};

type Mention = {
  words: string[];
  start: number;
  end: number;
  isOpening: boolean;
  isNamed: boolean;
};

const MOST = 40;
const CAPITAL = /^\p{Lu}/u;
/** Words in small letters that stand inside names. */
const PARTICLES = new Set(
  "of de del della der den di da do dos das du la le van von zu zum zur ten ter bin bint ibn al el ul ve y i".split(
    " ",
  ),
);
const DETERMINERS = new Set(
  "der die das den dem des ein eine einen einem einer eines kein keine im am zum zur vom beim ins".split(
    " ",
  ),
);
/** Capitalised in English, and in some others, but naming nobody. */
const CALENDAR = new Set(
  "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember".split(
    " ",
  ),
);
const PRONOUNS = new Set("i we he she it they you".split(" "));

/**
 * Names that an article mentions, by their capitals: the most mentioned first. For scripts without
 * capitals there is nothing to go by, and the list is empty. Proposals for people to correct, since
 * capitals do not tell a name from a title of office, and German writes every noun with one.
 */
export function proposeEntities(article: Article): ProposedEntity[] {
  const all = findMentions(article);
  const isGerman = /^de\b/i.test(article.language);
  // A word that opens a sentence is a name only if it is written so elsewhere too.
  const certain = new Set(
    all.filter(({ isOpening }) => !isOpening).map(({ words }) => keyOf(words)),
  );
  for (const { words } of all) if (words.length > 1) certain.add(keyOf(words.slice(-1)));
  const plain = new Set(all.filter(({ isNamed }) => !isNamed).map(({ words }) => keyOf(words)));
  const mentions = all.filter(({ words, isOpening }) => {
    if (words.length > 1) return true;
    if (isGerman && plain.has(keyOf(words))) return false;
    return !isOpening || certain.has(keyOf(words));
  });
  const forms = [...groupedBy(mentions, ({ words }) => words.join(" "))].map(([name, list]) => ({
    name,
    words: list[0]?.words ?? [],
    list,
  }));
  return merge(forms)
    .sort(
      (a, b) =>
        b.mentions.length - a.mentions.length || (a.mentions[0] ?? 0) - (b.mentions[0] ?? 0),
    )
    .slice(0, MOST);
}

function keyOf(words: readonly string[]): string {
  return words.join(" ").toLowerCase();
}

type Form = { name: string; words: string[]; list: Mention[] };

/** A form that ends as a longer one does ("Akar", "Hulusi Akar") is the same entity, if only one does. */
function merge(forms: readonly Form[]): ProposedEntity[] {
  const long = [...forms].sort(
    (a, b) => a.words.length - b.words.length || b.list.length - a.list.length,
  );
  const heads = new Map<Form, Form>();
  for (const form of long) {
    const longer = long.filter((other) => other !== form && endsWith(other.words, form.words));
    const tops = longer.filter(
      (other) => !longer.some((each) => each !== other && endsWith(each.words, other.words)),
    );
    const [top] = tops;
    if (top !== undefined && (tops.length === 1 || longer.every((each) => shares(each, longer)))) {
      heads.set(form, top);
    }
  }
  const rootOf = (form: Form): Form => {
    const head = heads.get(form);
    return head === undefined ? form : rootOf(head);
  };
  return [...groupedBy(forms, rootOf).values()].map((group) => {
    const byUse = [...group].sort(
      (a, b) => score(b) - score(a) || a.name.length - b.name.length || (a.name < b.name ? -1 : 1),
    );
    const name = byUse[0]?.name ?? "";
    const mentions = group.flatMap(({ list }) => list).sort((a, b) => a.start - b.start);
    return {
      name,
      aliases: byUse.slice(1).map((each) => each.name),
      mentions: mentions.flatMap(({ start, end }) => [start, end]),
    };
  });
}

/** A name of two or three words says best who is meant. */
function score({ words, list }: Form): number {
  return list.length + (words.length === 2 || words.length === 3 ? 10 : 0);
}

function shares(form: Form, others: readonly Form[]): boolean {
  return others.every(
    (other) => endsWith(other.words, form.words) || endsWith(form.words, other.words),
  );
}

function endsWith(words: readonly string[], tail: readonly string[]): boolean {
  const offset = words.length - tail.length;
  return offset > 0 && tail.every((word, at) => words[offset + at] === word);
}

/** A token with its words and what stands between it and the next. */
type Token = { word: string; start: number; end: number; gap: string };

function findMentions(article: Article): Mention[] {
  const openings = new Set(article.sentences.filter((_, at) => at % 2 === 0));
  const { opensSentence } = stopRules(article.language);
  return article.blocks.flatMap((block) => {
    if (!isAnnotatable(block.role)) return [];
    const tokens = tokensIn(article, block);
    if (isOneSentence(block.role) && isTitleCase(tokens.map(({ word }) => word))) return [];
    return mentionsIn(tokens, { openings, opensSentence });
  });
}

function tokensIn({ index, tokens }: Article, block: { start: number; end: number }): Token[] {
  const found: Token[] = [];
  for (let at = 0; at + 1 < tokens.length; at += 2) {
    const [start = 0, end = 0, next = end] = tokens.slice(at, at + 3);
    if (start < block.start || start >= block.end) continue;
    const word = index.slice(codePoint(start), codePoint(end));
    found.push({ word, start, end, gap: index.slice(codePoint(end), codePoint(next)) });
  }
  return found;
}

type Rules = { openings: ReadonlySet<number>; opensSentence: (word: string) => boolean };

function mentionsIn(tokens: readonly Token[], rules: Rules): Mention[] {
  const mentions: Mention[] = [];
  for (let place = 0; place < tokens.length; ) {
    const length = runLength(tokens.slice(place, place + 12));
    if (length > 0) {
      const before = tokens[place - 1]?.word ?? "";
      const mention = toMention(tokens.slice(place, place + length), before, rules);
      if (mention !== null) mentions.push(mention);
    }
    place += Math.max(1, length);
  }
  return mentions;
}

/** Where most longer words have capitals, capitals tell nothing. */
function isTitleCase(words: readonly string[]): boolean {
  const long = words.filter((word) => /^\p{L}{4,}/u.test(word));
  return long.length > 4 && long.filter((word) => CAPITAL.test(word)).length > long.length * 0.7;
}

/** How many tokens from the first on make one name: capitals, with particles between. */
function runLength(tokens: readonly Token[]): number {
  let length = 0;
  for (const [at, { word, gap }] of tokens.entries()) {
    if (CAPITAL.test(word)) length = at + 1;
    else if (at === 0 || !PARTICLES.has(word) || length !== at) break;
    if (/['’]s$/u.test(word) || !/^[ \u00a0-]$/u.test(gap)) break;
  }
  return length;
}

function toMention(tokens: readonly Token[], before: string, rules: Rules): Mention | null {
  const isCalendar = ({ word }: Token) => CALENDAR.has(word.toLowerCase());
  const isEmpty = (token: Token) =>
    isCalendar(token) || PRONOUNS.has(token.word.toLowerCase()) || rules.opensSentence(token.word);
  const from = tokens.findIndex((token) => !isEmpty(token));
  const to = tokens.findLastIndex((token) => !isCalendar(token));
  const [first, last] = [tokens[from], tokens[to]];
  if (first === undefined || last === undefined || to < from) return null;
  const bare = last.word.replace(/['’]s?$/u, "");
  const words = [...tokens.slice(from, to).map(({ word }) => word), bare];
  if (words.join("").length < 2) return null;
  return {
    words,
    start: first.start,
    end: last.end - (last.word.length - bare.length),
    isOpening: rules.openings.has(first.start) || /^["“„«»'‘]$/u.test(before),
    isNamed: !DETERMINERS.has(before.toLowerCase()),
  };
}
