import { expect, it } from "vitest";
import { wholeAfter, wholeBefore } from "@/lib/domain/text/surroundings";

it("leaves out the part of a word at the cut, and nothing where nothing was cut", () => {
  expect(wholeBefore("enia, and said ", true)).toBe("and said ");
  expect(wholeBefore("Tarvenia, and said ", false)).toBe("Tarvenia, and said ");
  expect(wholeAfter(" fled the to", true)).toBe(" fled the");
  expect(wholeAfter(" fled the town.", false)).toBe(" fled the town.");
});

it("leaves text of scripts without spaces as it is", () => {
  const text = "字".repeat(40);
  expect(wholeBefore(text, true)).toBe(text);
  expect(wholeAfter(text, true)).toBe(text);
  expect(wholeAfter("", true)).toBe("");
});
