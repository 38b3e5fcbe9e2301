import type { AttributeValue, AttributeValues } from "../../annotation/state";
import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type { CorpusDocument, CorpusRange, CorpusSet, CorpusSpan } from "../corpus";
import { spanHull } from "../corpus";
import { toJson } from "../json-records";
import { pairs } from "../segments";

/** A value of a feature; a reference holds the id of another feature structure. */
export type CasValue = string | number | boolean | readonly string[] | { ref: number };

/** A feature structure of a CAS. Offsets in `begin` and `end` are UTF-16 code units. */
export type FeatureStructure = {
  id: number;
  type: string;
  features: readonly (readonly [name: string, value: CasValue])[];
};

/** What one annotator's CAS of a document holds, without the sofa. */
export type Cas = { text: string; structures: FeatureStructure[] };

export const SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
export const TOKEN = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
export const META_DATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";
export const SET_TYPE = "framemark.AnnotationSet";
export const BLOCK_TYPE = "framemark.Block";
export const COMMENT_TYPE = "framemark.Comment";
/** Where INCEpTION keeps layers that people made. */
const LAYER_PREFIX = "webanno.custom.";

/** Our own features, apart from attributes. */
export const OWN = {
  id: "fm_id",
  ranges: "fm_ranges",
  flags: "fm_flags",
  more: "fm_more",
  unit: "fm_unit",
  value: "fm_value",
  evidence: "fm_evidence",
} as const;

/** Id of the sofa, which every file has. */
export const SOFA_ID = 1;

/** Kinds of attribute by layer and key, as first met, so that a type has one range per feature. */
export type AttributeKinds = Map<string, string>;

/** One annotator's work on a document as feature structures; without a set, the document alone. */
export function toCas(document: CorpusDocument, set: CorpusSet | null, kinds: AttributeKinds): Cas {
  const index = indexText(document.text);
  const cas: Cas = { text: document.text, structures: [] };
  const add = createAdder(cas.structures, index);
  add(META_DATA, { start: 0, end: index.length }, [
    ["language", document.source.language ?? "x-unspecified"],
    ["documentTitle", document.title ?? document.id],
    ["documentId", document.id],
  ]);
  add(SET_TYPE, null, describeSet(document, set));
  for (const range of pairs(document.sentences ?? [])) add(SENTENCE, range, []);
  for (const range of pairs(document.tokens ?? [])) add(TOKEN, range, []);
  for (const block of document.blocks) add(BLOCK_TYPE, block, [["role", block.role]]);
  if (set !== null) addSet(set, { add, index, kinds });
  return cas;
}

type Features = (readonly [string, CasValue])[];
type Add = (type: string, range: CorpusRange | null, features: Features) => number;
type Adding = { add: Add; index: TextIndex; kinds: AttributeKinds };

function createAdder(structures: FeatureStructure[], index: TextIndex): Add {
  return (type, range, features) => {
    const id = SOFA_ID + 1 + structures.length;
    const place: Features =
      range === null
        ? []
        : [
            ["begin", index.toUtf16(codePoint(range.start))],
            ["end", index.toUtf16(codePoint(range.end))],
          ];
    structures.push({ id, type, features: [...place, ...features] });
    return id;
  };
}

function describeSet({ title, source }: CorpusDocument, set: CorpusSet | null): Features {
  const own: Features =
    set === null
      ? []
      : [
          ["name", set.name],
          ["kind", set.kind],
          ["flags", [...set.flags]],
        ];
  return [
    ...own,
    ["source", toJson(source)],
    ...(title === null ? [] : [["title", title] as const]),
  ];
}

