import { hull, type Span } from "../annotation/state";
import type { Range } from "../text/offsets";

/** A span and whose it is. */
export type OwnedSpan = { annotatorId: string; span: Span };

/** How the annotators of a cluster relate to each other. */
export type ClusterKind =
  /** All marked the same words with the same label. */
  | "agreed"
  /** One alone marked this. */
  | "only_one"
  /** Some marked the same words with the same label, the others nothing there. */
  | "not_all"
  /** The same label on words that overlap and differ. */
  | "boundaries"
  /** The same words with different labels by different annotators. */
  | "other_label";

/** Spans of several annotators that are about the same thing. */
export type Cluster = Range & {
  /** The same for the same spans. */
  id: string;
  kind: ClusterKind;
  layer: string;
  /** In codebook-independent order: as they come in the text. */
  labels: readonly string[];
  spans: readonly OwnedSpan[];
  /** Annotators who submitted the document and have no span here. */
  absent: readonly string[];
};

/**
 * Puts spans together that annotators have to talk about together, and says what about. Overlapping
 * spans of one label are one cluster; clusters of different labels are one where different annotators
 * gave the same words different labels. A label inside a longer one of another label is no dispute:
 * a loaded word may stand in a slanted sentence.
 */
export function clusterSpans(
  spans: readonly OwnedSpan[],
  annotatorIds: readonly string[],
): Cluster[] {
  const groups = joinRivals(groupByLabel(spans));
  return groups
    .map((group) => toCluster(group, annotatorIds))
    .sort((a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : 1));
}

/** Whether the annotators differ here. */
export function isDispute(cluster: Cluster): boolean {
  return cluster.kind !== "agreed";
}

/** Overlapping spans of one layer and label, transitively. Touching spans stay apart. */
function groupByLabel(spans: readonly OwnedSpan[]): OwnedSpan[][] {
  const byLabel = new Map<string, OwnedSpan[]>();
  for (const each of spans) {
    const key = `${each.span.layer}/${each.span.label}`;
    byLabel.set(key, [...(byLabel.get(key) ?? []), each]);
  }
  return [...byLabel.values()].flatMap((owned) => {
    const sorted = [...owned].sort(byPlace);
    const groups: OwnedSpan[][] = [];
    let reach = -1;
    for (const each of sorted) {
      const { start, end } = hull(each.span);
      if (start < reach) groups.at(-1)?.push(each);
      else groups.push([each]);
      reach = Math.max(reach, end);
    }
    return groups;
  });
}

/** Joins groups in which different annotators gave the same words of one layer different labels. */
function joinRivals(groups: OwnedSpan[][]): OwnedSpan[][] {
  const joined: OwnedSpan[][] = [];
  for (const group of groups) {
    const rival = joined.find((other) => areRivals(other, group));
    if (rival === undefined) joined.push([...group]);
    else rival.push(...group);
  }
  return joined;
}

function areRivals(one: readonly OwnedSpan[], two: readonly OwnedSpan[]): boolean {
  const annotators = new Set(one.map((each) => each.annotatorId));
  if (two.some((each) => annotators.has(each.annotatorId))) return false;
  return one.some(({ span }) =>
    two.some((other) => other.span.layer === span.layer && haveSameWords(span, other.span)),
  );
}

function toCluster(group: readonly OwnedSpan[], annotatorIds: readonly string[]): Cluster {
  const spans = [...group].sort(byPlace);
  const first = spans[0];
  if (first === undefined) throw new Error("A cluster has a span.");
  const present = new Set(spans.map((each) => each.annotatorId));
  const absent = annotatorIds.filter((id) => !present.has(id));
  const hulls = spans.map(({ span }) => hull(span));
  return {
    id: first.span.id,
    layer: first.span.layer,
    labels: [...new Set(spans.map(({ span }) => span.label))],
    start: hulls.reduce(
      (least, { start }) => (start < least ? start : least),
      hull(first.span).start,
    ),
    end: hulls.reduce((most, { end }) => (end > most ? end : most), hull(first.span).end),
    kind: kindOf(spans, present.size, absent.length),
    spans,
    absent,
  };
}

function kindOf(spans: readonly OwnedSpan[], present: number, absent: number): ClusterKind {
  const first = spans[0]?.span;
  if (spans.some(({ span }) => span.label !== first?.label)) return "other_label";
  if (present === 1 && absent > 0) return "only_one";
  if (spans.some(({ span }) => first !== undefined && !haveSameWords(span, first))) {
    return "boundaries";
  }
  return absent > 0 ? "not_all" : "agreed";
}

function haveSameWords(a: Span, b: Span): boolean {
  return (
    a.ranges.length === b.ranges.length &&
    a.ranges.every(({ start, end }, index) => {
      const other = b.ranges[index];
      return start === other?.start && end === other.end;
    })
  );
}

function byPlace(a: OwnedSpan, b: OwnedSpan): number {
  const left = hull(a.span);
  const right = hull(b.span);
  return (
    left.start - right.start ||
    left.end - right.end ||
    compareText(a.annotatorId, b.annotatorId) ||
    compareText(a.span.id, b.span.id)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
