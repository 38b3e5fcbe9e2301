import { describe, expect, it } from "vitest";
import { correctedText } from "../../../lib/domain/corpus/corrected-text";
import { followPlaces } from "../../../lib/domain/corpus/place-map";
import { compareTexts } from "../../../lib/domain/corpus/text-diff";
import { codePoint, indexText, type Range } from "../../../lib/domain/text/offsets";
import { findBlocks } from "../../../lib/domain/text/structure";
import { chance } from "../../support/random";

const WORDS = [
  "truce",
  "army",
  "🕊️",
  "the",
  "the",
  "of",
  "e\u0301lan",
  "战争",
  "said",
  ".",
  ",",
  "\n",
  "\n\n",
  " ",
];

function randomText(seed: number, length: number): string {
  const random = chance(seed);
  return Array.from({ length }, () => `${WORDS[random.below(WORDS.length)]} `).join("");
}

function edited(text: string, seed: number): string {
  const random = chance(seed);
  const signs = [...text];
  for (let edit = 0; edit < 6; edit++) {
    const at = random.below(signs.length);
    const kind = random.below(3);
    if (kind === 0) signs.splice(at, 1 + random.below(8));
    else if (kind === 1) signs.splice(at, 0, ...(WORDS[random.below(WORDS.length)] ?? ""));
    else signs.splice(at, 0, ...signs.splice(random.below(signs.length), 5));
  }
  return signs.join("");
}

const range = (start: number, end: number): Range => ({
  start: codePoint(start),
  end: codePoint(end),
});

/** The place of words in a text, which hold them once. */
function placeOf(text: string, words: string): Range {
  const index = indexText(text);
  const start = index.toCodePoint(text.indexOf(words) as ReturnType<typeof index.toUtf16>);
  return range(start, start + [...words].length);
}

describe("what two texts have in common", () => {
  it("reads the same in both, in order, whatever was edited", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const before = randomText(seed, 60);
      const after = edited(before, seed + 1000);
      const [a, b] = [[...before], [...after]];
      let [x, y] = [0, 0];
      for (const { from, to, length } of compareTexts(before, after)) {
        expect(from).toBeGreaterThanOrEqual(x);
        expect(to).toBeGreaterThanOrEqual(y);
        expect(a.slice(from, from + length)).toEqual(b.slice(to, to + length));
        [x, y] = [from + length, to + length];
      }
    }
  });

  it("is all of an unchanged text, as one run", () => {
    const text = randomText(7, 300);
    expect(compareTexts(text, text)).toEqual([{ from: 0, to: 0, length: [...text].length }]);
  });

  it("leaves out no more than the words that changed", () => {
    const before = "One line stays.\nThe army freed the town on Monday.\nAnd this one stays.";
    const after = before.replace("freed", "took");
    const same = compareTexts(before, after).reduce((sum, { length }) => sum + length, 0);
    expect(same).toBe(before.length - "freed".length);
  });

  it("is found in a long text that was written anew in places", () => {
    const before = randomText(3, 20_000);
    const after = `${before.slice(0, 30_000)}new words here${before.slice(30_040)}`;
    const same = compareTexts(before, after).reduce((sum, { length }) => sum + length, 0);
    expect(same).toBeGreaterThan([...before].length - 200);
  });
});

describe("a place followed into a correction", () => {
  const before =
    "Truce 🕊️ holds\n\nThe army liberated the town on Monday, officials said.\n\nNobody was hurt in the clash.";
  const follow = (after: string, words: string) => {
    const place = followPlaces(indexText(before), indexText(after))(placeOf(before, words));
    return place === null ? null : indexText(after).slice(place.start, place.end);
  };

  it("is where the same words stand after an insertion of emoji before", () => {
    const after = before.replace("Truce", "🕊️🕊️ Fragile truce");
    expect(follow(after, "liberated")).toBe("liberated");
    const place = followPlaces(indexText(before), indexText(after))(placeOf(before, "liberated"));
    expect(place?.start).toBe(placeOf(after, "liberated").start);
  });

  it("is lost where a word of it changed, and where words were put into it", () => {
    expect(follow(before.replace("liberated", "captured"), "liberated the town")).toBeNull();
    expect(
      follow(before.replace("liberated the", "liberated all of the"), "liberated the town"),
    ).toBeNull();
  });

  it("is lost where only a common word of a sentence written anew is the same", () => {
    const after = before.replace(
      "The army liberated the town on Monday, officials said.",
      "Rebels left the hills at dawn; a spokesman denied it.",
    );
    const the = placeOf(before, "liberated the town");
    const word = range(the.start + 10, the.start + 13);
    expect(indexText(before).slice(word.start, word.end)).toBe("the");
    expect(followPlaces(indexText(before), indexText(after))(word)).toBeNull();
  });

  it("is found again where its paragraph was moved", () => {
    const [head, middle, last] = before.split("\n\n");
    expect(follow([head, last, middle].join("\n\n"), "liberated the town on Monday")).toBe(
      "liberated the town on Monday",
    );
  });

  it("reads the same words whenever it is followed, and every place of an unchanged text is", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const old = randomText(seed, 80);
      const young = edited(old, seed + 500);
      const [a, b] = [indexText(old), indexText(young)];
      const random = chance(seed);
      const [there, same] = [followPlaces(a, b), followPlaces(a, a)];
      for (let count = 0; count < 20; count++) {
        const start = random.below(a.length - 1);
        const place = range(start, Math.min(a.length, start + 1 + random.below(20)));
        const found = there(place);
        if (found !== null)
          expect(b.slice(found.start, found.end)).toBe(a.slice(place.start, place.end));
        expect(same(place)).toEqual(place);
      }
    }
  });
});

describe("the text that corrected lines make", () => {
  const text = "  Title here\n\n\nThe first paragraph ends.\u00a0\nThe second one ends.\n\n";
  const blocks = findBlocks(text);
  const index = indexText(text);
  const lines = blocks.map(({ role, start, end }, from) => ({
    from,
    role,
    text: index.slice(start, end),
  }));

  it("is the same text where no line was touched", () => {
    expect(correctedText(index, blocks, lines).text).toBe(text);
  });

  it("keeps what stands between lines that still follow each other", () => {
    const changed = lines.map((line, at) => (at === 0 ? { ...line, text: "A new title" } : line));
    expect(correctedText(index, blocks, changed).text).toBe(
      text.replace("  Title here", "A new title"),
    );
  });

  it("divides a line at a line break, joins two, and gives each line the role that it was given", () => {
    const [first, second, third] = lines;
    if (!first || !second || !third) throw new Error("There are three lines.");
    const made = correctedText(index, blocks, [
      first,
      { from: 1, role: "quote", text: "The first\nparagraph ends. The second one ends." },
    ]);
    expect(made.text).toBe(
      "  Title here\n\n\nThe first\n\nparagraph ends. The second one ends.\n\n",
    );
    expect(findBlocks(made.text, made.roles).map(({ role }) => role)).toEqual([
      "headline",
      "quote",
      "quote",
    ]);
  });
});
