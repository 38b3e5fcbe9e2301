import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { factsFrom, NO_TEXT, readDocumentLines } from "../document-fields";
import type { Draft, SetDraft } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { asFields, asList, asText, type JsonFields } from "../json-records";
import { PLAIN_LAYER, PLAIN_RELATION, PLAIN_UNIT_LAYER } from "../losses";
import type { RawRange } from "../offset-unit";
import { findUnit } from "../offset-unit";

/** Names that doccano gives to files that are nobody's own. */
const SHARED: ReadonlySet<string> = new Set(["all", "admin", "unknown", "doccano", "data"]);

/**
 * Reads JSONL of doccano: spans, spans with relations, labels of documents, and both. Files of an export
 * are named after their annotator. Offsets are UTF-16, or graphemes where words fit better so.
 */
export async function* readDoccano(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const stem = fromFilePart(splitPath(file.path).name.replace(/\.[^.]+$/, ""));
    const isNamed = files.length > 1 && !SHARED.has(stem);
    const annotator = options.annotator ?? (isNamed ? stem : "imported");
    yield* readDocumentLines(file, {
      headOf: (fields, line) => headOf(fields, { line, stem, options }),
      readLine: (draft, fields, line) => readLine(draft, fields, { line, annotator }),
    });
  }
}

function headOf(
  fields: JsonFields,
  { line, stem, options }: { line: number; stem: string; options: ReadOptions },
) {
  const text = fields.text ?? fields.data;
  if (typeof text !== "string") return NO_TEXT;
  const places = spansOf(fields).map(({ range }) => ({ range, quote: null }));
  return {
    id: asText(fields.document) ?? asText(fields.id) ?? `${stem}-${line}`,
    title: asText(fields.title),
    text,
    source: factsFrom(ownFacts(fields)),
    unit:
      fields.offsets === "utf16"
        ? fields.offsets
        : findUnit(text, places, { wish: options.unit, fallback: "utf16" }),
  };
}

function ownFacts(fields: JsonFields): JsonFields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN_FIELDS.has(name)));
}

const OWN_FIELDS: ReadonlySet<string> = new Set([
  "id",
  "text",
  "data",
  "label",
  "labels",
  "entities",
  "relations",
  "cats",
  "Comments",
  "comments",
  "offsets",
  "annotator",
  "annotation_approver",
]);

type SpanFields = { id: string | null; label: string; range: RawRange };

function spansOf(fields: JsonFields): SpanFields[] {
  const listed = [fields.entities, fields.label, fields.labels].flatMap(asList);
  return listed.flatMap((each) => {
    if (Array.isArray(each)) {
      const [start, end, label] = each;
      return [{ id: null, label: asText(label) ?? "", range: [start, end] as const }];
    }
    const own = asFields(each);
    if (own === null) return [];
    const range = [own.start_offset ?? own.start, own.end_offset ?? own.end] as const;
    return [{ id: asText(own.id), label: asText(own.label) ?? "", range }];
  });
}

function readLine(
  draft: Draft,
  fields: JsonFields,
  { line, annotator }: { line: number; annotator: string },
): void {
  if (fields.annotator === null) return;
  const set = draft.set(asText(fields.annotator) ?? annotator, "annotator");
  for (const each of spansOf(fields)) {
    set.span({ ...each, ranges: [each.range], layer: PLAIN_LAYER }, line);
  }
  readRelations(set, fields, line);
  const labels = [fields.cats, fields.label, fields.labels].flatMap(asList);
  for (const label of [...labels, fields.label]) {
    if (typeof label !== "string") continue;
    set.unitLabel({ unit: "document", layer: PLAIN_UNIT_LAYER, label }, line);
  }
  for (const body of asList(fields.Comments ?? fields.comments)) {
    if (typeof body === "string") set.comment({ spanId: null, body });
  }
}

function readRelations(set: SetDraft, fields: JsonFields, line: number): void {
  for (const each of asList(fields.relations)) {
    const own = asFields(each);
    if (own === null) continue;
    const [from, to] = [asText(own.from_id) ?? "", asText(own.to_id) ?? ""];
    const label = asText(own.type) ?? PLAIN_RELATION;
    const id = own.id === undefined ? null : `r${asText(own.id)}`;
    set.relation({ id, layer: PLAIN_RELATION, label, from, to }, line);
  }
}
