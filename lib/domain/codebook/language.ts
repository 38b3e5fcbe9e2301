import { z } from "zod";

/**
 * The codebook language: one JSON document that says what may be annotated and how.
 * Keys stay the same over versions and renames; names are for people.
 */

const key = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.,|-]{0,79}$/, "A key has letters, digits and _ . , | - only.");

/** Palette names rather than free colours: each has a light, a dark and a forced-colours form. */
export const COLOURS = [
  "blue",
  "vermilion",
  "green",
  "magenta",
  "sky",
  "amber",
  "violet",
  "grey",
] as const;

const ATTRIBUTE_TYPES = [
  "choice",
  "multi",
  "ordinal",
  "interval",
  "number",
  "text",
  "entity",
  "yes_no",
] as const;

/** All tests must hold. `is` lists accepted values; without it any answer will do. */
const condition = z.strictObject({
  /** Key of another attribute of the same layer. */
  attribute: key.optional(),
  is: z.array(z.string()).min(1).optional(),
  /** Keys of labels for which the condition holds. */
  labels: z.array(key).min(1).optional(),
});

const option = z.strictObject({
  key,
  name: z.string().min(1),
  definition: z.string().optional(),
});

const attribute = z.strictObject({
  key,
  name: z.string().min(1),
  type: z.enum(ATTRIBUTE_TYPES),
  /** For choice, multi, ordinal and interval; for entity: extra values beside the document's list. */
  options: z.array(option).optional(),
  /** Asked only when this holds. */
  when: condition.optional(),
  /** True, or a condition under which an answer is required to submit. */
  required: z.union([z.boolean(), condition]).default(false),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** Given to a new span without asking. Leave out wherever a default could pass for an answer. */
  default: z.string().optional(),
  help: z.string().optional(),
});

const label = z.strictObject({
  key,
  name: z.string().min(1).max(200),
  /** Key of the label above it in the tree. */
  parent: key.optional(),
  /** False for a group that only orders the labels below it. */
  selectable: z.boolean().default(true),
  /** May not stand beside another label of the layer on the same unit. */
  exclusive: z.boolean().default(false),
  archived: z.boolean().default(false),
  colour: z.enum(COLOURS).optional(),
  /** One keyboard key that gives the label. */
  shortcut: z
    .string()
    .regex(/^[0-9a-z]$/, "A shortcut is one digit or small letter.")
    .optional(),
  definition: z.string().default(""),
  examples: z.array(z.string()).default([]),
  counterExamples: z.array(z.string()).default([]),
  /** Hints of the kind "not this: that label". */
  notThis: z.array(z.strictObject({ label: key.optional(), note: z.string() })).default([]),
});

const boundary = z.strictObject({
  /** Spans snap to tokens, or keep to the character selected. */
  unit: z.enum(["token", "character"]).default("token"),
  /** White space and punctuation are trimmed from both ends. */
  trim: z.boolean().default(true),
  within: z.enum(["sentence", "block", "document"]).default("document"),
  discontinuous: z.boolean().default(false),
});

const ends = z.strictObject({ layer: key, labels: z.array(key).min(1).optional() });

const layer = z.strictObject({
  key,
  name: z.string().min(1),
  level: z.enum(["span", "relation", "sentence", "block", "document", "event"]),
  description: z.string().default(""),
  /**
   * How many labels a unit takes: one, several, one on an ordered scale, or an answer to each label
   * (a questionnaire; the answers are listed in `answers`). A span carries exactly one label; with
   * `many` the same words may carry several spans.
   */
  choice: z.enum(["one", "many", "scale", "each"]).default("one"),
  answers: z.array(option).optional(),
  /** An answer is needed to submit a document. */
  required: z.boolean().default(false),
  minimum: z.number().int().min(0).optional(),
  maximum: z.number().int().min(1).optional(),
  /** Which other spans a span of this layer may overlap. */
  overlap: z.enum(["any", "other_labels", "none"]).default("any"),
  boundary: boundary.prefault({}),
  /** Whether spans may be named as evidence for a label of this layer. */
  evidence: z.enum(["none", "optional", "required"]).default("none"),
  /** For relations: what the arrow may start and end at. */
  from: ends.optional(),
  to: ends.optional(),
  attributes: z.array(attribute).default([]),
  labels: z.array(label).min(1).max(500),
});

const mapping = z.strictObject({
  /** Key of the layer whose labels are mapped. */
  layer: key,
  to: z.string().min(1),
  labels: z.record(z.string(), z.string().nullable()),
  note: z.string().optional(),
});

