import { indexText } from "../../text/offsets";
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
import { noteLosses } from "../losses";
import { ARTICLES, PTC_HOLDS } from "./write-ptc";

export const SEMEVAL_2023_HOLDS: Holds = { ...PTC_HOLDS, documentLabels: true };

/** The layer whose labels are the genre, of which an article has one; other layers are frames. */
export const GENRE = "genre";
export const FRAME = "frame";

/**
 * Writes the files of SemEval-2023 Task 3: articles, and for each annotator the labels of subtask 1 (genre),
 * 2 (frames) and 3 (techniques by paragraph), with the spans. Paragraphs are lines that are not blank,
 * counted from 1. Commas separate labels there, so those in labels are percent-encoded.
 */
export function writeSemeval2023({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, SEMEVAL_2023_HOLDS, report);
      const id = toFilePart(document.id);
      yield { path: `${ARTICLES}/article${id}.txt`, content: document.text };
      for (const set of document.sets) {
        const folder = toFilePart(set.name);
        yield* genres(set, { id, folder });
        const spans = set.spans.map((span) => ({
          label: toListLabel(span.label),
          ...spanHull(span),
        }));
        const paragraphs = paragraphsOf(document).map((paragraph, at) => {
          const own = spans.filter(
            ({ start, end }) => start < paragraph.end && end > paragraph.start,
          );
          const labels = [...new Set(own.map(({ label }) => label))].sort();
          return `${id}\t${at + 1}\t${labels.join(",")}\n`;
        });
        yield { path: `${folder}/labels-subtask-3.txt`, content: paragraphs.join("") };
        const lines = spans.map(({ label, start, end }) => `${id}\t${label}\t${start}\t${end}\n`);
        const path = `${folder}/labels-subtask-3-spans/article${id}-labels-subtask-3.txt`;
        yield { path, content: lines.join("") };
      }
    },
    *end() {},
  };
}

function* genres(
  set: CorpusSet,
  { id, folder }: { id: string; folder: string },
): Generator<OutputPiece> {
  const labels = set.unitLabels.filter(({ unit }) => unit === "document");
  const genre = labels.find(({ layer }) => layer === GENRE);
  if (genre !== undefined) {
    const content = `${id}\t${toListLabel(genre.label)}\n`;
    yield { path: `${folder}/labels-subtask-1.txt`, content };
  }
  const frames = labels.filter((each) => each !== genre).map(({ label }) => toListLabel(label));
  if (frames.length > 0) {
    const content = `${id}\t${frames.join(",")}\n`;
    yield { path: `${folder}/labels-subtask-2.txt`, content };
  }
}

/** A label in a list with commas. */
function toListLabel(label: string): string {
  return label.replace(/[\p{Cc}\p{Zl}\p{Zp}%,]/gu, encodeURIComponent);
}

/** Lines that are not blank, in code points. */
export function paragraphsOf({ text }: Pick<CorpusDocument, "text">): CorpusRange[] {
  const paragraphs: CorpusRange[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + indexText(line).length;
    if (line.trim() !== "") paragraphs.push({ start, end });
    start = end + 1;
  }
  return paragraphs;
}
