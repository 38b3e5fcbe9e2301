import type { EditContext } from "@/lib/domain/annotation/edit";
import { makeEditContext } from "@/lib/domain/annotation/make-context";
import { type Codebook, codebookSchema } from "@/lib/domain/codebook/language";
import { indexCodebook } from "@/lib/domain/codebook/lookup";
import { codePoint, codePointLength } from "@/lib/domain/text/offsets";
import type { BlockRole } from "@/lib/domain/text/roles";

const labels = (...keys: string[]) => keys.map((key) => ({ key, name: key }));
const yesNo = [
  { key: "yes", name: "Yes" },
  { key: "no", name: "No" },
];

/** A codebook with every kind of layer, rule and question that edits are judged by. */
export const richCodebook: Codebook = codebookSchema.parse({
  framemark: "codebook/1",
  key: "rich",
  name: "Every kind of layer",
  layers: [
    {
      key: "wording",
      name: "Wording",
      level: "span",
      overlap: "any",
      boundary: { discontinuous: true },
      labels: [
        { key: "slant", name: "Slant", selectable: false },
        { key: "loaded", name: "Loaded language", parent: "slant" },
        { key: "euphemism", name: "Euphemism", parent: "slant" },
        { key: "retired", name: "Retired", archived: true },
      ],
      attributes: [
        {
          key: "voice",
          name: "Voice",
          type: "choice",
          options: [
            { key: "narrator", name: "Narrator" },
            { key: "quoted", name: "Quoted" },
          ],
          required: { labels: ["loaded"] },
        },
        {
          key: "speaker",
          name: "Speaker",
          type: "entity",
          when: { attribute: "voice", is: ["quoted"] },
          required: true,
        },
        { key: "themes", name: "Themes", type: "multi", options: yesNo },
        { key: "strength", name: "Strength", type: "number", minimum: 0, maximum: 10 },
        { key: "ironic", name: "Ironic", type: "yes_no" },
        { key: "note", name: "Note", type: "text" },
      ],
    },
    {
      key: "entity",
      name: "Entity",
      level: "span",
      overlap: "other_labels",
      labels: labels("person", "place"),
    },
    { key: "part", name: "Part", level: "span", overlap: "none", labels: labels("lead", "rest") },
    {
      key: "blame",
      name: "Blame",
      level: "relation",
      from: { layer: "wording", labels: ["loaded", "euphemism"] },
      to: { layer: "entity", labels: ["person"] },
      labels: labels("blames", "praises"),
      attributes: [
        { key: "direct", name: "Direct", type: "yes_no", required: { labels: ["blames"] } },
      ],
    },
    {
      key: "sentence_bias",
      name: "Sentence bias",
      level: "sentence",
      choice: "one",
      labels: labels("biased", "neutral"),
    },
    {
      key: "sentence_moral",
      name: "Morals",
      level: "sentence",
      choice: "many",
      labels: [...labels("care", "harm"), { key: "none", name: "None", exclusive: true }],
      attributes: [{ key: "sure", name: "Sure", type: "yes_no" }],
    },
    {
      key: "block_tone",
      name: "Tone",
      level: "block",
      choice: "scale",
      labels: labels("calm", "heated"),
    },
    {
      key: "frames",
      name: "Frames",
      level: "document",
      choice: "many",
      evidence: "optional",
      minimum: 2,
      maximum: 3,
      labels: [
        ...labels("economy", "security", "health", "morality"),
        { key: "no_frame", name: "No frame", exclusive: true },
      ],
    },
    {
      key: "slant",
      name: "Slant",
      level: "document",
      choice: "scale",
      required: true,
      labels: labels("minus", "zero", "plus"),
    },
    {
      key: "genre",
      name: "Genre",
      level: "document",
      choice: "one",
      evidence: "required",
      labels: labels("report", "opinion"),
    },
    {
      key: "questions",
      name: "Questions",
      level: "document",
      choice: "each",
      required: true,
      answers: yesNo,
      labels: [
        ...labels("asks_why", "asks_who"),
        { key: "asks_old", name: "Asked before", archived: true },
      ],
    },
  ],
});

export const richIndex = indexCodebook(richCodebook);

type RichBlock = { role: BlockRole; text: string };

/** One sentence to a line, so that units need no segmenter; code points and code units differ. */
const lines: RichBlock[] = [
  { role: "headline", text: "Army 🎉 frees Vintermo" },
  { role: "byline", text: "By Ana Pell" },
  { role: "body", text: "The 👩‍👩‍👧 family watched the brave troops roll into the old town." },
  { role: "caption", text: "A soldier at the bridge." },
  { role: "body", text: "Mayor Orsk called it a cleansing, and the square fell silent." },
  { role: "quote", text: "“Liberation”, wrote the ministry of peace." },
];

const placed = lines.map(({ role, text }, at) => {
  const start = lines.slice(0, at).reduce((sum, each) => sum + codePointLength(each.text) + 2, 0);
  return { role, start: codePoint(start), end: codePoint(start + codePointLength(text)) };
});

/** An invented article; its second and fourth lines may not be marked. */
export const richArticle = {
  text: lines.map((line) => line.text).join("\n\n"),
  blocks: placed,
  sentences: placed.flatMap(({ start, end }) => [start, end]),
};

/** What edits of the article under the codebook are judged by. */
export const richContext: EditContext = makeEditContext(richArticle, richIndex);

/** Where labels of whole units may stand in the article. */
export const richUnits = {
  document: [{ start: codePoint(0), end: codePointLength(richArticle.text) }],
  block: placed.map(({ start, end }) => ({ start, end })),
  sentence: placed.map(({ start, end }) => ({ start, end })),
};
