import { type AttributeValues, hull, type Span, type UnitLabel } from "../annotation/state";
import { codePoint, indexText, type Range, type TextIndex } from "../text/offsets";
import { type Row, toRow } from "./columns";
import { type Naming, type ReleaseDocument, type ReleaseSet, unitLabelId } from "./content";

/** Longest quote in a release without texts, in code points. */
const SHORT_QUOTE = 60;

/** What rows of a document need to know. */
export type RowContext = { document: ReleaseDocument; index: TextIndex; naming: Naming };

/** Prepares a document for its rows; throws where stored words do not stand in its text. */
export function rowContext(document: ReleaseDocument, naming: Naming): RowContext {
  const index = indexText(document.text);
  for (const set of [...document.sets, ...(document.gold === null ? [] : [document.gold])]) {
    for (const span of set.spans) checkQuotes(span, index);
  }
  return { document, index, naming };
}

/** The row of a document, without its text where the release has none. */
export function documentRow({ document, naming }: RowContext): object {
  return toRow("documents.jsonl", {
    id: document.id,
    version: document.version,
    split: document.split,
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
    cluster: document.cluster,
    text_sha256: document.sha256,
    length: document.length,
    text: naming.hasText ? document.text : null,
    blocks: document.blocks.map(({ role, start, end }) => ({ role, start, end })),
    entities: document.entities.map(({ key, name }) => ({ key, name })),
    submissions: document.sets.length,
  });
}

/** One row for each submission, also where nothing was found. */
export function submissionRows(context: RowContext): object[] {
  return context.document.sets.map((set) =>
    toRow("submissions.jsonl", {
      id: context.naming.idOf(set.setId),
      ...whereOf(context),
      ...workOf(set),
      flags: [...set.flags],
      annotations: set.spans.length + set.relations.length + set.unitLabels.length,
    }),
  );
}

/** One row for each annotation of each annotator. */
export function annotationRows(context: RowContext): object[] {
  return context.document.sets.flatMap((set) => {
    const base = ownRow(context, set);
    return [
      ...set.spans.map((span) => toRow("annotations.jsonl", spanFields(context, span), base)),
      ...set.relations.map((relation) =>
        toRow(
          "annotations.jsonl",
          {
            id: context.naming.idOf(relation.id),
            layer: relation.layer,
            label: relation.label,
            unit: "relation",
            from: context.naming.idOf(relation.from),
            to: context.naming.idOf(relation.to),
            attributes: attributeList(context, relation.layer, relation.attributes),
          },
          base,
        ),
      ),
      ...set.unitLabels.map((label) =>
        toRow("annotations.jsonl", unitFields(context, set.setId, label), base),
      ),
    ];
  });
}

/** The labels of documents once more, by themselves. */
export function answerRows(context: RowContext): object[] {
  return context.document.sets.flatMap((set) =>
    set.unitLabels
      .filter(({ unit }) => unit === "document")
      .map((label) => {
        const {
          id,
          layer,
          label: key,
          value,
          entity,
          attributes,
          evidence,
        } = unitFields(context, set.setId, label);
        return toRow("document_answers.jsonl", {
          id,
          ...whereOf(context),
          layer,
          label: key,
          value,
          entity,
          attributes,
          evidence,
          ...workOf(set),
        });
      }),
  );
}

/** What annotators answered about events as a whole. */
export function eventAnswerRows(
  answers: readonly {
    setId: string;
    event: string;
    annotatorId: string;
    round: string;
    codebook: { version: number };
    layer: string;
    label: string;
    value: string | null;
    entity: string | null;
    answeredOn: string;
  }[],
  naming: Pick<Naming, "idOf"> & { pseudonymOf: (annotatorId: string) => string },
): object[] {
  return answers.map(({ setId, event, annotatorId, round, codebook, ...answer }) =>
    toRow("event_answers.jsonl", {
      id: naming.idOf(`${setId}/${answer.layer}/${answer.label}/${answer.entity ?? ""}`),
      event,
      layer: answer.layer,
      label: answer.label,
      value: answer.value,
      entity: answer.entity,
      annotator: naming.pseudonymOf(annotatorId),
      round,
      codebook_version: codebook.version,
      answered_on: answer.answeredOn,
    }),
  );
}