export const codebookSchema = z
  .strictObject({
    framemark: z.literal("codebook/1"),
    key,
    name: z.string().min(1).max(200),
    version: z.string().default("1"),
    language: z.string().default("en"),
    description: z.string().default(""),
    /** Whose reading is asked for: the author's intent, a reader's feeling, or what the text conveys. */
    stance: z.enum(["as_intended", "as_felt", "as_conveyed"]).optional(),
    citation: z.string().default(""),
    /** Parts written from memory that must be checked against the paper before use. */
    checkAgainstPaper: z.string().optional(),
    /** Markdown, shown beside the text. */
    guidelines: z.string().default(""),
    layers: z.array(layer).min(1).max(40),
    mappings: z.array(mapping).default([]),
  })
  .superRefine((codebook, context) => {
    for (const problem of codebookProblems(codebook)) {
      context.addIssue({ code: "custom", message: problem.message, path: problem.path });
    }
  });

export type Codebook = z.infer<typeof codebookSchema>;
export type Layer = Codebook["layers"][number];
export type Label = Layer["labels"][number];
export type Attribute = Layer["attributes"][number];
export type Condition = NonNullable<Attribute["when"]>;
export type Level = Layer["level"];
export type Colour = (typeof COLOURS)[number];

type Problem = { message: string; path: (string | number)[] };
type Shape = { layers: Layer[] };

/** References inside a codebook that lead nowhere, and keys used twice. */
function codebookProblems(codebook: Shape): Problem[] {
  const problems: Problem[] = [];
  const layerKeys = codebook.layers.map((each) => each.key);
  repeated(layerKeys).forEach((index) => {
    problems.push({ message: "Another layer has this key.", path: ["layers", index, "key"] });
  });
  codebook.layers.forEach((each, index) => {
    for (const problem of layerProblems(each, codebook.layers)) {
      problems.push({ ...problem, path: ["layers", index, ...problem.path] });
    }
  });
  return problems;
}

function layerProblems(each: Layer, layers: Layer[]): Problem[] {
  return [...labelProblems(each), ...attributeProblems(each), ...relationProblems(each, layers)];
}

function labelProblems(each: Layer): Problem[] {
  const problems: Problem[] = [];
  const keys = each.labels.map((one) => one.key);
  const known = new Set(keys);
  repeated(keys).forEach((index) => {
    problems.push({ message: "Another label has this key.", path: ["labels", index, "key"] });
  });
  repeated(each.labels.map((one) => one.shortcut)).forEach((index) => {
    problems.push({
      message: "Another label has this shortcut.",
      path: ["labels", index, "shortcut"],
    });
  });
  each.labels.forEach((one, index) => {
    if (one.parent !== undefined && (one.parent === one.key || !known.has(one.parent))) {
      problems.push({ message: "There is no such parent.", path: ["labels", index, "parent"] });
    }
  });
  if (each.choice === "each" && (each.answers ?? []).length < 2) {
    problems.push({ message: "A questionnaire needs two answers or more.", path: ["answers"] });
  }
  if (each.labels.every((one) => !one.selectable)) {
    problems.push({ message: "No label can be chosen.", path: ["labels"] });
  }
  return problems;
}

function attributeProblems(each: Layer): Problem[] {
  const problems: Problem[] = [];
  const keys = each.attributes.map((one) => one.key);
  repeated(keys).forEach((index) => {
    problems.push({ message: "Another attribute has this key.", path: ["attributes", index] });
  });
  each.attributes.forEach((one, index) => {
    const needsOptions = ["choice", "multi", "ordinal", "interval"].includes(one.type);
    if (needsOptions && (one.options ?? []).length < 2) {
      problems.push({
        message: "This type needs two options or more.",
        path: ["attributes", index, "options"],
      });
    }
    const tests = [one.when, typeof one.required === "boolean" ? undefined : one.required];
    for (const test of tests) {
      if (test?.attribute !== undefined && !keys.includes(test.attribute)) {
        problems.push({ message: "There is no such attribute.", path: ["attributes", index] });
      }
    }
  });
  return problems;
}

function relationProblems(each: Layer, layers: Layer[]): Problem[] {
  if (each.level !== "relation") return [];
  if (each.from === undefined || each.to === undefined) {
    return [{ message: "A relation says what it goes from and to.", path: ["from"] }];
  }
  const spans = new Set(layers.filter((one) => one.level === "span").map((one) => one.key));
  return [each.from, each.to].flatMap((end, index) =>
    spans.has(end.layer)
      ? []
      : [{ message: "There is no such span layer.", path: [index === 0 ? "from" : "to", "layer"] }],
  );
}

/** Indexes of values that stood earlier in the list. */
function repeated(values: (string | undefined)[]): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (value === undefined) return [];
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
}
