import { describe, expect, test } from "vitest";
import type { Span } from "@/lib/domain/annotation/state";
import {
  compareLabels,
  expectedEnd,
  flagsOf,
  labelDistance,
  median,
  type PersonWork,
} from "@/lib/domain/campaign/quality";
import { contextOf, differencesOf, piecesOf } from "@/lib/domain/campaign/quality-differences";
import { likenessOf } from "@/lib/domain/campaign/quality-likeness";
import { codePoint } from "@/lib/domain/text/offsets";

const DAY = 24 * 60 * 60_000;

function person(more: Partial<PersonWork> = {}): PersonWork {
  return {
    annotatorId: "a",
    documents: 10,
    emptyDocuments: 1,
    pace: 300,
    labels: new Map([
      ["span/loaded", 20],
      ["span/slant", 20],
    ]),
    parts: [],
    ...more,
  };
}

function span(id: string, label: string, start: number, end: number): Span {
  return {
    id,
    layer: "span",
    label,
    ranges: [{ start: codePoint(start), end: codePoint(end), quote: "" }],
    attributes: {},
    flags: [],
    origin: "manual",
  };
}

describe("flags", () => {
  test("nobody is flagged who works as the others do", () => {
    expect(flagsOf(person(), [person(), person()])).toEqual([]);
  });

  test("less than half of the others' median pace is fast, half is not", () => {
    const others = [person({ pace: 280 }), person({ pace: 300 }), person({ pace: 9_000 })];
    expect(flagsOf(person({ pace: 149 }), others)).toEqual([
      { kind: "fast", pace: 149, teamPace: 300 },
    ]);
    expect(flagsOf(person({ pace: 150 }), others)).toEqual([]);
  });

  test("two documents are too few to call somebody fast", () => {
    expect(flagsOf(person({ pace: 1, documents: 2, emptyDocuments: 0 }), [person()])).toEqual([]);
  });

  test("one label almost always is flagged unless the others do the same", () => {
    const monotone = person({ labels: new Map([["span/loaded", 30]]) });
    expect(flagsOf(monotone, [person()])).toEqual([
      { kind: "one_label", label: "span/loaded", share: 1, othersShare: 0.5 },
    ]);
    expect(flagsOf(monotone, [monotone])).toEqual([]);
  });

  test("nothing marked in most documents is flagged unless the texts have nothing", () => {
    const idle = person({ emptyDocuments: 8 });
    expect(flagsOf(idle, [person()])).toEqual([
      { kind: "nothing_marked", share: 0.8, othersShare: 0.1 },
    ]);
    expect(flagsOf(idle, [idle])).toEqual([]);
  });

  test("marking half as much at the end as at the beginning is drift", () => {
    const parts = [20, 20, 15, 12, 10, 10].map((marks) => ({ marks, pace: 300 }));
    expect(flagsOf(person({ parts }), [person()])).toEqual([{ kind: "drift", from: 20, to: 10 }]);
    expect(flagsOf(person({ parts: parts.slice(0, 3) }), [person()])).toEqual([]);
  });
});

describe("labels against the others", () => {
  test("shares of each side add up to one, and the same shares are at distance 0", () => {
    const shares = compareLabels(person(), [person(), person()]);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(shares.reduce((sum, { othersShare }) => sum + (othersShare ?? 0), 0)).toBeCloseTo(1);
    expect(labelDistance(shares)).toBe(0);
  });

  test("no label in common is distance 1, nothing marked is no distance", () => {
    const other = person({ labels: new Map([["span/other", 3]]) });
    expect(labelDistance(compareLabels(person(), [other]))).toBe(1);
    expect(labelDistance(compareLabels(person({ labels: new Map() }), [other]))).toBeNull();
    expect(labelDistance(compareLabels(person(), []))).toBeNull();
  });
});

test("the end is as far as the open work lasts at the present pace", () => {
  const now = 100 * DAY;
  const workload = { submitted: 20, firstAt: 90 * DAY, open: 10, now };
  expect(expectedEnd(workload)).toEqual({ perDay: 2, endsAt: 105 * DAY });
  expect(expectedEnd({ ...workload, open: 0 })).toEqual({ perDay: 2, endsAt: null });
  expect(expectedEnd({ ...workload, submitted: 0, firstAt: null })).toEqual({
    perDay: null,
    endsAt: null,
  });
});

test("the median of an even number of values is the mean of the two in the middle", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([])).toBeNull();
});

describe("two sets of one text", () => {
  const document = {
    id: "d",
    length: 100,
    annotatable: [{ start: codePoint(0), end: codePoint(100) }],
  };

  test("the same spans and answers are alike in full", () => {
    const spans = [span("1", "loaded", 0, 5), span("2", "slant", 10, 20)];
    const likeness = likenessOf([{ document, spans: [spans, spans], unitLabels: [[], []] }]);
    expect(likeness.exact).toMatchObject({ value: 1 });
    expect(likeness.overlap).toMatchObject({ value: 1 });
  });

  test("other boundaries count for overlap only, another label for neither", () => {
    const gold = [span("1", "loaded", 0, 5), span("2", "slant", 10, 20)];
    const own = [span("3", "loaded", 0, 6), span("4", "loaded", 10, 20)];
    const likeness = likenessOf([{ document, spans: [gold, own], unitLabels: [[], []] }]);
    expect(likeness.exact).toMatchObject({ value: 0 });
    // One match of two spans on each side: 2 · 1 / (2 + 2).
    expect(likeness.overlap).toMatchObject({ value: 0.5 });
  });

  test("nothing marked by either has no F1, and never 1", () => {
    const likeness = likenessOf([{ document, spans: [[], []], unitLabels: [[], []] }]);
    expect(likeness.exact.value).toBeNull();
  });
});

describe("differences of a pair", () => {
  const blocks = [
    { start: codePoint(0), end: codePoint(50) },
    { start: codePoint(52), end: codePoint(400) },
  ];

  test("each kind of difference is told apart, and agreement is counted", () => {
    const first = [
      span("1", "loaded", 0, 5),
      span("2", "loaded", 10, 20),
      span("3", "slant", 25, 30),
      span("4", "loaded", 60, 70),
    ];
    const second = [
      span("5", "loaded", 0, 5),
      span("6", "loaded", 10, 22),
      span("7", "loaded", 25, 30),
      span("8", "loaded", 80, 90),
    ];
    const { differences, counts } = differencesOf(first, second, blocks);
    expect(counts).toEqual({
      agreed: 1,
      only_first: 1,
      only_second: 1,
      other_label: 1,
      other_boundaries: 1,
    });
    expect(differences.map(({ kind }) => kind)).toEqual([
      "other_boundaries",
      "other_label",
      "only_first",
      "only_second",
    ]);
  });

  test("the words around a place end with its block", () => {
    const place = { start: codePoint(60), end: codePoint(70) };
    expect(contextOf(place, blocks)).toEqual({ start: 52, end: 140 });
  });

  test("the pieces of a context join to the context again", () => {
    const context = { start: codePoint(0), end: codePoint(50) };
    const pieces = piecesOf(context, [span("1", "a", 3, 9), span("2", "a", 5, 12)]);
    expect(pieces).toEqual([
      { start: 0, end: 3, isMarked: false },
      { start: 3, end: 12, isMarked: true },
      { start: 12, end: 50, isMarked: false },
    ]);
    expect(piecesOf(context, [])).toEqual([{ start: 0, end: 50, isMarked: false }]);
  });
});
