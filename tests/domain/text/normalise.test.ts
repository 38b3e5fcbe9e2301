import { describe, expect, it } from "vitest";
import {
  cleanName,
  decodeText,
  MAX_CODE_POINTS,
  nameProblem,
  normaliseText,
} from "../../../lib/domain/text/normalise";
import { chance } from "../../support/random";

const bytes = (...values: number[]) => new Uint8Array(values);
const normal = (text: string) => {
  const result = normaliseText(text);
  return result.ok ? result.value : result.failure.place;
};

describe("decoding a file", () => {
  it.each([
    ["a stray byte", bytes(0x61, 0xff, 0x62), "byte offset 1"],
    ["a surrogate in UTF-8", bytes(0xed, 0xa0, 0x80), "byte offset 0"],
    ["a sequence cut at the end", bytes(0x61, 0xc3), "byte offset 1"],
    ["an overlong slash", bytes(0xc0, 0xaf), "byte offset 0"],
    ["an overlong sequence of three", bytes(0x61, 0xe0, 0x9f, 0xbf), "byte offset 1"],
    ["a code point above U+10FFFF", bytes(0x61, 0x62, 0xf4, 0x90, 0x80, 0x80), "byte offset 2"],
    ["a last byte missing of four", bytes(0xf0, 0x9f, 0x98), "byte offset 0"],
    ["half a pair in UTF-16", bytes(0xff, 0xfe, 0x61, 0, 0, 0xd8, 0x61, 0), "byte offset 4"],
    ["an odd byte in UTF-16", bytes(0xfe, 0xff, 0, 0x61, 1), "byte offset 4"],
  ])("refuses %s with its place", (_, input, place) => {
    const result = decodeText(input);
    expect(result.ok ? null : result.failure.place).toBe(place);
  });

  it("finds the first bad byte behind characters of every length", () => {
    const good = new TextEncoder().encode("aé字😀");
    const result = decodeText(bytes(...good, 0x80));
    expect(result.ok ? null : result.failure.message).toContain(`byte offset ${good.length}`);
  });

  it.each([
    ["UTF-8", bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9)],
    ["UTF-16, little end first", bytes(0xff, 0xfe, 0xe9, 0)],
    ["UTF-16, big end first", bytes(0xfe, 0xff, 0, 0xe9)],
  ])("drops the byte order mark of %s", (_, input) => {
    expect(decodeText(input)).toEqual({ ok: true, value: "é" });
  });

  it("keeps a replacement character that was really there", () => {
    expect(decodeText(bytes(0xef, 0xbf, 0xbd))).toEqual({ ok: true, value: "\ufffd" });
  });
});

describe("normalising text", () => {
  it("turns every line break into one line feed", () => {
    expect(normal("a\r\nb\rc\u2028d\u2029e\n\rf")).toBe("a\nb\nc\nd\ne\n\nf");
  });

  it("composes letters and leaves ligatures, fractions and dots as they are", () => {
    expect(normal("e\u0301 ﬁ ½ …")).toBe("é ﬁ ½ …");
  });

  it("keeps zero-width and direction characters, which are data", () => {
    expect(normal("a\u200b\u202eb\u00a0")).toBe("a\u200b\u202eb\u00a0");
  });

  it.each([
    ["a null character", "one\r\ntwo\0", "line 2, column 4"],
    ["half a pair", "😀\ud83d", "line 1, column 2"],
    ["a second half alone", "a\rb\n\udc00", "line 3, column 1"],
  ])("refuses %s with line and column", (_, text, place) => {
    expect(normal(text)).toBe(place);
  });

  it.each(["", " \n\t\u00a0", "\ufeff", "\u200b\u2060\n"])(
    "refuses text without ink: %j",
    (text) => {
      expect(normaliseText(text).ok).toBe(false);
    },
  );

  it("accepts two million code points and not one more", () => {
    expect(normaliseText("😀".repeat(MAX_CODE_POINTS)).ok).toBe(true);
    expect(normaliseText("a".repeat(MAX_CODE_POINTS + 1)).ok).toBe(false);
  });

  it("changes nothing when applied twice", () => {
    const random = chance(3);
    const pieces = [
      "a",
      "e",
      "\u0301",
      "\u0323",
      "\r",
      "\n",
      "\u2028",
      "\ufeff",
      "가",
      "ᄀ",
      "ᅡ",
      "Å",
    ] as const;
    for (let round = 0; round < 500; round++) {
      const once = normaliseText(`${random.text(pieces, 20)}x`);
      if (once.ok) expect(normaliseText(once.value)).toEqual(once);
      else expect.unreachable();
    }
  });
});

describe("names", () => {
  it.each(["Loaded language", "Ayşe Yıldız", "a@b.org", "👍️", "标签", " edges are trimmed "])(
    "accepts %j",
    (name) => {
      expect(nameProblem(name)).toBeNull();
    },
  );

  it.each([
    ["nothing", " "],
    ["a null character", "a\0b"],
    ["half a pair", "a\ud800"],
    ["a control character", "a\u0007"],
    ["a line break", "a\nb"],
    ["a direction override", "a\u202egpj"],
    ["an isolate", "a\u2066b"],
    ["a zero-width space", "a\u200bb"],
    ["a zero-width joiner", "a\u200db"],
    ["a soft hyphen", "a\u00adb"],
    ["a Hangul filler", "\u3164"],
  ])("refuses %s in a sentence", (_, name) => {
    expect(nameProblem(name)).toMatch(/^This .+\.$/);
  });

  it("are composed, trimmed and spaced once", () => {
    expect(cleanName("  Loaded \u00a0 cafe\u0301 ")).toBe("Loaded café");
  });
});
