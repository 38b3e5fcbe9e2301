import { describe, expect, it } from "vitest";
import { codePoint, codePointLength, indexText, utf16 } from "../../../lib/domain/text/offsets";
import { chance } from "../../support/random";

const PIECES = ["a", "é", "e\u0301", "\n", "字", "😀", "👩🏽‍🚒", "🇩🇪", "𝄞", " "] as const;

describe("offsets", () => {
  it("counts an emoji as one code point and two UTF-16 units", () => {
    const index = indexText("a😀b");
    expect(index.length).toBe(3);
    expect(index.toUtf16(codePoint(2))).toBe(3);
    expect(index.toCodePoint(utf16(3))).toBe(2);
    expect(index.slice(codePoint(1), codePoint(2))).toBe("😀");
  });

  it("takes an offset between two halves for the offset before them", () => {
    expect(indexText("a😀b").toCodePoint(utf16(2))).toBe(1);
  });

  it("counts a half that stands alone as one", () => {
    expect(codePointLength("\ud800a\udc00")).toBe(3);
  });

  it("goes from code points to UTF-16 and back without loss", () => {
    const random = chance(1);
    for (let round = 0; round < 300; round++) {
      const text = random.text(PIECES, 30);
      const index = indexText(text);
      const characters = [...text];
      expect(index.length).toBe(characters.length);
      for (let at = 0; at <= characters.length; at++) {
        const units = index.toUtf16(codePoint(at));
        expect(units).toBe(characters.slice(0, at).join("").length);
        expect(index.toCodePoint(units)).toBe(at);
      }
    }
  });

  it("slices by code points as Python does", () => {
    const random = chance(2);
    for (let round = 0; round < 300; round++) {
      const text = random.text(PIECES, 30);
      const characters = [...text];
      const start = random.below(characters.length + 1);
      const end = start + random.below(characters.length - start + 1);
      const slice = indexText(text).slice(codePoint(start), codePoint(end));
      expect(slice).toBe(characters.slice(start, end).join(""));
    }
  });
});
