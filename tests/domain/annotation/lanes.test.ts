import { describe, expect, test, vi } from "vitest";
import { cutSegments, depthOf, MOST_LANES, type Segment } from "@/lib/domain/annotation/lanes";
import type { Span } from "@/lib/domain/annotation/state";
import { codePoint, type Range } from "@/lib/domain/text/offsets";
import { chance } from "@/tests/support/random";

// A law takes under a second on a quiet machine, much longer on a busy one.
vi.setConfig({ testTimeout: 60_000 });

const range = (start: number, end: number): Range => ({
  start: codePoint(start),
  end: codePoint(end),
});

function span(id: string, ...ranges: [number, number][]): Span {
  return {
    id,
    layer: "wording",
    label: "loaded",
    ranges: ranges.map(([start, end]) => ({ ...range(start, end), quote: "" })),
    attributes: {},
    flags: [],
    origin: "manual",
  };
}

const BLOCK = range(100, 200);

/** Blocks with spans in and around them, some in pieces. */
const cases = Array.from({ length: 150 }, (_, seed) => {
  const dice = chance(seed + 1);
  const spans = Array.from({ length: dice.below(16) }, (_, at) => {
    const start = 60 + dice.below(170);
    const end = start + 1 + dice.below(30);
    const next = end + 1 + dice.below(40);
    const isInPieces = dice.below(4) === 0;
    return isInPieces
      ? span(`s${at}`, [start, end], [next, next + 1 + dice.below(20)])
      : span(`s${at}`, [start, end]);
  });
  return { spans, segments: cutSegments(BLOCK, spans) };
});

/** Spans whose words in the block, from the first to the last, hold a place. */
function reachOver(spans: readonly Span[], at: number): Span[] {
  return spans.filter((each) => {
    const inside = each.ranges.filter(({ start, end }) => start < BLOCK.end && end > BLOCK.start);
    const [first, last] = [inside[0], inside.at(-1)];
    return first !== undefined && last !== undefined && first.start <= at && last.end > at;
  });
}

const isOn = (each: Span, at: number) =>
  each.ranges.some(({ start, end }) => start <= at && end > at);

const lanesOf = (segments: readonly Segment[]) =>
  new Map(segments.flatMap(({ covers }) => covers.map((each) => [each.span.id, each.lane])));

describe("the segments of a block", () => {
  test("tile it exactly, none of them empty", () => {
    for (const { segments } of cases) {
      expect(segments[0]?.start).toBe(BLOCK.start);
      expect(segments.at(-1)?.end).toBe(BLOCK.end);
      segments.forEach((each, at) => {
        expect(each.start).toBeLessThan(each.end);
        if (at > 0) expect(each.start).toBe(segments[at - 1]?.end);
      });
    }
  });

  test("hold at each character the spans that stand on it", () => {
    for (const { spans, segments } of cases) {
      for (const { start, end, covers } of segments) {
        const shown = covers.map((each) => each.span.id).sort();
        for (const at of [start, Math.floor((start + end) / 2), end - 1]) {
          const standing = spans.filter((each) => isOn(each, at)).map((each) => each.id);
          expect(shown).toEqual(standing.sort());
        }
      }
    }
  });

  test("name each span once where it begins in the block", () => {
    for (const { spans, segments } of cases) {
      const begun = segments.flatMap(({ begins }) => begins.map((each) => each.id)).sort();
      const inBlock = spans.filter((each) =>
        each.ranges.some(({ start, end }) => start < BLOCK.end && end > BLOCK.start),
      );
      expect(begun).toEqual(inBlock.map((each) => each.id).sort());
      for (const { start, begins } of segments) {
        for (const each of begins) {
          const first = each.ranges.find((one) => one.end > BLOCK.start);
          expect(start).toBe(Math.max(first?.start ?? 0, BLOCK.start));
        }
      }
    }
  });

  test("list the spans from the lowest lane up", () => {
    for (const { segments } of cases) {
      for (const { covers } of segments) {
        const lanes = covers.map((each) => each.lane);
        expect(lanes).toEqual([...lanes].sort((a, b) => a - b));
      }
    }
  });

  test("are one where nothing is marked", () => {
    expect(cutSegments(BLOCK, [span("far", [0, 50])])).toEqual([
      { ...BLOCK, covers: [], begins: [] },
    ]);
  });
});

describe("lanes", () => {
  test("are never shared by spans that share words, up to the most that can be told apart", () => {
    let crowded = 0;
    for (const { spans, segments } of cases) {
      const places = segments.map(({ start }) => start);
      const deepest = Math.max(...places.map((at) => reachOver(spans, at).length));
      if (deepest > MOST_LANES) continue;
      if (deepest > 3) crowded++;
      for (const { covers } of segments) {
        const lanes = covers.map((each) => each.lane);
        expect(new Set(lanes).size).toBe(lanes.length);
      }
      expect(depthOf(segments)).toBeLessThanOrEqual(deepest);
    }
    expect(crowded).toBeGreaterThan(40);
  });

  test("go no higher than the most, and spans beyond it share the last", () => {
    const stack = Array.from({ length: 12 }, (_, at) => span(`s${at}`, [120, 150]));
    const segments = cutSegments(BLOCK, stack);
    const used = [...lanesOf(segments).values()].sort((a, b) => a - b);
    expect(used).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7]);
    expect(depthOf(segments)).toBe(MOST_LANES);
  });

  test("are taken again after a span has ended", () => {
    const lanes = lanesOf(
      cutSegments(BLOCK, [span("a", [100, 120]), span("b", [110, 130]), span("c", [120, 140])]),
    );
    expect(Object.fromEntries(lanes)).toEqual({ a: 0, b: 1, c: 0 });
  });

  test("are the same for a span all along the block, also in pieces", () => {
    for (const { segments } of cases) {
      const lanes = lanesOf(segments);
      for (const { covers } of segments) {
        for (const each of covers) expect(each.lane).toBe(lanes.get(each.span.id));
      }
    }
  });
});
