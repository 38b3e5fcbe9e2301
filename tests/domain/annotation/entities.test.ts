import { describe, expect, it } from "vitest";
import { applyChange } from "../../../lib/domain/annotation/apply";
import { changesBetween } from "../../../lib/domain/annotation/between";
import { findGaps } from "../../../lib/domain/annotation/completeness";
import type { EditContext } from "../../../lib/domain/annotation/edit";
import {
  applyEventChange,
  type EventAnswer,
  eventCodebook,
} from "../../../lib/domain/annotation/event-answers";
import { makeEditContext } from "../../../lib/domain/annotation/make-context";
import type { Change } from "../../../lib/domain/annotation/operation";
import { type AnnotationState, EMPTY_STATE } from "../../../lib/domain/annotation/state";
import { indexCodebook } from "../../../lib/domain/codebook/lookup";
import { codePoint } from "../../../lib/domain/text/offsets";
import { entityCodebook } from "../../support/entity-codebook";

const text = "Akar spoke. 🕊️ Mia listened.";
const base = makeEditContext(
  { text, sentences: [], blocks: [{ role: "body", start: 0, end: [...text].length }] },
  indexCodebook(entityCodebook),
);
const context: EditContext = {
  ...base,
  entities: new Set(["Akar", "Mia", "Old"]),
  asked: ["Akar", "Mia"],
};
const place = { start: codePoint(0), end: base.text.length };

function tone(label: string, entity?: string): Change {
  return {
    kind: "set_unit_label",
    layer: "tone",
    label,
    unit: "document",
    ...place,
    value: null,
    evidence: [],
    ...(entity === undefined ? {} : { entity }),
  };
}

function apply(state: AnnotationState, change: Change, within: EditContext = context) {
  const verdict = applyChange(state, change, within);
  if (verdict.outcome !== "applied") throw new Error(JSON.stringify(verdict));
  return verdict.state;
}

const given = (state: AnnotationState) =>
  [...state.unitLabels.values()].map(({ label, entity }) => [entity, label]).sort();

describe("a layer that asks of each entity", () => {
  it("keeps one answer for each: a second one takes the place of the first of the same entity only", () => {
    const all = [tone("good", "Akar"), tone("bad", "Mia"), tone("bad", "Akar")];
    const state = all.reduce((current, change) => apply(current, change), EMPTY_STATE);
    expect(given(state)).toEqual([
      ["Akar", "bad"],
      ["Mia", "bad"],
    ]);
    const gone = apply(state, {
      kind: "remove_unit_label",
      layer: "tone",
      label: "bad",
      ...place,
      entity: "Mia",
    });
    expect(given(gone)).toEqual([["Akar", "bad"]]);
  });

  it("refuses an answer about nobody, about somebody who is not on the list, and where it does not ask", () => {
    const refusal = (change: Change) => {
      const verdict = applyChange(EMPTY_STATE, change, context);
      return verdict.outcome === "refused" ? verdict.message : verdict.outcome;
    };
    expect(refusal(tone("good"))).toContain("Say of which");
    expect(refusal(tone("good", "Nobody"))).toContain("not on this document's list");
    expect(refusal(tone("good", "Old"))).toBe("applied");
    expect(refusal({ ...tone("yes", "Akar"), layer: "plain" } as Change)).toContain(
      "not asked of each",
    );
  });

  it("is open until every entity that is asked about has its answer", () => {
    const needed = (state: AnnotationState) =>
      findGaps(state, context).filter(({ message }) => message.includes("Tone"));
    expect(needed(EMPTY_STATE)[0]?.message).toBe("“Tone” is open for 2 names.");
    const half = apply(EMPTY_STATE, tone("good", "Akar"));
    expect(needed(half)[0]?.message).toBe("“Tone” is open for 1 name.");
    expect(needed(apply(half, tone("bad", "Mia")))).toEqual([]);
  });

  it("is undone and redone by the changes between two states", () => {
    const before = apply(EMPTY_STATE, tone("good", "Akar"));
    const after = apply(apply(before, tone("bad", "Mia")), tone("bad", "Akar"));
    for (const [from, to] of [
      [before, after],
      [after, before],
      [after, EMPTY_STATE],
    ] as const) {
      const back = changesBetween(from, to).reduce((state, each) => apply(state, each), from);
      expect(given(back)).toEqual(given(to));
    }
  });
});

describe("a question of the type entity", () => {
  const span = {
    kind: "add_span",
    span: {
      id: "0190a000-0000-7000-8000-000000000001",
      layer: "claim",
      label: "claim",
      ranges: [{ start: codePoint(0), end: codePoint(4), quote: "Akar" }],
      attributes: {},
      flags: [],
      origin: "manual",
    },
  } satisfies Change;
  const answer = (value: string): Change => ({
    kind: "set_attribute",
    targetId: span.span.id,
    attribute: "target",
    value,
  });

  it("takes names of the list and the codebook's own, and no others", () => {
    const state = apply(EMPTY_STATE, span);
    expect(applyChange(state, answer("Mia"), context).outcome).toBe("applied");
    expect(applyChange(state, answer("everybody"), context).outcome).toBe("applied");
    expect(applyChange(state, answer("Somebody"), context)).toEqual({
      outcome: "refused",
      message: "“Somebody” is not on this document's list of names. Choose one of the list.",
    });
    const written = { ...span, span: { ...span.span, attributes: { target: "Somebody" } } };
    expect(applyChange(EMPTY_STATE, written, context).outcome).toBe("refused");
  });

  it("takes any name where there is no list, and what was written before stays and can be edited", () => {
    const state = apply(apply(EMPTY_STATE, span), answer("Somebody"), {
      ...context,
      entities: new Set(),
    });
    const flagged = applyChange(
      state,
      { kind: "flag_span", spanId: span.span.id, flags: ["discuss"] },
      context,
    );
    expect(flagged.outcome).toBe("applied");
  });
});

describe("answers about an event", () => {
  const codebook = eventCodebook(entityCodebook);
  if (codebook === null) throw new Error("The codebook asks of events.");
  const change = (label: string, more: object = {}) => ({
    kind: "give" as const,
    layer: "kind",
    label,
    value: null,
    ...more,
  });
  const names = new Set(["Akar"]);

  it("follow the rules of labels: one kind, an answer to each question, names of the event's list", () => {
    const all = [
      change("war"),
      change("peace"),
      change("asks", { layer: "check", value: "no" }),
      change("good", { layer: "actor", entity: "Akar" }),
    ];
    let answers: EventAnswer[] = [];
    for (const each of all) {
      const judged = applyEventChange(answers, each, codebook, names);
      expect(judged.outcome).toBe("applied");
      answers = judged.answers;
    }
    expect(answers).toEqual([
      { layer: "kind", label: "peace", value: null },
      { layer: "check", label: "asks", value: "no" },
      { layer: "actor", label: "good", value: null, entity: "Akar" },
    ]);
    const stranger = change("good", { layer: "actor", entity: "Mia" });
    expect(applyEventChange(answers, stranger, codebook, names)).toMatchObject({
      outcome: "refused",
      answers,
    });
    const back = { ...change("peace"), kind: "take_back" as const };
    expect(applyEventChange(answers, back, codebook, names).answers).toHaveLength(2);
    expect(applyEventChange([], back, codebook, names).outcome).toBe("superseded");
  });

  it("are of event layers only", () => {
    expect(codebook.codebook.layers.map(({ key }) => key)).toEqual(["kind", "check", "actor"]);
    const document = change("yes", { layer: "plain" });
    expect(applyEventChange([], document, codebook, names).outcome).toBe("refused");
  });
});
