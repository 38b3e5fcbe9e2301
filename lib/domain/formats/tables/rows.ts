import { indexText } from "../../text/offsets";
import type { CorpusDocument, CorpusSet, FormatReport, Holds } from "../corpus";
import { SOURCE_FACTS, spanHull } from "../corpus";
import { fromFacts } from "../draft";
import { quoteRanges } from "../framemark/write";
import { toJson } from "../json-records";
import { HOLDS_ALL } from "../losses";

/** A cell of a table: null where there is nothing to say. */
export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** A column of a table and what it holds. */
export type TableColumn = { name: string; type: "text" | "count" };

/** What tables hold: all but tokens and sentences, lists and attributes as JSON in a cell. */
export const TABLE_HOLDS: Holds = { ...HOLDS_ALL, segments: false };

const texts = (...names: string[]): TableColumn[] => names.map((name) => ({ name, type: "text" }));
const counts = (...names: string[]): TableColumn[] =>
  names.map((name) => ({ name, type: "count" }));

/** One row for each document. */
export const DOCUMENT_COLUMNS: readonly TableColumn[] = [
  ...texts("document", "title"),
  ...texts(...Object.keys(fromFacts(Object.fromEntries(SOURCE_FACTS.map((fact) => [fact, ""]))))),
  ...texts("more", "blocks"),
  ...counts("length"),
  ...texts("text"),
];

/** One row for each set, span, relation, label and comment. */
export const ANNOTATION_COLUMNS: readonly TableColumn[] = [
  ...texts("document", "annotator", "kind", "unit", "id", "layer", "label"),
  ...counts("start", "end"),
  ...texts("ranges", "quote", "value", "from", "to", "evidence", "attributes", "flags", "body"),
];

/** The row of a document. */
export function documentRow(document: CorpusDocument): Row {
  const { more, ...facts } = document.source;
  return {
    document: document.id,
    title: document.title,
    ...fromFacts(facts),
    more: more === undefined ? null : toJson(more),
    blocks:
      document.blocks.length === 0
        ? null
        : toJson(document.blocks.map(({ role, start, end }) => [role, start, end])),
    length: indexText(document.text).length,
    text: document.text,
  };
}

/** The rows of all that was said of a document. */
export function* annotationRows(document: CorpusDocument): Generator<Row> {
  const index = indexText(document.text);
  for (const set of document.sets) {
    const own = { document: document.id, annotator: set.name, kind: set.kind };
    yield { ...own, unit: "set", flags: listCell(set.flags) };
    for (const span of set.spans) {
      const { id, layer, label, ranges, flags } = span;
      yield {
        ...own,
        unit: "span",
        id,
        layer,
        label,
        ...spanHull(span),
        ranges: toJson(ranges.map(({ start, end }) => [start, end])),
        quote: quoteRanges(ranges, index),
        attributes: objectCell(span.attributes),
        flags: listCell(flags),
      };
    }
    yield* otherRows(set, own, index);
  }
}

function* otherRows(set: CorpusSet, own: Row, index: ReturnType<typeof indexText>): Generator<Row> {
  for (const { id, layer, label, from, to, attributes } of set.relations) {
    yield {
      ...own,
      unit: "relation",
      id,
      layer,
      label,
      from,
      to,
      attributes: objectCell(attributes),
    };
  }
  for (const each of set.unitLabels) {
    const { unit, layer, label, start, end, value, evidence } = each;
    const quote = unit === "document" ? null : quoteRanges([each], index);
    yield { ...own, unit, layer, label, start, end, quote, value, evidence: listCell(evidence) };
  }
  for (const { id, spanId, body } of set.comments) {
    yield { ...own, unit: "comment", id, from: spanId, body };
  }
}

function listCell(list: readonly string[]): string | null {
  return list.length === 0 ? null : toJson(list);
}

function objectCell(value: object): string | null {
  return Object.keys(value).length === 0 ? null : toJson(value);
}

/** Notes that a document has tokens, which tables leave out. */
export function noteTableLosses(document: CorpusDocument, report: FormatReport): void {
  if (document.tokens !== undefined) report.lose("segments", document.id);
}
