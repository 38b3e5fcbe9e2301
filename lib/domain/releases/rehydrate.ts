import { asFields, asText, type JsonFields, toJsonLine } from "../formats/json-records";
import { normaliseText } from "../text/normalise";
import { codePoint, indexText, type TextIndex } from "../text/offsets";

/** A document of a release whose text is looked for. */
export type MissingText = { id: string; title: string; sha256: string };

/** The forms in which a copy of a text may match: as it is, and without white space at its ends. */
export function textForms(content: string): string[] {
  const normal = normaliseText(content);
  if (!normal.ok) return [];
  const forms = [normal.value, normal.value.trim(), normal.value.trimEnd()];
  return [...new Set([...forms, `${normal.value.trimEnd()}\n`])];
}

/** Puts texts and whole quotes back into the lines of a release; lines without a text stay as they are. */
export function createRehydration(texts: ReadonlyMap<string, string>) {
  // One at a time: the lines of a document follow each other.
  let held: { id: string; index: TextIndex } | null = null;
  const indexOf = (id: string): TextIndex | null => {
    const text = texts.get(id);
    if (text === undefined) return null;
    if (held?.id !== id) held = { id, index: indexText(text) };
    return held.index;
  };
  return (table: string, line: string): string => {
    const fields = asFields(JSON.parse(line)) ?? {};
    if (table === "documents.jsonl") return withText(fields, asText(fields.id), texts);
    if (table === "corpus.jsonl") {
      if (fields.record === "document") return withText(fields, asText(fields.id), texts);
      return withQuote(fields, indexOf(asText(fields.document) ?? ""));
    }
    return withQuote(fields, indexOf(asText(fields.doc_id) ?? ""));
  };
}

/** Tables in which something was left out with the texts. */
export const REHYDRATED = [
  "documents.jsonl",
  "annotations.jsonl",
  "consolidated.jsonl",
  "corpus.jsonl",
] as const;

function withText(
  fields: JsonFields,
  id: string | null,
  texts: ReadonlyMap<string, string>,
): string {
  return toJsonLine({ ...fields, text: texts.get(id ?? "") ?? null });
}

function withQuote(fields: JsonFields, index: TextIndex | null): string {
  const { ranges, quote, unit, start, end } = fields;
  const places = Array.isArray(ranges) ? ranges : [[start, end]];
  const isQuoted = "quote" in fields && unit !== "document" && unit !== "relation";
  if (index === null || !isQuoted || !isPlaces(places)) return toJsonLine({ ...fields });
  const words = places.map(([from, to]) => index.slice(codePoint(from), codePoint(to))).join(" … ");
  if (typeof quote === "string" && !words.startsWith(quote)) {
    throw new Error(`The words at the offsets of ${asText(fields.id)} are not those of its quote.`);
  }
  return toJsonLine({
    ...fields,
    quote: words,
    ...("quote_is_cut" in fields ? { quote_is_cut: false } : {}),
  });
}

function isPlaces(value: unknown[]): value is [number, number][] {
  return (
    value.length > 0 &&
    value.every(
      (each) => Array.isArray(each) && typeof each[0] === "number" && typeof each[1] === "number",
    )
  );
}
