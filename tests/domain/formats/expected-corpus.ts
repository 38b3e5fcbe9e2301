import type { AttributeValues } from "@/lib/domain/annotation/state";
import type {
  CorpusDocument,
  CorpusItem,
  CorpusSet,
  CorpusSpan,
  CorpusUnitLabel,
  Holds,
  InputFile,
  OutputPiece,
} from "@/lib/domain/formats/corpus";
import { spanHull } from "@/lib/domain/formats/corpus";
import { tokensOf } from "@/lib/domain/formats/segments";
import { indexText } from "@/lib/domain/text/offsets";

/** What is left of a document in a format with these abilities, by their words alone. */
export function afterLosses(document: CorpusDocument, holds: Holds): CorpusDocument {
  const { tokens, sentences, ...rest } = document;
  return {
    ...rest,
    ...(holds.segments && tokens && sentences ? { tokens, sentences } : {}),
    title: holds.titles ? document.title : null,
    source: holds.facts ? document.source : {},
    blocks: holds.blocks ? document.blocks : [],
    sets: document.sets
      .map((set) => setAfter(set, holds, document))
      .filter((set) => holds.emptySets || isFull(set)),
  };
}

function setAfter(original: CorpusSet, holds: Holds, document: CorpusDocument): CorpusSet {
  const set = placed(original, holds, document);
  return {
    name: set.name,
    kind: holds.setKinds ? set.kind : "annotator",
    spans: set.spans.map((span) => ({
      ...span,
      layer: holds.layers ? span.layer : "span",
      ranges: holds.parts ? span.ranges : [spanHull(span)],
      attributes: attributesAfter(span.attributes, holds),
      flags: holds.spanFlags ? span.flags : [],
    })),
    relations: holds.relations
      ? set.relations.map((each) => ({
          ...each,
          layer: holds.layers ? each.layer : "relation",
          attributes: attributesAfter(each.attributes, holds),
        }))
      : [],
    unitLabels: set.unitLabels
      .filter(({ unit }) => canHold(unit, holds))
      .map((each) => ({
        ...each,
        layer: holds.unitLayers ? each.layer : "label",
        value: holds.values ? each.value : null,
        evidence: holds.evidence ? each.evidence : [],
      })),
    comments: set.comments.filter(({ spanId }) =>
      spanId === null ? holds.setComments : holds.spanComments,
    ),
    flags: holds.setFlags ? set.flags : [],
  };
}

/** Spans where their tokens are, without those that have none, and what pointed at them. */
function placed(set: CorpusSet, holds: Holds, document: CorpusDocument): CorpusSet {
  if (holds.spans === "exact" && holds.crossLayerRelations) return set;
  const tokens = tokensOf(document, indexText(document.text));
  const spans = set.spans.flatMap((span) => {
    const { start, end } = spanHull(span);
    const own = tokens.filter((token) => token.start < end && token.end > start);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return [];
    const isWide = holds.spans === "tokens";
    const from = isWide ? first.start : Math.max(start, first.start);
    const to = isWide ? last.end : Math.min(end, last.end);
    return [{ ...span, ranges: [{ start: from, end: to }] }];
  });
  const layers = new Map(spans.map((span) => [span.id, span.layer]));
  const relations = set.relations.filter(({ from, to }) => {
    const isWhole = layers.has(from) && layers.has(to);
    return isWhole && (holds.crossLayerRelations || layers.get(from) === layers.get(to));
  });
  return { ...set, spans, relations };
}

function canHold(unit: CorpusUnitLabel["unit"], holds: Holds): boolean {
  if (unit === "document") return holds.documentLabels;
  return unit === "block" ? holds.blockLabels : holds.sentenceLabels;
}

function attributesAfter(values: AttributeValues, holds: Holds): AttributeValues {
  if (holds.attributes === "none") return {};
  if (holds.attributes === "typed") return values;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function isFull(set: CorpusSet): boolean {
  return set.spans.length + set.unitLabels.length > 0;
}

/** A document with ids that follow from content, so that documents compare whatever ids a file gave. */
export function withoutIds(document: CorpusDocument): CorpusDocument {
  return {
    ...document,
    sets: [...document.sets]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((set) => {
        const ordered = [...set.spans].sort((a, b) => compare(contentOf(a), contentOf(b)));
        const ids = new Map(ordered.map((span, at) => [span.id, `s${at}`]));
        const idOf = (id: string | null) => (id === null ? null : (ids.get(id) ?? "?"));
        return {
          ...set,
          spans: ordered.map((span, at) => ({ ...span, id: `s${at}` })),
          relations: set.relations
            .map((each) => ({
              ...each,
              id: "r",
              from: idOf(each.from) ?? "?",
              to: idOf(each.to) ?? "?",
            }))
            .sort(byContent),
          unitLabels: set.unitLabels
            .map((each) => ({ ...each, evidence: each.evidence.map((id) => idOf(id) ?? "?") }))
            .sort(byContent),
          comments: set.comments
            .map((each) => ({ ...each, id: "c", spanId: idOf(each.spanId) }))
            .sort(byContent),
        };
      }),
  };
}

function contentOf({ id, ...span }: CorpusSpan): string {
  return JSON.stringify([
    span.ranges,
    span.layer,
    span.label,
    entries(span.attributes),
    span.flags,
    id,
  ]);
}

function entries(values: AttributeValues) {
  return Object.entries(values).sort(([a], [b]) => compare(a, b));
}

function byContent(a: object, b: object): number {
  return compare(JSON.stringify(sorted(a)), JSON.stringify(sorted(b)));
}

function sorted(value: object) {
  return Object.entries(value).sort(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What has which id, so that a format that keeps ids can be held to it. */
export function idsOf(document: CorpusDocument) {
  return document.sets
    .map((set) => [
      set.name,
      ...[...set.spans, ...set.relations, ...set.comments].sort((a, b) => compare(a.id, b.id)),
    ])
    .sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
}

/** What a writer wrote, as files to read. */
export function toFiles(pieces: Iterable<OutputPiece>): InputFile[] {
  const contents = new Map<string, Uint8Array[]>();
  for (const { path, content } of pieces) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    contents.set(path, [...(contents.get(path) ?? []), bytes]);
  }
  return [...contents].map(([path, chunks]) => ({
    path,
    open: async function* () {
      yield* chunks;
    },
  }));
}

/** The documents that were read, those that came in several parts joined, and the problems. */
export async function collect(items: AsyncIterable<CorpusItem>) {
  const documents = new Map<string, CorpusDocument>();
  const problems: { path: string; line: number | null; message: string }[] = [];
  for await (const item of items) {
    if (item.kind === "problem") {
      problems.push({ path: item.path, line: item.line, message: item.message });
      continue;
    }
    const { document } = item;
    const known = documents.get(document.id);
    documents.set(
      document.id,
      known ? { ...known, sets: [...known.sets, ...document.sets] } : document,
    );
  }
  return { documents: [...documents.values()], problems };
}
