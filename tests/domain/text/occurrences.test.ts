import { describe, expect, test } from "vitest";
import { findOccurrences, findText } from "@/lib/domain/text/occurrences";
import { indexText } from "@/lib/domain/text/offsets";

const text = "👩🏽‍🚒 Liberated towns: liberated, unliberated, LIBERATED İstanbul 🕊 liberated";
const index = indexText(text);
const words = [...text.matchAll(/[\p{L}]+/gu)].map((match) => {
  const start = [...text.slice(0, match.index)].length;
  return { start, end: start + [...match[0]].length };
});
const tokens = words.flatMap(({ start, end }) => [start, end]);
const read = (ranges: { start: number; end: number }[]) =>
  ranges.map(({ start, end }) => [...text].slice(start, end).join(""));

describe("occurrences of words", () => {
  test("are whole tokens in upper and lower case, after emoji too", () => {
    expect(read(findOccurrences("liberated", index, tokens))).toEqual([
      "Liberated",
      "liberated",
      "LIBERATED",
      "liberated",
    ]);
  });

  test("are only those among the tokens given", () => {
    const first = tokens.slice(0, 2);
    expect(read(findOccurrences("liberated", index, first))).toEqual(["Liberated"]);
  });

  test("found as text stand inside words as well", () => {
    expect(read(findText("liberated", index))).toHaveLength(5);
  });

  test("of letters whose small form is longer keep their places", () => {
    expect(read(findText("İstanbul", index))).toEqual(["İstanbul"]);
    expect(read(findText("🕊 LIBERATED", index))).toEqual(["🕊 liberated"]);
  });

  test("of nothing are none", () => {
    expect(findText("  ", index)).toEqual([]);
  });
});
