import type { CorpusDocument, CorpusSet, FormatReport, Holds, LossKind } from "./corpus";
import { SOURCE_FACTS } from "./corpus";

/** What a format holds that can hold everything; others are written as what they lack of it. */
export const HOLDS_ALL: Holds = {
  parts: true,
  attributes: "typed",
  ids: true,
  layers: true,
  unitLayers: true,
  relations: true,
  crossLayerRelations: true,
  spans: "exact",
  sentenceLabels: true,
  blockLabels: true,
  documentLabels: true,
  values: true,
  evidence: true,
  spanFlags: true,
  setFlags: true,
  spanComments: true,
  setComments: true,
  blocks: true,
  segments: true,
  facts: true,
  titles: true,
  setKinds: true,
  emptySets: true,
};

/** What formats hold that know nothing but labels at places: of them, too, each says what else it lacks. */
export const HOLDS_LABELS: Holds = {
  ...HOLDS_ALL,
  ids: false,
  relations: false,
  evidence: false,
  spanFlags: false,
  setFlags: false,
  spanComments: false,
  setComments: false,
  blocks: false,
  segments: false,
  setKinds: false,
};

/** The layer of spans in formats that have no layers. */
export const PLAIN_LAYER = "span";
/** The layer of relations in formats that have no layers. */
export const PLAIN_RELATION = "relation";
/** The layer of labels on sentences, blocks and documents in formats that have no layers. */
export const PLAIN_UNIT_LAYER = "label";

/** Notes in the report all of a document that a format with these abilities cannot hold. */
export function noteLosses(document: CorpusDocument, holds: Holds, report: FormatReport): void {
  const lose = (can: boolean, what: LossKind, count: number) => {
    if (!can && count > 0) report.lose(what, document.id, count);
  };
  const { source } = document;
  const facts = SOURCE_FACTS.filter((fact) => source[fact] !== undefined).length;
  lose(holds.facts, "facts", facts + Object.keys(source.more ?? {}).length);
  lose(holds.titles, "titles", document.title === null ? 0 : 1);
  lose(holds.blocks, "blocks", document.blocks.length > 0 ? 1 : 0);
  lose(holds.segments, "segments", document.tokens !== undefined ? 1 : 0);
  for (const set of document.sets) noteSetLosses(document, set, { holds, report });
}

function noteSetLosses(
  document: CorpusDocument,
  set: CorpusSet,
  { holds, report }: { holds: Holds; report: FormatReport },
): void {
  const place = `${document.id}, ${set.name}`;
  const lose = (can: boolean, what: LossKind, count: number) => {
    if (!can && count > 0) report.lose(what, place, count);
  };
  for (const [what, count] of Object.entries(countSet(set)) as [keyof Holds, number][]) {
    const kind = LOSS_OF[what];
    if (kind !== undefined) lose(holds[what] === true, kind, count);
  }
  if (holds.relations && !holds.crossLayerRelations) {
    const layers = new Map(set.spans.map(({ id, layer }) => [id, layer]));
    const crossing = set.relations.filter(({ from, to }) => layers.get(from) !== layers.get(to));
    lose(false, "relations", crossing.length);
  }
  const relations = holds.relations ? set.relations : [];
  const values = [...set.spans, ...relations].flatMap((each) => Object.values(each.attributes));
  lose(holds.attributes !== "none", "attributes", values.length);
  const typed = values.filter((value) => typeof value !== "string").length;
  lose(holds.attributes !== "text", "attribute_types", typed);
  const units = set.unitLabels.filter(({ unit }) => holds[UNIT_ABILITY[unit]]);
  const ofSpans = set.spans.filter(({ layer }) => layer !== PLAIN_LAYER);
  const ofUnits = units.filter(({ layer }) => layer !== PLAIN_UNIT_LAYER);
  lose(holds.layers, "layers", ofSpans.length);
  lose(holds.unitLayers, "layers", ofUnits.length);
  lose(holds.values, "values", units.filter(({ value }) => value !== null).length);
  lose(holds.evidence, "evidence", units.filter(({ evidence }) => evidence.length > 0).length);
  lose(holds.emptySets, "empty_sets", leavesNothing(set, holds) ? 1 : 0);
}

function leavesNothing(set: CorpusSet, holds: Holds): boolean {
  const units = set.unitLabels.filter(({ unit }) => holds[UNIT_ABILITY[unit]]);
  return set.spans.length === 0 && units.length === 0;
}

const UNIT_ABILITY = {
  sentence: "sentenceLabels",
  block: "blockLabels",
  document: "documentLabels",
} as const;

const LOSS_OF: Partial<Record<keyof Holds, LossKind>> = {
  parts: "parts",
  ids: "ids",
  relations: "relations",
  sentenceLabels: "sentence_labels",
  blockLabels: "block_labels",
  documentLabels: "document_labels",
  spanFlags: "flags",
  setFlags: "flags",
  spanComments: "comments",
  setComments: "comments",
  setKinds: "set_kinds",
};

function countSet(set: CorpusSet): Partial<Record<keyof Holds, number>> {
  const ofUnit = (unit: string) => set.unitLabels.filter((each) => each.unit === unit).length;
  const onSpans = set.comments.filter(({ spanId }) => spanId !== null).length;
  return {
    parts: set.spans.filter(({ ranges }) => ranges.length > 1).length,
    ids: set.spans.length + set.relations.length + set.comments.length,
    relations: set.relations.length,
    sentenceLabels: ofUnit("sentence"),
    blockLabels: ofUnit("block"),
    documentLabels: ofUnit("document"),
    spanFlags: set.spans.reduce((sum, { flags }) => sum + flags.length, 0),
    setFlags: set.flags.length,
    spanComments: onSpans,
    setComments: set.comments.length - onSpans,
    setKinds: set.kind === "annotator" ? 0 : 1,
  };
}
