import { z } from "zod";
import { type CodePoint, codePoint } from "../text/offsets";
import { isStorable } from "../text/storable";
import { MAX_BATCH, MOST } from "./limits";
import { FLAGS, ORIGINS } from "./state";

/**
 * Operations: the changes of which an annotation set is the sum. Ids are made by the client, so
 * that a batch may be sent again without harm. Offsets are code points.
 */

const MAX_OFFSET = 2_000_000;
const id = z.uuid();
const key = z.string().min(1).max(80);
const offset = z
  .number()
  .int()
  .min(0)
  .max(MAX_OFFSET)
  .transform((at): CodePoint => codePoint(at));

/** Text that can be stored as it is. */
const storable = z.string().refine(isStorable, "This text has a broken character.");

const attributeValue = z.union([
  storable.max(MOST.answer),
  z.array(storable.max(MOST.choice)).max(MOST.choices),
  z.number().finite(),
  z.boolean(),
]);
const attributes = z.record(key, attributeValue);

const range = z.strictObject({ start: offset, end: offset, quote: storable });
const ranges = z.array(range).min(1).max(MOST.ranges);
const flags = z.array(z.enum(FLAGS)).max(FLAGS.length);

const span = z.strictObject({
  id,
  layer: key,
  label: key,
  ranges,
  attributes: attributes.default({}),
  flags: flags.default([]),
  origin: z.enum(ORIGINS).default("manual"),
});

const relation = z.strictObject({
  id,
  layer: key,
  label: key,
  from: id,
  to: id,
  attributes: attributes.default({}),
});

const place = {
  layer: key,
  label: key,
  start: offset,
  end: offset,
  /** Key of the entity that is asked about, where the layer asks of each. */
  entity: storable.min(1).max(MOST.entity).optional(),
};

const change = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("add_span"), span }),
  z.strictObject({ kind: z.literal("label_span"), spanId: id, label: key }),
  z.strictObject({ kind: z.literal("move_span"), spanId: id, ranges }),
  z.strictObject({ kind: z.literal("flag_span"), spanId: id, flags }),
  z.strictObject({
    kind: z.literal("set_attribute"),
    targetId: id,
    attribute: key,
    value: attributeValue.nullable(),
  }),
  z.strictObject({ kind: z.literal("remove_span"), spanId: id }),
  z.strictObject({ kind: z.literal("add_relation"), relation }),
  z.strictObject({ kind: z.literal("label_relation"), relationId: id, label: key }),
  z.strictObject({ kind: z.literal("remove_relation"), relationId: id }),
  z.strictObject({
    kind: z.literal("set_unit_label"),
    ...place,
    unit: z.enum(["document", "block", "sentence"]),
    value: storable.max(MOST.choice).nullable().default(null),
    evidence: z.array(id).max(MOST.evidence).default([]),
    attributes: attributes.optional(),
  }),
  z.strictObject({ kind: z.literal("remove_unit_label"), ...place }),
  z.strictObject({ kind: z.literal("flag_document"), flags }),
  z.strictObject({
    kind: z.literal("add_comment"),
    comment: z.strictObject({ id, spanId: id.nullable(), body: storable.min(1).max(MOST.comment) }),
  }),
  z.strictObject({ kind: z.literal("remove_comment"), commentId: id }),
  z.strictObject({ kind: z.literal("submit") }),
  /** The set goes on under another version of its codebook. Only a migration makes this one. */
  z.strictObject({
    kind: z.literal("change_codebook"),
    from: z.number().int().min(1),
    to: z.number().int().min(1),
  }),
]);

export const operationSchema = z.strictObject({
  id,
  /** Operations of one gesture of the person; undone together. */
  gestureId: id,
  /** The gesture that this one takes back, if it is an undo. */
  undoes: id.nullable().default(null),
  /** The client's clock; never used for ordering. */
  madeAt: z.iso.datetime(),
  change,
});

export const batchSchema = z.strictObject({
  /** The browser tab that sends. */
  clientId: id,
  /** SHA-256 of the text that the client shows, as hex. */
  textSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Revision that the client has seen; the answer holds what others did since. */
  baseRevision: z.number().int().min(0),
  /** Seconds of activity since the last batch, idle time cut. */
  activeSeconds: z.number().int().min(0).max(3600).default(0),
  operations: z.array(operationSchema).max(MAX_BATCH),
});

export type Change = z.infer<typeof change>;
export type Operation = z.infer<typeof operationSchema>;
export type Batch = z.infer<typeof batchSchema>;

/** What became of one operation. */
export type OperationResult =
  | { id: string; outcome: "applied" | "superseded"; revision: number }
  | { id: string; outcome: "refused"; message: string };

/** The server's answer to a batch. */
export type BatchAnswer = {
  revision: number;
  results: OperationResult[];
  /** Stored operations after `baseRevision` that are not in this batch, oldest first. */
  missed: StoredOperation[];
  submitted: boolean;
};

/** An operation as the log holds it. */
export type StoredOperation = Operation & { revision: number; outcome: "applied" | "superseded" };
