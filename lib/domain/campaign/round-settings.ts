import { z } from "zod";

/** What the same annotators, documents and seed turn into the same plan. */
export const BALANCES = ["outlet", "event", "length"] as const;
export type Balance = (typeof BALANCES)[number];

const share = z.number().min(0).max(1);
const copies = z.int().min(1).max(100);

/**
 * How a round hands out documents. `push` gives every annotator a list at once; with `pull` each takes
 * the next document when ready, until it has as many annotators as it wants.
 */
export const planSettingsSchema = z.strictObject({
  handOut: z.enum(["push", "pull"]).default("push"),
  /** Any words; the same seed gives the same plan. */
  seed: z.string().min(1).max(100).default("1"),
  /** Annotators of a document outside the overlap. */
  perDocument: copies.default(1),
  /** Part of the documents that `overlapAnnotators` annotate, spread over outlets, events and lengths. */
  overlapShare: share.default(1),
  /** Annotators of a document of the overlap; null means everybody. */
  overlapAnnotators: copies.nullable().default(3),
  /** Of every document, at least so many annotators of a group; the rest are anyone's. */
  groups: z
    .array(z.strictObject({ name: z.string().min(1).max(80), perDocument: copies }))
    .max(10)
    .default([]),
  balance: z.array(z.enum(BALANCES)).max(3).default(["outlet", "event", "length"]),
  /** Documents of one event to the same annotators, to different ones, or as it comes. */
  events: z.enum(["any", "together", "apart"]).default("any"),
  /** The most that one annotator gets; null means no limit. */
  mostDocuments: z.int().min(1).max(100_000).nullable().default(null),
  mostWords: z.int().min(1).max(100_000_000).nullable().default(null),
  /** Documents in a batch, for example a week's; null puts all into one. */
  batchSize: z.int().min(1).max(10_000).nullable().default(null),
  /** Days from one batch to the next, where lists are handed out; null gives all batches at once. */
  batchDays: z.int().min(1).max(60).nullable().default(null),
  /** Only the pairs that the lead fixed are handed out, and nothing beside them. */
  fixedOnly: z.boolean().default(false),
  /** Part of an annotator's documents that come a second time, to see how steady they are. */
  repeatShare: share.default(0),
  repeatAfterDays: z.int().min(0).max(365).default(14),
  /** One silent gold document after so many others; only where gold documents are named. */
  goldEvery: z.int().min(2).max(1_000).default(16),
});
export type PlanSettings = z.output<typeof planSettingsSchema>;

/** All that a round keeps beside its name and dates. */
export const roundSettingsSchema = z.strictObject({
  plan: planSettingsSchema.default(() => planSettingsSchema.parse({})),
  /** Outlet, byline, date, address and self-mentions are masked for annotators. */
  isSourceBlind: z.boolean().default(false),
  /** Annotators see what was decided, and why, once their document is adjudicated. */
  showsDecisions: z.boolean().default(false),
  /** Documents of a pull round that one annotator may have open at a time. */
  mostOpen: z.int().min(1).max(50).default(1),
  /** A document taken from the queue and not worked on for so long goes to somebody else. */
  leaseMinutes: z
    .int()
    .min(5)
    .max(60 * 24 * 30)
    .default(60 * 24),
});
export type RoundSettings = z.output<typeof roundSettingsSchema>;
