import { describe, expect, test } from "vitest";
import { applyChange } from "@/lib/domain/annotation/apply";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import type { Change } from "@/lib/domain/annotation/operation";
import { relationChoices } from "@/lib/domain/annotation/relation-choices";
import { type AnnotationState, EMPTY_STATE } from "@/lib/domain/annotation/state";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { codePoint } from "@/lib/domain/text/offsets";

const pair = (from: string, to: string) => ({
  from: { layer: "span", labels: [from] },
  to: { layer: "span", labels: [to] },
});

/** “supports” joins a to b or b to c; “any” joins all. */
const codebook = indexCodebook(
  codebookSchema.parse({
    framemark: "codebook/1",
    key: "pairs",
    name: "Pairs",
    layers: [
      {
        key: "span",
        name: "Span",
        level: "span",
        labels: ["a", "b", "c"].map((key) => ({ key, name: key })),
      },
      {
        key: "link",
        name: "Link",
        level: "relation",
        from: { layer: "span" },
        to: { layer: "span" },
        labels: [
          { key: "supports", name: "Supports", pairs: [pair("a", "b"), pair("b", "c")] },
          { key: "any", name: "Any" },
        ],
      },
    ],
  }),
);
const context = makeEditContext(
  { text: "one two six", sentences: [], blocks: [{ role: "body", start: 0, end: 11 }] },
  codebook,
);
const ids = { a: 1, b: 2, c: 3 };
const id = (at: number) => `00000000-0000-7000-8000-00000000000${at}`;

const spans = (["a", "b", "c"] as const).map((label, at): Change => {
  const [start, end] = [codePoint(at * 4), codePoint(at * 4 + 3)];
  const quote = ["one", "two", "six"][at] ?? "";
  const ranges = [{ start, end, quote }];
  const rest = { attributes: {}, flags: [], origin: "manual" as const };
  return {
    kind: "add_span",
    span: { id: id(ids[label]), layer: "span", label, ranges, ...rest },
  };
});
const link = (from: number, to: number, label = "supports"): Change => ({
  kind: "add_relation",
  relation: { id: id(9), layer: "link", label, from: id(from), to: id(to), attributes: {} },
});

function made(...changes: Change[]): AnnotationState {
  return changes.reduce((state, change) => {
    const verdict = applyChange(state, change, context);
    if (verdict.outcome !== "applied") throw new Error(verdict.outcome);
    return verdict.state;
  }, EMPTY_STATE);
}

describe("a label of a relation with pairs", () => {
  const state = made(...spans);

  test.each([
    [1, 2, "applied"],
    [2, 3, "applied"],
    [1, 3, "refused"],
    [2, 1, "refused"],
  ])("from %i to %i is %s", (from, to, outcome) => {
    expect(applyChange(state, link(from, to), context).outcome).toBe(outcome);
    expect(applyChange(state, link(from, to, "any"), context).outcome).toBe("applied");
    const [first, second] = [state.spans.get(id(from)), state.spans.get(id(to))];
    if (first === undefined || second === undefined) throw new Error("There are three spans.");
    const offered = relationChoices(first, second, codebook).some(
      (each) => each.label === "supports" && each.from === first.id,
    );
    expect(offered).toBe(outcome === "applied");
  });

  test("keeps its spans from labels that it could not join", () => {
    const linked = made(...spans, link(1, 2));
    const relabel: Change = { kind: "label_span", spanId: id(2), label: "c" };
    expect(applyChange(linked, relabel, context)).toEqual({
      outcome: "refused",
      message: "“Supports” cannot join spans with these two labels.",
    });
    expect(applyChange(state, relabel, context).outcome).toBe("applied");
  });
});
