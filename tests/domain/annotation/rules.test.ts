import { describe, expect, test } from "vitest";
import { applyChange } from "@/lib/domain/annotation/apply";
import type { Applied } from "@/lib/domain/annotation/edit";
import type { Change } from "@/lib/domain/annotation/operation";
import { type AnnotationState, EMPTY_STATE, type QuotedRange } from "@/lib/domain/annotation/state";
import { codePoint } from "@/lib/domain/text/offsets";
import { richArticle, richContext, richUnits } from "@/tests/support/rich-codebook";

/** Ids by name, so that tables stay readable. */
const id = (name: string) =>
  `${name
    .padEnd(8, "0")
    .slice(0, 8)
    .replace(/[^0-9a-f]/g, "0")}-0000-7000-8000-${[...name]
    .map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0"))
    .join("")
    .padEnd(12, "0")
    .slice(0, 12)}`;

/** The words where they first stand in the article, in code points. */
function words(quote: string): QuotedRange {
  const at = richArticle.text.indexOf(quote);
  if (at === -1) throw new Error(`The article does not say ${quote}.`);
  const start = [...richArticle.text.slice(0, at)].length;
  return { start: codePoint(start), end: codePoint(start + [...quote].length), quote };
}

const bare = (start: number, end: number, quote: string): QuotedRange => ({
  start: codePoint(start),
  end: codePoint(end),
  quote,
});

type Added = { layer?: string; label?: string; ranges: QuotedRange[]; attributes?: object };

function add(name: string, { layer = "wording", label = "loaded", ranges, attributes }: Added) {
  return {
    kind: "add_span",
    span: {
      id: id(name),
      layer,
      label,
      ranges,
      attributes: { ...attributes },
      flags: [],
      origin: "manual",
    },
  } satisfies Change;
}

const relate = (name: string, from: string, to: string, label = "blames") =>
  ({
    kind: "add_relation",
    relation: {
      id: id(name),
      layer: "blame",
      label,
      from: id(from),
      to: id(to),
      attributes: {},
    },
  }) satisfies Change;

type Place = { start: number; end: number };

function unitLabel(
  layer: string,
  label: string,
  more: Partial<Extract<Change, { kind: "set_unit_label" }>> = {},
  place: Place = richUnits.document[0] ?? { start: 0, end: 0 },
) {
  return {
    kind: "set_unit_label",
    layer,
    label,
    unit: "document",
    start: codePoint(place.start),
    end: codePoint(place.end),
    value: null,
    evidence: [],
    ...more,
  } satisfies Change;
}

function made(...changes: Change[]): AnnotationState {
  return changes.reduce((state, change) => {
    const verdict = applyChange(state, change, richContext);
    if (verdict.outcome !== "applied") throw new Error(JSON.stringify({ change, verdict }));
    return verdict.state;
  }, EMPTY_STATE);
}

const judge = (state: AnnotationState, change: Change): Applied =>
  applyChange(state, change, richContext);

/** The reason of a refusal, or the outcome. */
const reason = (state: AnnotationState, change: Change): string => {
  const verdict = judge(state, change);
  return verdict.outcome === "refused" ? verdict.message : verdict.outcome;
};

const labelsIn = (state: AnnotationState, layer: string) =>
  [...state.unitLabels.values()].filter((each) => each.layer === layer).map((each) => each.label);

