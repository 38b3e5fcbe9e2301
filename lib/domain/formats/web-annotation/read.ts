import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { SET_KINDS } from "../corpus";
import { factsFrom, readFrameFields } from "../document-fields";
import { createDraft, type Draft, isFlag, type SetDraft, toAttributes } from "../draft";
import { fromFilePart, splitPath, withoutEnding } from "../file-part";
import { problem, readRawText } from "../input";
import { asFields, asList, asText, type JsonFields, readJsonRecords } from "../json-records";
import { PLAIN_LAYER, PLAIN_RELATION, PLAIN_UNIT_LAYER } from "../losses";
import type { QuotedPlace, RawRange } from "../offset-unit";
import { findQuote } from "./find-quote";

/** An annotation with the line at which it begins. */
type Item = { fields: JsonFields; line: number };

/**
 * Reads W3C Web Annotations, as pages, lists or single ones, with the texts that they speak of as .txt
 * files. Where there is no position, or other words stand there, the quotation with its context is looked
 * for; it counts where it is found once.
 */
export async function* readWebAnnotation(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const texts = new Map<string, InputFile>();
  for (const file of files) {
    const name = splitPath(file.path).name;
    const stem = withoutEnding(name, ".txt");
    if (stem === null) continue;
    texts.set(name, file);
    texts.set(stem, file);
  }
  for (const file of files) {
    if (withoutEnding(file.path, ".txt") === null) yield* readFile(file, texts, options);
  }
}

async function* readFile(
  file: InputFile,
  texts: Map<string, InputFile>,
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  const bySource = new Map<string, { page: JsonFields; items: Item[] }>();
  for await (const record of readJsonRecords(file)) {
    if ("problem" in record) yield problem(file.path, record.line, record.problem);
    else {
      const own = asFields(record.fields.framemark) ?? {};
      const items = itemsOf(record.fields).map((fields) => ({ fields, line: record.line }));
      const stem = splitPath(file.path).name.replace(/\.[^.]+$/, "");
      for (const item of items) {
        const source = sourceOf(item.fields) ?? stem;
        const group = bySource.get(source) ?? { page: own, items: [] };
        group.items.push(item);
        bySource.set(source, group);
      }
      if (items.length === 0) bySource.set(stem, { page: own, items: [] });
    }
  }
  const groups = [...bySource].map(([source, group]) => ({ source, ...group }));
  yield* readGroups(mergeLinks(groups), { file, texts, options });
}

type Group = { source: string; page: JsonFields; items: Item[] };

/** Annotations of annotations go to the document of the first group, since they name no text. */
function mergeLinks(groups: Group[]): Group[] {
  const [links, rest] = [
    groups.filter(({ source }) => source === ""),
    groups.filter(({ source }) => source !== ""),
  ];
  const items = links.flatMap((group) => group.items);
  return rest.map((group, at) =>
    at === 0 ? { ...group, items: [...group.items, ...items] } : group,
  );
}

type Reading = { file: InputFile; texts: Map<string, InputFile>; options: ReadOptions };

async function* readGroups(groups: Group[], reading: Reading): AsyncGenerator<CorpusItem> {
  for (const { source, page, items } of groups) {
    const name = splitPath(decode(source)).name;
    const textFile = reading.texts.get(name) ?? reading.texts.get(name.replace(/\.[^.]+$/, ""));
    const text = textFile === undefined ? null : await readRawText(textFile);
    const { path } = reading.file;
    const line = items[0]?.line ?? 1;
    if (!text?.ok) {
      yield problem(path, line, `The text “${source}” is not among the files.`);
      continue;
    }
    const draft = createDraft({
      id: asText(page.document) ?? fromFilePart(name.replace(/\.txt$/i, "")),
      title: asText(page.title),
      text: text.value,
      source: factsFrom(ownFacts(page)),
      path,
      line,
    });
    readPage(draft, page);
    for (const item of items) readItem(draft, item, reading.options);
    yield* draft.finish();
  }
}

function readPage(draft: Draft, page: JsonFields): void {
  readFrameFields(draft, asFields(page.frame) ?? {}, null);
  for (const each of asList(page.sets).map(asFields)) {
    if (each === null) continue;
    const kind = SET_KINDS.find((one) => one === each.kind) ?? "annotator";
    const set = draft.set(asText(each.name) ?? "", kind);
    for (const flag of asList(each.flags)) set.flag(flag);
  }
}

function ownFacts({ frame: _, sets: _sets, ...facts }: JsonFields): JsonFields {
  return facts;
}

/** A page, a collection with its first page, or an annotation. */
function itemsOf(fields: JsonFields): JsonFields[] {
  const page = asFields(fields.first) ?? fields;
  const listed = Array.isArray(page.items) ? page.items : null;
  if (listed === null) return fields.type === "Annotation" || fields.target ? [fields] : [];
  return listed.map(asFields).filter((each) => each !== null);
}

