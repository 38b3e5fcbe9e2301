import type { CorpusDocument, CorpusSet } from "../formats/corpus";
import { type Naming, type ReleaseDocument, type ReleaseSet, unitLabelId } from "./content";

/** A released document for the formats: annotators under pseudonyms and, where there is one, the gold set. */
export function toCorpus(document: ReleaseDocument, naming: Naming): CorpusDocument {
  const facts = {
    outlet: document.outlet,
    author: document.author,
    publishedOn: document.publishedOn,
    url: document.url,
    language: document.language,
    country: document.country,
    section: document.section,
    licence: document.licence,
    event: document.event,
  };
  const known = Object.entries(facts).filter((each): each is [string, string] => each[1] !== null);
  const split = document.split === null ? {} : { more: { split: document.split } };
  return {
    id: document.id,
    title: document.title,
    text: document.text,
    source: { ...Object.fromEntries(known), ...split },
    blocks: document.blocks.map(({ role, start, end }) => ({ role, start, end })),
    tokens: document.tokens,
    sentences: document.sentences,
    sets: [
      ...document.sets.map((set) =>
        toSet(set, { name: setName(set, document.sets), kind: "annotator" }, naming),
      ),
      ...(document.gold === null
        ? []
        : [toSet({ ...document.gold, comments: [] }, { name: "gold", kind: "gold" }, naming)]),
    ],
  };
}

/** One annotator may have several sets of a document, of later rounds or a planned repeat: all but the first say so. */
function setName(
  { setId, annotator, roundPosition, repetition }: ReleaseSet,
  sets: readonly ReleaseSet[],
): string {
  const first = sets.find((each) => each.annotator === annotator);
  if (first?.setId === setId) return annotator;
  const round = roundPosition === first?.roundPosition ? "" : `-round${roundPosition}`;
  return `${annotator}${round}${repetition > 0 ? `-again${repetition}` : ""}`;
}

function toSet(
  set: Pick<ReleaseSet, "setId" | "flags" | "spans" | "relations" | "unitLabels" | "comments">,
  named: Pick<CorpusSet, "name" | "kind">,
  naming: Naming,
): CorpusSet {
  const { idOf } = naming;
  const kept = <T>(layer: string, attributes: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(attributes).filter(
        ([name]) => naming.keepsFreeText || !naming.freeText.has(`${layer}/${name}`),
      ),
    );
  return {
    ...named,
    flags: set.flags,
    spans: set.spans.map(({ id, layer, label, ranges, attributes, flags }) => ({
      id: idOf(id),
      layer,
      label,
      ranges: ranges.map(({ start, end }) => ({ start, end })),
      attributes: kept(layer, attributes),
      flags,
    })),
    relations: set.relations.map(({ id, layer, label, from, to, attributes }) => ({
      id: idOf(id),
      layer,
      label,
      from: idOf(from),
      to: idOf(to),
      attributes: kept(layer, attributes),
    })),
    // No format knows answers of which a unit has one for each entity; annotations.jsonl holds them.
    unitLabels: set.unitLabels
      .filter(({ entity }) => entity === undefined)
      .map(({ unit, layer, label, start, end, value, evidence }) => ({
        unit,
        layer,
        label,
        start,
        end,
        value,
        evidence: evidence.map(idOf),
      })),
    comments: naming.keepsComments
      ? set.comments.map(({ id, spanId, body }) => ({
          id: idOf(id),
          spanId: spanId === null ? null : idOf(spanId),
          body,
        }))
      : [],
  };
}

/** Keys by which two releases of a project are compared: those of the database, never released. */
export function comparableItems(document: ReleaseDocument): [key: string, content: string][] {
  const sets = [...document.sets, ...(document.gold === null ? [] : [document.gold])];
  return sets.flatMap((set) => [
    ...set.spans.map((span): [string, string] => [
      span.id,
      JSON.stringify([
        span.layer,
        span.label,
        span.ranges.map(({ start, end }) => [start, end]),
        Object.entries(span.attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    ]),
    ...set.relations.map((each): [string, string] => [
      each.id,
      JSON.stringify([each.layer, each.label, each.from, each.to]),
    ]),
    ...set.unitLabels.map((each): [string, string] => [
      unitLabelId(set.setId, each),
      JSON.stringify([each.layer, each.label, each.value]),
    ]),
  ]);
}
