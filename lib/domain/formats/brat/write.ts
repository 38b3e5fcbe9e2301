import type { AttributeValue, AttributeValues, Flag } from "../../annotation/state";
import { codePoint, codePointLength, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusRange,
  CorpusSet,
  CorpusSpan,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { toFilePart } from "../file-part";
import { toJson } from "../json-records";
import { HOLDS_ALL, noteLosses, PLAIN_LAYER, PLAIN_RELATION } from "../losses";

export const BRAT_HOLDS: Holds = {
  ...HOLDS_ALL,
  ids: false,
  relations: true,
  sentenceLabels: false,
  blockLabels: false,
  documentLabels: false,
  values: false,
  evidence: false,
  setFlags: false,
  setComments: false,
  blocks: false,
  segments: false,
  facts: false,
  titles: false,
  setKinds: false,
};

/** Notes of this type hold, as JSON, what brat has no line for. */
export const OWN_NOTE = "framemark";

/**
 * Writes brat standoff: a folder for each annotator with the text and the .ann file of each document. A
 * document that nobody annotated is only its text. Types in brat are words: other signs of labels are
 * percent-encoded. What is no word (layers, flags, free text in attributes) stands in notes.
 */
export function writeBrat({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, BRAT_HOLDS, report);
      const name = toFilePart(document.id);
      if (document.sets.length === 0) yield { path: `${name}.txt`, content: document.text };
      const index = indexText(document.text);
      for (const set of document.sets) {
        const folder = toFilePart(set.name);
        yield { path: `${folder}/${name}.txt`, content: document.text };
        yield { path: `${folder}/${name}.ann`, content: annLines(set, index).join("") };
      }
    },
    *end() {},
  };
}

function annLines(set: CorpusSet, index: TextIndex): string[] {
  const ids = new Map(set.spans.map((span, at) => [span.id, `T${at + 1}`]));
  const note = createNumbers("#");
  const attribute = createNumbers("A");
  const lines: string[] = [];
  for (const span of set.spans) {
    const id = ids.get(span.id) ?? "";
    const { plain, rest } = splitAttributes(id, span.attributes);
    const fragments = cutAtBreaks(span.ranges, index);
    lines.push(spanLine(id, span, fragments, index));
    lines.push(...plain.map((line) => `${attribute()}\t${line}\n`));
    const isSame = sameRanges(joinOverBreaks(fragments, index), span.ranges);
    const own = ownFacts({ ...span, attributes: rest }, PLAIN_LAYER, isSame ? [] : span.ranges);
    if (own !== null) lines.push(`${note()}\t${OWN_NOTE} ${id}\t${own}\n`);
  }
  set.relations.forEach((relation, at) => {
    const id = `R${at + 1}`;
    const [from, to] = [ids.get(relation.from) ?? "", ids.get(relation.to) ?? ""];
    lines.push(`${id}\t${toBratType(relation.label)} Arg1:${from} Arg2:${to}\n`);
    const own = ownFacts({ ...relation, flags: [] }, PLAIN_RELATION);
    if (own !== null) lines.push(`${note()}\t${OWN_NOTE} ${id}\t${own}\n`);
  });
  for (const { spanId, body } of set.comments) {
    const id = spanId === null ? undefined : ids.get(spanId);
    if (id !== undefined) lines.push(`${note()}\tAnnotatorNotes ${id}\t${toNote(body)}\n`);
  }
  return lines;
}

/** Attributes that are words have lines of their own; the rest goes into a note. */
function splitAttributes(id: string, values: AttributeValues) {
  const plain: string[] = [];
  const rest: [string, AttributeValue][] = [];
  for (const [key, value] of Object.entries(values)) {
    const line = attributeLine(id, key, value);
    if (line === null) rest.push([key, value]);
    else plain.push(line);
  }
  return { plain, rest: Object.fromEntries(rest) };
}

