import { describe, expect, it } from "vitest";
import { adjustRange, type BoundaryPolicy } from "../../../lib/domain/text/boundary";
import { splitsGrapheme } from "../../../lib/domain/text/graphemes";
import { chance } from "../../support/random";
import { range, rangeOf, tablesOf } from "./tables";

const TOKENS: BoundaryPolicy = { unit: "token", trim: true, within: "document" };
const CHARACTERS: BoundaryPolicy = { ...TOKENS, unit: "character" };

const TEXT =
  'He called it a “reckless” plan (a so-called “aid”). "Why?" U.S. crews 👩🏽‍🚒🇩🇪 left, he said.\nShe paid 3.5%. Nobody knew!';

/** What a selection of `words` becomes: the words, or the sentence that refuses it. */
function adjust(words: string, policy: BoundaryPolicy, text = TEXT) {
  const context = tablesOf(text);
  const result = adjustRange(rangeOf(text, words), policy, context);
  if ("refused" in result) return result.refused;
  return {
    words: context.index.slice(result.range.start, result.range.end),
    adjusted: result.adjusted,
  };
}

describe("a selection by token", () => {
  it.each([
    ["stays as it is when it is whole words", "called it", "called it", null],
    ["loses white space", " called it ", "called it", "trimmed"],
    ["grows to the words it touches", "alled i", "called it", "snapped"],
    ["grows to a whole word with a hyphen", "called “", "so-called", "snapped"],
    ["loses quotation marks whose partner is outside", "“reckless", "reckless", "trimmed"],
    ["keeps quotation marks that are both inside", "“reckless”", "“reckless”", null],
    ["keeps brackets with all that is inside", "(a so-called “aid”)", "(a so-called “aid”)", null],
    ["loses a bracket and keeps the quotation", "so-called “aid”).", "so-called “aid”", "trimmed"],
    ["keeps the mark inside a quotation", '"Why?"', '"Why?"', null],
    ["loses a comma and stop at the end", "left, he said.", "left, he said", "trimmed"],
    ["keeps the stop of an abbreviation", "U.S.", "U.S.", null],
    ["keeps a sign of percent", "3.5%.", "3.5%", "trimmed"],
    ["keeps an emoji, whole", "🏽‍🚒", "👩🏽‍🚒", "snapped"],
  ])("%s", (_, words, expected, adjusted) => {
    expect(adjust(words, TOKENS)).toEqual({ words: expected, adjusted });
  });

  it("keeps punctuation where the codebook says so", () => {
    expect(adjust(" said.", { ...TOKENS, trim: false })).toEqual({
      words: "said.",
      adjusted: "trimmed",
    });
  });

  it.each([" ", ". ", "”", '?" ', "\n"])(
    "is refused in a sentence when it holds no word: %j",
    (words) => {
      expect(adjust(words, TOKENS)).toMatch(/Select at least one word\.$/);
      expect(adjust(words, { ...CHARACTERS, trim: false })).toMatch(/Select at least one word\.$/);
    },
  );

  it("pairs marks of other languages", () => {
    const german = "Er nannte es „Kniefall“ und »Schande«.";
    expect(adjust("„Kniefall“ und", TOKENS, german)).toEqual({
      words: "„Kniefall“ und",
      adjusted: null,
    });
    expect(adjust("Kniefall“", TOKENS, german)).toEqual({ words: "Kniefall", adjusted: "trimmed" });
    expect(adjust("»Schande«.", TOKENS, german)).toEqual({
      words: "»Schande«",
      adjusted: "trimmed",
    });
    const chinese = "他说：“我们反对。”";
    expect(adjust("：“我们反对。”", TOKENS, chinese)).toEqual({
      words: "“我们反对。”",
      adjusted: "trimmed",
    });
  });
});

describe("a selection by character", () => {
  it("may be part of a word", () => {
    expect(adjust("reck", CHARACTERS)).toEqual({ words: "reck", adjusted: null });
  });

  it("loses white space and outer punctuation", () => {
    expect(adjust(" a “reck", CHARACTERS)).toEqual({ words: "a “reck", adjusted: "trimmed" });
    expect(adjust("less” ", CHARACTERS)).toEqual({ words: "less", adjusted: "trimmed" });
  });

  it("never divides an emoji or a flag", () => {
    expect(adjust("🏽‍🚒🇩", CHARACTERS)).toEqual({ words: "👩🏽‍🚒🇩🇪", adjusted: "snapped" });
  });

  it("is refused when it holds only the apostrophe of a word", () => {
    const text = "Armenia's claim";
    expect(adjust("'", CHARACTERS, text)).toMatch(/Select at least one word/);
  });
});

