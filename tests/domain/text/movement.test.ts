import { describe, expect, it } from "vitest";
import {
  blockHolding,
  type Motion,
  moveCursor,
  nudgeEdge,
  rangeAt,
  rangeBetween,
  rangeHolding,
  tokenIndexAt,
  tokensTouching,
  unitAround,
} from "../../../lib/domain/text/movement";
import { codePoint } from "../../../lib/domain/text/offsets";
import { range, rangeOf, tablesOf } from "./tables";

const TEXT = "One two. Three four.\n\nFive 👩🏽‍🚒 six.";
const tables = tablesOf(TEXT);
const { index, tokens } = tables;
const word = (cursor: number) => {
  const place = rangeAt(tokens, cursor);
  return place && index.slice(place.start, place.end);
};
const cursorOn = (words: string) => tokenIndexAt(tokens, rangeOf(TEXT, words).start);
const moved = (from: string, motion: Motion) => word(moveCursor(tables, cursorOn(from), motion));
const sliced = (place: { start: number; end: number } | null) =>
  place && index.slice(codePoint(place.start), codePoint(place.end));

describe("finding tokens", () => {
  it("gives the token that holds an offset, else the next, else the last", () => {
    expect(word(tokenIndexAt(tokens, codePoint(1)))).toBe("One");
    expect(word(tokenIndexAt(tokens, codePoint(3)))).toBe("two");
    expect(word(tokenIndexAt(tokens, codePoint(21)))).toBe("Five");
    expect(tokenIndexAt(tokens, index.length)).toBe(tokens.length / 2 - 1);
    expect(tokenIndexAt([], codePoint(0))).toBe(-1);
  });

  it("gives the tokens that share a character with a range", () => {
    expect(tokensTouching(tokens, range(0, 3))).toEqual({ first: 0, last: 0 });
    expect(tokensTouching(tokens, range(2, 5))).toEqual({ first: 0, last: 1 });
    expect(tokensTouching(tokens, range(3, 4))).toBeNull();
    expect(tokensTouching(tokens, range(1, 1))).toBeNull();
    expect(tokensTouching([], range(0, 3))).toBeNull();
  });

  it("gives the sentence and the block around an offset, and nothing between blocks", () => {
    expect(sliced(rangeHolding(tables.sentences, codePoint(10)))).toBe("Three four.");
    expect(rangeHolding(tables.sentences, codePoint(8))).toBeNull();
    expect(sliced(blockHolding(tables.blocks, codePoint(8)))).toBe("One two. Three four.");
    expect(blockHolding(tables.blocks, codePoint(21))).toBeNull();
    expect(blockHolding(tables.blocks, index.length)).toBeNull();
  });
});

describe("the keyboard cursor", () => {
  it("moves by token and stops at the edges", () => {
    expect(moved("One", "next_token")).toBe("two");
    expect(moved("two", "previous_token")).toBe("One");
    expect(moved("One", "previous_token")).toBe("One");
    expect(word(moveCursor(tables, 99, "next_token"))).toBe(".");
    expect(word(moveCursor(tables, -5, "previous_token"))).toBe("One");
  });

  it("moves to the starts of sentences, to the own one first", () => {
    expect(moved("two", "next_sentence")).toBe("Three");
    expect(moved("four", "previous_sentence")).toBe("Three");
    expect(moved("Three", "previous_sentence")).toBe("One");
    expect(moved("four", "next_sentence")).toBe("Five");
  });

  it("moves to the starts of blocks", () => {
    expect(moved("two", "next_block")).toBe("Five");
    expect(moved("six", "previous_block")).toBe("Five");
    expect(moved("Five", "previous_block")).toBe("One");
    expect(moved("six", "next_block")).toBe(".");
  });

  it("moves to the ends of a sentence, a block and the document", () => {
    expect(moveCursor(tables, cursorOn("One"), "sentence_end")).toBe(2);
    expect(moveCursor(tables, cursorOn("One"), "block_end")).toBe(5);
    expect(moved("four", "document_start")).toBe("One");
    expect(moveCursor(tables, 0, "document_end")).toBe(tokens.length / 2 - 1);
  });

  it("stays at nothing in a document without tokens", () => {
    const none = { tokens: [], sentences: [], blocks: [] };
    for (const motion of ["next_token", "previous_block", "document_end"] as const) {
      expect(moveCursor(none, 0, motion)).toBe(-1);
    }
  });
});

describe("extending a selection", () => {
  it("spans from anchor to cursor in either direction", () => {
    expect(sliced(rangeBetween(tokens, 0, 1))).toBe("One two");
    expect(sliced(rangeBetween(tokens, 1, 0))).toBe("One two");
    expect(rangeBetween(tokens, 0, 99)).toBeNull();
  });

  it("takes the sentence or the block around the cursor", () => {
    expect(sliced(unitAround(tables, cursorOn("four"), "sentence"))).toBe("Three four.");
    expect(sliced(unitAround(tables, cursorOn("four"), "block"))).toBe("One two. Three four.");
    expect(unitAround(tables, 99, "block")).toBeNull();
  });

  it("nudges an edge by a whole character and keeps one at least", () => {
    const two = rangeOf(TEXT, "two");
    const start = (towards: "start" | "end", from = two) =>
      sliced(nudgeEdge(index, from, { edge: "start", towards }));
    const end = (towards: "start" | "end", from = two) =>
      sliced(nudgeEdge(index, from, { edge: "end", towards }));
    expect(start("end")).toBe("wo");
    expect(start("start")).toBe(" two");
    expect(end("start")).toBe("tw");
    expect(end("end", rangeOf(TEXT, "Five "))).toBe("Five 👩🏽‍🚒");
    expect(end("start", rangeOf(TEXT, "👩🏽‍🚒"))).toBe("👩🏽‍🚒");
    expect(start("start", rangeOf(TEXT, "One"))).toBe("One");
  });
});
