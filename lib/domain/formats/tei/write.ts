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
import { countForbidden, escapeText, xmlTag } from "../xml";

export const TEI_HOLDS: Holds = HOLDS_ALL;

/** The type of notes that hold, as JSON, what TEI has no element for. */
export const OWN_NOTE = "framemark";

/** The id of the element that holds the text. */
const TEXT_ID = "text";

/**
 * Writes TEI: for each document an .xml with the text in one element and standoff annotations that point
 * into it with `string-range`, whose offsets are code points. A list for each annotator.
 */
export function writeTei({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, TEI_HOLDS, report);
      report.lose("signs", document.id, countForbidden(document.text));
      yield { path: `${toFilePart(document.id)}.xml`, content: toTei(document) };
    },
    *end() {},
  };
}

function toTei(document: CorpusDocument): string {
  const index = indexText(document.text);
  const lists = document.sets.map((set, at) => toList(set, `s${at + 1}`, index));
  const language = document.source.language;
  const root = xmlTag(
    "TEI",
    { xmlns: "http://www.tei-c.org/ns/1.0", ...(language ? { "xml:lang": language } : {}) },
    [
      "",
      toHeader(document),
      xmlTag(
        "text",
        {},
        xmlTag(
          "body",
          {},
          xmlTag("ab", { "xml:id": TEXT_ID, "xml:space": "preserve" }, escapeText(document.text)),
        ),
      ),
      xmlTag("standOff", {}, `\n${lists.join("\n")}\n`),
      "",
    ].join("\n"),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function toHeader(document: CorpusDocument): string {
  const { title, id, source } = document;
  const statement = xmlTag("titleStmt", {}, xmlTag("title", {}, escapeText(title ?? id)));
  const publication = xmlTag(
    "publicationStmt",
    {},
    xmlTag("p", {}, escapeText(source.licence ?? "")),
  );
  const facts = [
    source.author === undefined ? "" : xmlTag("author", {}, escapeText(source.author)),
    source.outlet === undefined ? "" : xmlTag("publisher", {}, escapeText(source.outlet)),
    source.publishedOn === undefined ? "" : xmlTag("date", {}, escapeText(source.publishedOn)),
    source.url === undefined ? "" : xmlTag("ptr", { target: source.url }),
    xmlTag(
      "note",
      { type: OWN_NOTE },
      escapeText(toJson({ ...documentFields(document), frame: frameFields(document) })),
    ),
  ];
  const description = xmlTag("sourceDesc", {}, xmlTag("bibl", {}, facts.join("")));
  return xmlTag("teiHeader", {}, xmlTag("fileDesc", {}, statement + publication + description));
}

function toList(set: CorpusSet, prefix: string, index: TextIndex): string {
  const ids = new Map(set.spans.map(({ id }, at) => [id, `${prefix}.${at + 1}`]));
  const { name, kind, flags, comments } = set;
  const items: string[] = [note({ name, kind, flags, comments })];
  for (const { id, layer, label, ranges, attributes, flags: own } of set.spans) {
    const target = ranges.map(pointer).join(" ");
    const quote = ranges.map(({ start, end }) => index.slice(codePoint(start), codePoint(end)));
    items.push(
      xmlTag(
        "annotation",
        { "xml:id": ids.get(id), motivation: "tagging", target },
        labelNote(label) +
          xmlTag("note", { type: "quote" }, escapeText(quote.join(" … "))) +
          note({ id, layer, attributes, flags: own }),
      ),
    );
  }
  for (const { id, layer, label, from, to, attributes } of set.relations) {
    const target = `#${ids.get(from)} #${ids.get(to)}`;
    const own = note({ id, layer, from, to, attributes });
    items.push(xmlTag("annotation", { motivation: "linking", target }, labelNote(label) + own));
  }
  for (const { unit, layer, label, start, end, value, evidence } of set.unitLabels) {
    const target = unit === "document" ? `#${TEXT_ID}` : pointer({ start, end });
    const own = note({ unit, layer, value, evidence });
    items.push(xmlTag("annotation", { motivation: "classifying", target }, labelNote(label) + own));
  }
  return xmlTag("listAnnotation", { "xml:id": prefix, type: kind }, `\n${items.join("\n")}\n`);
}

function pointer({ start, end }: CorpusRange): string {
  return `#string-range(${TEXT_ID},${start},${end - start})`;
}

function labelNote(label: string): string {
  return xmlTag("note", { type: "label" }, escapeText(label));
}

function note(value: object): string {
  return xmlTag("note", { type: OWN_NOTE }, escapeText(toJson(value)));
}