describe("a new span is refused", () => {
  const brave = words("brave");
  const length = [...richArticle.text].length;
  test.each<[string, Added, string]>([
    [
      "where the quote is not what the text reads",
      { ranges: [{ ...brave, quote: "brace" }] },
      `The text at ${brave.start} to ${brave.end} does not read “brace”.`,
    ],
    [
      "where offsets count code units, behind an emoji",
      { ranges: [bare(brave.start + 1, brave.end + 1, "brave")] },
      `The text at ${brave.start + 1} to ${brave.end + 1} does not read “brave”.`,
    ],
    [
      "past the end of the text",
      { ranges: [bare(length - 1, length + 1, ".")] },
      "This span reaches past the end of the text.",
    ],
    ["over nothing", { ranges: [bare(3, 3, "")] }, "A span covers at least one character."],
    ["backwards", { ranges: [bare(9, 3, "")] }, "A span covers at least one character."],
    [
      "over white space alone",
      { ranges: [words(" ")] },
      "A span covers at least one visible character.",
    ],
    [
      "in pieces that touch",
      { ranges: [words("brave"), words(" troops")] },
      "The pieces of a span are in order and do not touch.",
    ],
    [
      "in pieces that are out of order",
      { ranges: [words("troops"), words("brave")] },
      "The pieces of a span are in order and do not touch.",
    ],
    [
      "in pieces where its layer takes one",
      { layer: "entity", label: "person", ranges: [words("family"), words("troops")] },
      "“Entity” takes spans of one piece.",
    ],
    [
      "in a caption",
      { ranges: [words("A soldier")] },
      "This part of the article is not annotated.",
    ],
    [
      "across a byline",
      { ranges: [words(richArticle.text.slice(0, 60))] },
      "This part of the article is not annotated.",
    ],
    [
      "with a label that is only a group",
      { label: "slant", ranges: [brave] },
      "“Slant” is a group; choose a label below it.",
    ],
    [
      "with a label of another layer",
      { label: "person", ranges: [brave] },
      "There is no label “person” in this codebook.",
    ],
    [
      "in a layer that is not of spans",
      { layer: "frames", label: "economy", ranges: [brave] },
      "There is no span layer “frames” in this codebook.",
    ],
    [
      "with an answer that is no option",
      { ranges: [brave], attributes: { voice: "loud" } },
      "“Voice” has no such option.",
    ],
    [
      "with an answer to a question that is not asked",
      { ranges: [brave], attributes: { shade: "red" } },
      "There is no attribute “shade” in this codebook.",
    ],
    [
      "with a number out of bounds",
      { ranges: [brave], attributes: { strength: 11 } },
      "“Strength” is 10 or less.",
    ],
    [
      "with a word where yes or no is asked",
      { ranges: [brave], attributes: { ironic: "yes" } },
      "“Ironic” takes yes or no.",
    ],
    [
      "with more answers than the database holds",
      { ranges: [brave], attributes: { note: "x".repeat(16_001) } },
      "These answers are too long together. Shorten one of them.",
    ],
  ])("%s", (_, span, message) => {
    expect(reason(EMPTY_STATE, add("s", span))).toBe(message);
  });
});

describe("a new span is accepted", () => {
  test.each<[string, Added]>([
    [
      "with an archived label, since work made offline is not to be lost",
      { label: "retired", ranges: [words("brave")] },
    ],
    ["over an emoji that is one code point", { ranges: [words("🎉")] }],
    ["over a family of emoji", { ranges: [words("👩‍👩‍👧")] }],
    ["in two pieces with a gap", { ranges: [words("brave"), words("roll")] }],
    ["over a whole line", { ranges: [words("“Liberation”, wrote the ministry of peace.")] }],
    ["with the line break behind its line", { ranges: [words("old town.\n")] }],
    ["at the very end of the text", { ranges: [words("peace.")] }],
  ])("%s", (_, span) => {
    const state = made(add("s", span));
    expect(state.spans.get(id("s"))).toMatchObject({ ranges: span.ranges });
  });
});

describe("spans on the same words", () => {
  const first = { ranges: [words("brave troops")] };
  const inside = { ranges: [words("troops")] };
  test.each<[string, Added, Added, string]>([
    ["may overlap in a layer that allows it", first, { ...inside }, "applied"],
    ["with the same label and place are one: the second is superseded", first, first, "superseded"],
    ["may differ in label alone", first, { ...first, label: "euphemism" }, "applied"],
    [
      "of one label may not overlap where only other labels may",
      { ...first, layer: "entity", label: "person" },
      { ...inside, layer: "entity", label: "person" },
      "“Entity” does not allow spans to overlap here.",
    ],
    [
      "of two labels may overlap where other labels may",
      { ...first, layer: "entity", label: "person" },
      { ...inside, layer: "entity", label: "place" },
      "applied",
    ],
    [
      "may not overlap where none may",
      { ...first, layer: "part", label: "lead" },
      { ...inside, layer: "part", label: "rest" },
      "“Part” does not allow spans to overlap here.",
    ],
    [
      "may touch where none may overlap",
      { ranges: [words("brave")], layer: "part", label: "lead" },
      { ranges: [words(" troops")], layer: "part", label: "lead" },
      "applied",
    ],
    [
      "of two layers never mind each other",
      { ...first, layer: "part", label: "lead" },
      first,
      "applied",
    ],
    [
      "may stand in the gap of a span in pieces",
      { ranges: [words("brave"), words("roll")] },
      { ranges: [words("troops")] },
      "applied",
    ],
  ])("%s", (_, one, two, outcome) => {
    expect(reason(made(add("a", one)), add("b", two))).toBe(outcome);
  });

  test("a span with an id that is there already changes nothing", () => {
    const state = made(add("a", first));
    expect(reason(state, add("a", { ranges: [words("roll")] }))).toBe("superseded");
  });

  test("a label or a move that would make a twin is superseded", () => {
    const state = made(add("a", first), add("b", { ...first, label: "euphemism" }));
    expect(reason(state, { kind: "label_span", spanId: id("b"), label: "loaded" })).toBe(
      "superseded",
    );
    const moved = made(add("a", first), add("b", inside));
    expect(reason(moved, { kind: "move_span", spanId: id("b"), ranges: first.ranges })).toBe(
      "superseded",
    );
  });

  test("a move onto another span is refused where the layer allows no overlap", () => {
    const state = made(
      add("a", { ranges: [words("brave")], layer: "part", label: "lead" }),
      add("b", { ranges: [words("troops")], layer: "part", label: "lead" }),
    );
    const move: Change = { kind: "move_span", spanId: id("b"), ranges: first.ranges };
    expect(reason(state, move)).toBe("“Part” does not allow spans to overlap here.");
  });
});

