import { cutSegments, depthOf, type Segment } from "../annotation/lanes";
import type { Span } from "../annotation/state";
import type { Range } from "../text/offsets";

/** One annotator's spans. */
export type AnnotatorSpans = { annotatorId: string; spans: readonly Span[] };

/** A span under a piece of text, in the row of its annotator. */
export type RowMark = {
  /** From 0, counted down from the text. */
  row: number;
  annotatorId: string;
  span: Span;
  /** Whether the span's first character in the block is the first of this piece. */
  begins: boolean;
};

/** A piece of a block under which the same spans stand throughout. */
export type RowPiece = Range & { marks: readonly RowMark[] };

export type BlockRows = {
  pieces: readonly RowPiece[];
  /** First row of each annotator, in the order given; each has one row or more. */
  firstRows: readonly { annotatorId: string; row: number }[];
  /** Rows in all; 0 where nobody marked anything. */
  rows: number;
};

/**
 * Lays out a block for comparing: each annotator has rows of their own under the words, always in the
 * same order, so that a gap in a row says that this annotator marked nothing there.
 */
export function layRows(block: Range, annotators: readonly AnnotatorSpans[]): BlockRows {
  const layers = annotators.map(({ annotatorId, spans }) => {
    const segments = cutSegments(block, spans);
    return { annotatorId, segments, depth: Math.max(1, depthOf(segments)) };
  });
  const isEmpty = layers.every(({ segments }) =>
    segments.every((each) => each.covers.length === 0),
  );
  if (isEmpty) return { pieces: [{ ...block, marks: [] }], firstRows: [], rows: 0 };
  let rows = 0;
  const placed = layers.map((layer) => {
    const row = rows;
    rows += layer.depth;
    return { ...layer, row };
  });
  const starts = placed.flatMap(({ segments }) => segments.map(({ start }) => start));
  const cuts = [...new Set(starts)].sort((a, b) => a - b);
  const pieces = cuts.map((start, index): RowPiece => {
    const end = cuts[index + 1] ?? block.end;
    return { start, end, marks: placed.flatMap((layer) => marksAt(layer, start)) };
  });
  return { pieces, firstRows: placed.map(({ annotatorId, row }) => ({ annotatorId, row })), rows };
}

function marksAt(
  layer: { annotatorId: string; segments: readonly Segment[]; row: number },
  start: number,
): RowMark[] {
  const segment = layer.segments.find((each) => each.start <= start && start < each.end);
  return (segment?.covers ?? []).map(({ span, lane }) => ({
    row: layer.row + lane,
    annotatorId: layer.annotatorId,
    span,
    begins: segment?.start === start && segment.begins.includes(span),
  }));
}
