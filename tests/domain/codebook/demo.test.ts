import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { answerProblem, isRequired } from "../../../lib/domain/annotation/attributes";
import { type Codebook, codebookSchema, type Layer } from "../../../lib/domain/codebook/language";
import { indexText } from "../../../lib/domain/text/offsets";
import { isAnnotatable } from "../../../lib/domain/text/roles";
import { findBlocks } from "../../../lib/domain/text/structure";

const root = new URL("../../../", import.meta.url);
const folder = new URL("prisma/demo/", root);

const text = z.string().min(1);
const day = z.iso.date();

/** The shape that the loader of the demo reads. */
const demoSchema = z.strictObject({
  notice: text,
  project: z.strictObject({ name: text, description: text, codebook: text }),
  event: z.strictObject({ name: text, happenedOn: day }),
  people: z.array(
    z.strictObject({ email: z.email(), name: text, role: z.enum(["lead", "annotator", "admin"]) }),
  ),
  documents: z.array(
    z.strictObject({
      file: text,
      title: text,
      outlet: text,
      author: text,
      publishedOn: day,
      country: text,
      language: z.literal("en"),
    }),
  ),
  sets: z.array(
    z.strictObject({
      annotator: text,
      document: text,
      state: z.enum(["submitted", "in_progress", "assigned", "skipped"]),
      skipReason: text.optional(),
      activeSeconds: z.number().int().min(0),
      spans: z.array(
        z.strictObject({
          label: text,
          quote: text,
          occurrence: z.number().int().min(1),
          attributes: z.record(z.string(), text),
          comment: text.optional(),
        }),
      ),
      frames: z.array(text),
      /** Left out until it is answered. */
      overall: text.optional(),
      flags: z.array(z.enum(["discuss", "not_annotatable"])).optional(),
    }),
  ),
});

type Demo = z.infer<typeof demoSchema>;
type AnnotatorSet = Demo["sets"][number];
type DemoSpan = AnnotatorSet["spans"][number];
/** UTF-16 code units, half-open. */
type Place = { start: number; end: number };

const demo = demoSchema.parse(JSON.parse(readFileSync(new URL("demo.json", folder), "utf8")));
const codebook: Codebook = codebookSchema.parse(
  JSON.parse(readFileSync(new URL(`codebooks/${demo.project.codebook}.json`, root), "utf8")),
);
const texts = new Map(demo.documents.map(({ file }) => [file, readText(file)]));
const annotators = demo.people.filter((each) => each.role === "annotator");

describe("the demo", () => {
  test("has three documents, one lead, four annotators and an admin", () => {
    expect(demo.documents).toHaveLength(3);
    expect(new Set(demo.documents.map((each) => each.outlet)).size).toBe(3);
    expect(annotators).toHaveLength(4);
    const others = demo.people.filter((each) => each.role !== "annotator");
    expect(others.map((each) => each.role).sort()).toEqual(["admin", "lead"]);
    expect(new Set(demo.people.map((each) => each.email)).size).toBe(6);
    for (const each of demo.people) expect(each.email).toMatch(/@example\.org$/);
  });

  test("lists every text in its folder", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".txt"));
    expect(files.sort()).toEqual([...texts.keys()].sort());
  });

  test("gives every annotator one set for each document", () => {
    const pairs = demo.sets.map((each) => `${each.annotator} ${each.document}`);
    const wanted = annotators.flatMap(({ email }) => [...texts.keys()].map((f) => `${email} ${f}`));
    expect(pairs.sort()).toEqual(wanted.sort());
  });

  test("has two documents that all have submitted and one in every state of work", () => {
    const states = demo.documents.map(({ file }) =>
      demo.sets.filter((each) => each.document === file).map((each) => each.state),
    );
    const all = ["submitted", "submitted", "submitted", "submitted"];
    expect(states.map((each) => each.sort())).toEqual([
      all,
      all,
      ["assigned", "in_progress", "submitted", "submitted"],
    ]);
  });

  test("leaves an assigned document untouched and an unfinished one with a few spans", () => {
    for (const set of demo.sets.filter((each) => each.state === "assigned")) {
      expect(set).toMatchObject({ spans: [], frames: [], activeSeconds: 0 });
      expect(set.overall).toBeUndefined();
    }
    for (const set of demo.sets.filter((each) => each.state === "in_progress")) {
      expect(set.spans.length).toBeGreaterThan(0);
      expect(set.spans.length).toBeLessThan(8);
    }
  });
});

describe.each([...texts])("%s", (file, body) => {
  test("has 350 to 600 words", () => {
    const words = body.split(/\s+/).length;
    expect(words).toBeGreaterThanOrEqual(350);
    expect(words).toBeLessThanOrEqual(600);
  });

  test("is normalised and opens with its title", () => {
    expect(body).toBe(body.normalize("NFC"));
    expect(body).not.toMatch(/[\r\u00a0]| $/m);
    expect(body.split("\n")[0]).toBe(demo.documents.find((each) => each.file === file)?.title);
  });

  test("has the parts of a news page", () => {
    const roles = new Set(findBlocks(body).map((block) => block.role));
    for (const role of [
      "headline",
      "standfirst",
      "caption",
      "photo_credit",
      "subheading",
      "body",
      "related_link",
    ] as const) {
      expect(roles).toContain(role);
    }
  });
});