/** Remarks, where the release has them. */
export function commentRows(context: RowContext): object[] {
  const { naming, document } = context;
  if (!naming.keepsComments) return [];
  return document.sets.flatMap((set) =>
    set.comments.map(({ id, spanId, body }) =>
      toRow("comments.jsonl", {
        id: naming.idOf(id),
        ...whereOf(context),
        annotation: spanId === null ? null : naming.idOf(spanId),
        annotator: set.annotator,
        body,
      }),
    ),
  );
}

/** Where a row belongs. */
export function whereOf({ document }: RowContext): { doc_id: string; split: string | null } {
  return { doc_id: document.id, split: document.split };
}

/** A span's own columns. */
export function spanFields(context: RowContext, span: Span) {
  const { naming } = context;
  return {
    id: naming.idOf(span.id),
    layer: span.layer,
    label: span.label,
    unit: "span",
    ...hull(span),
    ranges: span.ranges.map(({ start, end }) => [start, end]),
    ...quoteFields(context, span.ranges),
    attributes: attributeList(context, span.layer, span.attributes),
    flags: [...span.flags],
    origin: span.origin,
    is_assisted: span.origin === "suggested" || span.origin === "propagated",
  };
}

/** The columns of a label on a sentence, block or document. */
export function unitFields(context: RowContext, setId: string, label: UnitLabel) {
  const { naming } = context;
  return {
    id: naming.idOf(unitLabelId(setId, label)),
    layer: label.layer,
    label: label.label,
    unit: label.unit,
    start: label.start,
    end: label.end,
    ranges: [[label.start, label.end]],
    ...(label.unit === "document"
      ? { quote: null, quote_is_cut: false }
      : quoteFields(context, [label])),
    value: label.value,
    entity: label.entity ?? null,
    attributes: attributeList(context, label.layer, label.attributes ?? {}),
    evidence: label.evidence.map(naming.idOf),
  };
}

/** Attributes as a list, so that every row has the same shape; free text only where it is kept. */
function attributeList(
  { naming }: Pick<RowContext, "naming">,
  layer: string,
  attributes: AttributeValues,
): { name: string; value: string }[] {
  return Object.entries(attributes)
    .filter(([name]) => naming.keepsFreeText || !naming.freeText.has(`${layer}/${name}`))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({
      name,
      value: typeof value === "string" ? value : JSON.stringify(value),
    }));
}

function quoteFields({ index, naming }: RowContext, ranges: readonly Range[]) {
  const words = ranges.map(({ start, end }) => index.slice(start, end)).join(" … ");
  if (naming.hasText) return { quote: words, quote_is_cut: false };
  const signs = [...words];
  const isCut = signs.length > SHORT_QUOTE;
  return { quote: isCut ? signs.slice(0, SHORT_QUOTE).join("") : words, quote_is_cut: isCut };
}

/** A row of annotations.jsonl with everything empty that only some kinds have. */
function ownRow(context: RowContext, set: ReleaseSet): Row<"annotations.jsonl"> {
  return {
    ...whereOf(context),
    ...workOf(set),
    id: null,
    layer: null,
    label: null,
    unit: null,
    start: null,
    end: null,
    ranges: [],
    quote: null,
    quote_is_cut: false,
    value: null,
    entity: null,
    attributes: [],
    from: null,
    to: null,
    evidence: [],
    flags: [],
    origin: null,
    is_assisted: false,
    status: "active",
  };
}

function workOf(set: ReleaseSet) {
  return {
    annotator: set.annotator,
    round: set.round,
    codebook_version: set.codebookVersion,
    purpose: set.purpose,
    repetition: set.repetition,
    batch: set.batch,
    submitted_on: set.submittedOn,
    active_seconds: set.activeSeconds,
  };
}

function checkQuotes(span: Span, index: TextIndex): void {
  for (const { start, end, quote } of span.ranges) {
    if (index.slice(codePoint(start), codePoint(end)) !== quote) {
      throw new Error(`The span ${span.id} does not cover the words that are stored with it.`);
    }
  }
}
