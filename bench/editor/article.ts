/** The synthetic article that every editor is given: same words, same spans, from one seed. */
import { compareSpans, type Span } from "@/lib/domain/annotation/state";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { codePoint } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";
import { segmentText } from "@/lib/domain/text/segment";

/** What the pages get as JSON. The text is ASCII, so that code points and UTF-16 units agree. */
export type Article = {
  text: string;
  blocks: { role: BlockRole; start: number; end: number }[];
  tokens: number[];
  sentences: number[];
  spans: Span[];
  codebook: Codebook;
};

export const LAYER = "wording";
export const LABELS = [
  "Loaded language",
  "Labelling",
  "Doubt",
  "Flag-waving",
  "Exaggeration",
  "Slogan",
  "Repetition",
  "Name calling",
];

export function makeArticle(wordCount: number, spanCount: number, seed = 20_261_124): Article {
  const random = mulberry32(seed + wordCount);
  const { text, blocks } = writeText(wordCount, random);
  const roles = blocks.map((block) => ({
    role: block.role,
    start: codePoint(block.start),
    end: codePoint(block.end),
  }));
  const { tokens, sentences } = segmentText(text, roles, "en");
  return {
    text,
    blocks,
    tokens,
    sentences,
    spans: placeSpans({ text, tokens, blocks, spanCount }, random),
    codebook: makeCodebook(),
  };
}

/** How many spans stand on the same character at most, and the share of marked characters with two or more. */
export function overlapOf({ text, spans }: Article): { deepest: number; share: number } {
  const depth = new Uint16Array(text.length);
  for (const { ranges } of spans) {
    for (const { start, end } of ranges) {
      for (let at = start as number; at < end; at++) depth[at] = (depth[at] ?? 0) + 1;
    }
  }
  let marked = 0;
  let shared = 0;
  let deepest = 0;
  for (const each of depth) {
    if (each > 0) marked++;
    if (each > 1) shared++;
    deepest = Math.max(deepest, each);
  }
  return { deepest, share: marked === 0 ? 0 : shared / marked };
}

function makeCodebook(): Codebook {
  return codebookSchema.parse({
    framemark: "codebook/1",
    key: "bench",
    name: "Bench",
    layers: [
      {
        key: LAYER,
        name: "Wording",
        level: "span",
        labels: LABELS.map((name, index) => ({
          key: keyOf(name),
          name,
          shortcut: String(index + 1),
        })),
      },
    ],
  });
}

export function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "-");
}

type Random = () => number;

function writeText(wordCount: number, random: Random) {
  const vocabulary = Array.from({ length: 4000 }, () => inventWord(random));
  const lines: { role: BlockRole; words: number }[] = [{ role: "headline", words: 9 }];
  for (let left = wordCount - 9; left > 0; ) {
    const words = Math.min(left, between(40, 118, random));
    lines.push({ role: "body", words });
    left -= words;
  }
  const blocks: Article["blocks"] = [];
  let text = "";
  for (const { role, words } of lines) {
    if (text !== "") text += "\n\n";
    const start = text.length;
    text += writeLine(words, role, vocabulary, random);
    blocks.push({ role, start, end: text.length });
  }
  return { text, blocks };
}

function writeLine(count: number, role: BlockRole, vocabulary: string[], random: Random): string {
  const words: string[] = [];
  let left = 0;
  for (let at = 0; at < count; at++) {
    // Frequent words are frequent: the square of an even draw.
    let word = vocabulary[Math.floor(random() ** 2 * vocabulary.length)] ?? "the";
    if (left === 0) {
      word = capital(word);
      left = between(8, 26, random);
    } else if (random() < 0.05) word = capital(word);
    left--;
    const isLast = at === count - 1;
    if (role === "body" && (left === 0 || isLast)) word += ".";
    else if (random() < 0.06 && !isLast) word += ",";
    words.push(word);
  }
  return words.join(" ");
}

function inventWord(random: Random): string {
  const consonants = "bcdfghklmnprstvw";
  const vowels = "aeiou";
  const pick = (letters: string) => letters[Math.floor(random() * letters.length)] ?? "a";
  let word = "";
  for (let left = between(1, 4, random); left > 0; left--) {
    word += pick(consonants) + pick(vowels);
    if (random() < 0.45) word += pick("nrstl");
  }
  return word;
}

/** Offsets that are on the screen of every editor before anything is scrolled. */
const IN_VIEW = 1000;

/** Half of the spans anywhere, half near an earlier one, so that they overlap as in real work. */
function placeSpans(
  {
    text,
    tokens,
    blocks,
    spanCount,
  }: Pick<Article, "text" | "tokens" | "blocks"> & { spanCount: number },
  random: Random,
): Span[] {
  const spans: Span[] = [];
  const taken = new Set<string>();
  const last = tokens.length / 2 - 1;
  const apart: number[] = [];
  while (spans.length < spanCount) {
    const near = random() < 0.5 ? undefined : apart[Math.floor(random() * apart.length)];
    const first =
      near === undefined ? between(0, last, random) : clamp(near + between(-4, 4, random), last);
    const start = tokens[first * 2] ?? 0;
    const most = blocks.find((each) => each.end > start)?.end ?? 0;
    const end = endWithin(most, first, spanLength(random), tokens);
    const label = keyOf(LABELS[Math.floor(random() * LABELS.length)] ?? "");
    if (end <= start || taken.has(`${start}-${end}-${label}`)) continue;
    taken.add(`${start}-${end}-${label}`);
    if (near === undefined) apart.push(first);
    spans.push(makeSpan({ start, end, label, quote: text.slice(start, end) }, random));
  }
  // Some editors draw only what is in view: one span always is.
  if (!spans.some((span) => (span.ranges[0]?.start ?? IN_VIEW) < IN_VIEW)) {
    const [start = 0, end = 0] = [tokens[4], tokens[9]];
    const quote = text.slice(start, end);
    spans[0] = makeSpan({ start, end, label: keyOf(LABELS[0] ?? ""), quote }, random);
  }
  // As the server sends them.
  return spans.sort(compareSpans);
}

/** Where so many words end, cut at the end of the block. */
function endWithin(most: number, first: number, words: number, tokens: number[]): number {
  let to = Math.min(tokens.length / 2, first + words) - 1;
  while ((tokens[to * 2 + 1] ?? 0) > most) to--;
  return tokens[to * 2 + 1] ?? 0;
}

function makeSpan(
  { start, end, label, quote }: { start: number; end: number; label: string; quote: string },
  random: Random,
): Span {
  return {
    id: seededId(random),
    layer: LAYER,
    label,
    ranges: [{ start: codePoint(start), end: codePoint(end), quote }],
    attributes: {},
    flags: [],
    origin: "manual",
  };
}

function clamp(at: number, last: number): number {
  return Math.min(last, Math.max(0, at));
}

/** 1 to 40 words, 6 in the mean. */
function spanLength(random: Random): number {
  return Math.min(40, 1 + Math.floor(-Math.log(1 - random()) * 5.5));
}

function seededId(random: Random): string {
  const hex = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}

function between(least: number, most: number, random: Random): number {
  return least + Math.floor(random() * (most - least + 1));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Mulberry32 (Tommy Ettinger): small, and good enough to place words. */
function mulberry32(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
