import { expect, test } from "vitest";
import { codePoint, indexText } from "@/lib/domain/text/offsets";
import { findTyped } from "@/lib/domain/text/typed-words";

const text = "👩‍👩‍👧 “Reckless” plan — the island’s reckless plan.\n\nA reckless plan";
const index = indexText(text);
const whole = { start: codePoint(0), end: index.length };
const found = (typed: string, within = whole) =>
  findTyped(typed, index, within).map(({ start, end }) => index.slice(start, end));

test("words are found as a keyboard writes them, by code points behind an emoji", () => {
  expect(found("the island's")).toEqual(["the island’s"]);
  expect(found('"reckless" plan')).toEqual(["“Reckless” plan"]);
  expect(found("plan - the")).toEqual(["plan — the"]);
  const [first] = findTyped("reckless", index, whole);
  expect(first).toEqual({ start: 7, end: 15 });
});

test("pasted line breaks, spaces and quotes around do not matter", () => {
  expect(found("  a\n reckless   plan ")).toEqual(["A reckless plan"]);
  expect(found("“island’s reckless plan”")).toEqual(["island’s reckless plan"]);
});

test("only the chosen part is searched, and its places are those of the whole text", () => {
  const last = { start: codePoint(index.length - 15), end: index.length };
  expect(findTyped("reckless plan", index, last)).toEqual([
    { start: index.length - 13, end: index.length },
  ]);
  expect(found("reckless plan")).toHaveLength(2);
});

test("nothing typed is nothing found", () => {
  expect(found(" ")).toEqual([]);
  expect(found("absent")).toEqual([]);
});
