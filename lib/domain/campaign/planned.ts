import type { PlanSettings } from "./round-settings";

/** A document to hand out. `words` is its length. */
export type PlanDocument = {
  documentId: string;
  outlet: string | null;
  eventId: string | null;
  words: number;
};

/** Somebody to hand documents to. `has`: documents that they have in this round already. */
export type PlanAnnotator = { userId: string; groups: readonly string[]; has?: readonly string[] };

export type PlanPurpose = "work" | "training" | "gold_check";

/** One document for one annotator. `position` orders an annotator's list, from 0; batches count from 1. */
export type PlannedAssignment = {
  documentId: string;
  userId: string;
  purpose: PlanPurpose;
  repetition: 0 | 1;
  repeatAfterDays: number | null;
  batch: number;
  position: number;
};

/** A document for the queue of a pull round. */
export type QueuedDocument = {
  documentId: string;
  batch: number;
  position: number;
  wanted: number;
};

/** A document that gets fewer annotators than it wants, and what stood in the way. */
export type Shortfall = {
  documentId: string;
  wanted: number;
  found: number;
  reason: "too_few_annotators" | "too_few_in_group" | "limits" | "event_apart";
};

export type Plan = {
  assignments: PlannedAssignment[];
  queue: QueuedDocument[];
  shortfalls: Shortfall[];
};

export type PlanInput = {
  documents: readonly PlanDocument[];
  annotators: readonly PlanAnnotator[];
  settings: PlanSettings;
  /** Given to everybody first, in this order, with feedback. */
  trainingIds?: readonly string[];
  /** Mixed in silently. */
  goldIds?: readonly string[];
  /** Fixed by the lead; they count for what the document wants. */
  fixed?: readonly { documentId: string; userId: string }[];
};
