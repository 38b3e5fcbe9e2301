import type { Span } from "../annotation/state";
import { type Cluster, clusterSpans } from "../comparison/clusters";
import { codePoint, type Range } from "../text/offsets";

/** In what two annotators differ at one place. */
export type DifferenceKind = "only_first" | "only_second" | "other_label" | "other_boundaries";

export type Difference = {
  id: string;
  /** The words in question: all that either marked here. Code points. */
  words: Range;
  kind: DifferenceKind;
  layer: string;
  /** The words in question with some before and after, within their block. Code points. */
  context: Range;
  first: readonly Span[];
  second: readonly Span[];
};

export type DifferenceCounts = Record<DifferenceKind, number> & { agreed: number };

const FIRST = "first";
const SECOND = "second";

/** Where two annotators of one text differ, in the order of the text, and how often they agree. */
export function differencesOf(
  first: readonly Span[],
  second: readonly Span[],
  blocks: readonly Range[],
): { differences: Difference[]; counts: DifferenceCounts } {
  const clusters = clusterSpans(
    [
      ...first.map((span) => ({ annotatorId: FIRST, span })),
      ...second.map((span) => ({ annotatorId: SECOND, span })),
    ],
    [FIRST, SECOND],
  );
  const counts: DifferenceCounts = {
    agreed: 0,
    only_first: 0,
    only_second: 0,
    other_label: 0,
    other_boundaries: 0,
  };
  const differences: Difference[] = [];
  for (const cluster of clusters) {
    const kind = kindOf(cluster);
    counts[kind]++;
    if (kind === "agreed") continue;
    differences.push({
      id: cluster.id,
      kind,
      layer: cluster.layer,
      words: { start: cluster.start, end: cluster.end },
      context: contextOf(cluster, blocks),
      first: spansOf(cluster, FIRST),
      second: spansOf(cluster, SECOND),
    });
  }
  return { differences, counts };
}

function kindOf({ kind, absent }: Cluster): DifferenceKind | "agreed" {
  switch (kind) {
    case "agreed":
      return "agreed";
    case "other_label":
      return "other_label";
    case "boundaries":
      return "other_boundaries";
    default:
      return absent.includes(SECOND) ? "only_first" : "only_second";
  }
}

function spansOf({ spans }: Cluster, annotatorId: string): Span[] {
  return spans.filter((each) => each.annotatorId === annotatorId).map(({ span }) => span);
}

/** Code points shown before and after the words. */
const AROUND = 70;

/** Some text around a place, cut at the ends of the blocks in which it begins and ends. */
export function contextOf({ start, end }: Range, blocks: readonly Range[]): Range {
  const from = blocks.find((block) => block.start <= start && start < block.end)?.start ?? start;
  const to = blocks.find((block) => block.start < end && end <= block.end)?.end ?? end;
  return {
    start: codePoint(Math.max(from, start - AROUND)),
    end: codePoint(Math.min(to, end + AROUND)),
  };
}

/** A stretch of a context: inside the spans of one annotator or not. */
export type ContextPiece = Range & { isMarked: boolean };

/** A context in pieces, as one annotator marked it. */
export function piecesOf(context: Range, spans: readonly Span[]): ContextPiece[] {
  const ranges = spans.flatMap((span) => span.ranges);
  const cuts = [context.start, context.end, ...ranges.flatMap(({ start, end }) => [start, end])]
    .filter((at) => at >= context.start && at <= context.end)
    .sort((a, b) => a - b);
  const pieces: ContextPiece[] = [];
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1];
    if (end === undefined || end === start) continue;
    const isMarked = ranges.some((range) => range.start <= start && end <= range.end);
    const last = pieces.at(-1);
    if (last?.isMarked === isMarked) last.end = end;
    else pieces.push({ start, end, isMarked });
  }
  return pieces;
}
