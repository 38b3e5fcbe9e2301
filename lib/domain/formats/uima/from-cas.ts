import type { AttributeValue } from "../../annotation/state";
import { utf16 as units } from "../../text/offsets";
import type { CorpusItem, ReadOptions, SourceFacts } from "../corpus";
import { SET_KINDS } from "../corpus";
import { createDraft, type Draft, isFlag, type SetDraft, toAttributes } from "../draft";
import { fromFilePart, splitPath } from "../file-part";
import { problem } from "../input";
import { asFields, asList, asText } from "../json-records";
import {
  BLOCK_TYPE,
  type CasValue,
  COMMENT_TYPE,
  type FeatureStructure,
  fromIdentifier,
  META_DATA,
  OWN,
  SENTENCE,
  SET_TYPE,
  TOKEN,
  typeLayer,
} from "./cas";

/** A CAS as a file holds it. */
export type ReadCas = {
  text: string | null;
  structures: readonly (FeatureStructure & { line: number | null })[];
};

/** Name under which INCEpTION keeps a document that nobody annotated. */
export const INITIAL = "INITIAL_CAS";

/** Types that say nothing of what people annotated. */
const INFRASTRUCTURE =
  /^(?:uima\.|de\.tudarmstadt\.ukp\.(?:dkpro\.core\.api\.(?:segmentation|metadata)|clarin\.webanno\.api\.type)\.)/;

/** Features that name what an annotation says, best first. */
const LABEL_FEATURES = ["label", "value", "PosValue", "DependencyType", "identifier"];

type Feats = ReadonlyMap<string, CasValue>;

/**
 * The document and set of a CAS. Annotations of any type are spans of the layer that the type's name
 * says; those that join two others are relations.
 */
export function* fromCas(
  cas: ReadCas,
  path: string,
  { annotator }: ReadOptions,
): Generator<CorpusItem> {
  if (cas.text === null) {
    yield problem(path, null, "There is no text in this file.");
    return;
  }
  const feats = new Map(cas.structures.map((each) => [each.id, new Map(each.features)]));
  const featuresOf = (type: string): Feats => {
    const found = cas.structures.find((each) => each.type === type);
    return feats.get(found?.id ?? -1) ?? new Map<string, CasValue>();
  };
  const own = featuresOf(SET_TYPE);
  const meta = featuresOf(META_DATA);
  const { id, name } = namesOf(path, meta);
  const draft = createDraft({
    id,
    title: own.size > 0 ? text(own.get("title")) : text(meta.get("documentTitle")),
    text: cas.text,
    source: factsOf(own, meta),
    path,
    line: null,
    unit: "utf16",
  });
  readFrame(cas, draft, feats);
  const setName = text(own.get("name")) ?? annotator ?? name;
  if (setName !== INITIAL && (own.size === 0 || own.has("name"))) {
    const kind = SET_KINDS.find((each) => each === own.get("kind")) ?? "annotator";
    const set = draft.set(setName, kind);
    for (const flag of asList(own.get("flags"))) set.flag(flag);
    readStructures(cas, set, feats);
  }
  yield* draft.finish();
}

/** `document/annotator.xmi`, as INCEpTION exports; else the file is the document. */
function namesOf(path: string, meta: Feats): { id: string; name: string } {
  const { folders, name } = splitPath(path);
  const stem = fromFilePart(name.replace(/\.[^.]+$/, ""));
  const folder = folders.at(-1);
  const given = text(meta.get("documentId"));
  if (folder === undefined) return { id: given ?? stem, name: "imported" };
  return { id: given ?? fromFilePart(folder), name: stem };
}

function factsOf(own: Feats, meta: Feats): SourceFacts {
  const json = text(own.get("source"));
  if (json === null) {
    const language = text(meta.get("language"));
    return language === null || language === "x-unspecified" ? {} : { language };
  }
  const fields = parseFields(json);
  const { more, ...facts } = fields;
  const texts = (from: object) =>
    Object.fromEntries(Object.entries(from).filter((each) => typeof each[1] === "string"));
  const extra = asFields(more);
  return extra === null ? texts(facts) : { ...texts(facts), more: texts(extra) };
}

/** Blocks, tokens and sentences. */
function readFrame(cas: ReadCas, draft: Draft, feats: Map<number, Feats>): void {
  for (const { id, type, line } of cas.structures) {
    const own = feats.get(id);
    if (type !== BLOCK_TYPE || own === undefined) continue;
    draft.block(text(own.get("role")) ?? "", rangeOf(own), line);
  }
  const tokens = placesOf(TOKEN, { cas, draft, feats });
  const sentences = placesOf(SENTENCE, { cas, draft, feats });
  if (tokens.length + sentences.length > 0) draft.segments(tokens, sentences);
}

