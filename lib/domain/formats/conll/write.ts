import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import { toBratType } from "../brat/write";
import type {
  CorpusDocument,
  CorpusRange,
  CorpusSet,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { toFilePart } from "../file-part";
import { HOLDS_LABELS, noteLosses } from "../losses";
import { type Sentence, sentencesOf, tokensAt } from "../segments";

export const CONLL_HOLDS: Holds = {
  ...HOLDS_LABELS,
  parts: false,
  attributes: "none",
  layers: false,
  unitLayers: false,
  crossLayerRelations: false,
  spans: "tokens",
  sentenceLabels: false,
  blockLabels: false,
  documentLabels: false,
  values: false,
  facts: false,
  titles: false,
};

/** Names of the first, middle, last and only token of a span. */
type Scheme = { first: string; middle: string; last: string; only: string };
const IOB2: Scheme = { first: "B", middle: "I", last: "I", only: "B" };
const IOBES: Scheme = { first: "B", middle: "I", last: "E", only: "S" };

/** Writes CoNLL files in IOB2; see `writeConll`. */
export function writeIob2(context: WriteContext): CorpusWriter {
  return writeConll(context, IOB2);
}

/** Writes CoNLL files in IOBES; see `writeConll`. */
export function writeIobes(context: WriteContext): CorpusWriter {
  return writeConll(context, IOBES);
}

/**
 * Writes a folder for each annotator with a file for each document: `token -X- _ TAG`. Spans that overlap
 * others stand in further columns, as many as the file needs, so none is left out: the longest of those
 * that meet is in the first. Spans are widened to whole tokens, which are ours unless the document has its
 * own.
 */
function writeConll({ report }: WriteContext, scheme: Scheme): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, CONLL_HOLDS, report);
      report.lose("white_space", document.id);
      const index = indexText(document.text);
      const sentences = sentencesOf(document, index);
      const name = `${toFilePart(document.id)}.conll`;
      if (document.sets.length === 0) {
        yield { path: name, content: toTable(sentences, [], index) };
      }
      for (const set of document.sets) {
        notePlaces(document, { set, sentences, report });
        const tags = tagColumns(set, sentences, scheme);
        yield { path: `${toFilePart(set.name)}/${name}`, content: toTable(sentences, tags, index) };
      }
    },
    *end() {},
  };
}

type Noting = Pick<WriteContext, "report"> & { set: CorpusSet; sentences: readonly Sentence[] };

function notePlaces(document: CorpusDocument, { set, sentences, report }: Noting): void {
  const tokens = sentences.flatMap((sentence) => sentence.tokens);
  for (const span of set.spans) {
    const { start, end } = spanHull(span);
    const at = tokensAt(tokens, { start, end });
    const place = `${document.id}, ${set.name}, ${span.id}`;
    if (at === null) report.lose("spans", place);
    else if (tokens[at.first]?.start !== start || tokens[at.last]?.end !== end) {
      report.lose("alignment", place);
    }
  }
}

/** A tag for each token, by column. */
function tagColumns(set: CorpusSet, sentences: readonly Sentence[], scheme: Scheme): string[][] {
  const tokens = sentences.flatMap((sentence) => sentence.tokens);
  const placed = set.spans.flatMap((span) => {
    const at = tokensAt(tokens, spanHull(span));
    return at === null ? [] : [{ ...at, label: toBratType(span.label) }];
  });
  placed.sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
  const columns: string[][] = [];
  for (const { first, last, label } of placed) {
    const isFree = (column: string[]) => column.slice(first, last + 1).every((tag) => tag === "O");
    let column = columns.find(isFree);
    if (column === undefined) {
      column = tokens.map(() => "O");
      columns.push(column);
    }
    for (let at = first; at <= last; at++)
      column[at] = `${partOf(at, { first, last, scheme })}-${label}`;
  }
  return columns;
}

function partOf(
  at: number,
  { first, last, scheme }: { first: number; last: number; scheme: Scheme },
) {
  if (first === last) return scheme.only;
  if (at === first) return scheme.first;
  return at === last ? scheme.last : scheme.middle;
}

function toTable(
  sentences: readonly Sentence[],
  tags: readonly string[][],
  index: TextIndex,
): string {
  const columns = tags.length === 0 ? [[]] : tags;
  const lines = ["-DOCSTART- -X- O O", ""];
  let number = 0;
  for (const sentence of sentences) {
    for (const token of sentence.tokens) {
      const own = columns.map((column) => column[number] ?? "O");
      lines.push(`${words(token, index)} -X- _ ${own.join(" ")}`);
      number++;
    }
    lines.push("");
  }
  return `${lines.join("\n")}\n`;
}

/** A token has no white space, but may have signs that some readers take for it. */
function words({ start, end }: CorpusRange, index: TextIndex): string {
  return index.slice(codePoint(start), codePoint(end)).replace(/[\s\p{Cc}]/gu, "\uFFFD");
}
