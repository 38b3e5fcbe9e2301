import { applyDocument, type CorpusTotals, emptyTotals } from "./corpus-totals";
import { type DocumentFigures, figuresOf } from "./document-figures";
import { createLabelSets, type LabelSets } from "./label-sets";
import type { AgreementInput } from "./report-types";
import {
  compileDocument,
  type IndexedSubmission,
  type LeftOut,
  nothingLeftOut,
} from "./span-document";

/** The parts of a report that an edit patches: figures by document and their sums. */
export type ReportState = {
  readonly sets: LabelSets;
  readonly totals: CorpusTotals;
  readonly figures: readonly DocumentFigures[];
  readonly leftOut: LeftOut;
};

/** Computes what every figure follows from, document by document. */
export function computeState(input: AgreementInput): ReportState {
  const labels = new Map(input.labels.map((label, index) => [label.id, index]));
  const sets = createLabelSets();
  const leftOut = nothingLeftOut();
  const totals = emptyTotals(input.annotators.length, input.labels.length);
  const submissionsOf = groupSubmissions(input);
  const figures = input.documents.map((document) => {
    const submissions = submissionsOf.get(document.id) ?? [];
    const compiled = compileDocument(document, submissions, { labels, leftOut });
    const own = figuresOf(compiled, sets);
    applyDocument(totals, own, "add");
    return own;
  });
  return { sets, totals, figures, leftOut };
}

function groupSubmissions(input: AgreementInput): Map<string, IndexedSubmission[]> {
  const annotators = new Map(input.annotators.map((annotator, index) => [annotator.id, index]));
  const known = new Set(input.documents.map((document) => document.id));
  const groups = new Map<string, IndexedSubmission[]>();
  for (const { documentId, annotatorId, spans } of input.submissions) {
    const annotator = annotators.get(annotatorId);
    if (annotator === undefined)
      throw new RangeError(`A submission names the unknown annotator ${annotatorId}.`);
    if (!known.has(documentId))
      throw new RangeError(`A submission names the unknown document ${documentId}.`);
    const group = groups.get(documentId) ?? [];
    if (group.some((other) => other.annotator === annotator)) {
      throw new RangeError(
        `Annotator ${annotatorId} has two submissions for document ${documentId}.`,
      );
    }
    group.push({ annotator, spans });
    groups.set(documentId, group);
  }
  return groups;
}
