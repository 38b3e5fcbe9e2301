import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusSet,
  CorpusWriter,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { fromFacts } from "../draft";
import { toJsonLine } from "../json-records";
import { pairs } from "../segments";

/** Changes when a field changes its meaning or goes; a new field keeps it. */
const CORPUS_FORMAT = "framemark-corpus/1";

const PATH = "corpus.jsonl";

/**
 * Writes everything, one record a line: a header, then for each document its record, its annotation sets
 * and their annotations, one a line. Offsets are code points.
 */
export function writeFramemark({ projectName }: WriteContext): CorpusWriter {
  let isBegun = false;
  function begin(): string {
    if (isBegun) return "";
    isBegun = true;
    const project = projectName === undefined ? {} : { project: projectName };
    return toJsonLine({
      record: "corpus",
      format: CORPUS_FORMAT,
      offsets: "unicode_code_points",
      ...project,
    });
  }
  return {
    *write(document): Generator<OutputPiece> {
      const lines = [begin(), toJsonLine(documentRecord(document))];
      for (const record of annotationRecords(document)) lines.push(toJsonLine(record));
      yield { path: PATH, content: lines.join("") };
    },
    *end(): Generator<OutputPiece> {
      const content = begin();
      if (content !== "") yield { path: PATH, content };
    },
  };
}

function documentRecord({ id, title, text, source, ...document }: CorpusDocument): object {
  const { more, ...facts } = source;
  return {
    record: "document",
    id,
    title,
    ...fromFacts(facts),
    ...(more === undefined ? {} : { more }),
    text,
    blocks: document.blocks.map(({ role, start, end }) => ({ role, start, end })),
    ...(document.tokens === undefined ? {} : { tokens: toPairs(document.tokens) }),
    ...(document.sentences === undefined ? {} : { sentences: toPairs(document.sentences) }),
  };
}

/** The sets and annotations of a document as rows: spans, relations, labels of units and comments. */
function* annotationRecords(document: CorpusDocument): Generator<object> {
  const index = indexText(document.text);
  for (const set of document.sets) {
    const at = { document: document.id, set: set.name };
    yield { record: "set", ...at, kind: set.kind, flags: set.flags };
    yield* spanRecords(set, at, index);
    yield* unitRecords(set, at, index);
    for (const { id, layer, label, from, to, attributes } of set.relations) {
      const unit = "relation";
      yield { record: "annotation", ...at, unit, id, layer, label, from, to, attributes };
    }
    for (const { id, spanId, body } of set.comments) {
      yield { record: "comment", ...at, id, span: spanId, body };
    }
  }
}

type At = { document: string; set: string };

function* spanRecords(set: CorpusSet, at: At, index: TextIndex): Generator<object> {
  for (const span of set.spans) {
    yield {
      record: "annotation",
      ...at,
      unit: "span",
      id: span.id,
      layer: span.layer,
      label: span.label,
      ...spanHull(span),
      ranges: span.ranges.map(({ start, end }) => [start, end]),
      quote: quoteRanges(span.ranges, index),
      attributes: span.attributes,
      flags: span.flags,
    };
  }
}

function* unitRecords(set: CorpusSet, at: At, index: TextIndex): Generator<object> {
  for (const each of set.unitLabels) {
    const { unit, layer, label, start, end, value, evidence } = each;
    const quote = unit === "document" ? null : quoteRanges([each], index);
    yield {
      record: "annotation",
      ...at,
      unit,
      layer,
      label,
      start,
      end,
      quote,
      value,
      evidence,
    };
  }
}

/** The words at ranges, parts joined by an ellipsis. */
export function quoteRanges(ranges: readonly CorpusRange[], index: TextIndex): string {
  return ranges.map(({ start, end }) => index.slice(codePoint(start), codePoint(end))).join(" … ");
}

function toPairs(flat: readonly number[]): [number, number][] {
  return pairs(flat).map(({ start, end }) => [start, end]);
}
