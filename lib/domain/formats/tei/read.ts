import type { CorpusItem, InputFile, ReadOptions } from "../corpus";
import { SET_KINDS } from "../corpus";
import { factsFrom, readFrameFields } from "../document-fields";
import { createDraft, type Draft, isFlag, type SetDraft, toAttributes } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem, readText } from "../input";
import { asFields, asList, asText, type JsonFields } from "../json-records";
import { PLAIN_LAYER, PLAIN_RELATION, PLAIN_UNIT_LAYER } from "../losses";
import type { RawRange } from "../offset-unit";
import { childElements, localName, readXml, textOf, type XmlElement } from "../xml";
import { OWN_NOTE } from "./write";

/**
 * Reads TEI with standoff annotations that point into the body with `string-range(id, offset, length)`.
 * The text is all that stands in the element that they name; the label is that of a note, or `ana`.
 */
export async function* readTei(
  files: readonly InputFile[],
  options: ReadOptions,
): AsyncGenerator<CorpusItem> {
  for (const file of files) {
    const text = await readText(file);
    const root = text.ok ? readXml(text.value) : text;
    if (!root.ok) {
      const { message, place } = root.failure;
      const line = Number(place?.replace("line ", ""));
      yield problem(file.path, Number.isInteger(line) ? line : null, message);
    } else if (localName(root.value.name) !== "TEI") {
      yield problem(file.path, 1, "This is no TEI document.");
    } else yield* readDocument(root.value, file.path, options);
  }
}

function* readDocument(
  root: XmlElement,
  path: string,
  options: ReadOptions,
): Generator<CorpusItem> {
  const body = firstBelow(root, "body");
  const target = body === null ? null : (childElements(body, "ab").find(hasId) ?? body);
  if (target === null) {
    yield problem(path, root.line, "This document has no body.");
    return;
  }
  const bibl = firstBelow(root, "bibl");
  const facts = bibl === null ? {} : (ownNote(bibl) ?? {});
  const { frame, ...source } = facts;
  const stem = fromFilePart(splitPath(path).name.replace(/\.[^.]+$/, ""));
  const title = firstBelow(root, "title");
  const draft = createDraft({
    id: asText(facts.document) ?? stem,
    title: asText(facts.title) ?? (facts.document || title === null ? null : textOf(title)),
    text: textOf(target),
    source: factsFrom(source),
    path,
    line: root.line,
  });
  readFrameFields(draft, asFields(frame) ?? {}, null);
  for (const standOff of allBelow(root, "standOff")) {
    for (const list of allBelow(standOff, "listAnnotation")) readList(draft, list, options);
  }
  yield* draft.finish();
}

function hasId(element: XmlElement): boolean {
  return element.attributes["xml:id"] !== undefined;
}

function readList(draft: Draft, list: XmlElement, { annotator }: ReadOptions): void {
  const own = ownNote(list) ?? {};
  const kind = SET_KINDS.find((each) => each === own.kind) ?? "annotator";
  const name = asText(own.name) ?? annotator ?? list.attributes["xml:id"] ?? "imported";
  const set = draft.set(name, kind);
  for (const flag of asList(own.flags)) set.flag(flag);
  for (const each of asList(own.comments).map(asFields)) {
    if (each === null) continue;
    const [id, spanId, body] = [asText(each.id), asText(each.spanId), asText(each.body) ?? ""];
    set.comment({ id, spanId, body });
  }
  for (const annotation of childElements(list, "annotation")) readAnnotation(set, annotation);
}

function readAnnotation(set: SetDraft, annotation: XmlElement): void {
  const { attributes } = annotation;
  const own = ownNote(annotation) ?? {};
  const label = noteOf(annotation, "label") ?? attributes.ana?.replace(/^#/, "") ?? "";
  const isSpan = own.unit === undefined && rangesOf(attributes.target ?? "").length > 0;
  if (attributes.motivation === "linking") readLink(set, annotation, { label, own });
  else if (isSpan) readSpan(set, annotation, { label, own });
  else readUnit(set, annotation, { label, own });
}

type Said = { label: string; own: JsonFields };

function readLink(set: SetDraft, { line, attributes }: XmlElement, { label, own }: Said): void {
  const [first = "", second = ""] = (attributes.target ?? "").split(/\s+/);
  const [from, to] = [asText(own.from) ?? first.slice(1), asText(own.to) ?? second.slice(1)];
  const layer = asText(own.layer) ?? PLAIN_RELATION;
  const values = toAttributes(asFields(own.attributes) ?? {});
  set.relation({ id: asText(own.id), layer, label, from, to, attributes: values }, line);
}

function readSpan(set: SetDraft, annotation: XmlElement, { label, own }: Said): void {
  const ranges = rangesOf(annotation.attributes.target ?? "");
  set.span(
    {
      id: asText(own.id) ?? annotation.attributes["xml:id"] ?? null,
      layer: asText(own.layer) ?? PLAIN_LAYER,
      label,
      ranges,
      attributes: toAttributes(asFields(own.attributes) ?? {}),
      flags: asList(own.flags).filter(isFlag),
      quote: ranges.length === 1 ? noteOf(annotation, "quote") : null,
    },
    annotation.line,
  );
}

function readUnit(set: SetDraft, { line, attributes }: XmlElement, { label, own }: Said): void {
  const unit = own.unit === "sentence" || own.unit === "block" ? own.unit : "document";
  const [range] = rangesOf(attributes.target ?? "");
  const evidence = asList(own.evidence).filter((each) => typeof each === "string");
  const place = unit === "document" || range === undefined ? {} : { range };
  const layer = asText(own.layer) ?? PLAIN_UNIT_LAYER;
  set.unitLabel({ unit, layer, label, value: asText(own.value), evidence, ...place }, line);
}

/** `string-range(text,8,9)`, several with spaces between. */
function rangesOf(target: string): RawRange[] {
  return [...target.matchAll(/string-range\([^,()]*,(\d{1,9}),(\d{1,9})\)/g)].map(
    ([, offset, length]): RawRange => [Number(offset), Number(offset) + Number(length)],
  );
}

function noteOf(element: XmlElement, type: string): string | null {
  const found = childElements(element, "note").find((each) => each.attributes.type === type);
  return found === undefined ? null : textOf(found);
}

function ownNote(element: XmlElement): JsonFields | null {
  const json = noteOf(element, OWN_NOTE);
  if (json === null) return null;
  try {
    return asFields(JSON.parse(json));
  } catch {
    return null;
  }
}

function firstBelow(element: XmlElement, name: string): XmlElement | null {
  return allBelow(element, name)[0] ?? null;
}

function allBelow(element: XmlElement, name: string): XmlElement[] {
  return childElements(element).flatMap((each) => [
    ...(localName(each.name) === name ? [each] : []),
    ...allBelow(each, name),
  ]);
}
