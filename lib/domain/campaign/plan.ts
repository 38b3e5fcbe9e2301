import { createRandom, drawIndex, type Random } from "../agreement/random";
import { distribute } from "./distribute";
import type { Plan, PlanDocument, PlanInput, PlannedAssignment, QueuedDocument } from "./planned";
import type { Balance, PlanSettings } from "./round-settings";

/**
 * Who annotates what, the same for the same seed. Each document goes to those who have had the least
 * so far of its outlet, event and length and in all; ties are drawn. Linear in documents x annotators.
 */
export function planRound(input: PlanInput): Plan {
  const { settings } = input;
  const random = createRandom(hashSeed(settings.seed));
  const aside = new Set([...(input.trainingIds ?? []), ...(input.goldIds ?? [])]);
  const documents = shuffled(
    input.documents.filter(({ documentId }) => !aside.has(documentId)),
    random,
  );
  const overlap = chooseOverlap(documents, settings, random);
  if (settings.handOut === "pull") {
    return { assignments: [], queue: queueOf(documents, overlap, input), shortfalls: [] };
  }
  const wanted = (documentId: string) => wantedBy(documentId, overlap, input);
  const { lists, shortfalls } = distribute(documents, wanted, input, random);
  const assignments = input.annotators.flatMap(({ userId }, at) =>
    listOf(userId, lists[at] ?? [], overlap, input, random),
  );
  return { assignments, queue: [], shortfalls };
}

/** How many annotators a document wants. */
function wantedBy(documentId: string, overlap: ReadonlySet<string>, input: PlanInput): number {
  const { settings, annotators, fixed = [] } = input;
  if (settings.fixedOnly) return fixed.filter((each) => each.documentId === documentId).length;
  if (!overlap.has(documentId)) return settings.perDocument;
  return settings.overlapAnnotators ?? annotators.length;
}

/** Every so many documents of the list sorted by outlet, event and length, from a drawn start. */
function chooseOverlap(
  documents: readonly PlanDocument[],
  { overlapShare, balance }: PlanSettings,
  random: Random,
): Set<string> {
  if (overlapShare === 1) return new Set(documents.map(({ documentId }) => documentId));
  const count = Math.round(documents.length * overlapShare);
  if (count === 0) return new Set();
  const sorted = [...documents].sort((a, b) => compareStrata(a, b, balance));
  const step = sorted.length / count;
  const start = random() * step;
  const chosen = Array.from(
    { length: count },
    (_, index) => sorted[Math.min(sorted.length - 1, Math.floor(start + index * step))],
  );
  return new Set(chosen.flatMap((document) => (document ? [document.documentId] : [])));
}

function compareStrata(a: PlanDocument, b: PlanDocument, balance: readonly Balance[]): number {
  for (const each of balance) {
    const order =
      each === "length"
        ? a.words - b.words
        : each === "outlet"
          ? compareWords(a.outlet, b.outlet)
          : compareWords(a.eventId, b.eventId);
    if (order !== 0) return order;
  }
  return 0;
}

function compareWords(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : (a ?? "") > (b ?? "") ? 1 : 0;
}

/**
 * An annotator's list: training first; the shared documents spread evenly, in one order for all, so
 * that everybody has had the same ones by the end of a batch; gold documents mixed in; repeats last.
 */
function listOf(
  userId: string,
  own: readonly PlanDocument[],
  overlap: ReadonlySet<string>,
  input: PlanInput,
  random: Random,
): PlannedAssignment[] {
  const { settings } = input;
  const shared = own.filter(({ documentId }) => overlap.has(documentId));
  const single = shuffled(
    own.filter(({ documentId }) => !overlap.has(documentId)),
    random,
  );
  const work = spread(shared, single).map(({ documentId }) => documentId);
  const mixed = mixIn(work, shuffled(input.goldIds ?? [], random), settings.goldEvery, random);
  const size = settings.batchSize ?? Math.max(1, mixed.length);
  const training = (input.trainingIds ?? []).map((documentId) => ({
    documentId,
    purpose: "training" as const,
  }));
  const repeats = shuffled(work, random).slice(0, Math.round(work.length * settings.repeatShare));
  const lastBatch = Math.max(1, Math.ceil(mixed.length / size));
  return [
    ...training.map((each) => ({
      ...each,
      batch: 1,
      repetition: 0 as const,
      repeatAfterDays: null,
    })),
    ...mixed.map((each, index) => ({
      ...each,
      batch: Math.floor(index / size) + 1,
      repetition: 0 as const,
      repeatAfterDays: null,
    })),
    ...repeats.map((documentId) => ({
      documentId,
      purpose: "work" as const,
      batch: lastBatch,
      repetition: 1 as const,
      repeatAfterDays: settings.repeatAfterDays,
    })),
  ].map((each, position) => ({ ...each, userId, position }));
}

/** Two lists in one, each evenly from first to last. */
function spread<T>(a: readonly T[], b: readonly T[]): T[] {
  const placed = [a, b].flatMap((list) =>
    list.map((each, index) => ({ each, at: (index + 0.5) / list.length })),
  );
  return placed.sort((one, other) => one.at - other.at).map(({ each }) => each);
}

/** One gold document somewhere in every so many others, so that its place tells nothing. */
function mixIn(
  work: readonly string[],
  gold: readonly string[],
  every: number,
  random: Random,
): { documentId: string; purpose: "work" | "gold_check" }[] {
  const mixed: { documentId: string; purpose: "work" | "gold_check" }[] = [];
  let used = 0;
  for (let start = 0; start < work.length; start += every) {
    const stretch = work
      .slice(start, start + every)
      .map((documentId) => ({ documentId, purpose: "work" as "work" | "gold_check" }));
    const documentId = gold[used];
    if (documentId !== undefined) {
      used += 1;
      stretch.splice(drawIndex(random, stretch.length + 1), 0, {
        documentId,
        purpose: "gold_check",
      });
    }
    mixed.push(...stretch);
  }
  return mixed;
}

function queueOf(
  documents: readonly PlanDocument[],
  overlap: ReadonlySet<string>,
  input: PlanInput,
): QueuedDocument[] {
  const shared = documents.filter(({ documentId }) => overlap.has(documentId));
  const single = documents.filter(({ documentId }) => !overlap.has(documentId));
  const ordered = spread(shared, single);
  const size = input.settings.batchSize ?? Math.max(1, ordered.length);
  return ordered.map(({ documentId }, position) => ({
    documentId,
    batch: Math.floor(position / size) + 1,
    position,
    wanted: wantedBy(documentId, overlap, input),
  }));
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = drawIndex(random, last + 1);
    const kept = copy[last] as T;
    copy[last] = copy[other] as T;
    copy[other] = kept;
  }
  return copy;
}

/** A number of 32 bits for any words (FNV-1a over UTF-16 code units). */
function hashSeed(seed: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at += 1) {
    hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
