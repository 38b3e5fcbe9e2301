import "server-only";
import { hull, quoteOf, type Span } from "@/lib/domain/annotation/state";
import { type CodebookIndex, indexCodebook } from "@/lib/domain/codebook/lookup";
import {
  type AnnotationRecord,
  type CodebookRecord,
  DATASET_FORMAT,
  type Dataset,
  type DocumentRecord,
  type EventAnswerRecord,
  type JsonValue,
  type SubmissionRecord,
} from "@/lib/domain/formats/records";
import { codePoint, indexText, type TextIndex } from "@/lib/domain/text/offsets";
import type { ExportedEventAnswer } from "./event-answer-export";
import type {
  SubmittedCodebook,
  SubmittedDocument,
  SubmittedSet,
  SubmittedWork,
} from "./submitted-sets";

/** What a set's records say of the work they belong to. */
type Origins = Pick<
  SubmissionRecord,
  | "document"
  | "document_version"
  | "pseudonym"
  | "round"
  | "codebook"
  | "submitted_on"
  | "active_seconds"
>;
type SetContext = {
  project: string;
  set: SubmittedSet;
  document: SubmittedDocument;
  codebook: CodebookIndex;
  text: TextIndex;
  origins: Origins;
};

/**
 * The records of a project's submitted work, under pseudonyms only. `day` is that of the export;
 * `leftOut` counts what a lead excluded and the work does not hold.
 */
export function datasetOf(
  project: { id: string; name: string; language: string },
  work: SubmittedWork,
  {
    day,
    leftOut,
    answers,
  }: {
    day: string;
    leftOut: { annotators: number; documents: number } | null;
    answers: readonly ExportedEventAnswer[];
  },
): Dataset {
  const contexts = setContexts(project.name, work);
  const annotations = contexts.map(annotationsOf);
  const submissions = contexts.map((context, index) =>
    submissionRecord(context, annotations[index]?.length ?? 0),
  );
  const dataset = {
    codebooks: work.codebooks.map(codebookRecord),
    documents: work.documents.map(documentRecord),
    submissions,
    annotations: annotations.flat(),
    event_answers: answers.map((answer) => eventAnswerRecord(project.name, answer)),
  };
  return {
    header: {
      record: "header",
      format: DATASET_FORMAT,
      project,
      exported_on: day,
      ...(leftOut === null || leftOut.annotators + leftOut.documents === 0
        ? {}
        : { left_out: leftOut }),
      offsets: "unicode_code_points",
      counts: {
        codebooks: dataset.codebooks.length,
        documents: dataset.documents.length,
        submissions: dataset.submissions.length,
        annotations: dataset.annotations.length,
        event_answers: dataset.event_answers.length,
      },
    },
    ...dataset,
  };
}

function eventAnswerRecord(project: string, answer: ExportedEventAnswer): EventAnswerRecord {
  const { setId, event, pseudonym, round, codebook, layer, label, labelName, value } = answer;
  const about = answer.entity === null ? "" : `/${answer.entity}`;
  return {
    record: "event_answer",
    id: `${setId}/${layer}/${label}${about}`,
    project,
    event,
    pseudonym,
    round,
    codebook,
    layer,
    label,
    label_name: labelName,
    value,
    entity: answer.entity,
    answered_on: answer.answeredOn,
  };
}

function setContexts(project: string, work: SubmittedWork): SetContext[] {
  const documents = new Map(
    work.documents.map((document) => [
      document.versionId,
      { document, text: indexText(document.text) },
    ]),
  );
  const codebooks = new Map(
    work.codebooks.map((each) => [each.id, { ...each, index: indexCodebook(each.codebook) }]),
  );
  return work.sets.map((set) => {
    const found = documents.get(set.documentVersionId);
    const codebook = codebooks.get(set.codebookVersionId);
    if (found === undefined || codebook === undefined) {
      throw new Error(`The set ${set.setId} has no document or codebook.`);
    }
    return {
      project,
      set,
      ...found,
      codebook: codebook.index,
      origins: {
        document: set.documentId,
        document_version: found.document.version,
        pseudonym: set.annotator.pseudonym,
        round: set.round.name,
        codebook: nameOf(codebook),
        submitted_on: set.submittedOn,
        active_seconds: set.activeSeconds,
      },
    };
  });
}

