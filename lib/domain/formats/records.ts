import { z } from "zod";
import { FLAGS, ORIGINS } from "../annotation/state";
import { BLOCK_ROLES } from "../text/roles";

/**
 * The records of an exported dataset, as they stand in its files: the names are those that a person
 * meets in Python or R. Offsets are Unicode code points, 0-based; a range holds `start` and not `end`.
 */

/** Changes when a field changes its meaning or goes; a new field keeps it. */
export const DATASET_FORMAT = "framemark/1";

const count = z.number().int().min(0);
const day = z.iso.date();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const json: z.ZodType<JsonValue> = z.json();

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | { [key: string]: JsonValue };

const codebookName = z.strictObject({
  key: z.string(),
  name: z.string(),
  /** Counts the versions of this project's codebook, from 1. */
  version: z.number().int().min(1),
});

const header = z.strictObject({
  record: z.literal("header"),
  format: z.literal(DATASET_FORMAT),
  project: z.strictObject({ id: z.string(), name: z.string(), language: z.string() }),
  exported_on: day,
  /** How many annotators and documents a lead has excluded from figures, and are not in here. */
  left_out: z.strictObject({ annotators: count, documents: count }).optional(),
  offsets: z.literal("unicode_code_points"),
  counts: z.strictObject({
    codebooks: count,
    documents: count,
    submissions: count,
    annotations: count,
    /** Answers about events; files of before there were any do not say. */
    event_answers: count.default(0),
  }),
});

const codebook = z.strictObject({
  record: z.literal("codebook"),
  ...codebookName.shape,
  sha256,
  content: json,
});

const document = z.strictObject({
  record: z.literal("document"),
  id: z.string(),
  version: z.number().int().min(1),
  title: z.string(),
  outlet: z.string().nullable(),
  author: z.string().nullable(),
  published_on: day.nullable(),
  url: z.string().nullable(),
  language: z.string(),
  country: z.string().nullable(),
  section: z.string().nullable(),
  licence: z.string().nullable(),
  /** What a group of documents reports on. */
  event: z.string().nullable(),
  text_sha256: sha256,
  /** In code points. */
  length: count,
  text: z.string(),
  blocks: z.array(z.strictObject({ role: z.enum(BLOCK_ROLES), start: count, end: count })),
});

/** What annotation and submission records both say of the work they belong to. */
const origins = {
  document: z.string(),
  document_version: z.number().int().min(1),
  /** The annotator; the same person has the same one throughout the project. */
  pseudonym: z.string(),
  round: z.string(),
  codebook: codebookName,
  submitted_on: day,
  /** Time with the document open and in use, for the whole submission. */
  active_seconds: count,
};

/** One annotator's finished work on one document. Without annotations it says: nothing was found. */
const submission = z.strictObject({
  record: z.literal("submission"),
  id: z.string(),
  ...origins,
  /** Marks on the document as a whole. */
  flags: z.array(z.enum(FLAGS)),
  annotations: count,
});

const annotation = z.strictObject({
  record: z.literal("annotation"),
  id: z.string(),
  submission: z.string(),
  project: z.string(),
  ...origins,
  title: z.string(),
  outlet: z.string().nullable(),
  text_sha256: sha256,
  unit: z.enum(["span", "relation", "sentence", "block", "document"]),
  layer: z.string(),
  label: z.string(),
  label_name: z.string(),
  /** First and last offset; null for relations. */
  start: count.nullable(),
  end: count.nullable(),
  /** Several for a span in parts; none for relations. */
  ranges: z.array(z.tuple([count, count])),
  /** The words, parts joined by " … "; null where the unit is the document or a relation. */
  quote: z.string().nullable(),
  /** The answer, where the layer asks each label as a question. */
  value: z.string().nullable(),
  /** The entity of the closed list that the answer is about, where the layer asks of each. */
  entity: z.string().nullable().default(null),
  /** Ids of the spans that a relation joins. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Ids of the spans that back a label of a document, block or sentence. */
  evidence: z.array(z.string()),
  attributes: z.record(
    z.string(),
    z.union([z.string(), z.array(z.string()), z.number(), z.boolean()]),
  ),
  flags: z.array(z.enum(FLAGS)),
  /** How the annotation came to be; null where that is not kept. */
  origin: z.enum(ORIGINS).nullable(),
});

/** What one annotator answered about an event as a whole. */
const eventAnswer = z.strictObject({
  record: z.literal("event_answer"),
  id: z.string(),
  project: z.string(),
  /** Name of the event, as documents have it. */
  event: z.string(),
  pseudonym: z.string(),
  round: z.string(),
  codebook: codebookName,
  layer: z.string(),
  label: z.string(),
  label_name: z.string(),
  value: z.string().nullable(),
  entity: z.string().nullable(),
  answered_on: day,
});

export const recordSchema = z.discriminatedUnion("record", [
  header,
  codebook,
  document,
  submission,
  annotation,
  eventAnswer,
]);

export type DatasetRecord = z.infer<typeof recordSchema>;
export type HeaderRecord = z.infer<typeof header>;
export type CodebookRecord = z.infer<typeof codebook>;
export type DocumentRecord = z.infer<typeof document>;
export type SubmissionRecord = z.infer<typeof submission>;
export type AnnotationRecord = z.infer<typeof annotation>;
export type EventAnswerRecord = z.infer<typeof eventAnswer>;

/** Everything that one export holds. */
export type Dataset = {
  header: HeaderRecord;
  codebooks: CodebookRecord[];
  documents: DocumentRecord[];
  submissions: SubmissionRecord[];
  annotations: AnnotationRecord[];
  event_answers: EventAnswerRecord[];
};
