import type { CorpusWriter, Holds, OutputPiece, WriteContext } from "../corpus";
import { spanHull } from "../corpus";
import { toFilePart } from "../file-part";
import { HOLDS_LABELS, noteLosses } from "../losses";

export const PTC_HOLDS: Holds = {
  ...HOLDS_LABELS,
  parts: false,
  attributes: "none",
  layers: false,
  unitLayers: false,
  sentenceLabels: false,
  blockLabels: false,
  documentLabels: false,
  values: false,
  facts: false,
  titles: false,
};

/** Where the texts are. */
export const ARTICLES = "articles";

/**
 * Writes the files of the Propaganda Techniques Corpus and SemEval-2020 Task 11: the article, and for each
 * annotator a folder with a line `id, technique, start, end` for each span. Offsets are code points from
 * the start of the file.
 */
export function writePtc({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, PTC_HOLDS, report);
      const id = toFilePart(document.id);
      yield { path: `${ARTICLES}/article${id}.txt`, content: document.text };
      for (const set of document.sets) {
        const lines = set.spans.map((span) => {
          const { start, end } = spanHull(span);
          return `${id}\t${toPtcLabel(span.label)}\t${start}\t${end}\n`;
        });
        const folder = toFilePart(set.name);
        yield { path: `${folder}/article${id}.task-flc-tc.labels`, content: lines.join("") };
      }
    },
    *end() {},
  };
}

/** Labels keep their commas here; only what would break a line is encoded. */
function toPtcLabel(label: string): string {
  return label.replace(/[\p{Cc}\p{Zl}\p{Zp}%]/gu, encodeURIComponent);
}
