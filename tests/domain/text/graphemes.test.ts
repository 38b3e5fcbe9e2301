import { describe, expect, it } from "vitest";
import { snapToGrapheme, splitsGrapheme, stepGrapheme } from "../../../lib/domain/text/graphemes";
import { utf16 } from "../../../lib/domain/text/offsets";
import { chance } from "../../support/random";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** UTF-16 offsets at which the whole text, read from its beginning, may be divided. */
const edgesOf = (text: string) =>
  [...segmenter.segment(text)].map(({ index }) => index).concat(text.length);

const PIECES = [
  "a",
  " ",
  "\n",
  ".",
  "é",
  "e",
  "\u0301",
  "字",
  "한",
  "ᄀ",
  "ᅡ",
  "ᆨ",
  "क",
  "्",
  "ष",
  "ि",
  "န",
  "္",
  "ำ",
  "😀",
  "👩",
  "🏽",
  "\u200d",
  "🚒",
  "❤",
  "\ufe0f",
  "🇩",
  "🇪",
  "\u200c",
  "1",
  "\u20e3",
  "\u0600",
  "ℹ",
  "©",
  "ا",
  "َ",
  "א",
] as const;

describe("characters as a reader sees them", () => {
  it.each([
    ["a family of emoji", "👨‍👩‍👧‍👦"],
    ["a flag", "🇩🇪"],
    ["a skin tone", "👍🏽"],
    ["a keycap", "1️⃣"],
    ["a letter and its marks", "e\u0323\u0301"],
    ["a Hangul syllable of single letters", "\u1100\u1161\u11a8"],
    ["a Hindi conjunct", "क्षि"],
  ])("are not divided inside %s", (_, character) => {
    const text = `a${character}b`;
    for (let at = 2; at <= character.length; at++)
      expect(splitsGrapheme(text, utf16(at))).toBe(true);
    expect(splitsGrapheme(text, utf16(1))).toBe(false);
    expect(splitsGrapheme(text, utf16(1 + character.length))).toBe(false);
    expect(snapToGrapheme(text, utf16(2), "start")).toBe(1);
    expect(snapToGrapheme(text, utf16(2), "end")).toBe(1 + character.length);
  });

  it("pair the letters of flags from the first one, however many there are", () => {
    const flags = "🇩🇪".repeat(2000);
    expect(splitsGrapheme(flags, utf16(4000))).toBe(false);
    expect(splitsGrapheme(flags, utf16(4002))).toBe(true);
    expect(splitsGrapheme(`🇫${flags}`, utf16(4000))).toBe(false);
    expect(splitsGrapheme(`x${flags}`, utf16(4001))).toBe(false);
    expect(splitsGrapheme(`x${flags}`, utf16(4003))).toBe(true);
  });

  it("may be longer than the part of the text that is looked at first", () => {
    const text = `x${"\u0301".repeat(3000)}y`;
    expect(snapToGrapheme(text, utf16(1500), "end")).toBe(3001);
  });

  it("never divide the ends of a text", () => {
    expect(splitsGrapheme("", utf16(0))).toBe(false);
    expect(splitsGrapheme("\u0301", utf16(0))).toBe(false);
    expect(splitsGrapheme("😀", utf16(2))).toBe(false);
  });

  it("are the same whether the whole text is read or only the part around", () => {
    const random = chance(8);
    for (let round = 0; round < 400; round++) {
      const text = random.text(PIECES, 40);
      const edges = edgesOf(text);
      for (let at = 0; at <= text.length; at++) {
        const [start, end] = [
          edges.findLast((edge) => edge <= at) ?? 0,
          edges.find((edge) => edge >= at) ?? 0,
        ];
        const seen = {
          at,
          splits: splitsGrapheme(text, utf16(at)),
          start: snapToGrapheme(text, utf16(at), "start"),
          end: snapToGrapheme(text, utf16(at), "end"),
        };
        if (seen.splits === edges.includes(at) || seen.start !== start || seen.end !== end) {
          expect({ text, ...seen }).toEqual({ text, at, splits: !edges.includes(at), start, end });
        }
      }
    }
  });

  it("are stepped over one by one, forwards and backwards", () => {
    const text = "a👨‍👩‍👧🇩🇪e\u0301.";
    const walk = (from: number, side: "start" | "end") => {
      const places = [utf16(from)];
      for (let next = from; next >= 0; ) {
        const at = places.at(-1) ?? utf16(0);
        next = stepGrapheme(text, at, side);
        if (next === at) break;
        places.push(utf16(next));
      }
      return places;
    };
    expect(walk(0, "end")).toEqual(edgesOf(text));
    expect(walk(text.length, "start")).toEqual(edgesOf(text).reverse());
    expect(stepGrapheme(text, utf16(0), "start")).toBe(0);
    expect(stepGrapheme(text, utf16(text.length), "end")).toBe(text.length);
  });
});
