import { describe, expect, test } from "vitest";
import { arcPaths, lanesOf, linesOf } from "@/components/workspace/relations/arc-paths";
import { chance } from "@/tests/support/random";

const box = (left: number, top: number, width = 60) => ({
  left,
  top,
  right: left + width,
  bottom: top + 20,
});
const numbers = (path: string) =>
  (path.match(/-?[\d.]+,-?[\d.]+/g) ?? []).map((pair) => pair.split(",").map(Number));
const heights = (path: string) => numbers(path).map(([, y]) => y ?? 0);
const places = (path: string) => numbers(path).map(([x]) => x ?? 0);

describe("an arrow", () => {
  test("within a line runs above the words, from the middle of one span to that of the other", () => {
    const [arc] = arcPaths([{ id: "a", from: [box(100, 200)], to: [box(300, 200)] }]);
    const line = numbers(arc?.line ?? "");
    expect(line[0]).toEqual([130, 200]);
    expect(line.at(-1)).toEqual([330, 200]);
    expect(Math.min(...heights(arc?.line ?? ""))).toBeGreaterThan(170);
    expect(Math.min(...heights(arc?.line ?? ""))).toBeLessThan(195);
    expect(arc?.label.x).toBe(230);
    expect(numbers(arc?.head ?? "")).toContainEqual([330, 200]);
  });

  test("from line to line goes through the margin and crosses no words", () => {
    const words = { from: [box(200, 100)], to: [box(400, 300)] };
    const [arc] = arcPaths([{ id: "a", ...words }]);
    const points = numbers(arc?.line ?? "");
    const between = points.filter(([, y]) => (y ?? 0) > 105 && (y ?? 0) < 280);
    expect(Math.min(...places(arc?.line ?? ""))).toBeLessThan(15);
    for (const [x] of between) expect(x).toBeLessThan(18);
  });

  test("joins the nearest lines of spans that are wrapped or in pieces", () => {
    const from = [box(500, 100), box(0, 140)];
    const to = [box(100, 180), box(300, 140), box(700, 400)];
    const [arc] = arcPaths([{ id: "a", from, to }]);
    expect(numbers(arc?.line ?? "")[0]).toEqual([30, 140]);
    expect(numbers(arc?.line ?? "").at(-1)).toEqual([330, 140]);
  });

  test("leads the other way where its ends are exchanged", () => {
    const [left, right] = [[box(100, 200)], [box(300, 200)]];
    const [arc] = arcPaths([{ id: "a", from: right, to: left }]);
    expect(numbers(arc?.head ?? "")).toContainEqual([130, 200]);
  });

  test("between a span and one within it is wide enough to be seen", () => {
    const [arc] = arcPaths([{ id: "a", from: [box(100, 200, 80)], to: [box(110, 200, 60)] }]);
    const across = places(arc?.line ?? "");
    expect(Math.max(...across) - Math.min(...across)).toBeGreaterThanOrEqual(12);
  });

  test("is not drawn where a span is not", () => {
    expect(arcPaths([{ id: "a", from: [], to: [box(0, 0)] }])).toEqual([]);
  });
});

describe("arrows together", () => {
  test("that meet at one span stand side by side on it", () => {
    const shared = [box(300, 200)];
    const arcs = arcPaths([
      { id: "a", from: [box(100, 200)], to: shared },
      { id: "b", from: [box(500, 200)], to: shared },
    ]);
    const ends = arcs.map((arc) => numbers(arc.line).at(-1)?.[0] ?? 0);
    expect(ends[0]).toBeLessThan(ends[1] ?? 0);
    for (const end of ends) expect(end > 300 && end < 360).toBe(true);
  });

  test("that run over one another have heights of their own, the shorter one below", () => {
    const arcs = arcPaths([
      { id: "long", from: [box(0, 200)], to: [box(600, 200)] },
      { id: "short", from: [box(200, 200)], to: [box(400, 200)] },
    ]);
    const [long, short] = arcs.map((arc) => Math.min(...heights(arc.line)));
    expect(long).toBeLessThan(short ?? 0);
  });

  test("that share the margin have rails of their own", () => {
    const arcs = arcPaths([
      { id: "a", from: [box(200, 100)], to: [box(200, 300)] },
      { id: "b", from: [box(400, 150)], to: [box(400, 250)] },
    ]);
    const rails = arcs.map((arc) => Math.min(...places(arc.line)));
    expect(new Set(rails).size).toBe(2);
  });
});

test("pieces of one line are one box, wherever marks cut them; other lines and far pieces are not", () => {
  const pieces = [box(0, 100, 40), box(40, 100, 30), box(70, 101, 10), box(0, 140), box(300, 140)];
  expect(linesOf(pieces)).toEqual([
    { left: 0, top: 100, right: 80, bottom: 121 },
    box(0, 140),
    box(300, 140),
  ]);
  expect(linesOf([...pieces].reverse())).toHaveLength(3);
});

test("lanes never put two intervals on one another while there is a free one", () => {
  const random = chance(7);
  for (let round = 0; round < 200; round++) {
    const items = Array.from({ length: 12 }, (_, at) => {
      const start = random.below(100);
      return [at, [start, start + random.below(40)]] as const;
    });
    const lanes = lanesOf(items, 99);
    for (const [a, [aStart, aEnd]] of items) {
      for (const [b, [bStart, bEnd]] of items) {
        if (a >= b || lanes.get(a) !== lanes.get(b)) continue;
        expect(aEnd < bStart || bEnd < aStart).toBe(true);
      }
    }
    expect(Math.max(...lanesOf(items, 3).values())).toBeLessThanOrEqual(2);
  }
});
