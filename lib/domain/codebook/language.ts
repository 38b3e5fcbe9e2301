import { z } from "zod";
import { COLOURS } from "./palette";

/**
 * The codebook language: one JSON document that says what may be annotated and how.
 * Keys stay the same over versions and renames; names are for people.
 */

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

/** What the two readings of the language differ in: a draft may be unfinished. */
type Strictness = {
  key: z.ZodString;
  name: z.ZodString;
  shortcut: z.ZodString;
  /** Fewest layers of a codebook and labels of a layer. */
  fewest: 0 | 1;
};

const FINISHED: Strictness = {
  key: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.,|-]{0,79}$/, "A key has letters, digits and _ . , | - only."),
  name: z.string().min(1, "A name is missing.").max(200, "A name has at most 200 characters."),
  shortcut: z.string().regex(/^[0-9a-z]$/, "A shortcut is one digit or small letter."),
  fewest: 1,
};

const UNFINISHED: Strictness = {
  key: z.string().max(200),
  name: z.string().max(400),
  shortcut: z.string().max(8),
  fewest: 0,
};

const words = z.string().max(20_000);

/** What the rest is written with. */
function smallParts({ key, name, fewest }: Strictness) {
  return {
    /** All tests must hold. `is` lists accepted values; without it any answer will do. */
    condition: z.strictObject({
      /** Key of another attribute of the same layer. */
      attribute: key.optional(),
      is: z.array(z.string()).min(fewest).optional(),
      /** Keys of labels for which the condition holds. */
      labels: z.array(key).min(fewest).optional(),
    }),
    option: z.strictObject({ key, name, definition: words.optional() }),
    ends: z.strictObject({ layer: key, labels: z.array(key).min(fewest).optional() }),
    /** Points at another label of the layer, or by `layer/label` at one of another layer. */
    hint: z.strictObject({ label: z.string().max(200).optional(), note: words }),
  };
}

function attributeShape(strictness: Strictness) {
  const { condition, option } = smallParts(strictness);
  return z.strictObject({
    key: strictness.key,
    name: strictness.name,
    type: z.enum(ATTRIBUTE_TYPES),
    /** For choice, multi, ordinal and interval; for entity: extra values beside the document's list. */
    options: z.array(option).max(500).optional(),
    /** Asked only when this holds. */
    when: condition.optional(),
    /** True, or a condition under which an answer is required to submit. */
    required: z.union([z.boolean(), condition]).default(false),
    /** Of a number its value, of `multi` how many options, of a text how many characters. */
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    /** Given to a new span without asking. Leave out wherever a default could pass for an answer. */
    default: z.string().max(200).optional(),
    help: words.optional(),
    /** No longer asked; kept for the answers that were given. */
    archived: z.boolean().default(false),
  });
}

function labelShape(strictness: Strictness) {
  const { ends, hint } = smallParts(strictness);
  const { key, fewest } = strictness;
  return z.strictObject({
    key,
    name: strictness.name,
    /** Key of the label above it in the tree. */
    parent: key.optional(),
    /** False for a group that only orders the labels below it. */
    selectable: z.boolean().default(true),
    /** May not stand beside another label of the layer on the same unit. */
    exclusive: z.boolean().default(false),
    /** No longer given; kept for what carries it. */
    archived: z.boolean().default(false),
    colour: z.enum(COLOURS).optional(),
    /** One keyboard key that gives the label. */
    shortcut: strictness.shortcut.optional(),
    definition: words.default(""),
    examples: z.array(words).max(100).default([]),
    counterExamples: z.array(words).max(100).default([]),
    /** Hints of the kind "not this: that label". */
    notThis: z.array(hint).max(50).default([]),
    /** Labels that are easily overlooked beside this one. */
    seeAlso: z.array(hint).max(50).default([]),
    /** For relations: what this label may join, where it is narrower than the layer. */
    pairs: z
      .array(z.strictObject({ from: ends, to: ends }))
      .min(fewest)
      .max(100)
      .optional(),
  });
}

