import { applyDocument, type CorpusTotals, emptyTotals } from "./corpus-totals";
import { type DocumentFigures, figuresOf } from "./document-figures";
import { createLabelSets, type LabelSets } from "./label-sets";
import type { AgreementInput } from "./report-types";
import type { SetDistance } from "./set-distances";
import {
  compileDocument,
  type IndexedSubmission,
  type LeftOut,
  nothingLeftOut,
  type SpanDocument,
} from "./span-document";
import type { SpanSubmission } from "./span-input";

/** The parts of a report that an edit patches: figures by document and their sums. */
export type ReportState = {
  readonly sets: LabelSets;
  readonly totals: CorpusTotals;
  /** In the order of the input's documents. */
  readonly figures: readonly DocumentFigures[];
  readonly leftOut: LeftOut;
};

/** The figures of documents as they were computed, to be used again for the same submissions. */
export type KnownFigures = {
  readonly sets: LabelSets;
  readonly byDocument: Map<string, KnownDocument>;
};

type KnownDocument = {
  readonly submissions: readonly IndexedSubmission[];
  readonly figures: DocumentFigures;
  readonly leftOut: LeftOut;
};

/** Figures of no document yet, for one rule of distance; to be used for inputs with the same annotators and labels. */
export function noFigures(distance: SetDistance = { kind: "jaccard" }): KnownFigures {
  return { sets: createLabelSets(distance), byDocument: new Map() };
}

/**
 * Computes what every figure follows from, document by document; only the figures of a document are kept. Documents whose
 * figures are `known` for the very same submissions are only added up; new figures become known.
 */
export function computeState(
  input: AgreementInput,
  distance: SetDistance = { kind: "jaccard" },
  known: KnownFigures = noFigures(distance),
): ReportState {
  const totals = emptyTotals(input.annotators.length, input.labels.length);
  const leftOut = nothingLeftOut();
  const labels = labelPlaces(input);
  const submissionsOf = groupSubmissions(input);
  const figures = input.documents.map((document) => {
    const submissions = submissionsOf.get(document.id) ?? [];
    const own = figuresFor(document, submissions, { labels, known });
    applyDocument(totals, own.figures, "add");
    addLeftOut(leftOut, own.leftOut, 1);
    return own.figures;
  });
  return { sets: known.sets, totals, figures, leftOut };
}

/** Computes what is not known yet of an input's documents, such as those that were read so far. */
export function knowFigures(input: AgreementInput, known: KnownFigures): void {
  const labels = labelPlaces(input);
  const submissionsOf = groupSubmissions(input);
  for (const document of input.documents) {
    figuresFor(document, submissionsOf.get(document.id) ?? [], { labels, known });
  }
}

function figuresFor(
  document: AgreementInput["documents"][number],
  submissions: readonly IndexedSubmission[],
  { labels, known }: { labels: ReadonlyMap<string, number>; known: KnownFigures },
): KnownDocument {
  const before = known.byDocument.get(document.id);
  if (before !== undefined && isSame(before.submissions, submissions)) return before;
  const leftOut = nothingLeftOut();
  const compiled = compileDocument(document, submissions, { labels, leftOut });
  const own = { submissions, figures: figuresOf(compiled, known.sets), leftOut };
  known.byDocument.set(document.id, own);
  return own;
}

/** Whether two lists hold the very same spans of the same annotators, in the same order. */
function isSame(a: readonly IndexedSubmission[], b: readonly IndexedSubmission[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ annotator, spans }, at) => b[at]?.annotator === annotator && b[at]?.spans === spans)
  );
}

function addLeftOut(into: LeftOut, own: LeftOut, sign: number): void {
  into.duplicates += sign * own.duplicates;
  into.emptySpans += sign * own.emptySpans;
  into.outsideText += sign * own.outsideText;
  into.otherLabels += sign * own.otherLabels;
}

/** A state that follows the work: each change costs one document. */
export type RunningState = {
  readonly state: ReportState;
  /** Puts the submissions of one document in the place of those before; empty for none. */
  readonly replace: (documentId: string, submissions: readonly SpanSubmission[]) => void;
};

/** Computes the state of an input and lets documents be replaced; values read from it are those of a state computed anew. */
export function followState(
  input: AgreementInput,
  distance: SetDistance = { kind: "jaccard" },
): RunningState {
  const known = noFigures(distance);
  const { totals, leftOut, figures: first } = computeState(input, distance, known);
  const figures = [...first];
  const labels = labelPlaces(input);
  const annotators = annotatorPlaces(input);
  const places = new Map(input.documents.map(({ id }, place) => [id, place]));
  return {
    state: { sets: known.sets, totals, leftOut, figures },
    replace: (documentId, submissions) => {
      const place = places.get(documentId);
      const document = input.documents[place ?? -1];
      const before = known.byDocument.get(documentId);
      if (place === undefined || document === undefined || before === undefined) {
        throw new RangeError(`${documentId} is not among the documents.`);
      }
      const group: IndexedSubmission[] = [];
      for (const submission of submissions) addSubmission(group, submission, annotators);
      const own = figuresFor(document, group, { labels, known });
      if (own === before) return;
      applyDocument(totals, before.figures, "remove");
      applyDocument(totals, own.figures, "add");
      addLeftOut(leftOut, before.leftOut, -1);
      addLeftOut(leftOut, own.leftOut, 1);
      figures[place] = own.figures;
    },
  };
}

/** Puts all documents of an input into columns. */
export function compileSubmissions(input: AgreementInput): {
  readonly documents: readonly SpanDocument[];
  readonly leftOut: LeftOut;
} {
  const compile = compilerFor(input);
  return { documents: input.documents.map(compile.document), leftOut: compile.leftOut };
}

function compilerFor(input: AgreementInput) {
  const labels = labelPlaces(input);
  const leftOut = nothingLeftOut();
  const submissionsOf = groupSubmissions(input);
  const document = (source: AgreementInput["documents"][number]): SpanDocument =>
    compileDocument(source, submissionsOf.get(source.id) ?? [], { labels, leftOut });
  return { document, leftOut };
}

function labelPlaces({ labels }: AgreementInput): Map<string, number> {
  return new Map(labels.map(({ id }, place) => [id, place]));
}

function annotatorPlaces({ annotators }: AgreementInput): Map<string, number> {
  return new Map(annotators.map(({ id }, place) => [id, place]));
}

function groupSubmissions(input: AgreementInput): Map<string, IndexedSubmission[]> {
  const annotators = annotatorPlaces(input);
  const groups = new Map<string, IndexedSubmission[]>();
  for (const document of input.documents) groups.set(document.id, []);
  for (const submission of input.submissions) {
    const group = groups.get(submission.documentId);
    if (!group) {
      throw new RangeError(`A submission names the unknown document ${submission.documentId}.`);
    }
    addSubmission(group, submission, annotators);
  }
  return groups;
}

function addSubmission(
  group: IndexedSubmission[],
  { documentId, annotatorId, spans }: SpanSubmission,
  annotators: ReadonlyMap<string, number>,
): void {
  const annotator = annotators.get(annotatorId);
  if (annotator === undefined) {
    throw new RangeError(`A submission names the unknown annotator ${annotatorId}.`);
  }
  if (group.some((other) => other.annotator === annotator)) {
    throw new RangeError(`${annotatorId} has two submissions for document ${documentId}.`);
  }
  group.push({ annotator, spans });
}