/** Text-bound: fragments by semicolon, their words joined by a space. */
function spanLine(
  id: string,
  span: CorpusSpan,
  fragments: readonly CorpusRange[],
  index: TextIndex,
) {
  const places = fragments.map(({ start, end }) => `${start} ${end}`).join(";");
  const words = fragments.map(({ start, end }) => index.slice(codePoint(start), codePoint(end)));
  const quote = words.join(" ").replace(LINE_ENDS, " ");
  return `${id}\t${toBratType(span.label)} ${places}\t${quote}\n`;
}

/** What Python, and so brat, may take for the end of a line: all controls but the tab. */
const LINE_ENDS = /(?:(?!\t)[\p{Cc}\p{Zl}\p{Zp}])+/gu;

/**
 * The ranges of a span cut at line breaks, since brat has no annotation over them. Nothing but breaks stays
 * as it is.
 */
function cutAtBreaks(ranges: readonly CorpusRange[], index: TextIndex): CorpusRange[] {
  const cut = ranges.flatMap(({ start, end }) => {
    const pieces: CorpusRange[] = [];
    const words = index.slice(codePoint(start), codePoint(end));
    let at = start;
    for (const piece of words.split(/((?:(?!\t)[\p{Cc}\p{Zl}\p{Zp}])+)/u)) {
      const length = codePointLength(piece);
      if (length > 0 && piece.replace(LINE_ENDS, "") !== "") {
        pieces.push({ start: at, end: at + length });
      }
      at += length;
    }
    return pieces;
  });
  return cut.length === 0 ? [...ranges] : cut;
}

/** Ranges with nothing but line breaks between them, as one. */
export function joinOverBreaks(ranges: readonly CorpusRange[], index: TextIndex): CorpusRange[] {
  const joined: CorpusRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    const between =
      last === undefined ? "x" : index.slice(codePoint(last.end), codePoint(range.start));
    if (last !== undefined && between.replace(LINE_ENDS, "") === "") last.end = range.end;
    else joined.push({ ...range });
  }
  return joined;
}

function attributeLine(id: string, key: string, value: AttributeValue): string | null {
  if (!WORD.test(key)) return null;
  if (value === true) return `${key} ${id}`;
  const isWord = typeof value === "string" && WORD.test(value) && value !== "true";
  return isWord ? `${key} ${id} ${value}` : null;
}

const WORD = /^[A-Za-z0-9_-]+$/;

/** What has no line in brat, as JSON; null where there is nothing. */
function ownFacts(
  from: { layer: string; flags: readonly Flag[]; attributes: AttributeValues },
  plain: string,
  ranges: readonly CorpusRange[] = [],
): string | null {
  const own = {
    ...(ranges.length === 0 ? {} : { ranges: ranges.map(({ start, end }) => [start, end]) }),
    ...(from.layer === plain ? {} : { layer: from.layer }),
    ...(from.flags.length === 0 ? {} : { flags: from.flags }),
    ...(Object.keys(from.attributes).length === 0 ? {} : { attributes: from.attributes }),
  };
  return Object.keys(own).length === 0 ? null : toJson(own);
}

function sameRanges(a: readonly CorpusRange[], b: readonly CorpusRange[]): boolean {
  const isSame = (range: CorpusRange, at: number) =>
    range.start === b[at]?.start && range.end === b[at]?.end;
  return a.length === b.length && a.every(isSame);
}

/** A label as a type of brat: white space, colons and signs that direct are percent-encoded. */
export function toBratType(label: string): string {
  return encodeSigns(label, /[\s\p{Cc}\p{Cf}%:;]/gu);
}

/** A note on one line. */
function toNote(body: string): string {
  return encodeSigns(body, /[\p{Cc}\p{Zl}\p{Zp}%]/gu);
}

function encodeSigns(text: string, signs: RegExp): string {
  return text.replace(signs, (sign) =>
    [...new TextEncoder().encode(sign)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}

function createNumbers(prefix: string): () => string {
  let number = 0;
  return () => `${prefix}${++number}`;
}