function nameOf({ codebook, version }: SubmittedCodebook) {
  return { key: codebook.key, name: codebook.name, version };
}

function codebookRecord(each: SubmittedCodebook): CodebookRecord {
  // A codebook is JSON: what was read from a JSON column and only filled up with defaults.
  const content = JSON.parse(JSON.stringify(each.codebook)) as JsonValue;
  return { record: "codebook", ...nameOf(each), sha256: each.sha256, content };
}

function documentRecord(document: SubmittedDocument): DocumentRecord {
  return {
    record: "document",
    id: document.documentId,
    version: document.version,
    title: document.title,
    outlet: document.outlet,
    author: document.author,
    published_on: document.publishedOn,
    url: document.url,
    language: document.language,
    country: document.country,
    section: document.section,
    licence: document.licence,
    event: document.event,
    text_sha256: document.sha256,
    length: document.length,
    text: document.text,
    blocks: document.blocks.map(({ role, start, end }) => ({ role, start, end })),
  };
}

function submissionRecord({ set, origins }: SetContext, annotations: number): SubmissionRecord {
  return { record: "submission", id: set.setId, ...origins, flags: set.flags, annotations };
}

function annotationsOf(context: SetContext): AnnotationRecord[] {
  const { set } = context;
  return [
    ...set.spans.map((span) => spanRecord(context, span)),
    ...set.relations.map((relation) => ({
      ...baseRecord(context, relation),
      id: relation.id,
      unit: "relation" as const,
      from: relation.from,
      to: relation.to,
      attributes: { ...relation.attributes },
    })),
    ...set.unitLabels.map(
      (label): AnnotationRecord => ({
        ...baseRecord(context, label),
        id: `${set.setId}/${label.layer}/${label.label}/${label.start}-${label.end}${label.entity === undefined ? "" : `/${label.entity}`}`,
        unit: label.unit,
        start: label.start,
        end: label.end,
        ranges: [[label.start, label.end]],
        quote: label.unit === "document" ? null : context.text.slice(label.start, label.end),
        value: label.value,
        entity: label.entity ?? null,
        evidence: [...label.evidence],
        attributes: { ...label.attributes },
      }),
    ),
  ];
}

function spanRecord(context: SetContext, span: Span): AnnotationRecord {
  const words = span.ranges.map(({ start, end }) =>
    context.text.slice(codePoint(start), codePoint(end)),
  );
  if (span.ranges.some(({ quote }, index) => quote !== words[index])) {
    throw new Error(`The span ${span.id} does not cover the words that are stored with it.`);
  }
  return {
    ...baseRecord(context, span),
    id: span.id,
    unit: "span",
    ...hull(span),
    ranges: span.ranges.map(({ start, end }) => [start, end]),
    quote: quoteOf(span),
    attributes: { ...span.attributes },
    flags: [...span.flags],
    origin: span.origin,
  };
}

/** A record with everything empty that only some kinds of annotation have. */
function baseRecord(
  { project, set, document, codebook, origins }: SetContext,
  { layer, label }: { layer: string; label: string },
): AnnotationRecord {
  return {
    record: "annotation",
    id: "",
    submission: set.setId,
    project,
    ...origins,
    title: document.title,
    outlet: document.outlet,
    text_sha256: document.sha256,
    unit: "span",
    layer,
    label,
    label_name: codebook.label(layer, label)?.name ?? label,
    start: null,
    end: null,
    ranges: [],
    quote: null,
    value: null,
    entity: null,
    from: null,
    to: null,
    evidence: [],
    attributes: {},
    flags: [],
    origin: null,
  };
}
