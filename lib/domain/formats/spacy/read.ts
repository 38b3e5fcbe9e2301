import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { factsFrom, NO_TEXT, readDocumentLines } from "../document-fields";
import type { SetDraft } from "../draft";
import { splitPath } from "../file-part";
import { asFields, asList, asText, type JsonFields } from "../json-records";
import { PLAIN_LAYER, PLAIN_UNIT_LAYER } from "../losses";
import { DEFAULT_KEY } from "./write";

/**
 * Reads spaCy's training data as JSON: what `writeSpacy` wrote, `Doc.to_json()`, and pairs of text and
 * entities. Entities are taken where no span says the same.
 */
export async function* readSpacy(
  files: readonly InputFile[],
  { annotator = "imported" }: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const stem = splitPath(file.path).name.replace(/\.[^.]+$/, "");
    yield* readDocumentLines(file, {
      headOf: (fields, line) => headOf(fields, `${stem}-${line}`),
      readLine(draft, fields, line) {
        const name = asFields(fields.meta)?.annotator;
        if (name === null) return;
        readExample(draft.set(asText(name) ?? annotator, "annotator"), fields, line);
      },
    });
  }
}

function headOf({ text, meta }: JsonFields, fallback: string) {
  if (typeof text !== "string") return NO_TEXT;
  const { annotator: _, ...facts } = asFields(meta) ?? {};
  return {
    id: asText(facts.document) ?? fallback,
    title: asText(facts.title),
    text,
    source: factsFrom(facts),
    unit: "code_points" as const,
  };
}

function readExample(set: SetDraft, fields: JsonFields, line: number): void {
  const known = new Set<string>();
  for (const [key, list] of Object.entries(asFields(fields.spans) ?? {})) {
    const layer = key === DEFAULT_KEY ? PLAIN_LAYER : key;
    for (const each of asList(list)) {
      const { start, end, label } = placeOf(each);
      known.add(`${start}-${end}-${label}`);
      set.span({ layer, label, ranges: [[start, end]] }, line);
    }
  }
  for (const each of [...asList(fields.entities), ...asList(fields.ents)]) {
    const { start, end, label } = placeOf(each);
    if (known.has(`${start}-${end}-${label}`)) continue;
    set.span({ layer: PLAIN_LAYER, label, ranges: [[start, end]] }, line);
  }
  for (const [label, score] of Object.entries(asFields(fields.cats) ?? {})) {
    if (typeof score !== "number" || score < 0.5) continue;
    set.unitLabel({ unit: "document", layer: PLAIN_UNIT_LAYER, label }, line);
  }
}

/** `[start, end, label]`, or an object as `Doc.to_json` has it. */
function placeOf(value: unknown): { start: unknown; end: unknown; label: string } {
  if (Array.isArray(value)) {
    const [start, end, label] = value;
    return { start, end, label: asText(label) ?? "" };
  }
  const own = asFields(value) ?? {};
  return { start: own.start, end: own.end, label: asText(own.label) ?? "" };
}
