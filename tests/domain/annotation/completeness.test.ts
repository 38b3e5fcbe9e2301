import { describe, expect, test } from "vitest";
import babeTemplate from "@/codebooks/babe.json";
import { defaultAnswers, isAsked, isRequired } from "@/lib/domain/annotation/attributes";
import { findGaps } from "@/lib/domain/annotation/completeness";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import {
  type AnnotationState,
  type AttributeValues,
  EMPTY_STATE,
  type Relation,
  type Span,
  stateFromData,
  type UnitLabel,
} from "@/lib/domain/annotation/state";
import type { Attribute, Condition } from "@/lib/domain/codebook/language";
import { codebookSchema } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { codePoint } from "@/lib/domain/text/offsets";
import { richContext, richIndex } from "@/tests/support/rich-codebook";

const question = (when?: Condition, required: boolean | Condition = false): Attribute => ({
  key: "q",
  name: "Question",
  type: "text",
  required,
  archived: false,
  ...(when === undefined ? {} : { when }),
});

describe("a question with a condition", () => {
  test.each<[string, Condition, AttributeValues, boolean]>([
    ["is asked under one of its labels", { labels: ["a", "b"] }, {}, true],
    ["is not asked under another label", { labels: ["b"] }, {}, false],
    ["is not asked while the answer it depends on is open", { attribute: "x" }, {}, false],
    ["is asked after any answer", { attribute: "x" }, { x: "anything" }, true],
    ["is asked after a listed answer", { attribute: "x", is: ["1", "2"] }, { x: "2" }, true],
    ["is not asked after another answer", { attribute: "x", is: ["1"] }, { x: "2" }, false],
    ["finds a listed answer among several", { attribute: "x", is: ["1"] }, { x: ["3", "1"] }, true],
    ["reads a number as its digits", { attribute: "x", is: ["3"] }, { x: 3 }, true],
    ["reads true as yes", { attribute: "x", is: ["yes"] }, { x: true }, true],
    ["reads false as no", { attribute: "x", is: ["no"] }, { x: false }, true],
    ["needs all its tests to hold", { attribute: "x", labels: ["b"] }, { x: "1" }, false],
  ])("%s", (_, when, attributes, expected) => {
    expect(isAsked(question(when), { label: "a", attributes })).toBe(expected);
  });

  test("is required only where it is asked", () => {
    const subject = { label: "a", attributes: {} };
    expect(isRequired(question(undefined, true), subject)).toBe(true);
    expect(isRequired(question({ labels: ["b"] }, true), subject)).toBe(false);
    expect(isRequired(question(undefined, { labels: ["a"] }), subject)).toBe(true);
    expect(isRequired(question(undefined, { labels: ["b"] }), subject)).toBe(false);
    expect(isRequired(question(), subject)).toBe(false);
  });

  test("gives its default to a new span only where it is asked", () => {
    const layer = {
      ...richIndex.codebook.layers[0],
      attributes: [
        { ...question(), key: "first", default: "one" },
        { ...question({ attribute: "first", is: ["one"] }), key: "second", default: "two" },
        { ...question({ labels: ["b"] }), key: "third", default: "three" },
        { ...question(), key: "fourth", type: "yes_no" as const, default: "yes" },
        { ...question(), key: "fifth" },
      ],
    } as Parameters<typeof defaultAnswers>[0];
    expect(defaultAnswers(layer, "a")).toEqual({ first: "one", second: "two", fourth: true });
  });
});

const span = (more: Partial<Span> = {}): Span => ({
  id: "s",
  layer: "wording",
  label: "loaded",
  ranges: [{ start: codePoint(0), end: codePoint(4), quote: "Army" }],
  attributes: { voice: "narrator" },
  flags: [],
  origin: "manual",
  ...more,
});

const blame: Relation = {
  id: "r",
  layer: "blame",
  label: "blames",
  from: "s",
  to: "p",
  attributes: { direct: true },
};

const unit = (layer: string, label: string, more: Partial<UnitLabel> = {}): UnitLabel => ({
  layer,
  label,
  unit: "document",
  start: codePoint(0),
  end: codePoint(9),
  value: null,
  evidence: [],
  ...more,
});

const complete: UnitLabel[] = [
  unit("slant", "zero"),
  unit("questions", "asks_why", { value: "yes" }),
  unit("questions", "asks_who", { value: "no" }),
  unit("frames", "economy"),
  unit("frames", "health"),
];

type Parts = { spans?: Span[]; relations?: Relation[]; unitLabels?: UnitLabel[] };

const stateOf = ({ spans = [], relations = [], unitLabels = complete }: Parts): AnnotationState =>
  stateFromData({ spans, relations, unitLabels, comments: [], flags: [] });

const messages = (parts: Parts) =>
  findGaps(stateOf(parts), richContext).map(({ message }) => message);

const without = (layer: string, ...others: UnitLabel[]): UnitLabel[] => [
  ...complete.filter((each) => each.layer !== layer),
  ...others,
];

