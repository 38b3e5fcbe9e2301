import { describe, expect, test } from "vitest";
import { createRandom, drawIndex } from "@/lib/domain/agreement/random";
import { characterVotes } from "@/lib/domain/releases/votes";

const span = (label: string, ...ranges: [number, number][]) => ({
  layer: "span",
  label,
  ranges: ranges.map(([start, end]) => ({ start, end })),
});

const covers = (ranges: readonly { start: number; end: number }[], at: number) =>
  ranges.some(({ start, end }) => start <= at && at < end);

describe("votes on characters", () => {
  test("are given in stretches of equal votes", () => {
    const runs = characterVotes([{ spans: [span("a", [0, 4])] }, { spans: [span("a", [2, 6])] }]);
    expect(runs.map(({ start, end, votes }) => [start, end, votes])).toEqual([
      [0, 2, 1],
      [2, 4, 2],
      [4, 6, 1],
    ]);
  });

  test("count an annotator once, however often they marked the same words", () => {
    const runs = characterVotes([{ spans: [span("a", [0, 4]), span("a", [2, 6], [8, 9])] }]);
    expect(runs.map(({ start, end, votes }) => [start, end, votes])).toEqual([
      [0, 6, 1],
      [8, 9, 1],
    ]);
  });

  test("are what counting character by character gives", () => {
    const random = createRandom(7);
    for (let round = 0; round < 60; round++) {
      const sets = Array.from({ length: 4 }, () => ({
        spans: Array.from({ length: drawIndex(random, 6) }, () => {
          const start = drawIndex(random, 30);
          return span(drawIndex(random, 2) === 0 ? "a" : "b", [
            start,
            start + 1 + drawIndex(random, 9),
          ]);
        }),
      }));
      const runs = characterVotes(sets);
      const counted: unknown[] = [];
      const told: unknown[] = [];
      for (const label of ["a", "b"]) {
        for (let at = 0; at < 40; at++) {
          const votes = sets.filter(({ spans }) =>
            spans.some((each) => each.label === label && covers(each.ranges, at)),
          ).length;
          counted.push(votes === 0 ? [] : [votes]);
          const own = runs.filter((run) => run.label === label && covers([run], at));
          told.push(own.map((run) => run.votes));
        }
      }
      expect(told).toEqual(counted);
    }
  });
});
