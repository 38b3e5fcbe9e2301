import {
  type AttributeValues,
  hull,
  quoteOf,
  type Span,
  type Unit,
  type UnitLabel,
} from "../annotation/state";
import type { Codebook, Layer } from "../codebook/language";
import { type Cluster, type ClusterKind, clusterSpans } from "../comparison/clusters";
import type { Range } from "../text/offsets";

/** One annotator's frozen submission, as adjudication sees it. */
export type Submission = {
  annotatorId: string;
  setId: string;
  spans: readonly Span[];
  unitLabels: readonly UnitLabel[];
};

/** What at least one annotator says of an item, and who says the same. */
export type Option = {
  /** The same for the same words, label and attributes. */
  key: string;
  annotatorIds: readonly string[];
  /** For spans: one of those that say so, and all of them. */
  span: Span | null;
  spanIds: readonly string[];
  /** For units: the labels that are given together; none means that the unit has none. */
  unitLabels: readonly UnitLabel[];
};

/** Something to decide: words that somebody marked, or a unit on whose labels annotators spoke. */
export type Item = Range & {
  /** The same as long as the submissions are the same. */
  key: string;
  layer: string;
  kind: "span" | "unit";
  /** For units. */
  unit: Unit | null;
  /** How the annotators differ; `agreed` where all say the same. */
  difference: ClusterKind | "answers";
  /** Most votes first, then as they come in the text. */
  options: readonly Option[];
  /** Annotators who say nothing here. */
  absent: readonly string[];
  /** The words, shortened by whoever shows them; empty for a document. */
  quote: string;
};

/** All items of a document in order of reading: first of the document, then along the text. */
export function findItems(submissions: readonly Submission[], codebook: Codebook): Item[] {
  return [...unitItems(submissions, codebook), ...spanItems(submissions)].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      a.start - b.start ||
      a.end - b.end ||
      (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}

/** Whether the annotators differ on an item. */
export function isDisputed(item: Pick<Item, "difference">): boolean {
  return item.difference !== "agreed";
}

function rankOf({ unit }: Item): number {
  return unit === "document" ? 0 : 1;
}

function spanItems(submissions: readonly Submission[]): Item[] {
  const owned = submissions.flatMap(({ annotatorId, spans }) =>
    spans.map((span) => ({ annotatorId, span })),
  );
  const clusters = clusterSpans(
    owned,
    submissions.map(({ annotatorId }) => annotatorId),
  );
  return clusters.map((cluster) => spanItem(cluster));
}

function spanItem(cluster: Cluster): Item {
  const options = new Map<string, Option>();
  for (const { annotatorId, span } of cluster.spans) {
    const key = spanKey(span);
    const known = options.get(key);
    options.set(key, {
      key,
      annotatorIds: [...(known?.annotatorIds ?? []), annotatorId],
      span: known?.span ?? span,
      spanIds: [...(known?.spanIds ?? []), span.id],
      unitLabels: [],
    });
  }
  const listed = byVotes([...options.values()]);
  const first = listed[0]?.span;
  const hasOneAnswer = listed.length === 1 && cluster.absent.length === 0;
  return {
    key: `span ${cluster.id}`,
    layer: cluster.layer,
    kind: "span",
    unit: null,
    start: cluster.start,
    end: cluster.end,
    // The same words and label with other attributes are a dispute too.
    difference: hasOneAnswer || cluster.kind !== "agreed" ? cluster.kind : "answers",
    options: listed,
    absent: cluster.absent,
    quote: first === undefined || first === null ? "" : quoteOf(first),
  };
}

/** Tells apart what differs in words, label or answers. */
function spanKey(span: Span): string {
  const ranges = span.ranges.map(({ start, end }) => `${start}-${end}`).join("+");
  return `${span.label}@${ranges} ${answersKey(span.attributes)}`;
}

function answersKey(attributes: AttributeValues): string {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(entries);
}

/** Units on which somebody gave a label of the layer; for questionnaires one item for each question. */
function unitItems(submissions: readonly Submission[], codebook: Codebook): Item[] {
  return codebook.layers
    .filter(({ level }) => level === "document" || level === "sentence" || level === "block")
    .flatMap((layer) => itemsOfLayer(layer, submissions));
}

function itemsOfLayer(layer: Layer, submissions: readonly Submission[]): Item[] {
  const asksEach = layer.choice === "each";
  const places = new Map<string, { label: UnitLabel; all: Map<string, UnitLabel[]> }>();
  for (const { annotatorId, unitLabels } of submissions) {
    for (const label of unitLabels) {
      if (label.layer !== layer.key) continue;
      const about = label.entity === undefined ? "" : `#${label.entity}`;
      const key = `${label.unit} ${label.start}-${label.end}${asksEach ? ` ${label.label}` : ""}${about}`;
      const place = places.get(key) ?? { label, all: new Map<string, UnitLabel[]>() };
      place.all.set(annotatorId, [...(place.all.get(annotatorId) ?? []), label]);
      places.set(key, place);
    }
  }
  return [...places].map(([key, { label, all }]) =>
    unitItem(`${layer.key} ${key}`, label, all, submissions),
  );
}

function unitItem(
  key: string,
  at: UnitLabel,
  given: ReadonlyMap<string, UnitLabel[]>,
  submissions: readonly Submission[],
): Item {
  const options = new Map<string, Option>();
  for (const { annotatorId } of submissions) {
    const labels = given.get(annotatorId);
    if (labels === undefined) continue;
    const answer = labels.map(unitKey).sort().join(" | ");
    const known = options.get(answer);
    options.set(answer, {
      key: answer,
      annotatorIds: [...(known?.annotatorIds ?? []), annotatorId],
      span: null,
      spanIds: [],
      unitLabels: known?.unitLabels ?? labels,
    });
  }
  const absent = submissions.flatMap(({ annotatorId }) =>
    given.has(annotatorId) ? [] : [annotatorId],
  );
  return {
    key: `unit ${key}`,
    layer: at.layer,
    kind: "unit",
    unit: at.unit,
    start: at.start,
    end: at.end,
    difference: options.size === 1 && absent.length === 0 ? "agreed" : "answers",
    options: byVotes([...options.values()]),
    absent,
    quote: "",
  };
}

function unitKey({ label, value, attributes }: UnitLabel): string {
  return `${label}=${value ?? ""} ${answersKey(attributes ?? {})}`;
}

function byVotes(options: Option[]): Option[] {
  return options.sort(
    (a, b) =>
      b.annotatorIds.length - a.annotatorIds.length ||
      placeOf(a) - placeOf(b) ||
      (a.key < b.key ? -1 : 1),
  );
}

function placeOf({ span }: Option): number {
  return span === null ? 0 : hull(span).start;
}
