import { describe, expect, test } from "vitest";
import { LEAST_IN_CELL, tellCells, tellOverlapping } from "@/lib/domain/onboarding/cells";

const cells = (...people: number[]) => people.map((each, at) => ({ name: `c${at}`, people: each }));

const SIZES = [0, 1, 4, 5, 6];

/** All divisions into cells of these sizes. */
function* divisions(parts: number): Generator<number[]> {
  if (parts === 0) {
    yield [];
    return;
  }
  for (const rest of divisions(parts - 1)) {
    for (const people of SIZES) yield [...rest, people];
  }
}

describe("groups of people", () => {
  test("no small cell is told, and none comes out by subtraction", () => {
    for (const division of divisions(4)) {
      const total = division.reduce((sum, people) => sum + people, 0);
      const { told, untold } = tellCells(cells(...division));
      const sum = told.reduce((all, { people }) => all + people, 0);
      expect(sum + untold).toBe(total);
      for (const { people } of told) expect(people).toBeGreaterThanOrEqual(LEAST_IN_CELL);
      expect(told.some(({ people }) => people === total)).toBe(false);
      if (untold > 0 && told.length > 0) {
        expect(untold).toBeGreaterThanOrEqual(LEAST_IN_CELL);
        const filled = division.filter((people) => people > 0).length;
        expect(filled - told.length).toBeGreaterThanOrEqual(2);
      }
    }
  });

  test("what can be told is told", () => {
    expect(tellCells(cells(6, 7, 12))).toEqual({ told: cells(6, 7, 12), untold: 0 });
    expect(tellCells(cells(9, 3, 2))).toEqual({ told: cells(9), untold: 5 });
    expect(tellCells(cells(9, 8, 2)).told.map(({ people }) => people)).toEqual([9]);
  });

  test("of groups that overlap, those with five in them and five outside", () => {
    expect(tellOverlapping(cells(10, 7, 5, 4, 6), 10).told.map(({ people }) => people)).toEqual([
      5,
    ]);
  });
});
