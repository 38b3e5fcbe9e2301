import { codePoint, type Range } from "../text/offsets";
import { compareSpans, type Span } from "./state";

/** Lanes that can be told apart under one line; further spans share the last one. */
export const MOST_LANES = 8;

/** A piece of a block in which the same spans stand throughout. */
export type Segment = Range & {
  /** Spans on this piece with their lanes, lowest lane first. */
  covers: readonly { span: Span; lane: number }[];
  /** Spans whose first character in the block is the first of this piece. */
  begins: readonly Span[];
};

/**
 * Cuts a block at the boundaries of its spans and gives each span a lane: greedy colouring of the
 * interval graph, so that spans that share words never share a lane (up to MOST_LANES).
 */
export function cutSegments(
  block: Range,
  spans: readonly Span[],
  /** Further places to cut at, e.g. where a labelled sentence begins. */
  alsoAt: readonly number[] = [],
): Segment[] {
  const pieces = piecesIn(block, spans);
  const further = alsoAt.filter((at) => at > block.start && at < block.end);
  if (pieces.length === 0 && further.length === 0) return [{ ...block, covers: [], begins: [] }];
  const lanes = laneOf(pieces);
  const edges = pieces.flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([block.start, block.end, ...edges, ...further])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = codePoint(cuts[index + 1] ?? block.end);
    const here = pieces.filter((piece) => piece.start < end && piece.end > start);
    const covers = here
      .map(({ span }) => ({ span, lane: lanes.get(span.id) ?? 0 }))
      .sort((a, b) => a.lane - b.lane);
    return {
      start: codePoint(start),
      end,
      covers,
      begins: here
        .filter((piece) => piece.start === start && piece.isFirst)
        .map(({ span }) => span),
    };
  });
}

/** How many lanes a block needs. */
export function depthOf(segments: readonly Segment[]): number {
  return segments.reduce(
    (deepest, { covers }) => Math.max(deepest, (covers[covers.length - 1]?.lane ?? -1) + 1),
    0,
  );
}

type Piece = Range & { span: Span; isFirst: boolean };

/** The parts of the spans' ranges that lie in the block, by their start. */
function piecesIn(block: Range, spans: readonly Span[]): Piece[] {
  const pieces = [...spans].sort(compareSpans).flatMap((span) =>
    span.ranges
      .filter((range) => range.start < block.end && range.end > block.start)
      .map((range, index) => ({
        span,
        isFirst: index === 0,
        start: codePoint(Math.max(range.start, block.start)),
        end: codePoint(Math.min(range.end, block.end)),
      })),
  );
  // A span that began in an earlier block may come into this one late.
  return pieces.sort((a, b) => a.start - b.start);
}

/** A lane for each span: the lowest that no span over the same words has. */
function laneOf(pieces: readonly Piece[]): Map<string, number> {
  const lanes = new Map<string, number>();
  const freeFrom: number[] = [];
  for (const piece of pieces) {
    if (lanes.has(piece.span.id)) continue;
    const end = Math.max(
      ...pieces.filter((other) => other.span === piece.span).map((other) => other.end),
    );
    let lane = freeFrom.findIndex((from) => from <= piece.start);
    if (lane === -1) lane = Math.min(freeFrom.length, MOST_LANES - 1);
    freeFrom[lane] = Math.max(freeFrom[lane] ?? 0, end);
    lanes.set(piece.span.id, lane);
  }
  return lanes;
}