describe("a selection over an edge that the codebook closes", () => {
  const context = tablesOf(TEXT);
  const over = rangeOf(TEXT, "he said.\nShe paid");
  const sliced = (result: ReturnType<typeof adjustRange>) =>
    "refused" in result
      ? result.refused
      : context.index.slice(result.range.start, result.range.end);

  it("is kept whole within a document", () => {
    expect(sliced(adjustRange(over, TOKENS, context))).toBe("he said.\nShe paid");
  });

  it("is cut to the part where it started, and says so", () => {
    const result = adjustRange(over, { ...TOKENS, within: "block" }, context);
    expect(result).toMatchObject({ adjusted: "cut" });
    expect("note" in result && result.note).toMatch(/within one paragraph/);
    expect(sliced(result)).toBe("he said");
  });

  it("is cut to its end when it was drawn backwards", () => {
    const backwards = { ...context, anchor: over.end };
    expect(sliced(adjustRange(over, { ...TOKENS, within: "block" }, backwards))).toBe("She paid");
  });

  it("is cut at the end of a sentence", () => {
    const selection = rangeOf(TEXT, "3.5%. Nobody");
    const result = adjustRange(selection, { ...TOKENS, within: "sentence" }, context);
    expect(sliced(result)).toBe("3.5%");
    expect("note" in result && result.note).toMatch(/within one sentence/);
  });

  it("goes on to the next part when it started on the last mark of the one before", () => {
    const selection = rangeOf(TEXT, ".\nShe paid");
    expect(sliced(adjustRange(selection, { ...TOKENS, within: "sentence" }, context))).toBe(
      "She paid",
    );
  });

  it("is not cut for white space alone", () => {
    const selection = rangeOf(TEXT, "said.\n");
    expect(adjustRange(selection, { ...TOKENS, within: "block" }, context)).toMatchObject({
      adjusted: "trimmed",
      note: null,
    });
  });
});

describe("any selection", () => {
  it.each([
    [-1, 3],
    [0, 10_000],
    [0, 1e308],
    [Number.NaN, 3],
    [5, 3],
    [0.5, 3],
    [0, 2 ** 53],
  ])("outside the text is refused: %d to %d", (start, end) => {
    expect(adjustRange(range(start, end), TOKENS, tablesOf(TEXT))).toEqual({
      refused: "This selection lies outside the text.",
    });
  });

  it("may be the whole document", () => {
    const context = tablesOf(TEXT);
    const result = adjustRange(range(0, context.index.length), { ...TOKENS, trim: false }, context);
    expect(result).toMatchObject({
      range: { start: 0, end: context.index.length },
      adjusted: null,
    });
  });

  it("that was adjusted is left alone the next time, divides no character and has ink at both ends", () => {
    const random = chance(9);
    for (let round = 0; round < 1500; round++) {
      const text = random.text(PIECES, 30);
      const context = tablesOf(text);
      const policy: BoundaryPolicy = {
        unit: random.oneOf(["token", "character"]),
        trim: random.oneOf([true, false]),
        within: random.oneOf(["sentence", "block", "document"]),
      };
      const start = random.below(context.index.length + 1);
      const selection = range(start, start + random.below(context.index.length - start + 1));
      const once = adjustRange(selection, policy, {
        ...context,
        anchor: random.oneOf([selection.start, selection.end]),
      });
      if ("refused" in once) continue;
      const words = context.index.slice(once.range.start, once.range.end);
      expect({ text, words, ...adjustRange(once.range, policy, context) }).toEqual({
        text,
        words,
        range: once.range,
        adjusted: null,
        note: null,
      });
      expect(words).toBe(words.trim());
      for (const at of [once.range.start, once.range.end]) {
        expect({ text, at, splits: splitsGrapheme(text, context.index.toUtf16(at)) }).toEqual({
          text,
          at,
          splits: false,
        });
      }
    }
  });
});

const PIECES = [
  "a",
  "so-called",
  " ",
  " ",
  "\n",
  ".",
  ",",
  '"',
  "“",
  "”",
  "(",
  ")",
  "'",
  "Mr.",
  "%",
  "é",
  "e\u0301",
  "字",
  "😀",
  "👩🏽‍🚒",
  "🇩🇪",
  "🇫",
  "قال",
  "He left. ",
  "—",
  "\u00a0",
  "\u200b",
  "क्ष",
] as const;