describe("an edit of something that is gone is superseded:", () => {
  test.each<[Change]>([
    [{ kind: "label_span", spanId: id("x"), label: "loaded" }],
    [{ kind: "move_span", spanId: id("x"), ranges: [words("brave")] }],
    [{ kind: "flag_span", spanId: id("x"), flags: ["discuss"] }],
    [{ kind: "set_attribute", targetId: id("x"), attribute: "voice", value: "quoted" }],
    [{ kind: "remove_span", spanId: id("x") }],
    [relate("r", "x", "y")],
    [{ kind: "label_relation", relationId: id("x"), label: "praises" }],
    [{ kind: "remove_relation", relationId: id("x") }],
    [
      {
        kind: "remove_unit_label",
        layer: "slant",
        label: "zero",
        start: codePoint(0),
        end: codePoint(9),
      },
    ],
    [{ kind: "add_comment", comment: { id: id("c"), spanId: id("x"), body: "Why?" } }],
    [{ kind: "remove_comment", commentId: id("x") }],
  ])("$kind", (change) => {
    expect(reason(EMPTY_STATE, change)).toBe("superseded");
  });
});

describe("a relation", () => {
  const ends = [
    add("w", { ranges: [words("brave")] }),
    add("v", { ranges: [words("cleansing")], label: "euphemism" }),
    add("p", { ranges: [words("Mayor Orsk")], layer: "entity", label: "person" }),
    add("q", { ranges: [words("Vintermo")], layer: "entity", label: "place" }),
  ];
  test.each<[string, Change, string]>([
    [
      "joins spans of the layers and labels that the codebook names",
      relate("r", "w", "p"),
      "applied",
    ],
    [
      "cannot end at another label",
      relate("r", "w", "q"),
      "“Blame” cannot end at a span with this label.",
    ],
    [
      "cannot start at another layer",
      relate("r", "p", "w"),
      "“Blame” cannot start at a span with this label.",
    ],
    ["joins two spans, not one with itself", relate("r", "w", "w"), "A relation joins two spans."],
    [
      "has a label of its layer",
      relate("r", "w", "p", "hates"),
      "There is no label “hates” in this codebook.",
    ],
  ])("%s", (_, change, outcome) => {
    expect(reason(made(...ends), change)).toBe(outcome);
  });

  test("that another one says already is superseded, made or relabelled", () => {
    const state = made(...ends, relate("r", "w", "p"), relate("t", "w", "p", "praises"));
    expect(reason(state, relate("s", "w", "p"))).toBe("superseded");
    expect(reason(state, { kind: "label_relation", relationId: id("t"), label: "blames" })).toBe(
      "superseded",
    );
  });

  test("keeps its ends from labels that it cannot stand at", () => {
    const state = made(...ends, relate("r", "w", "p"));
    const relabel: Change = { kind: "label_span", spanId: id("p"), label: "place" };
    expect(reason(state, relabel)).toBe("“Blame” cannot end at a span with this label.");
    expect(reason(state, { kind: "label_span", spanId: id("w"), label: "euphemism" })).toBe(
      "applied",
    );
    expect(reason(made(...ends), relabel)).toBe("applied");
  });

  test("goes with either of its spans, and no other relation does", () => {
    const state = made(...ends, relate("r", "w", "p"), relate("s", "v", "p"));
    for (const [spanId, left] of [
      [id("w"), [id("s")]],
      [id("p"), []],
    ] as const) {
      const verdict = judge(state, { kind: "remove_span", spanId });
      if (verdict.outcome !== "applied") throw new Error(verdict.outcome);
      expect([...verdict.state.relations.keys()]).toEqual(left);
    }
  });
});

