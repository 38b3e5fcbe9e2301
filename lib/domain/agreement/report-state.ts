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

/** The parts of a report that an edit patches: figures by document and their sums. */
export type ReportState = {
  readonly sets: LabelSets;
  readonly totals: CorpusTotals;
  readonly figures: readonly DocumentFigures[];
  readonly leftOut: LeftOut;
};

/** Computes what every figure follows from, document by document; only the figures of a document are kept. */
export function computeState(
  input: AgreementInput,
  distance: SetDistance = { kind: "jaccard" },
): ReportState {
  const sets = createLabelSets(distance);
  const totals = emptyTotals(input.annotators.length, input.labels.length);
  const compile = compilerFor(input);
  const figures = input.documents.map((document) => {
    const own = figuresOf(compile.document(document), sets);
    applyDocument(totals, own, "add");
    return own;
  });
  return { sets, totals, figures, leftOut: compile.leftOut };
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
  const labels = new Map(input.labels.map((label, index) => [label.id, index]));
  const leftOut = nothingLeftOut();
  const submissionsOf = groupSubmissions(input);
  const document = (source: AgreementInput["documents"][number]): SpanDocument =>
    compileDocument(source, submissionsOf.get(source.id) ?? [], { labels, leftOut });
  return { document, leftOut };
}

function groupSubmissions(input: AgreementInput): Map<string, IndexedSubmission[]> {
  const annotators = new Map(input.annotators.map((annotator, index) => [annotator.id, index]));
  const groups = new Map<string, IndexedSubmission[]>();
  for (const document of input.documents) groups.set(document.id, []);
  for (const { documentId, annotatorId, spans } of input.submissions) {
    const annotator = annotators.get(annotatorId);
    const group = groups.get(documentId);
    if (annotator === undefined) {
      throw new RangeError(`A submission names the unknown annotator ${annotatorId}.`);
    }
    if (!group) throw new RangeError(`A submission names the unknown document ${documentId}.`);
    if (group.some((other) => other.annotator === annotator)) {
      throw new RangeError(`${annotatorId} has two submissions for document ${documentId}.`);
    }
    group.push({ annotator, spans });
  }
  return groups;
}