describe("the texts", () => {
  test("have a placeholder and a promotion line in one of them", () => {
    const roles = [...texts.values()].map((body) => findBlocks(body).map((block) => block.role));
    const shaped = roles.filter(
      (each) => each.includes("widget_placeholder") && each.includes("promo_footer"),
    );
    expect(shaped).toHaveLength(1);
  });

  test("have typographic quotes, an en dash and an emoji in one of them", () => {
    const rich = [...texts.values()].filter(
      (body) =>
        /“[^”]+”/.test(body) && body.includes("–") && /\p{Extended_Pictographic}/u.test(body),
    );
    expect(rich).toHaveLength(1);
    expect(rich.every((body) => indexText(body).length < body.length)).toBe(true);
  });

  test("call one town by the verb of each side", () => {
    expect(texts.get("corvane-herald.txt")).toContain("liberated Dellin");
    expect(texts.get("vintermo-post.txt")).toContain("seized Dellin");
    expect(texts.get("straits-wire.txt")).toContain("recaptured Dellin");
  });
});

describe.each(demo.sets)("the set of $annotator on $document", (set) => {
  test("fits its text and its codebook", () => {
    expect(setProblems(set)).toEqual([]);
  });

  test("has 12 to 22 spans and an overall answer if it is submitted", () => {
    if (set.state !== "submitted") return;
    expect(set.spans.length).toBeGreaterThanOrEqual(12);
    expect(set.spans.length).toBeLessThanOrEqual(22);
    expect(set.overall).toBeDefined();
    expect(set.activeSeconds).toBeGreaterThan(300);
  });
});

describe("the annotators", () => {
  const submitted = demo.sets.filter((each) => each.state === "submitted");

  test("differ in length of spans: Deniz marks words, Ben marks clauses", () => {
    expect(meanWords("deniz@example.org")).toBeLessThan(2);
    expect(meanWords("ben@example.org")).toBeGreaterThan(4);
    expect(meanWords("chiara@example.org")).toBeLessThan(meanWords("ben@example.org"));
  });

  test("differ in what they do with quotations: Chiara leaves them alone", () => {
    expect(inQuotes("chiara@example.org")).toBe(0);
    expect(inQuotes("ana@example.org")).toBeGreaterThan(5);
  });

  test("disagree on the label of the same words", () => {
    expect(conflicts().filter((each) => each.sameWords).length).toBeGreaterThanOrEqual(3);
  });

  test("disagree on where spans begin and end", () => {
    expect(conflicts().filter((each) => !each.sameWords).length).toBeGreaterThanOrEqual(20);
  });

  test("nest spans inside their own", () => {
    expect(submitted.filter((set) => nested(set).length > 0).length).toBeGreaterThanOrEqual(4);
  });

  test("disagree on the overall slant of an article", () => {
    const answers = demo.documents.map(
      ({ file }) => new Set(submitted.filter((s) => s.document === file).map((s) => s.overall)),
    );
    expect(answers.some((each) => each.size > 1)).toBe(true);
  });

  function of(email: string): DemoSpan[] {
    return submitted.filter((each) => each.annotator === email).flatMap((each) => each.spans);
  }
  function meanWords(email: string): number {
    const spans = of(email);
    const words = spans.map((each) => each.quote.split(" ").length);
    return words.reduce((sum, each) => sum + each, 0) / spans.length;
  }
  function inQuotes(email: string): number {
    return of(email).filter((each) => each.attributes.voice === "direct_quote").length;
  }
  function nested(set: AnnotatorSet): Place[] {
    const places = set.spans.flatMap((each) => placeOf(set, each) ?? []);
    return places.filter((inner) =>
      places.some(
        (outer) => outer !== inner && outer.start <= inner.start && inner.end <= outer.end,
      ),
    );
  }
  /** Overlapping spans of two annotators that differ in label (same words) or in boundaries. */
  function conflicts(): { sameWords: boolean }[] {
    return submitted.flatMap((one, index) =>
      submitted
        .slice(index + 1)
        .filter((two) => two.document === one.document && two.annotator !== one.annotator)
        .flatMap((two) => compare(one, two)),
    );
  }
  function compare(one: AnnotatorSet, two: AnnotatorSet): { sameWords: boolean }[] {
    return one.spans.flatMap((left) =>
      two.spans.flatMap((right) => {
        const [a, b] = [placeOf(one, left), placeOf(two, right)];
        if (a === null || b === null || a.end <= b.start || b.end <= a.start) return [];
        const sameWords = a.start === b.start && a.end === b.end;
        return sameWords && left.label === right.label ? [] : [{ sameWords }];
      }),
    );
  }
});