function targetsOf(annotation: JsonFields): unknown[] {
  return Array.isArray(annotation.target) ? annotation.target : [annotation.target];
}

/** The text that an annotation speaks of; empty where it speaks of another annotation. */
function sourceOf(annotation: JsonFields): string | null {
  const [first] = targetsOf(annotation);
  const target = asFields(first);
  const source = target === null ? first : (asFields(target.source)?.id ?? target.source);
  const name = asText(source) ?? asText(target?.id);
  if (name === null) return null;
  const isLink =
    annotation.motivation === "linking" || asText(asFields(annotation.framemark)?.span);
  return isLink ? "" : name;
}

function readItem(draft: Draft, item: Item, options: ReadOptions): void {
  const { fields } = item;
  const creator = asFields(fields.creator);
  const who = creator === null ? fields.creator : (creator.nickname ?? creator.name ?? creator.id);
  const set = draft.set(asText(who) ?? options.annotator ?? "imported", "annotator");
  const bodies = (Array.isArray(fields.body) ? fields.body : [fields.body]).map(asFields);
  const own = asFields(fields.framemark) ?? {};
  const id = asText(own.id) ?? asText(fields.id);
  const label = labelOf(fields, bodies);
  const reading = { set, own, id, label, item };
  if (fields.motivation === "linking") readLink(reading, linkOf(bodies));
  else if (fields.motivation === "commenting") {
    set.comment({ id, spanId: asText(own.span), body: label });
  } else {
    readLabel(
      reading,
      targetsOf(fields).map((target) => placeOf(draft, target)),
    );
  }
}

type ItemReading = { set: SetDraft; own: JsonFields; id: string | null; label: string; item: Item };

function readLink({ set, own, id, label, item }: ItemReading, link: string): void {
  const attributes = toAttributes(asFields(own.attributes) ?? {});
  const from = asText(own.from) ?? link;
  const to = asText(own.to) ?? asText(item.fields.target) ?? "";
  const layer = asText(own.layer) ?? PLAIN_RELATION;
  set.relation({ id, layer, label, from, to, attributes }, item.line);
}

function readLabel(
  { set, own, id, label, item }: ItemReading,
  places: readonly (QuotedPlace | null)[],
): void {
  const found = places.filter((place) => place !== null);
  const unit = own.unit ?? (found.length === 0 ? "document" : "span");
  const [first] = found;
  if (unit === "document" || unit === "sentence" || unit === "block") {
    const evidence = asList(own.evidence).filter((each) => typeof each === "string");
    const range = unit === "document" || first === undefined ? {} : { range: first.range };
    const layer = asText(own.layer) ?? PLAIN_UNIT_LAYER;
    const value = asText(own.value);
    set.unitLabel({ unit, layer, label, value, evidence, ...range }, item.line);
    return;
  }
  const quote = found.length === 1 ? (first?.quote ?? null) : null;
  const ranges = found.map(({ range }) => range);
  const attributes = toAttributes(asFields(own.attributes) ?? {});
  const flags = asList(own.flags).filter(isFlag);
  const layer = asText(own.layer) ?? PLAIN_LAYER;
  set.span({ id, layer, label, ranges, attributes, flags, quote }, item.line);
}

/** The tag, else any text of the body, else the motivation. */
function labelOf(annotation: JsonFields, bodies: readonly (JsonFields | null)[]): string {
  const tagged = bodies.find(
    (body) => body?.purpose === "tagging" || body?.purpose === "commenting",
  );
  const first = tagged ?? bodies.find((body) => asText(body?.value) !== null);
  return asText(first?.value) ?? asText(annotation.body) ?? asText(annotation.motivation) ?? "";
}

function linkOf(bodies: readonly (JsonFields | null)[]): string {
  const link = bodies.find((body) => body?.purpose === "linking");
  return asText(link?.source) ?? "";
}

/** Where a target is; null where it is the whole text. */
function placeOf(draft: Draft, target: unknown): QuotedPlace | null {
  const fields = asFields(target);
  const selector = fields?.selector;
  if (selector === undefined) return null;
  const selectors = (Array.isArray(selector) ? selector : [selector]).map(asFields);
  const position = selectors.find((each) => each?.type === "TextPositionSelector");
  const quotation = selectors.find((each) => each?.type === "TextQuoteSelector");
  const exact = asText(quotation?.exact);
  const range: RawRange = [position?.start, position?.end];
  if (exact === null) return { range, quote: null };
  const found = findQuote(draft.index, {
    exact,
    prefix: asText(quotation?.prefix) ?? "",
    suffix: asText(quotation?.suffix) ?? "",
    start: position?.start,
  });
  return { range: found ?? range, quote: exact };
}

function decode(source: string): string {
  try {
    return decodeURIComponent(source.replace(/[?#].*$/, ""));
  } catch {
    return source;
  }
}