/** Flat list of the places of all structures of a type, in code points. */
function placesOf(
  wanted: string,
  { cas, draft, feats }: { cas: ReadCas; draft: Draft; feats: Map<number, Feats> },
): number[] {
  const places: [number, number][] = [];
  for (const { id, type } of cas.structures) {
    const [start, end] = rangeOf(feats.get(id) ?? new Map());
    if (type !== wanted || typeof start !== "number" || typeof end !== "number") continue;
    const { index } = draft;
    places.push([index.toCodePoint(units(start)), index.toCodePoint(units(end))]);
  }
  return places.sort((a, b) => a[0] - b[0]).flat();
}

function readStructures(cas: ReadCas, set: SetDraft, feats: Map<number, Feats>): void {
  const idOf = (value: CasValue | undefined): string => {
    if (typeof value !== "object" || !("ref" in value)) return "";
    return text(feats.get(value.ref)?.get(OWN.id)) ?? `fs${value.ref}`;
  };
  for (const structure of cas.structures) {
    const own: Feats = feats.get(structure.id) ?? new Map();
    if (structure.type === COMMENT_TYPE) readComment(set, own);
    else if (isAnnotation(structure.type, own)) readAnnotation(set, own, { structure, idOf });
  }
}

function isAnnotation(type: string, own: Feats): boolean {
  const isFrame = type === SET_TYPE || type === BLOCK_TYPE || INFRASTRUCTURE.test(type);
  return !isFrame && own.has("begin");
}

function readComment(set: SetDraft, own: Feats): void {
  const [spanId, body] = [text(own.get("span")), text(own.get("body")) ?? ""];
  set.comment({ id: text(own.get(OWN.id)), spanId, body });
}

function readAnnotation(
  set: SetDraft,
  own: Feats,
  at: { structure: ReadCas["structures"][number]; idOf: (value: CasValue | undefined) => string },
): void {
  const { id, type, line } = at.structure;
  const layer = typeLayer(type);
  const found = labelOf(own);
  const label = found?.label ?? layer;
  const attributes = attributesOf(own, found?.feature ?? null);
  const from = at.idOf(own.get("Governor") ?? own.get("source"));
  const to = at.idOf(own.get("Dependent") ?? own.get("target"));
  const key = text(own.get(OWN.id)) ?? `fs${id}`;
  const unit = own.get(OWN.unit);
  if (from !== "" && to !== "") {
    set.relation({ id: key, layer, label, from, to, attributes }, line);
  } else if (unit === "document" || unit === "block" || unit === "sentence") {
    const value = text(own.get(OWN.value));
    const evidence = listOf(own.get(OWN.evidence));
    const place = unit === "document" ? {} : { range: rangeOf(own) };
    set.unitLabel({ unit, layer, label, value, evidence, ...place }, line);
  } else {
    const flags = listOf(own.get(OWN.flags)).filter(isFlag);
    set.span({ id: key, layer, label, ranges: rangesOf(own), attributes, flags }, line);
  }
}

function labelOf(own: Feats): { feature: string; label: string } | null {
  for (const feature of LABEL_FEATURES) {
    const label = text(own.get(feature));
    if (label !== null && label !== "") return { feature, label };
  }
  return null;
}

const PLACE: ReadonlySet<string> = new Set(["begin", "end", "sofa"]);

function attributesOf(own: Feats, labelFeature: string | null): Record<string, AttributeValue> {
  const found: [string, AttributeValue][] = [];
  for (const [name, value] of own) {
    if (name === labelFeature || PLACE.has(name) || name.startsWith("fm_")) continue;
    if (typeof value !== "object") found.push([fromIdentifier(name), value]);
    else if (!("ref" in value)) found.push([fromIdentifier(name), [...value]]);
  }
  const more = text(own.get(OWN.more));
  if (more !== null) found.push(...Object.entries(toAttributes(parseFields(more))));
  return Object.fromEntries(found);
}

function rangeOf(own: Feats) {
  return [own.get("begin"), own.get("end")] as const;
}

function rangesOf(own: Feats) {
  const parts = text(own.get(OWN.ranges));
  if (parts === null) return [rangeOf(own)];
  return parts.split(" ").map((part) => {
    const [start, end] = part.split("-").map(Number);
    return [start, end] as const;
  });
}

function listOf(value: CasValue | undefined): string[] {
  return asList(value).filter((each): each is string => typeof each === "string");
}

function text(value: CasValue | undefined): string | null {
  return asText(value);
}

function parseFields(json: string) {
  try {
    return asFields(JSON.parse(json)) ?? {};
  } catch {
    return {};
  }
}
