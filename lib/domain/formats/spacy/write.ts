import type {
  CorpusDocument,
  CorpusSet,
  CorpusSpan,
  CorpusWriter,
  Holds,
  OutputPiece,
  WriteContext,
} from "../corpus";
import { spanHull } from "../corpus";
import { documentFields, eachSet } from "../document-fields";
import { toJsonLine } from "../json-records";
import { HOLDS_LABELS, noteLosses, PLAIN_LAYER } from "../losses";

export const SPACY_HOLDS: Holds = {
  ...HOLDS_LABELS,
  parts: false,
  attributes: "none",
  unitLayers: false,
  sentenceLabels: false,
  blockLabels: false,
  values: false,
};

const PATH = "spacy.jsonl";

/** The key that spaCy's span categoriser looks for. */
export const DEFAULT_KEY = "sc";

/**
 * Writes spaCy's training data as JSON Lines, a line for each document and annotator: all spans under
 * `spans`, by layer; of spans that overlap the longest also under `entities`, where spaCy allows no
 * overlap. Offsets are code points.
 */
export function writeSpacy({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, SPACY_HOLDS, report);
      const lines = eachSet(document).map((set) => toJsonLine(toExample(document, set)));
      yield { path: PATH, content: lines.join("") };
    },
    *end() {},
  };
}

function toExample(document: CorpusDocument, set: CorpusSet | null): object {
  const spans = set?.spans ?? [];
  const labels = (set?.unitLabels ?? []).filter(({ unit }) => unit === "document");
  return {
    text: document.text,
    entities: withoutOverlap(spans).map(toTriple),
    spans: Object.fromEntries(
      [...new Set(spans.map(({ layer }) => layer))].map((layer) => {
        const own = spans.filter((span) => span.layer === layer);
        return [layer === PLAIN_LAYER ? DEFAULT_KEY : layer, own.map(toTriple)];
      }),
    ),
    cats: Object.fromEntries(labels.map(({ label }) => [label, 1])),
    meta: { ...documentFields(document), annotator: set?.name ?? null },
  };
}

function toTriple(span: CorpusSpan): [number, number, string] {
  const { start, end } = spanHull(span);
  return [start, end, span.label];
}

/** Longest first, then by place; each only where nothing chosen before lies. */
function withoutOverlap(spans: readonly CorpusSpan[]): CorpusSpan[] {
  const placed = spans.map((span) => ({ span, ...spanHull(span) }));
  placed.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const chosen: typeof placed = [];
  for (const each of placed) {
    if (chosen.every(({ start, end }) => each.end <= start || each.start >= end)) chosen.push(each);
  }
  return chosen.sort((a, b) => a.start - b.start).map(({ span }) => span);
}
