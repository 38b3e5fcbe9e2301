import type { Category } from "../ratings";
import type { AgreementInput } from "../report-types";
import type { AnnotatedDocument, LabelledSpan } from "../span-input";

/** A file as text, with its path in the form `folder/name`. */
export type SourceFile = { readonly path: string; readonly content: string };

/** Categories read from a file: one row per item, one column per annotator. */
export type RatingData = {
  readonly kind: "ratings";
  readonly items: readonly string[];
  readonly annotators: readonly string[];
  readonly rows: readonly (readonly (Category | null)[])[];
  /** The document of every item where the file says it; else every item is its own. */
  readonly documents: readonly string[];
};

/** Sets of labels read from a file. */
export type SetData = {
  readonly kind: "sets";
  readonly rows: readonly (readonly (readonly string[] | null)[])[];
};

/** Spans read from a file. */
export type SpanData = { readonly kind: "spans"; readonly input: AgreementInput };

/** What a file holds. */
export type AgreementData = RatingData | SetData | SpanData;

/** A file that cannot be read, told to the person whose file it is. */
export class FileProblem extends Error {}

/** One rating as read: which item, by whom, what, and in which document. */
export type RatingRow = {
  readonly item: string;
  readonly annotator: string;
  readonly value: Category | null;
  readonly document?: string;
};

/** Brings single ratings together into rows and columns, in the order met. */
export function collectRatings(ratings: readonly RatingRow[]): RatingData {
  const items = [...new Set(ratings.map((rating) => rating.item))];
  const annotators = [...new Set(ratings.map((rating) => rating.annotator))].sort();
  const rowOf = new Map(items.map((item, index) => [item, index]));
  const columnOf = new Map(annotators.map((annotator, index) => [annotator, index]));
  const rows = items.map(() => annotators.map((): Category | null => null));
  const documents = [...items];
  for (const rating of ratings) {
    const row = rowOf.get(rating.item) ?? 0;
    const own = rows[row];
    if (own) own[columnOf.get(rating.annotator) ?? 0] = rating.value;
    if (rating.document !== undefined) documents[row] = rating.document;
  }
  return { kind: "ratings", items, annotators, rows, documents };
}

/** Brings documents and the spans of their annotators together. */
export function createSpanCollector() {
  const documents = new Map<string, AnnotatedDocument>();
  const submissions = new Map<
    string,
    { documentId: string; annotatorId: string; spans: LabelledSpan[] }
  >();

  function addDocument(document: AnnotatedDocument): void {
    const known = documents.get(document.id);
    documents.set(document.id, {
      ...known,
      ...document,
      length: Math.max(known?.length ?? 0, document.length),
    });
  }
  /** The spans that an annotator submitted for a document; asking is enough to make it a submission. */
  function spansOf(documentId: string, annotatorId: string): LabelledSpan[] {
    const key = JSON.stringify([documentId, annotatorId]);
    const found = submissions.get(key) ?? { documentId, annotatorId, spans: [] };
    submissions.set(key, found);
    return found.spans;
  }
  function finish(): SpanData {
    const all = [...submissions.values()];
    for (const { documentId, spans } of all) addDocument({ id: documentId, length: endOf(spans) });
    const annotators = [...new Set(all.map((submission) => submission.annotatorId))].sort();
    const labels = [...new Set(all.flatMap(({ spans }) => spans.map((span) => span.label)))].sort();
    const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: id }));
    return {
      kind: "spans",
      input: {
        documents: [...documents.values()],
        annotators: named(annotators),
        labels: named(labels),
        submissions: all,
      },
    };
  }
  return { addDocument, spansOf, finish };
}

/** Where the last span ends: the least that the document's length can be when the file does not say it. */
function endOf(spans: readonly LabelledSpan[]): number {
  let end = 0;
  for (const span of spans) {
    const ranges = "ranges" in span ? span.ranges : [span];
    for (const range of ranges) end = Math.max(end, range.end);
  }
  return end;
}

/** A value of a file as a number where it is one, as text otherwise; null where it is empty or stands for nothing. */
export function categoryFrom(text: string): Category | null {
  const trimmed = text.trim();
  if (["", "NA", "N/A", "null", "None", "*", "."].includes(trimmed)) return null;
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : trimmed;
}
