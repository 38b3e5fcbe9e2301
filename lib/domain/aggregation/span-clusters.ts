import { intAt } from "../agreement/columns";
import type { SpanDocument } from "../agreement/span-document";
import { unitLength, unitOverlap } from "../agreement/span-matching";
import type { UnitList } from "../agreement/unit-list";

/** One annotator's span in a cluster. */
export type ClusterVote = {
  readonly annotator: number;
  readonly label: number;
  readonly start: number;
  readonly end: number;
};

/** Spans of several annotators that mean the same passage. */
export type SpanCluster = {
  /** Median start and end of the votes, whole characters. */
  readonly start: number;
  readonly end: number;
  readonly votes: readonly ClusterVote[];
  /** Share of those who submitted the document that marked it, 0 to 1, with any label. */
  readonly support: number;
  /** Share of the submitters per label, the most supported first. */
  readonly labels: readonly { readonly label: number; readonly share: number }[];
};

/** When two spans belong together. */
export type ClusterRule = {
  /** Common characters over characters of either, at least this; 0: any overlap. */
  readonly atLeast: number;
  readonly labels: "compared" | "ignored";
  /** A cluster may span at most this many times its longest span; longer chains are not joined. */
  readonly maximumStretch: number;
};

/** IoU of 0.3, whatever the label, no cluster over twice its longest span. A design of this project. */
export const USUAL_CLUSTERS: ClusterRule = { atLeast: 0.3, labels: "ignored", maximumStretch: 2 };

/**
 * Clusters the spans of different annotators in one document by single linkage, strongest overlap first, and never joins two
 * spans of one annotator or a chain that grows too long. Every span is in one cluster, also those that only one marked;
 * who voted for what is kept.
 */
export function clusterSpans(
  document: SpanDocument,
  rule: ClusterRule = USUAL_CLUSTERS,
): SpanCluster[] {
  const { units, submitters } = document;
  const owner = ownersOf(units);
  const groups = createGroups(units, owner, rule.maximumStretch);
  for (const link of linksOf(units, owner, rule)) groups.join(link.a, link.b);
  return groups
    .members()
    .map((rows) => describe(rows, { units, owner, submitters }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function ownersOf(units: UnitList): Int32Array {
  const owner = new Int32Array(units.label.length);
  for (let submitter = 0; submitter + 1 < units.offsets.length; submitter++) {
    owner.fill(submitter, intAt(units.offsets, submitter), intAt(units.offsets, submitter + 1));
  }
  return owner;
}

type Link = { readonly a: number; readonly b: number; readonly strength: number };

function linksOf(units: UnitList, owner: Int32Array, rule: ClusterRule): Link[] {
  const order = [...units.start.keys()].sort(
    (x, y) => intAt(units.start, x) - intAt(units.start, y),
  );
  const links: Link[] = [];
  order.forEach((a, place) => {
    for (let next = place + 1; next < order.length; next++) {
      const b = order[next] ?? 0;
      if (intAt(units.start, b) >= intAt(units.end, a)) break;
      const strength = mayLink(a, b, { units, owner, rule }) ? overlapShare(units, a, b) : 0;
      if (strength > 0 && strength >= rule.atLeast) links.push({ a, b, strength });
    }
  });
  return links.sort((x, y) => y.strength - x.strength);
}

function mayLink(
  a: number,
  b: number,
  context: { readonly units: UnitList; readonly owner: Int32Array; readonly rule: ClusterRule },
): boolean {
  const { units, owner, rule } = context;
  if (owner[a] === owner[b]) return false;
  return rule.labels === "ignored" || units.label[a] === units.label[b];
}

/** Characters in common over characters of either. */
function overlapShare(units: UnitList, a: number, b: number): number {
  const shared = unitOverlap(units, a, b);
  return shared / (unitLength(units, a) + unitLength(units, b) - shared);
}

function createGroups(units: UnitList, owner: Int32Array, maximumStretch: number) {
  const groups = new Map<number, number[]>([...units.start.keys()].map((row) => [row, [row]]));
  const groupOf = Int32Array.from(units.start.keys());

  function join(a: number, b: number): void {
    const first = intAt(groupOf, a);
    const second = intAt(groupOf, b);
    if (first === second) return;
    const rows = [...(groups.get(first) ?? []), ...(groups.get(second) ?? [])];
    if (new Set(rows.map((row) => intAt(owner, row))).size < rows.length) return;
    if (stretchOf(units, rows) > maximumStretch) return;
    groups.set(first, rows);
    groups.delete(second);
    for (const row of rows) groupOf[row] = first;
  }
  return { join, members: () => [...groups.values()] };
}

/** Extent of the spans together over the length of the longest. */
function stretchOf(units: UnitList, rows: readonly number[]): number {
  const start = Math.min(...rows.map((row) => intAt(units.start, row)));
  const end = Math.max(...rows.map((row) => intAt(units.end, row)));
  const longest = Math.max(...rows.map((row) => intAt(units.end, row) - intAt(units.start, row)));
  return (end - start) / longest;
}

function describe(
  rows: readonly number[],
  context: {
    readonly units: UnitList;
    readonly owner: Int32Array;
    readonly submitters: Int32Array;
  },
): SpanCluster {
  const { units, owner, submitters } = context;
  const votes = rows
    .map((row) => ({
      annotator: intAt(submitters, intAt(owner, row)),
      label: intAt(units.label, row),
      start: intAt(units.start, row),
      end: intAt(units.end, row),
    }))
    .sort((a, b) => a.annotator - b.annotator);
  const counts = new Map<number, number>();
  for (const vote of votes) counts.set(vote.label, (counts.get(vote.label) ?? 0) + 1);
  return {
    start: medianOf(votes.map((vote) => vote.start)),
    end: medianOf(votes.map((vote) => vote.end)),
    votes,
    support: votes.length / submitters.length,
    labels: [...counts]
      .map(([label, count]) => ({ label, share: count / submitters.length }))
      .sort((a, b) => b.share - a.share || a.label - b.label),
  };
}

/** Median as a whole number; of two middle values their mean, rounded down. */
function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.floor(((sorted[middle - 1] ?? 0) + upper) / 2);
}
