import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { SET_KINDS } from "../corpus";
import { factsFrom, NO_TEXT, readDocumentLines } from "../document-fields";
import { isFlag, type SetDraft, toAttributes } from "../draft";
import { splitPath } from "../file-part";
import { asFields, asList, asText, type JsonFields } from "../json-records";
import { PLAIN_LAYER, PLAIN_RELATION, PLAIN_UNIT_LAYER } from "../losses";
import type { RawRange } from "../offset-unit";
import { findUnit } from "../offset-unit";

/**
 * Reads JSONL of Prodigy's `db-out`: spans, relations, chosen options and text classification. Tasks that
 * were rejected or ignored are left out. The annotator is `_annotator_id`, or the end of `_session_id`.
 */
export async function* readProdigy(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const stem = splitPath(file.path).name.replace(/\.[^.]+$/, "");
    yield* readDocumentLines(file, {
      headOf: (fields, line) => headOf(fields, { line, stem, options }),
      readLine(draft, fields, line) {
        const name = annotatorOf(fields, options);
        const isKept = fields.answer === undefined || fields.answer === "accept";
        if (name !== null && isKept) readTask(draft.set(name, kindOf(fields)), fields, line);
      },
    });
  }
}

function headOf(
  fields: JsonFields,
  { line, stem, options }: { line: number; stem: string; options: ReadOptions },
) {
  const { text } = fields;
  if (typeof text !== "string") return NO_TEXT;
  const meta = asFields(fields.meta) ?? {};
  const id = asText(meta.document) ?? asText(fields._input_hash) ?? `${stem}-${line}`;
  // Tokens repeat their words, so they tell how offsets count.
  const places = asList(fields.tokens).flatMap((each) => {
    const token = asFields(each);
    if (token === null) return [];
    return [{ range: [token.start, token.end] as RawRange, quote: asText(token.text) }];
  });
  return {
    id,
    title: asText(meta.title),
    text,
    source: factsFrom(meta),
    unit: findUnit(text, places, { wish: options.unit, fallback: "code_points" }),
  };
}

function annotatorOf(fields: JsonFields, { annotator }: ReadOptions): string | null {
  if (fields._session_id === null && fields._annotator_id === undefined) return null;
  const session = asText(fields._session_id);
  const own = asText(fields._annotator_id);
  if (fields.unit_labels !== undefined && own !== null) return own;
  const name = own ?? session;
  // `<dataset>-<name>`, where the person was named.
  const short = name === null ? null : name.slice(name.lastIndexOf("-") + 1);
  return short === null || short === "" ? (annotator ?? "imported") : short;
}

function kindOf(fields: JsonFields) {
  return SET_KINDS.find((each) => each === fields.kind) ?? "annotator";
}

function readTask(set: SetDraft, fields: JsonFields, line: number): void {
  const ids = readSpans(set, fields, line);
  readRelations(set, fields, { line, ids });
  for (const flag of asList(fields.flags)) set.flag(flag);
  for (const each of asList(fields.comments).map(asFields)) {
    if (each === null) continue;
    const [id, spanId, body] = [asText(each.id), asText(each.spanId), asText(each.body) ?? ""];
    set.comment({ id, spanId, body });
  }
  if (Array.isArray(fields.unit_labels)) readUnitLabels(set, fields.unit_labels, line);
  else {
    const chosen = [
      ...asList(fields.accept),
      ...(fields.label === undefined ? [] : [fields.label]),
    ];
    for (const label of chosen) {
      if (typeof label !== "string") continue;
      set.unitLabel({ unit: "document", layer: PLAIN_UNIT_LAYER, label }, line);
    }
  }
}

/** Ids of spans by their place, by which relations name them. */
function readSpans(set: SetDraft, fields: JsonFields, line: number): Map<string, string> {
  const ids = new Map<string, string>();
  asList(fields.spans).forEach((each, at) => {
    const span = asFields(each);
    if (span === null) return;
    const id = asText(span.id) ?? `s${at + 1}`;
    const parts = asList(span.ranges).map((one): RawRange => [asList(one)[0], asList(one)[1]]);
    set.span(
      {
        id,
        layer: asText(span.layer) ?? PLAIN_LAYER,
        label: asText(span.label) ?? "",
        ranges: parts.length > 0 ? parts : [[span.start, span.end]],
        attributes: toAttributes(asFields(span.attributes) ?? {}),
        flags: asList(span.flags).filter(isFlag),
        quote: parts.length > 0 ? null : asText(span.text),
      },
      line,
    );
    ids.set(`${span.start}-${span.end}`, id);
  });
  return ids;
}

function readRelations(
  set: SetDraft,
  fields: JsonFields,
  { line, ids }: { line: number; ids: Map<string, string> },
): void {
  for (const each of asList(fields.relations)) {
    const relation = asFields(each);
    if (relation === null) continue;
    const idAt = (own: unknown, span: unknown) => {
      const place = asFields(span);
      return asText(own) ?? ids.get(`${place?.start}-${place?.end}`) ?? "";
    };
    set.relation(
      {
        id: asText(relation.id),
        layer: asText(relation.layer) ?? PLAIN_RELATION,
        label: asText(relation.label) ?? PLAIN_RELATION,
        from: idAt(relation.from, relation.head_span),
        to: idAt(relation.to, relation.child_span),
        attributes: toAttributes(asFields(relation.attributes) ?? {}),
      },
      line,
    );
  }
}

/** Labels as `CorpusUnitLabel` has them. */
function readUnitLabels(set: SetDraft, list: readonly unknown[], line: number): void {
  for (const each of list) {
    const own = asFields(each);
    const unit = own?.unit;
    if (own === null || (unit !== "document" && unit !== "sentence" && unit !== "block")) continue;
    const evidence = asList(own.evidence).filter((one) => typeof one === "string");
    const place = unit === "document" ? {} : { range: [own.start, own.end] as const };
    const [layer, label] = [asText(own.layer) ?? PLAIN_UNIT_LAYER, asText(own.label) ?? ""];
    set.unitLabel({ unit, layer, label, value: asText(own.value), evidence, ...place }, line);
  }
}
