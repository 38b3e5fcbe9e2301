import type { Attribute, Codebook, Layer, Level } from "@/lib/domain/codebook/language";

/** What each level of a layer is, as it is offered and printed. */
export const LEVEL_WORDS: Record<Level, { name: string; says: string; printed: string }> = {
  span: {
    name: "Words in the text",
    says: "Annotators mark words and give them a label, e.g. loaded language.",
    printed: "Words marked in the text",
  },
  relation: {
    name: "Links between marked words",
    says: "Annotators join two marks, e.g. from a quotation to its speaker.",
    printed: "Links between marked words",
  },
  sentence: {
    name: "Sentences",
    says: "A question about each sentence, e.g. fact or opinion.",
    printed: "Answers for each sentence",
  },
  block: {
    name: "Paragraphs",
    says: "A question about each paragraph, e.g. its frame.",
    printed: "Answers for each paragraph",
  },
  document: {
    name: "The whole article",
    says: "Questions about the article, e.g. its genre or stance.",
    printed: "Answers for the whole article",
  },
  event: {
    name: "The event",
    says: "Questions about all articles on one event together.",
    printed: "Answers for the event",
  },
};

/** How many labels a unit takes. */
export const CHOICE_WORDS: Record<Layer["choice"], { name: string; printed: string }> = {
  one: { name: "One label", printed: "one label" },
  many: { name: "Any number of labels", printed: "any number of labels" },
  scale: { name: "One step of a scale (the order counts)", printed: "one step of a scale" },
  each: { name: "An answer to every label (a questionnaire)", printed: "an answer to each item" },
};

export const TYPE_WORDS: Record<Attribute["type"], { name: string; says: string }> = {
  yes_no: { name: "Yes or no", says: "Two answers." },
  choice: { name: "One of several", says: "Options without an order." },
  multi: { name: "Several of several", says: "Any number of the options." },
  ordinal: {
    name: "A step of an order",
    says: "Options in order, without equal distances; agreement counts near misses as less wrong.",
  },
  interval: {
    name: "A step of a scale with equal distances",
    says: "Options in order, each as far from the next, such as −2 to 2.",
  },
  number: { name: "A number", says: "Typed, between the least and the most." },
  text: { name: "Free text", says: "Typed. Agreement cannot be computed on it." },
  entity: {
    name: "A person or organisation",
    says: "From the document's list of entities, so that all write it the same way.",
  },
};

export const STANCE_WORDS: Record<
  NonNullable<Codebook["stance"]>,
  { name: string; printed: string }
> = {
  as_intended: { name: "As the author meant it", printed: "Read as the author meant it." },
  as_felt: { name: "As the annotator feels it", printed: "Read as you feel it." },
  as_conveyed: {
    name: "As the text conveys it to its readers",
    printed: "Read as what the text conveys to its readers.",
  },
};

/** Whether a layer's labels stand on words of the text, so that colour, line and key matter. */
export function isMarked(layer: Layer): boolean {
  return layer.level === "span";
}
