import { codePoint, indexText, type TextIndex } from "../../text/offsets";
import type {
  CorpusDocument,
  CorpusSet,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { documentFields, eachSet } from "../document-fields";
import { toJsonLine } from "../json-records";
import { HOLDS_ALL, noteLosses } from "../losses";

export const DOCCANO_HOLDS: Holds = {
  ...HOLDS_ALL,
  parts: false,
  attributes: "none",
  ids: false,
  layers: false,
  unitLayers: false,
  sentenceLabels: false,
  blockLabels: false,
  values: false,
  evidence: false,
  spanFlags: false,
  setFlags: false,
  spanComments: false,
  blocks: false,
  segments: false,
  setKinds: false,
};

const PATH = "doccano.jsonl";

/**
 * Writes doccano's JSONL, a line for each document and annotator: entities with relations, labels of the
 * document as `cats`, and the rest as fields that doccano keeps as meta data. Offsets are UTF-16 code
 * units, which doccano counts unless its project says graphemes.
 */
export function writeDoccano({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, DOCCANO_HOLDS, report);
      const index = indexText(document.text);
      const lines = eachSet(document).map((set) => toJsonLine(toRecord(document, set, index)));
      yield { path: PATH, content: lines.join("") };
    },
    *end() {},
  };
}

function toRecord(document: CorpusDocument, set: CorpusSet | null, index: TextIndex): object {
  const { document: name, ...facts } = documentFields(document);
  const ids = new Map(set?.spans.map((span, at) => [span.id, at + 1]));
  return {
    text: document.text,
    entities: (set?.spans ?? []).map((span) => {
      const { start, end } = spanHull(span);
      return {
        id: ids.get(span.id),
        label: span.label,
        start_offset: index.toUtf16(codePoint(start)),
        end_offset: index.toUtf16(codePoint(end)),
      };
    }),
    relations: (set?.relations ?? []).map(({ label, from, to }, at) => ({
      id: at + 1,
      from_id: ids.get(from),
      to_id: ids.get(to),
      type: label,
    })),
    ...catsOf(set),
    Comments: (set?.comments ?? []).filter((one) => one.spanId === null).map(({ body }) => body),
    offsets: "utf16",
    document: name,
    annotator: set?.name ?? null,
    ...facts,
  };
}

function catsOf(set: CorpusSet | null): { cats?: string[] } {
  const labels = (set?.unitLabels ?? []).filter(({ unit }) => unit === "document");
  return labels.length === 0 ? {} : { cats: labels.map(({ label }) => label) };
}
