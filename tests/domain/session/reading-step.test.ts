import { v4 } from "uuid";
import { describe, expect, test } from "vitest";
import { asksBeforeReading, openQuestions } from "@/components/workspace/reading-step";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { Change } from "@/lib/domain/annotation/operation";
import { type AnnotationState, EMPTY_STATE } from "@/lib/domain/annotation/state";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { codePoint } from "@/lib/domain/text/offsets";
import { richCodebook, richContext } from "@/tests/support/rich-codebook";
import { addSpan } from "./computer";

/** The rich codebook, with some questions asked before reading. */
function asking(...keys: string[]) {
  const layers = richCodebook.layers.map((layer) =>
    keys.includes(layer.key) ? { ...layer, moment: "before_reading" as const } : layer,
  );
  return indexCodebook(codebookSchema.parse({ ...richCodebook, layers }));
}

function stateOf(...changes: Change[]): AnnotationState {
  return changes.reduce((state, change) => {
    const verdict = applyChange(state, change, richContext);
    if (verdict.outcome !== "applied") throw new Error("The change was not taken.");
    return verdict.state;
  }, EMPTY_STATE);
}

function answer(layer: string, label: string, value: string | null = null): Change {
  const end = richContext.text.length;
  return {
    kind: "set_unit_label",
    layer,
    label,
    start: codePoint(0),
    end,
    unit: "document",
    value,
    evidence: [],
  };
}

describe("questions before reading", () => {
  const open = (codebook: ReturnType<typeof asking>, state: AnnotationState) =>
    openQuestions(codebook, state).map(({ key }) => key);

  test("are none where the codebook has none, and then the text is shown at once", () => {
    expect(asksBeforeReading(asking(), EMPTY_STATE)).toBe(false);
  });

  test("stay open until each has its answer, of a questionnaire all that are asked still", () => {
    const codebook = asking("slant", "questions");
    expect(open(codebook, EMPTY_STATE)).toEqual(["slant", "questions"]);
    const some = [answer("slant", "zero"), answer("questions", "asks_why", "yes")];
    expect(open(codebook, stateOf(...some))).toEqual(["questions"]);
    const all = stateOf(...some, answer("questions", "asks_who", "no"));
    expect(open(codebook, all)).toEqual([]);
    expect(asksBeforeReading(codebook, stateOf(...some))).toBe(true);
    expect(asksBeforeReading(codebook, all)).toBe(false);
  });

  test("that are not needed are asked once, and none of a person who marks already", () => {
    const codebook = asking("frames");
    expect(asksBeforeReading(codebook, EMPTY_STATE)).toBe(true);
    expect(asksBeforeReading(codebook, stateOf(answer("slant", "zero")))).toBe(false);
    expect(asksBeforeReading(asking("slant"), stateOf(addSpan("brave", v4())))).toBe(false);
  });
});
