import type { AttributeValue, AttributeValues } from "../../annotation/state";
import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusRelation,
  CorpusSet,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { toFilePart } from "../file-part";
import { toJson } from "../json-records";
import { HOLDS_ALL, noteLosses } from "../losses";
import { type Sentence, sentencesOf } from "../segments";
import { layerType, toFeature } from "../uima/cas";
import { INITIAL } from "../uima/from-cas";
import { escapeText, escapeValue } from "./escapes";
import { layOut, type PlacedSpan, type Row, sentenceTexts, trimToTokens } from "./rows";

export const WEBANNO_HOLDS: Holds = {
  ...HOLDS_ALL,
  parts: false,
  attributes: "text",
  ids: false,
  crossLayerRelations: false,
  spans: "trimmed",
  sentenceLabels: false,
  blockLabels: false,
  documentLabels: false,
  values: false,
  evidence: false,
  spanFlags: false,
  setFlags: false,
  spanComments: false,
  setComments: false,
  blocks: false,
  segments: false,
  facts: false,
  titles: false,
  setKinds: false,
};

/**
 * Writes WebAnno TSV 3.3: a folder for each document with a file for each annotator. Offsets are UTF-16
 * code units. Spans that begin or end inside a token stand in rows for parts of it.
 */
export function writeWebanno({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, WEBANNO_HOLDS, report);
      const index = indexText(document.text);
      const sentences = sentencesOf(document, index);
      const folder = toFilePart(document.id);
      const first = sentences[0]?.tokens[0]?.start ?? index.length;
      if (first > 0) report.lose("white_space", document.id);
      for (const set of document.sets) {
        notePlaces(document, { set, sentences, report });
        const content = toTsv(set, sentences, index);
        yield { path: `${folder}/${toFilePart(set.name)}.tsv`, content };
      }
      if (document.sets.length > 0) return;
      yield { path: `${folder}/${INITIAL}.tsv`, content: toTsv(null, sentences, index) };
    },
    *end() {},
  };
}

type Noting = Pick<WriteContext, "report"> & { set: CorpusSet; sentences: readonly Sentence[] };

function notePlaces(document: CorpusDocument, { set, sentences, report }: Noting): void {
  const tokens = sentences.flatMap((sentence) => sentence.tokens);
  for (const span of set.spans) {
    const hull = spanHull(span);
    const trimmed = trimToTokens(tokens, hull);
    const place = `${document.id}, ${set.name}, ${span.id}`;
    if (trimmed === null) report.lose("spans", place);
    else if (trimmed.start !== hull.start || trimmed.end !== hull.end) {
      report.lose("alignment", place);
    }
  }
}

/** A column: what it is called in the header, and what it holds in a row. */
type Column = { name: string; cell: (row: Row) => string };
type LayerColumns = { kind: "SP" | "RL"; type: string; columns: Column[] };

function toTsv(set: CorpusSet | null, sentences: readonly Sentence[], index: TextIndex): string {
  const { sentences: laidOut, placed } = layOut(sentences, set?.spans ?? []);
  const layers = [...spanColumns(placed), ...relationColumns(set?.relations ?? [], placed)];
  const header = layers.map(({ kind, type, columns }) => {
    return `#T_${kind}=${[type, ...columns.map(({ name }) => name)].join("|")}\n`;
  });
  const columns = layers.flatMap((layer) => layer.columns);
  const texts = sentenceTexts(sentences, index);
  const blocks = laidOut.map(({ rows }, at) => {
    const lines = (texts[at] ?? "").split("\n").map((line) => `#Text=${escapeText(line)}\n`);
    return `\n${lines.join("")}${rows.map((row) => toRow(row, columns, index)).join("")}`;
  });
  return `#FORMAT=WebAnno TSV 3.3\n${header.join("")}\n${blocks.join("")}`;
}

function toRow(row: Row, columns: readonly Column[], index: TextIndex): string {
  const [start, end] = [codePoint(row.start), codePoint(row.end)];
  const cells = [
    row.id,
    `${index.toUtf16(start)}-${index.toUtf16(end)}`,
    index.slice(start, end),
    ...columns.map(({ cell }) => cell(row)),
  ];
  return `${cells.join("\t")}\t\n`;
}

function spanColumns(placed: ReadonlyMap<string, PlacedSpan>): LayerColumns[] {
  const all = [...placed.values()];
  const layers = [...new Set(all.map(({ span }) => span.layer))].sort();
  return layers.map((layer): LayerColumns => {
    const own = all.filter(({ span }) => span.layer === layer);
    const keys = keysOf(own.map(({ span }) => span.attributes));
    const column = (name: string, value: (each: PlacedSpan) => string): Column => ({
      name,
      cell: (row) => {
        const here = row.spans.flatMap((id) => placed.get(id) ?? []);
        const values = here
          .filter(({ span }) => span.layer === layer)
          .map((each) => {
            return each.number === 0 ? value(each) : `${value(each)}[${each.number}]`;
          });
        return values.length === 0 ? "_" : values.join("|");
      },
    });
    const attributes = keys.map((key) =>
      column(toFeature(key), ({ span }) => toCell(span.attributes[key])),
    );
    const label = column("label", ({ span }) => escapeValue(span.label));
    return { kind: "SP", type: layerType(layer), columns: [label, ...attributes] };
  });
}

/** A layer of relations joins spans of one layer: where ours joins more, each has columns of its own. */
function relationColumns(
  relations: readonly CorpusRelation[],
  placed: ReadonlyMap<string, PlacedSpan>,
): LayerColumns[] {
  const joined = relations.flatMap((relation) => {
    const [from, to] = [placed.get(relation.from), placed.get(relation.to)];
    if (from === undefined || to === undefined || from.span.layer !== to.span.layer) return [];
    return [{ relation, from, to, group: JSON.stringify([relation.layer, to.span.layer]) }];
  });
  return [...new Set(joined.map(({ group }) => group))].sort().map((group): LayerColumns => {
    const own = joined.filter((each) => each.group === group);
    const keys = keysOf(own.map(({ relation }) => relation.attributes));
    const column = (name: string, value: (each: (typeof own)[number]) => string): Column => ({
      name,
      cell: (row) => {
        const here = own.filter(({ to }) => to.rows[0] === row);
        return here.length === 0 ? "_" : here.map(value).join("|");
      },
    });
    const [first] = own;
    const base = layerType(first?.to.span.layer ?? "");
    return {
      kind: "RL",
      type: layerType(first?.relation.layer ?? ""),
      columns: [
        column("label", ({ relation }) => escapeValue(relation.label)),
        ...keys.map((key) =>
          column(toFeature(key), ({ relation }) => toCell(relation.attributes[key])),
        ),
        column(`BT_${base}`, ({ from, to }) => {
          const isPlain = from.number === 0 && to.number === 0;
          return `${from.rows[0]?.id}${isPlain ? "" : `[${from.number}_${to.number}]`}`;
        }),
      ],
    };
  });
}

function keysOf(all: readonly AttributeValues[]): string[] {
  return [...new Set(all.flatMap((values) => Object.keys(values)))].sort();
}

/** A star where the annotation has no such value. */
function toCell(value: AttributeValue | undefined): string {
  if (value === undefined) return "*";
  return escapeValue(typeof value === "string" ? value : toJson(value));
}
