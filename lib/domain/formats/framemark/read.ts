import type { CorpusItem, InputFile, ReadOptions, SetKind } from "../corpus";
import { SET_KINDS } from "../corpus";
import { createDraft, type Draft, isFlag, type SetDraft, toAttributes, toFacts } from "../draft";
import { problem } from "../input";
import { asFields, asList, asText, type JsonFields, readJsonRecords } from "../json-records";

/**
 * Reads what `writeFramemark` wrote, and datasets of `framemark export`, whose annotations come after all
 * documents and are held until the end of the file.
 */
export async function* readFramemark(
  files: readonly InputFile[],
  _options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) yield* readFile(file);
}

async function* readFile(file: InputFile): AsyncGenerator<CorpusItem> {
  const drafts = new Map<string, Draft>();
  let isGrouped = false;
  for await (const record of readJsonRecords(file)) {
    if ("problem" in record) {
      yield problem(file.path, record.line, record.problem);
      continue;
    }
    isGrouped ||= record.fields.record === "corpus";
    // All of the document before has been met.
    if (isGrouped && record.fields.record === "document") yield* finishAll(drafts);
    yield* take(record.fields, { drafts, path: file.path, line: record.line });
  }
  yield* finishAll(drafts);
}

function* finishAll(drafts: Map<string, Draft>): Generator<CorpusItem> {
  for (const draft of drafts.values()) yield* draft.finish();
  drafts.clear();
}

type Where = { drafts: Map<string, Draft>; path: string; line: number };

function* take(fields: JsonFields, { drafts, path, line }: Where): Generator<CorpusItem> {
  const kind = fields.record;
  if (kind === "document") {
    const draft = readDocument(fields, path, line);
    if (typeof draft === "string") yield problem(path, line, draft);
    else drafts.set(asText(fields.id) ?? "", draft);
    return;
  }
  // Of a dataset: what the annotations were made under is not part of a corpus.
  if (typeof kind === "string" && UNUSED.has(kind)) return;
  const draft = drafts.get(asText(fields.document) ?? "");
  const name = asText(fields.set) ?? asText(fields.pseudonym);
  const reader = READERS.get(typeof kind === "string" ? kind : "");
  if (reader === undefined) yield problem(path, line, "This is no record of a corpus.");
  else if (draft === undefined) yield problem(path, line, "Its document does not stand before it.");
  else if (name === null) yield problem(path, line, "It does not say whose it is.");
  else reader(draft, fields, { name, line });
}

function readDocument(fields: JsonFields, path: string, line: number): Draft | string {
  const { id, title, text, blocks, tokens, sentences, more, ...rest } = fields;
  if (typeof id !== "string") return "The document has no id.";
  if (typeof text !== "string") return "The document has no text.";
  const source = { ...toFacts(ownFacts(rest)), ...toMore(more) };
  const draft = createDraft({ id, title: asText(title), text, source, path, line });
  for (const block of asList(blocks)) {
    const each = asFields(block) ?? {};
    draft.block(asText(each.role) ?? "", [each.start, each.end], line);
  }
  if (Array.isArray(tokens) && Array.isArray(sentences)) {
    draft.segments(flat(tokens, draft), flat(sentences, draft));
  }
  return draft;
}

function toMore(value: unknown): { more?: Record<string, string> } {
  const fields = asFields(value);
  if (fields === null) return {};
  const texts = Object.entries(fields).filter((each): each is [string, string] => {
    return typeof each[1] === "string";
  });
  return { more: Object.fromEntries(texts) };
}

/** What a dataset says of a document beside its source is not kept. */
function ownFacts({ record, version, text_sha256, length, ...facts }: JsonFields): JsonFields {
  return facts;
}

function flat(list: readonly unknown[], draft: Draft): number[] {
  return list.flatMap((each) => {
    const [start, end] = asList(each);
    const isRange = Number.isInteger(start) && Number.isInteger(end);
    if (!isRange || Number(end) > draft.index.length) return [];
    return [Number(start), Number(end)];
  });
}

const UNUSED: ReadonlySet<string> = new Set(["corpus", "header", "codebook"]);

type Reader = (draft: Draft, fields: JsonFields, at: { name: string; line: number }) => void;

const READERS = new Map<string, Reader>([
  ["set", readSet],
  ["submission", readSet],
  ["annotation", readAnnotation],
  ["comment", readComment],
]);

function readSet(draft: Draft, fields: JsonFields, { name }: { name: string }): void {
  const set = draft.set(name, kindOf(fields.kind));
  for (const flag of asList(fields.flags)) set.flag(flag);
}

function readComment(draft: Draft, fields: JsonFields, { name }: { name: string }): void {
  const { id, span, body } = fields;
  draft
    .set(name, "annotator")
    .comment({ id: asText(id), spanId: asText(span), body: asText(body) ?? "" });
}

function readAnnotation(
  draft: Draft,
  fields: JsonFields,
  { name, line }: { name: string; line: number },
): void {
  const set = draft.set(name, "annotator");
  const layer = asText(fields.layer) ?? "";
  const label = asText(fields.label) ?? "";
  const id = asText(fields.id);
  const attributes = toAttributes(asFields(fields.attributes) ?? {});
  if (fields.unit === "span") {
    const ranges = asList(fields.ranges).map((each) => [asList(each)[0], asList(each)[1]] as const);
    const quote = ranges.length === 1 ? asText(fields.quote) : null;
    const flags = asList(fields.flags).filter(isFlag);
    set.span({ id, layer, label, ranges, attributes, flags, quote }, line);
  } else if (fields.unit === "relation") {
    const [from, to] = [asText(fields.from) ?? "", asText(fields.to) ?? ""];
    set.relation({ id, layer, label, from, to, attributes }, line);
  } else readUnitLabel(set, fields, { layer, label, line, draft });
}

function readUnitLabel(
  set: SetDraft,
  fields: JsonFields,
  at: { layer: string; label: string; line: number; draft: Draft },
): void {
  const { layer, label, line, draft } = at;
  const { unit, start, end } = fields;
  const value = asText(fields.value);
  const evidence = asList(fields.evidence).filter((each) => typeof each === "string");
  if (unit === "document") set.unitLabel({ unit, layer, label, value, evidence }, line);
  else if (unit === "sentence" || unit === "block") {
    set.unitLabel({ unit, layer, label, range: [start, end], value, evidence }, line);
  } else draft.problem(line, "This annotation is of no kind that is known.");
}

function kindOf(value: unknown): SetKind {
  return SET_KINDS.find((each) => each === value) ?? "annotator";
}