describe("what is missing before a document can be submitted", () => {
  test.each<[string, Parts, string[]]>([
    ["is nothing where all is answered", { spans: [span()] }, []],
    [
      "is a required answer of a span",
      { spans: [span({ attributes: {} })] },
      ["“Army” needs voice."],
    ],
    [
      "is not an answer that another label requires",
      { spans: [span({ label: "euphemism", attributes: {} })] },
      [],
    ],
    [
      "is an answer that another answer makes necessary",
      { spans: [span({ attributes: { voice: "quoted" } })] },
      ["“Army” needs speaker."],
    ],
    [
      "is not an answer that is no longer asked",
      { spans: [span({ attributes: { voice: "narrator", speaker: "Orsk" } })] },
      [],
    ],
    [
      "is a required answer of a relation, found at the span where it starts",
      { spans: [span()], relations: [{ ...blame, attributes: {} }] },
      ["“Army” needs direct."],
    ],
    [
      "is not a relation's answer that its label does not require",
      { spans: [span()], relations: [{ ...blame, label: "praises", attributes: {} }] },
      [],
    ],
    [
      "is a required document label",
      { unitLabels: without("slant") },
      ["“Slant” needs an answer."],
    ],
    [
      "is a second label where two are the least",
      { unitLabels: without("frames", unit("frames", "economy")) },
      ["“Frames” needs 2 labels."],
    ],
    [
      "is one label fewer where three are the most",
      {
        unitLabels: [...complete, unit("frames", "security"), unit("frames", "morality")],
      },
      ["“Frames” takes at most 3 labels."],
    ],
    [
      "is each open question of a questionnaire",
      { unitLabels: without("questions") },
      ["“Questions” has 2 open questions."],
    ],
    [
      "is the last open question, also when one that is asked no more was answered",
      {
        unitLabels: without(
          "questions",
          unit("questions", "asks_why", { value: "yes" }),
          unit("questions", "asks_old", { value: "yes" }),
        ),
      },
      ["“Questions” has 1 open question."],
    ],
    [
      "is a span as evidence where the layer asks for one",
      { unitLabels: [...complete, unit("genre", "report")] },
      ["“Genre” needs a span as evidence for each label."],
    ],
    [
      "is no evidence where each label has some",
      { unitLabels: [...complete, unit("genre", "report", { evidence: ["s"] })] },
      [],
    ],
  ])("%s", (_, parts, expected) => {
    expect(messages(parts)).toEqual(expected);
  });

  test("comes in the order of the text, spans before the document", () => {
    const later = span({
      id: "t",
      ranges: [{ start: codePoint(7), end: codePoint(12), quote: "frees" }],
      attributes: {},
    });
    const gaps = messages({
      spans: [later, span({ attributes: {} })],
      unitLabels: without("slant"),
    });
    expect(gaps).toEqual([
      "“Army” needs voice.",
      "“frees” needs voice.",
      "“Slant” needs an answer.",
    ]);
  });

  test("is nothing in a document that is flagged as not annotatable", () => {
    expect(findGaps(EMPTY_STATE, richContext)).not.toEqual([]);
    expect(findGaps({ ...EMPTY_STATE, flags: ["not_annotatable"] }, richContext)).toEqual([]);
  });

  test("names a long span by its beginning", () => {
    const quote = `🎉${"a".repeat(60)}`;
    const long = span({
      attributes: {},
      ranges: [{ start: codePoint(0), end: codePoint(61), quote }],
    });
    expect(messages({ spans: [long] })).toEqual([`“🎉${"a".repeat(38)}…” needs voice.`]);
  });
});

describe("a required sentence layer", () => {
  const babe = indexCodebook(codebookSchema.parse(babeTemplate));
  const layer = babe.layersAt("sentence").find((each) => each.required);
  const text = "Mayor rams scheme through\nCaption of the mayor.\nShe signed. Few cheered.";
  const context = makeEditContext(
    {
      text,
      blocks: [
        { role: "headline", start: 0, end: 25 },
        { role: "caption", start: 26, end: 47 },
        { role: "body", start: 48, end: 72 },
      ],
      sentences: [0, 25, 26, 47, 48, 59, 60, 72],
    },
    babe,
  );
  const labelled = (...places: [number, number][]) =>
    stateFromData({
      spans: [],
      relations: [],
      comments: [],
      flags: [],
      unitLabels: places.map(([start, end]) => ({
        layer: layer?.key ?? "",
        label: layer?.labels[0]?.key ?? "",
        unit: "sentence",
        start: codePoint(start),
        end: codePoint(end),
        value: null,
        evidence: [],
      })),
    });
  const gapOf = (state: AnnotationState) =>
    findGaps(state, context).filter((gap) => gap.at !== "span" && gap.layer === layer?.key);

  test("is open for every sentence that can be annotated, captions left out", () => {
    expect(gapOf(EMPTY_STATE)).toEqual([
      {
        at: "unit",
        layer: layer?.key,
        place: { start: 0, end: 25 },
        message: expect.stringContaining("is open for 3 sentences."),
      },
    ]);
  });

  test("leads to the first sentence that is still open", () => {
    const [gap] = gapOf(labelled([0, 25], [60, 72]));
    expect(gap).toMatchObject({ place: { start: 48, end: 59 } });
  });

  test("is done when each sentence has a label", () => {
    expect(gapOf(labelled([0, 25], [48, 59], [60, 72]))).toEqual([]);
  });
});
