import type { AttributeValue } from "../../annotation/state";
import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusSet,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { documentFields, frameFields } from "../document-fields";
import { toFilePart } from "../file-part";
import { toJson } from "../json-records";
import { HOLDS_ALL, noteLosses } from "../losses";

export const WEB_ANNOTATION_HOLDS: Holds = HOLDS_ALL;

/** Code points of the text before and after a quotation that go with it. */
const CONTEXT = 32;

/** Facts of ours are one JSON value to other readers of linked data. */
const JSON_LD_CONTEXT = [
  "http://www.w3.org/ns/anno.jsonld",
  { framemark: { "@id": "urn:framemark:facts", "@type": "@json" } },
];

/**
 * Writes W3C Web Annotations: for each document its text and a page of annotations, each with position
 * and quotation. Positions are code points, as the model demands; a span in parts has several targets.
 */
export function writeWebAnnotation({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, WEB_ANNOTATION_HOLDS, report);
      const name = toFilePart(document.id);
      yield { path: `${name}.txt`, content: document.text };
      yield { path: `${name}.jsonld`, content: toPage(document, `${name}.txt`) };
    },
    *end() {},
  };
}

function toPage(document: CorpusDocument, textFile: string): string {
  const source = textFile.replaceAll("%", "%25");
  const index = indexText(document.text);
  const facts = {
    ...documentFields(document),
    frame: frameFields(document),
    sets: document.sets.map(({ name, kind, flags }) => ({ name, kind, flags })),
  };
  const items = document.sets.flatMap((set) => toAnnotations(set, { source, index, document }));
  const head = toJson({
    "@context": JSON_LD_CONTEXT,
    id: urn("page", document.id),
    type: "AnnotationPage",
    framemark: facts,
  });
  const lines = items.map((item) => toJson(item)).join(",\n");
  return `${head.slice(0, -1)},"items":[\n${lines}\n]}\n`;
}

type Place = { source: string; index: TextIndex; document: CorpusDocument };

function toAnnotations(set: CorpusSet, place: Place): object[] {
  const common = { type: "Annotation", creator: { type: "Person", nickname: set.name } };
  const idOf = (id: string) => urn("annotation", place.document.id, set.name, id);
  const spans = set.spans.map(({ id, layer, label, ranges, attributes, flags }) => ({
    id: idOf(id),
    ...common,
    motivation: "tagging",
    body: [tag(label), ...Object.entries(attributes).map(([key, value]) => describing(key, value))],
    target: oneOrMany(ranges.map((range) => toTarget(range, place))),
    framemark: { id, layer, attributes, flags },
  }));
  const relations = set.relations.map(({ id, layer, label, from, to, attributes }) => ({
    id: idOf(id),
    ...common,
    motivation: "linking",
    body: [tag(label), { type: "SpecificResource", purpose: "linking", source: idOf(from) }],
    target: idOf(to),
    framemark: { id, layer, attributes, from, to },
  }));
  const unitLabels = set.unitLabels.map(
    ({ unit, layer, label, start, end, value, evidence }, at) => ({
      id: idOf(`unit label ${at + 1}`),
      ...common,
      motivation: "classifying",
      body: [tag(label), ...(value === null ? [] : [describing("answer", value)])],
      target: unit === "document" ? place.source : toTarget({ start, end }, place),
      framemark: { unit, layer, value, evidence },
    }),
  );
  const comments = set.comments.map(({ id, spanId, body }) => ({
    id: idOf(id),
    ...common,
    motivation: "commenting",
    body: [{ type: "TextualBody", purpose: "commenting", format: "text/plain", value: body }],
    target: spanId === null ? place.source : idOf(spanId),
    framemark: { id, span: spanId },
  }));
  return [...spans, ...relations, ...unitLabels, ...comments];
}

function tag(label: string): object {
  return { type: "TextualBody", purpose: "tagging", value: label };
}

function describing(key: string, value: AttributeValue): object {
  const text = typeof value === "string" ? value : toJson(value);
  return { type: "TextualBody", purpose: "describing", value: `${key}: ${text}` };
}

function toTarget({ start, end }: CorpusRange, { source, index }: Place): object {
  const slice = (from: number, to: number) => index.slice(codePoint(from), codePoint(to));
  return {
    source,
    selector: [
      { type: "TextPositionSelector", start, end },
      {
        type: "TextQuoteSelector",
        exact: slice(start, end),
        prefix: slice(Math.max(0, start - CONTEXT), start),
        suffix: slice(end, Math.min(index.length, end + CONTEXT)),
      },
    ],
  };
}

function oneOrMany(targets: object[]): object | object[] {
  return targets.length === 1 && targets[0] !== undefined ? targets[0] : targets;
}

function urn(...parts: string[]): string {
  return `urn:framemark:${parts.map((part) => encodeURIComponent(part.toWellFormed())).join(":")}`;
}
