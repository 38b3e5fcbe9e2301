import { shorten } from "../wording";

/** What an entry of each list is called. */
const ENTRIES: Record<string, string> = {
  layers: "layer",
  labels: "label",
  attributes: "attribute",
  options: "option",
  answers: "answer",
  mappings: "mapping",
  examples: "example",
  counterExamples: "counter-example",
  notThis: "“not this” hint",
  seeAlso: "“see also” hint",
  pairs: "pair",
  is: "value",
};

/** What a field is called, where its name in the document is not the word for it. */
const FIELDS: Record<string, string> = {
  when: "condition",
  required: "required if",
  per: "asked of",
  checkAgainstPaper: "check against the paper",
};

/** A path into a codebook document in words: “layer “Bias”, label “Lexical bias”, shortcut”. */
export function placeOf(content: unknown, path: readonly (string | number)[]): string {
  const words: string[] = [];
  let value: unknown = content;
  path.forEach((step, at) => {
    const list = path[at - 1];
    const isEntry = typeof step === "number" && typeof list === "string";
    value = stepInto(value, step);
    if (isEntry) words.push(`${ENTRIES[list] ?? list} ${nameOf(value, step)}`);
    else if (typeof path[at + 1] !== "number") words.push(FIELDS[String(step)] ?? String(step));
  });
  return words.length === 0 ? "the document" : words.join(", ");
}

function stepInto(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

/** The name of an entry, else its key, else its number from one. */
function nameOf(entry: unknown, index: number): string {
  const named = entry as { name?: unknown; key?: unknown } | null | undefined;
  for (const word of [named?.name, named?.key, entry]) {
    if (typeof word === "string" && word.trim() !== "") return `“${shorten(word.trim(), 60)}”`;
  }
  return String(index + 1);
}