function addSet(set: CorpusSet, { add, index, kinds }: Adding): void {
  const ids = new Map<string, { id: number; span: CorpusSpan }>();
  for (const span of set.spans) {
    const id = add(layerType(span.layer), spanHull(span), spanFeatures(span, index, kinds));
    ids.set(span.id, { id, span });
  }
  for (const relation of set.relations) {
    const [from, to] = [ids.get(relation.from), ids.get(relation.to)];
    if (from === undefined || to === undefined) continue;
    const type = layerType(relation.layer);
    // INCEpTION places an arrow where it ends.
    add(type, spanHull(to.span), [
      [OWN.id, relation.id],
      ["label", relation.label],
      ["Governor", { ref: from.id }],
      ["Dependent", { ref: to.id }],
      ...attributeFeatures(type, relation.attributes, kinds),
    ]);
  }
  for (const each of set.unitLabels) {
    add(layerType(each.layer), each, [
      ["label", each.label],
      [OWN.unit, each.unit],
      ...(each.value === null ? [] : [[OWN.value, each.value] as const]),
      ...(each.evidence.length === 0 ? [] : [[OWN.evidence, [...each.evidence]] as const]),
    ]);
  }
  for (const { id, spanId, body } of set.comments) {
    const span = spanId === null ? [] : [["span", spanId] as const];
    add(COMMENT_TYPE, null, [[OWN.id, id], ["body", body], ...span]);
  }
}

function spanFeatures(span: CorpusSpan, index: TextIndex, kinds: AttributeKinds): Features {
  const toUnits = ({ start, end }: CorpusRange) =>
    `${index.toUtf16(codePoint(start))}-${index.toUtf16(codePoint(end))}`;
  const ranges = span.ranges.map(toUnits).join(" ");
  return [
    [OWN.id, span.id],
    ["label", span.label],
    ...(span.ranges.length === 1 ? [] : [[OWN.ranges, ranges] as const]),
    ...(span.flags.length === 0 ? [] : [[OWN.flags, [...span.flags]] as const]),
    ...attributeFeatures(layerType(span.layer), span.attributes, kinds),
  ];
}

/** Each attribute as a feature; values of another kind than the first of its key go together as JSON. */
function attributeFeatures(
  type: string,
  attributes: AttributeValues,
  kinds: AttributeKinds,
): Features {
  const features: Features = [];
  const more: [string, AttributeValue][] = [];
  for (const [key, value] of Object.entries(attributes)) {
    const at = `${type}:${key}`;
    const kind = kinds.get(at) ?? kindOf(value);
    kinds.set(at, kind);
    if (kind === kindOf(value)) features.push([toFeature(key), value]);
    else more.push([key, value]);
  }
  if (more.length > 0) features.push([OWN.more, toJson(Object.fromEntries(more))]);
  return features;
}

function kindOf(value: AttributeValue): string {
  return Array.isArray(value) ? "list" : typeof value;
}

/** The type that holds a layer; signs that names of types cannot have are spelt out. */
export function layerType(layer: string): string {
  return LAYER_PREFIX + toIdentifier(layer);
}

/** The layer that a type holds: our own name where it is ours, else the last part of the type's name. */
export function typeLayer(type: string): string {
  if (!type.startsWith(LAYER_PREFIX)) return type.slice(type.lastIndexOf(".") + 1);
  return fromIdentifier(type.slice(LAYER_PREFIX.length));
}

const RESERVED: ReadonlySet<string> = new Set([
  "label",
  "begin",
  "end",
  "sofa",
  "Governor",
  "Dependent",
]);

/** The name of the feature that holds an attribute. */
export function toFeature(key: string): string {
  const name = toIdentifier(key);
  const isTaken = RESERVED.has(name) || name.startsWith("fm_");
  return isTaken ? `${spellOut(name.slice(0, 1))}${name.slice(1)}` : name;
}

/** The key of an attribute from the name of its feature. */
export function fromIdentifier(name: string): string {
  return name.replace(/_u([0-9A-F]{2,6})_/g, (_, code: string) => {
    return String.fromCodePoint(Number.parseInt(code, 16));
  });
}

function toIdentifier(name: string): string {
  const spelt = name.replace(/_u(?=[0-9A-F])|[^A-Za-z0-9_]/gu, (sign) =>
    sign === "_u" ? `${spellOut("_")}u` : spellOut(sign),
  );
  return /^[0-9]/.test(spelt) ? spellOut(spelt.slice(0, 1)) + spelt.slice(1) : spelt;
}

function spellOut(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return `_u${code.padStart(4, "0")}_`;
}
