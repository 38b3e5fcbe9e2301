import { expect, test } from "vitest";
import { adjustmentOf } from "@/lib/domain/text/adjustment";
import { codePoint } from "@/lib/domain/text/offsets";

const range = (start: number, end: number) => ({ start: codePoint(start), end: codePoint(end) });

test("tells what a selection lost and gained at each edge", () => {
  expect(adjustmentOf(range(3, 12), range(0, 10))).toEqual({
    dropped: [range(10, 12)],
    added: [range(0, 3)],
  });
  expect(adjustmentOf(range(0, 10), range(2, 8))).toEqual({
    dropped: [range(0, 2), range(8, 10)],
    added: [],
  });
  expect(adjustmentOf(range(4, 6), range(2, 8))).toEqual({
    dropped: [],
    added: [range(2, 4), range(6, 8)],
  });
});

test("tells nothing of a selection that stayed as it was made", () => {
  expect(adjustmentOf(range(3, 12), range(3, 12))).toBeNull();
});

test("together with what was kept, makes up both the selection and the span", () => {
  for (let start = 0; start < 6; start++) {
    for (let end = start + 1; end < 7; end++) {
      const [made, kept] = [range(2, 5), range(start, end)];
      const found = adjustmentOf(made, kept);
      const points = (...ranges: { start: number; end: number }[]) =>
        new Set(
          ranges.flatMap((each) =>
            Array.from({ length: each.end - each.start }, (_, at) => each.start + at),
          ),
        );
      const both = [...points(made)].filter((at) => points(kept).has(at));
      expect(new Set([...both, ...points(...(found?.dropped ?? []))])).toEqual(points(made));
      expect(new Set([...both, ...points(...(found?.added ?? []))])).toEqual(points(kept));
    }
  }
});