describe("a spoiled set", () => {
  const sound = demo.sets.find(
    (each) => each.state === "submitted" && each.document === "corvane-herald.txt",
  );
  const span: DemoSpan = {
    label: "loaded_language",
    quote: "overran",
    occurrence: 1,
    attributes: { voice: "narrator" },
  };

  test.each<[string, Partial<DemoSpan>]>([
    ["words that are not in the text", { quote: "overwhelmed" }],
    ["an occurrence that does not exist", { occurrence: 2 }],
    ["a label that does not exist", { label: "spin" }],
    ["an attribute that does not exist", { attributes: { voice: "narrator", mood: "bad" } }],
    ["an option that does not exist", { attributes: { voice: "chorus" } }],
    ["no voice for loaded language", { attributes: {} }],
    ["words of a caption", { quote: "raise their flag" }],
    ["words of a related link", { quote: "always Tarvenian" }],
    ["the promotion line", { quote: "Night Desk" }],
    ["words of two paragraphs", { quote: "valley.\n\nMinister Ilren Dascu" }],
    ["half a word", { quote: "overra" }],
    ["a full stop at its end", { quote: "their homes." }],
  ])("is noticed for %s", (_name, change) => {
    expect(setProblems({ ...base(), spans: [{ ...span, ...change }] })).toHaveLength(1);
  });

  test("is noticed for a frame, an answer or a person that does not exist", () => {
    expect(setProblems({ ...base(), frames: ["weather"] })).toHaveLength(1);
    expect(setProblems({ ...base(), overall: "7" })).toHaveLength(1);
    expect(setProblems({ ...base(), annotator: "nobody@example.org" })).toHaveLength(1);
  });

  test("is noticed for the same span given twice", () => {
    expect(setProblems({ ...base(), spans: [span, span] })).toHaveLength(1);
  });

  test("is not noticed when nothing is wrong", () => {
    expect(setProblems({ ...base(), spans: [span] })).toEqual([]);
  });

  function base(): AnnotatorSet {
    if (sound === undefined) throw new Error("The demo has no submitted set.");
    return { ...sound, spans: [] };
  }
});

/** What is wrong with a set, a sentence each. */
function setProblems(set: AnnotatorSet): string[] {
  const frames = keysOf(layerOf("frames"));
  const overall = keysOf(layerOf("overall"));
  const places = set.spans.map((each) => `${each.label} ${each.quote} ${each.occurrence}`);
  return [
    ...(annotators.some((each) => each.email === set.annotator) ? [] : ["No such annotator."]),
    ...set.frames.filter((each) => !frames.includes(each)).map((each) => `No frame ${each}.`),
    ...(set.overall === undefined || overall.includes(set.overall) ? [] : ["No such answer."]),
    ...places
      .filter((each, index) => places.indexOf(each) !== index)
      .map((each) => `Twice: ${each}`),
    ...set.spans.flatMap((span) => [...textProblems(set, span), ...codebookProblems(span)]),
  ];
}

function textProblems(set: AnnotatorSet, span: DemoSpan): string[] {
  const body = texts.get(set.document) ?? "";
  const place = placeOf(set, span);
  if (place === null) return [`“${span.quote}” is not there ${span.occurrence} time(s).`];
  const index = indexText(body);
  const block = findBlocks(body).find(
    (each) => index.toUtf16(each.start) <= place.start && place.end <= index.toUtf16(each.end),
  );
  if (block === undefined) return [`“${span.quote}” crosses paragraphs.`];
  if (!isAnnotatable(block.role)) return [`“${span.quote}” stands in a ${block.role}.`];
  if (/^[^\p{L}\p{N}]|[^\p{L}\p{N}]$/u.test(span.quote)) return [`“${span.quote}” is not trimmed.`];
  const around = `${body[place.start - 1] ?? " "} ${body[place.end] ?? " "}`;
  return /[\p{L}\p{N}]/u.test(around) ? [`“${span.quote}” cuts a word.`] : [];
}

function codebookProblems(span: DemoSpan): string[] {
  const layer = layerOf("span");
  if (!keysOf(layer).includes(span.label)) return [`No label ${span.label}.`];
  const unknown = Object.keys(span.attributes).filter(
    (key) => !layer.attributes.some((each) => each.key === key),
  );
  const answers = layer.attributes.flatMap((attribute) => {
    const given = span.attributes[attribute.key];
    if (given !== undefined) return answerProblem(attribute, given) ?? [];
    return isRequired(attribute, span) ? [`${attribute.name} is missing on “${span.quote}”.`] : [];
  });
  return [...unknown.map((key) => `No attribute ${key}.`), ...answers];
}

/** Where the quote stands for the n-th time, or null. */
function placeOf(set: AnnotatorSet, span: DemoSpan): Place | null {
  const body = texts.get(set.document) ?? "";
  let start = -1;
  for (let count = 0; count < span.occurrence; count++) {
    start = body.indexOf(span.quote, start + 1);
    if (start === -1) return null;
  }
  return { start, end: start + span.quote.length };
}

function layerOf(key: string): Layer {
  const found = codebook.layers.find((each) => each.key === key);
  if (found === undefined) throw new Error(`The codebook has no layer ${key}.`);
  return found;
}

function keysOf(layer: Layer): string[] {
  return layer.labels.filter((each) => each.selectable).map((each) => each.key);
}

function readText(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}