const boundary = z.strictObject({
  /** Spans snap to tokens, or keep to the character selected. */
  unit: z.enum(["token", "character"]).default("token"),
  /** White space and punctuation are trimmed from both ends. */
  trim: z.boolean().default(true),
  within: z.enum(["sentence", "block", "document"]).default("document"),
  discontinuous: z.boolean().default(false),
});

function layerShape(strictness: Strictness) {
  const { ends, option } = smallParts(strictness);
  const { key, name, fewest } = strictness;
  return z.strictObject({
    key,
    name,
    level: z.enum(["span", "relation", "sentence", "block", "document", "event"]),
    description: words.default(""),
    /**
     * How many labels a unit takes: one, several, one on an ordered scale, or an answer to each label
     * (a questionnaire; the answers are listed in `answers`). A span carries exactly one label; with
     * `many` the same words may carry several spans.
     */
    choice: z.enum(["one", "many", "scale", "each"]).default("one"),
    answers: z.array(option).max(500).optional(),
    /** An answer is needed to submit a document. */
    required: z.boolean().default(false),
    minimum: z.number().int().min(0).optional(),
    maximum: z.number().int().min(1).optional(),
    /** When a document or event is asked about: before its text is shown, or once it was read. */
    moment: z.enum(["any", "before_reading", "after_reading"]).default("any"),
    /** Asked once of the unit, or of each entity on the document's closed list. */
    per: z.enum(["unit", "entity"]).default("unit"),
    /** Which other spans a span of this layer may overlap. */
    overlap: z.enum(["any", "other_labels", "none"]).default("any"),
    boundary: boundary.prefault({}),
    /** Whether spans may be named as evidence for a label of this layer. */
    evidence: z.enum(["none", "optional", "required"]).default("none"),
    /** For relations: what the arrow may start and end at. */
    from: ends.optional(),
    to: ends.optional(),
    attributes: z.array(attributeShape(strictness)).max(50).default([]),
    labels: z
      .array(labelShape(strictness))
      .min(fewest, "A layer has one label or more.")
      .max(500, "A layer has at most 500 labels."),
    /** No longer annotated; kept for what carries its labels. */
    archived: z.boolean().default(false),
  });
}

/** The shape of a codebook, without what must hold between its parts. */
function codebookShape(strictness: Strictness) {
  const { key, name, fewest } = strictness;
  const mapping = z.strictObject({
    /** Key of the layer whose labels are mapped. */
    layer: key,
    /** Name of the other scheme. */
    to: name,
    /** The other scheme's label for each of ours; null where it has none. */
    labels: z.record(z.string(), z.string().nullable()),
    note: words.optional(),
  });
  return z.strictObject({
    framemark: z.literal("codebook/1"),
    key,
    name,
    version: z.string().max(80).default("1"),
    language: z.string().max(40).default("en"),
    description: words.default(""),
    /** Whose reading is asked for: the author's intent, a reader's feeling, or what the text conveys. */
    stance: z.enum(["as_intended", "as_felt", "as_conveyed"]).optional(),
    citation: words.default(""),
    /** Parts written from memory that must be checked against the paper before use. */
    checkAgainstPaper: words.optional(),
    /** Markdown, shown beside the text. */
    guidelines: z.string().max(400_000).default(""),
    layers: z
      .array(layerShape(strictness))
      .min(fewest, "A codebook has one layer or more.")
      .max(40, "A codebook has at most 40 layers."),
    mappings: z.array(mapping).max(40).default([]),
  });
}

/**
 * A codebook as it is published and stored. What must hold between its parts is judged before that,
 * by `checkCodebook`, so that an older one can be read after a rule was added.
 */
export const codebookSchema = codebookShape(FINISHED);

/** What can be kept while it is written: the parts are there, their content may be missing or wrong. */
export const draftSchema = codebookShape(UNFINISHED);

export type Codebook = z.infer<typeof codebookSchema>;
export type Layer = Codebook["layers"][number];
export type Label = Layer["labels"][number];
export type Attribute = Layer["attributes"][number];
export type Condition = NonNullable<Attribute["when"]>;
export type Mapping = Codebook["mappings"][number];
export type Level = Layer["level"];