describe("a label on a unit", () => {
  test("replaces the one before where a layer takes one, also on a scale", () => {
    const state = made(unitLabel("slant", "minus"), unitLabel("slant", "plus"));
    expect(labelsIn(state, "slant")).toEqual(["plus"]);
  });

  test("stands beside others where a layer takes many", () => {
    const state = made(unitLabel("frames", "economy"), unitLabel("frames", "health"));
    expect(labelsIn(state, "frames")).toEqual(["economy", "health"]);
  });

  test("that is exclusive takes the place of all others, and gives way to the next", () => {
    const none = [unitLabel("frames", "economy"), unitLabel("frames", "no_frame")];
    expect(labelsIn(made(...none), "frames")).toEqual(["no_frame"]);
    expect(labelsIn(made(...none, unitLabel("frames", "health")), "frames")).toEqual(["health"]);
  });

  test("of one sentence leaves the others alone", () => {
    const [one, , three] = richUnits.sentence;
    const on = (place: typeof one, label: string) =>
      unitLabel("sentence_bias", label, { unit: "sentence" }, place);
    const state = made(on(one, "biased"), on(three, "biased"), on(one, "neutral"));
    expect([...state.unitLabels.values()].map(({ start, label }) => [start, label])).toEqual([
      [three?.start, "biased"],
      [one?.start, "neutral"],
    ]);
  });

  test("answers a questionnaire once for each question", () => {
    const state = made(
      unitLabel("questions", "asks_why", { value: "yes" }),
      unitLabel("questions", "asks_who", { value: "no" }),
      unitLabel("questions", "asks_why", { value: "no" }),
    );
    expect([...state.unitLabels.values()].map(({ label, value }) => [label, value])).toEqual([
      ["asks_why", "no"],
      ["asks_who", "no"],
    ]);
  });

  test("names spans as evidence once each, and only those that are there", () => {
    const state = made(
      add("s", { ranges: [words("brave")] }),
      unitLabel("frames", "economy", { evidence: [id("s"), id("s"), id("x")] }),
    );
    expect([...state.unitLabels.values()][0]?.evidence).toEqual([id("s")]);
  });

  test.each<[string, Change, string]>([
    [
      "is refused on a part of the document",
      unitLabel("slant", "zero", {}, { start: 0, end: 10 }),
      "This is not a whole document.",
    ],
    [
      "is refused on a range that is no sentence",
      unitLabel("sentence_bias", "biased", { unit: "sentence" }, { start: 0, end: 10 }),
      "This is not a whole sentence.",
    ],
    [
      "is refused at another level than its layer's",
      unitLabel("sentence_bias", "biased"),
      "There is no document layer “sentence_bias” in this codebook.",
    ],
    [
      "is refused without an answer where each is asked",
      unitLabel("questions", "asks_why"),
      "“Questions” has no such answer.",
    ],
    [
      "is refused with an answer where none is asked",
      unitLabel("slant", "zero", { value: "yes" }),
      "“Slant” takes labels, not answers.",
    ],
    [
      "is refused with a label that does not exist",
      unitLabel("slant", "sideways"),
      "There is no label “sideways” in this codebook.",
    ],
  ])("%s", (_, change, message) => {
    expect(reason(EMPTY_STATE, change)).toBe(message);
  });

  test("is refused with evidence where the layer takes none", () => {
    const state = made(add("s", { ranges: [words("brave")] }));
    expect(reason(state, unitLabel("slant", "zero", { evidence: [id("s")] }))).toBe(
      "“Slant” takes no evidence.",
    );
  });
});

test("submitting is no change of the annotations", () => {
  expect(reason(EMPTY_STATE, { kind: "submit" })).toBe("Submitting is decided by the assignment.");
});
