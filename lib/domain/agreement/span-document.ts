import { annotableLength, annotableTokens, type Place, placeIn } from "./annotable-text";
import { type AnnotatedDocument, type LabelledSpan, rangesOf } from "./span-input";
import { type Track, trackOf } from "./track";
import type { UnitList, UnitParts } from "./unit-list";

/** One document with everything submitted for it. Positions count the annotable code points from 0. */
export type SpanDocument = {
  readonly id: string;
  /** Index of the annotator of each submission, ascending. */
  readonly submitters: Int32Array;
  readonly length: number;
  readonly units: UnitList;
  readonly track: Track;
  /** Tokens as start, end, start, end ..., or null when the document has none. */
  readonly tokens: Int32Array | null;
};

/** Spans that were not counted as they were entered, so that a report can say so. */
export type LeftOut = {
  /** The same label on the same ranges twice by one annotator: counted once. */
  duplicates: number;
  /** Spans of length 0: ignored. */
  emptySpans: number;
  /** Spans reaching outside the annotable text: cut to it, or ignored where nothing is left. */
  outsideText: number;
  /** Spans with a label that is not among those compared: ignored. */
  otherLabels: number;
};

/** Nothing left out yet. */
export function nothingLeftOut(): LeftOut {
  return { duplicates: 0, emptySpans: 0, outsideText: 0, otherLabels: 0 };
}

/** One submission: the annotator as an index and the spans as entered. */
export type IndexedSubmission = {
  readonly annotator: number;
  readonly spans: readonly LabelledSpan[];
};

type Unit = { label: number; start: number; end: number; parts: readonly number[] | null };

/**
 * Turns what was submitted for a document into columns. Counts into `leftOut` what agreement.md section 5.1 asks to be
 * said: duplicates, empty spans, spans outside the annotable text, labels that are not compared.
 */
export function compileDocument(
  document: AnnotatedDocument,
  submissions: readonly IndexedSubmission[],
  context: { readonly labels: ReadonlyMap<string, number>; readonly leftOut: LeftOut },
): SpanDocument {
  const sorted = [...submissions].sort((a, b) => a.annotator - b.annotator);
  const place = placeIn(document);
  const lists = sorted.map((submission) => {
    const units: Unit[] = [];
    for (const span of submission.spans) {
      const unit = compileUnit(span, place, context);
      if (unit) units.push(unit);
    }
    return withoutDuplicates(units.sort(compareUnits), context.leftOut);
  });
  const units = unitColumns(lists);
  const length = annotableLength(document);
  return {
    id: document.id,
    submitters: Int32Array.from(sorted, (submission) => submission.annotator),
    length,
    units,
    track: trackOf(units, length),
    tokens: annotableTokens(document),
  };
}

function compileUnit(
  span: LabelledSpan,
  place: Place,
  context: { readonly labels: ReadonlyMap<string, number>; readonly leftOut: LeftOut },
): Unit | null {
  const { labels, leftOut } = context;
  const label = labels.get(span.label);
  if (label === undefined) {
    leftOut.otherLabels++;
    return null;
  }
  if (!("ranges" in span)) {
    const start = place(span.start);
    const end = place(span.end);
    if (span.end <= span.start) leftOut.emptySpans++;
    else if (end - start < span.end - span.start) leftOut.outsideText++;
    return span.end > span.start && end > start ? { label, start, end, parts: null } : null;
  }
  const parts = placedParts(span, place, leftOut);
  const start = parts[0];
  const end = parts.at(-1);
  if (start === undefined || end === undefined) return null;
  return { label, start, end, parts: parts.length === 2 ? null : parts };
}

/** Ranges of a discontinuous span as start, end, start, end ...; those that overlap or touch become one. */
function placedParts(span: LabelledSpan, place: Place, leftOut: LeftOut): number[] {
  const parts: number[] = [];
  let lost = 0;
  for (const range of rangesOf(span)) {
    const start = place(range.start);
    const end = place(range.end);
    lost += range.end - range.start - (end - start);
    if (end <= start) continue;
    const last = parts.at(-1);
    if (last !== undefined && start <= last) parts[parts.length - 1] = Math.max(last, end);
    else parts.push(start, end);
  }
  if (lost > 0) leftOut.outsideText++;
  else if (parts.length === 0) leftOut.emptySpans++;
  return parts;
}

function compareUnits(a: Unit, b: Unit): number {
  return a.label - b.label || a.start - b.start || a.end - b.end || compareParts(a.parts, b.parts);
}

function compareParts(a: readonly number[] | null, b: readonly number[] | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function withoutDuplicates(sorted: readonly Unit[], leftOut: LeftOut): Unit[] {
  const kept: Unit[] = [];
  for (const unit of sorted) {
    const last = kept.at(-1);
    if (last && compareUnits(last, unit) === 0) leftOut.duplicates++;
    else kept.push(unit);
  }
  return kept;
}

function unitColumns(lists: readonly (readonly Unit[])[]): UnitList {
  const count = lists.reduce((sum, list) => sum + list.length, 0);
  const columns = {
    offsets: new Int32Array(lists.length + 1),
    label: new Int32Array(count),
    start: new Int32Array(count),
    end: new Int32Array(count),
  };
  let row = 0;
  lists.forEach((list, submitter) => {
    for (const unit of list) {
      columns.label[row] = unit.label;
      columns.start[row] = unit.start;
      columns.end[row] = unit.end;
      row++;
    }
    columns.offsets[submitter + 1] = row;
  });
  return { ...columns, parts: partColumns(lists.flat()) };
}

function partColumns(units: readonly Unit[]): UnitParts | null {
  if (units.every((unit) => unit.parts === null)) return null;
  const offsets = new Int32Array(units.length + 1);
  const starts: number[] = [];
  const ends: number[] = [];
  units.forEach((unit, index) => {
    const parts = unit.parts ?? [unit.start, unit.end];
    parts.forEach((position, place) => {
      (place % 2 === 0 ? starts : ends).push(position);
    });
    offsets[index + 1] = starts.length;
  });
  return { offsets, start: Int32Array.from(starts), end: Int32Array.from(ends) };
}
