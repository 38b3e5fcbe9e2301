import { expect, test } from "vitest";
import { counted, durationWords } from "@/lib/domain/wording";

test.each([
  [0, "0 documents"],
  [1, "1 document"],
  [1240, "1,240 documents"],
])("%i has its noun", (number, words) => {
  expect(counted(number, "document")).toBe(words);
});

test.each([
  [0, "no time yet"],
  [59, "under a minute"],
  [60, "1 min"],
  [3569, "59 min"],
  [3590, "1 h"],
  [3900, "1 h 5 min"],
  [7170, "2 h"],
])("%i seconds are told as people do", (seconds, words) => {
  expect(durationWords(seconds)).toBe(words);
});
