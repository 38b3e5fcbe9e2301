/** Half-open stretch of a document in Unicode code points: `start` is inside, `end` is not. */
export type TextRange = { readonly start: number; readonly end: number };

/** One marked span: a label on one range, or on several ranges when it is discontinuous. */
export type LabelledSpan = { readonly label: string } & (
  | TextRange
  | { readonly ranges: readonly TextRange[] }
);

/** A document that was annotated. Lengths and offsets are in Unicode code points. */
export type AnnotatedDocument = {
  readonly id: string;
  readonly length: number;
  /** Tokens in text order as start, end, start, end ... Left out: measures on tokens are undefined. */
  readonly tokens?: ArrayLike<number>;
  /** The parts that could be annotated, in text order and apart from each other. Left out: the whole document. */
  readonly annotable?: readonly TextRange[];
};

/**
 * What one annotator submitted for one document. No submission means that the document does not count for this
 * annotator; a submission with no spans means that the annotator looked and found nothing, which counts.
 */
export type SpanSubmission = {
  readonly documentId: string;
  readonly annotatorId: string;
  readonly spans: readonly LabelledSpan[];
};

/** The ranges of a span, in text order. */
export function rangesOf(span: LabelledSpan): readonly TextRange[] {
  if (!("ranges" in span)) return [span];
  return [...span.ranges].sort((a, b) => a.start - b.start || a.end - b.end);
}
