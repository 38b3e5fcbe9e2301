import { expect, test } from "vitest";
import { stackRows } from "@/components/workspace/reading/name-rows";

test("names stand at their lines, those of one line below one another in their order", () => {
  const rows = stackRows(
    [
      { item: "third", top: 100 },
      { item: "first", top: 0 },
      { item: "second", top: 0 },
    ],
    17,
  );
  expect(rows).toEqual([
    { item: "first", top: 0 },
    { item: "second", top: 17 },
    { item: "third", top: 100 },
  ]);
});

test("no name covers another, and none stands above its line", () => {
  const wanted = [0, 3, 5, 40, 41, 200].map((top) => ({ item: top, top }));
  const rows = stackRows(wanted, 17);
  rows.forEach((row, at) => {
    expect(row.top).toBeGreaterThanOrEqual(row.item);
    const before = rows[at - 1];
    if (before !== undefined) expect(row.top - before.top).toBeGreaterThanOrEqual(17);
  });
  expect(stackRows([], 17)).toEqual([]);
});
