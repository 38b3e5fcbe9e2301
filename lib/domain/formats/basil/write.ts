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
import { spanHull } from "../corpus";
import { fromFacts } from "../draft";
import { toFilePart } from "../file-part";
import { HOLDS_LABELS, noteLosses } from "../losses";
import { sentencesOf } from "../segments";

export const BASIL_HOLDS: Holds = {
  ...HOLDS_LABELS,
  parts: false,
  layers: false,
  unitLayers: false,
  sentenceLabels: false,
  blockLabels: false,
};

/** Our names of attributes, where BASIL spells them with hyphens. */
export const BASIL_NAMES: readonly (readonly [string, string])[] = [
  ["indirect_target_name", "indirect-target-name"],
  ["indirect_ally_opponent_sentiment", "indirect-ally-opponent-sentiment"],
];

/**
 * Writes BASIL's JSON: an article in paragraphs and sentences, and for each annotator a file of phrases.
 * A phrase has its place in one sentence, `p0` and on; a span over several sentences is one phrase for
 * each. The headline stands apart as `title`.
 */
export function writeBasil({ report }: WriteContext): CorpusWriter {
  return {
    *write(document): Generator<OutputPiece> {
      noteLosses(document, BASIL_HOLDS, report);
      report.lose("white_space", document.id);
      const index = indexText(document.text);
      const article = layOut(document, index);
      const name = toFilePart(document.id);
      const json = (value: object) => `${JSON.stringify(value, null, 1)}\n`;
      yield { path: `articles/${name}.json`, content: json(articleJson(document, article, index)) };
      for (const set of document.sets) {
        const places = placesOf(document, { set, article, report });
        yield {
          path: `annotations/${toFilePart(set.name)}/${name}_ann.json`,
          content: json(annotationJson(set, places, index)),
        };
      }
    },
    *end() {},
  };
}

/** The sentences by paragraph; the headline, where a block says so, stands apart. */
type Article = { title: CorpusRange | null; paragraphs: CorpusRange[][] };

function layOut(document: CorpusDocument, index: TextIndex): Article {
  const headline = document.blocks.find(({ role }) => role === "headline");
  const sentences = sentencesOf(document, index).map(({ start, end }) => ({ start, end }));
  const body = sentences.filter(({ start }) => headline === undefined || start >= headline.end);
  const paragraphs: CorpusRange[][] = [];
  let last = -1;
  for (const sentence of body) {
    const isNew =
      last < 0 || index.slice(codePoint(last), codePoint(sentence.start)).includes("\n");
    if (isNew) paragraphs.push([]);
    paragraphs.at(-1)?.push(sentence);
    last = sentence.end;
  }
  const title = headline === undefined ? null : { start: headline.start, end: headline.end };
  return { title, paragraphs };
}

function articleJson(document: CorpusDocument, article: Article, index: TextIndex): object {
  const words = ({ start, end }: CorpusRange) => index.slice(codePoint(start), codePoint(end));
  const { more, ...facts } = document.source;
  return {
    uuid: document.id,
    title: article.title === null ? (document.title ?? "") : words(article.title),
    ...(article.title === null || document.title === null
      ? {}
      : { "document-title": document.title }),
    ...fromFacts(facts),
    ...(more === undefined ? {} : { more }),
    "title-in-text": article.title !== null,
    "body-paragraphs": article.paragraphs.map((sentences) => sentences.map(words)),
  };
}

type Place = { id: string; start: number; end: number; txt: CorpusRange; span: number };
type Placing = Pick<WriteContext, "report"> & { set: CorpusSet; article: Article };

function placesOf(document: CorpusDocument, { set, article, report }: Placing): Place[] {
  const units = article.paragraphs.flat().map((range, at) => ({ id: `p${at}`, ...range }));
  if (article.title !== null) units.unshift({ id: "title", ...article.title });
  return set.spans.flatMap((span, number) => {
    const hull = spanHull(span);
    const own = units.filter(({ start, end }) => hull.start < end && hull.end > start);
    const place = `${document.id}, ${set.name}, ${span.id}`;
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) report.lose("spans", place);
    else if (own.length > 1 || hull.start < first.start || hull.end > last.end) {
      report.lose("alignment", place);
    }
    return own.map((unit) => {
      const txt = { start: Math.max(hull.start, unit.start), end: Math.min(hull.end, unit.end) };
      return {
        id: unit.id,
        start: txt.start - unit.start,
        end: txt.end - unit.start,
        txt,
        span: number,
      };
    });
  });
}

function annotationJson(set: CorpusSet, places: readonly Place[], index: TextIndex): object {
  const names = new Map(BASIL_NAMES);
  const answers = set.unitLabels.filter(({ unit }) => unit === "document");
  return {
    "article-level-annotations": Object.fromEntries(
      answers.map(({ label, value }) => [label, value ?? true]),
    ),
    "phrase-level-annotations": places.map(({ id, start, end, txt, span }) => {
      const { label, attributes } = set.spans[span] ?? { label: "", attributes: {} };
      const own = Object.entries(attributes).map(([key, value]) => [names.get(key) ?? key, value]);
      return {
        id,
        txt: index.slice(codePoint(txt.start), codePoint(txt.end)),
        start,
        end,
        bias: label,
        ...Object.fromEntries(own),
      };
    }),
  };
}
