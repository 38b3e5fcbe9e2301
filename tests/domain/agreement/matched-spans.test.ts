import { describe, expect, it } from "vitest";
import { directedAgreement } from "@/lib/domain/agreement/directed-agreement";
import {
  type AnsweredSpan,
  attributeAgreement,
  matchSpans,
  relationAgreement,
} from "@/lib/domain/agreement/matched-spans";
import { documentFrom, valueIn } from "./support";

const span = (
  id: string,
  start: number,
  end: number,
  answer: string | null,
  label = "x",
): AnsweredSpan => ({
  id,
  start,
  end,
  label,
  answer,
});
const RULE = { labels: "ignored", atLeast: 0 } as const;

describe("questions about matched spans", () => {
  const document = {
    a: [
      span("a1", 0, 10, "negative"),
      span("a2", 20, 30, "positive"),
      span("a3", 50, 60, "negative"),
    ],
    b: [
      span("b1", 2, 10, "negative"),
      span("b2", 8, 26, "positive"),
      span("b3", 80, 90, "positive"),
    ],
  };

  it("are asked of the spans that overlap best", () => {
    const pairs = matchSpans(document, RULE).map(({ a, b }) => [a.id, b.id]);
    expect(pairs).toEqual([
      ["a1", "b1"],
      ["a2", "b2"],
    ]);
    expect(matchSpans(document, { labels: "ignored", atLeast: 0.7 })).toHaveLength(1);
  });

  it("give percent, kappa and alpha of the answers", () => {
    const agreement = attributeAgreement([document], RULE, {
      categories: ["negative", "positive"],
    });
    expect(agreement).toMatchObject({
      matched: 2,
      answered: 2,
      percent: { value: 1 },
      kappa: { value: 1 },
    });
    expect(attributeAgreement([], RULE).kappa).toEqual({ value: null, reason: "no_data" });
  });

  it("relations need both ends, their direction and their label", () => {
    const relations = (from: string, to: string, label = "causes") => [{ from, to, label }];
    const agree = relationAgreement(
      [{ ...document, relationsOfA: relations("a1", "a2"), relationsOfB: relations("b1", "b2") }],
      RULE,
    );
    expect(agree).toMatchObject({ matched: 1, amongMatched: { value: 1 }, overall: { value: 1 } });
    const turned = relationAgreement(
      [
        {
          ...document,
          relationsOfA: [...relations("a1", "a2"), ...relations("a1", "a3")],
          relationsOfB: relations("b2", "b1"),
        },
      ],
      RULE,
    );
    expect(turned).toMatchObject({ matched: 0, amongMatched: { value: 0 } });
    const other = [
      {
        ...document,
        relationsOfA: relations("a1", "a2"),
        relationsOfB: relations("b1", "b2", "supports"),
      },
    ];
    expect(relationAgreement(other, RULE).overall.value).toBe(0);
    expect(relationAgreement(other, RULE, "ignored").overall.value).toBe(1);
  });
});

describe("agr(a||b) of MPQA", () => {
  const document = documentFrom(60, {
    A: [
      [0, 10, "x"],
      [20, 30, "x"],
    ],
    B: [
      [5, 8, "y"],
      [9, 12, "x"],
      [40, 50, "x"],
    ],
  });

  it("differs by direction, and by label where asked", () => {
    expect(valueIn(directedAgreement([document], { from: 0, to: 1 }))).toBe(1 / 2);
    expect(valueIn(directedAgreement([document], { from: 1, to: 0 }))).toBe(2 / 3);
    expect(valueIn(directedAgreement([document], { from: 1, to: 0 }, "compared"))).toBe(1 / 3);
    expect(directedAgreement([], { from: 0, to: 1 }).value).toBeNull();
  });
});
