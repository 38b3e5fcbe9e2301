import { expect, test } from "vitest";
import type { Span, UnitLabel } from "@/lib/domain/annotation/state";
import { trainingFeedback, trainingScore } from "@/lib/domain/onboarding/feedback";
import { codePoint } from "@/lib/domain/text/offsets";

const span = (id: string, label: string, start: number, end: number, layer = "wording"): Span => ({
  id,
  layer,
  label,
  ranges: [{ start: codePoint(start), end: codePoint(end), quote: "x".repeat(end - start) }],
  attributes: {},
  flags: [],
  origin: "manual",
});

const answer = (label: string, value: string | null = null): UnitLabel => ({
  layer: "questions",
  label,
  unit: "document",
  start: codePoint(0),
  end: codePoint(99),
  value,
  evidence: [],
});

test("says of each span whether it was found, has other boundaries or label, is missed or too much", () => {
  const gold = [
    span("g1", "loaded", 0, 5),
    span("g2", "loaded", 10, 15),
    span("g3", "loaded", 20, 25),
    span("g4", "loaded", 30, 35),
  ];
  const own = [
    span("o1", "loaded", 0, 5),
    span("o2", "loaded", 10, 18),
    span("o3", "neutral", 20, 25),
    span("o5", "loaded", 50, 55),
    span("o6", "loaded", 30, 35, "other"),
  ];
  const feedback = trainingFeedback(
    { spans: own, unitLabels: [] },
    { spans: gold, unitLabels: [] },
  );
  expect(feedback.spans.map(({ verdict, goldId }) => [verdict, goldId])).toEqual([
    ["found", "g1"],
    ["boundaries", "g2"],
    ["label", "g3"],
    ["missed", "g4"],
    ["extra", null],
    ["extra", null],
  ]);
  expect(feedback).toMatchObject({ found: 1, inGold: 4 });
});

test("pairs each span once, the most alike first", () => {
  const gold = [span("g1", "loaded", 0, 10), span("g2", "loaded", 5, 10)];
  const own = [span("o1", "loaded", 5, 10), span("o2", "loaded", 1, 10)];
  const { spans } = trainingFeedback(
    { spans: own, unitLabels: [] },
    { spans: gold, unitLabels: [] },
  );
  expect(spans.map(({ verdict, goldId }) => [verdict, goldId])).toEqual([
    ["boundaries", "g1"],
    ["found", "g2"],
  ]);
});

test("compares labels of a unit together and answers one by one", () => {
  const { units } = trainingFeedback(
    { spans: [], unitLabels: [answer("b"), answer("a"), answer("why", "yes")] },
    {
      spans: [],
      unitLabels: [answer("a"), answer("b"), answer("why", "no"), answer("who", "yes")],
    },
  );
  expect(units.map(({ verdict }) => verdict).sort()).toEqual(["found", "label", "missed"]);
});

test("the score is F1 over what was found exactly, so that marking everything does not help", () => {
  const gold = {
    spans: [span("g1", "loaded", 0, 5), span("g2", "loaded", 10, 15)],
    unitLabels: [],
  };
  const scoreOf = (...spans: Span[]) =>
    trainingScore(trainingFeedback({ spans, unitLabels: [] }, gold));
  expect(scoreOf()).toBe(0);
  expect(scoreOf(span("o1", "loaded", 0, 5))).toBeCloseTo(2 / 3, 12);
  expect(scoreOf(span("o1", "loaded", 0, 5), span("o2", "loaded", 10, 15))).toBe(1);
  const many = Array.from({ length: 8 }, (_, at) =>
    span(`x${at}`, "loaded", 20 + 2 * at, 21 + 2 * at),
  );
  expect(scoreOf(span("o1", "loaded", 0, 5), span("o2", "loaded", 10, 15), ...many)).toBeCloseTo(
    1 / 3,
    12,
  );
  // Another boundary is not found.
  expect(scoreOf(span("o1", "loaded", 0, 4), span("o2", "loaded", 10, 15))).toBeCloseTo(1 / 2, 12);
  const nothing = { spans: [], unitLabels: [] };
  expect(trainingScore(trainingFeedback(nothing, nothing))).toBe(1);
});
